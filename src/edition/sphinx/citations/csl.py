"""Citations in a style that comes as a file of the Citation Style Language (CSL).

pandoc has the processor: it is given every work of the edition, and the citations of a document
in the order in which they are read.
"""

import json
import re
import subprocess
import tempfile
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sphinx.errors import ConfigError

from edition.bibliography.markup import Rich, Run, rich, text_of
from edition.bibliography.record import Record
from edition.sphinx.citations.csl_file import described
from edition.sphinx.citations.csl_items import item
from edition.sphinx.citations.library import Library
from edition.sphinx.citations.people import creators

ENDING = ".csl"
LINK = "#ref-"
"""What the link of a citation to the entry of a work begins with; its key follows."""

_SECONDS = 300
_TRIED = 8  # seconds for a style alone; a short one took .1 s
_ENDLESS = f"takes pandoc more than {_TRIED} seconds or 500 MB: does a macro of it name itself?"
_HEAP_EXHAUSTED = 251  # the status of a program that GHC made, at the limit of `-M`
_MOST_WORKS = 100  # pandoc holds each work against every other
_API = [1, 23, 1]
_STYLES = {
    "Emph": "italic",
    "Strong": "bold",
    "Superscript": "sup",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
}
_NUMBER = re.compile(r"\[?[0-9]+[\].)]\s*")
_CANONICAL = re.compile(r"\d+(?:[a-e]\b|[.:]\d)")
_FOLLOWING = re.compile(r"[^,;{}]*[0-9]\s?ff?\.")  # its stop is lost outside of braces
_YEAR = re.compile(r"\D{0,12}\d{2,4}\D{0,6}|n\. ?d\.\S*")


@dataclass(frozen=True, slots=True)
class Part:
    """One work of a citation: its key, the words before it, its locator, pandoc's mode."""

    key: str
    before: str
    locator: str
    mode: str = "NormalCitation"


class Style:
    """A style of citations that a file describes."""

    def __init__(
        self, file: Path, library: Library, language: str, *, names_repeated: bool = False
    ) -> None:
        """Take the style for the works that an edition lists.

        `names_repeated` has every entry with its names, where the list is in another order.
        """
        self.file = file
        self._library = library
        self._works = [r for r in library.listed if r.type not in ("set", "xdata")]
        about = described(file)
        self.language = about.locale or language
        self._text = about.with_names() if names_repeated else about.text
        self.in_notes, self.in_numbers = about.in_notes, about.in_numbers
        self._pieces: dict[str, tuple[Rich, str]] = {}

    def citations(self, clusters: Sequence[Sequence[Part]]) -> list[Rich]:
        """Return the words of citations, those of one document in reading order."""
        blocks = [_div(f"c-{n}", cluster, n + 1) for n, cluster in enumerate(clusters)]
        found = self._processed(blocks, self._beside({p.key for c in clusters for p in c}))
        return [found.get(f"c-{number}", ()) for number in range(len(clusters))]

    def pieces(self, keys: Iterable[str]) -> Mapping[str, tuple[Rich, str]]:
        """Return names and year of works as the style cites them, empty where it has none."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._pieces]
        if wanted and not (self.in_notes or self.in_numbers):
            modes = ("AuthorInText", "SuppressAuthor")
            clusters = [[Part(key, "", "", mode)] for key in wanted for mode in modes]
            found = [text_of(words) for words in self.citations(clusters)]
            for key, whole, rest in zip(wanted, found[::2], found[1::2], strict=True):
                name = whole.removesuffix(rest).rstrip() if whole.endswith(rest) else ""
                year = rest.strip("()[]")
                self._pieces[key] = (rich(name), year if _YEAR.fullmatch(year) else "")
        return self._pieces

    @cached_property
    def entries(self) -> Mapping[str, Rich]:
        """The entries of the bibliography by their keys, in the order of the style."""
        found = self._processed([], self._works)
        start = len(LINK) - 1
        return {
            name[start:]: words
            for name, words in found.items()
            if name.startswith(LINK[1:]) and text_of(words).strip()
        }

    def _beside(self, keys: set[str]) -> list[Record]:
        """Return the works to hand on for the citations of some: of very many, those that matter.

        These are the works of the same names, among which they are told apart.
        """
        unlisted = keys - {record.key for record in self._works}  # in a text that was made
        works = self._works + [r for key in sorted(unlisted) if (r := self._library.get(key))]
        if len(works) <= _MOST_WORKS or self.in_numbers:
            return works
        names = {_first_name(record) for record in works if record.key in keys} - {""}
        return [r for r in works if r.key in keys or _first_name(r) in names]

    def _processed(self, blocks: list[Any], works: Sequence[Record]) -> dict[str, Rich]:
        """Return what pandoc makes of citations: the words of each, and of each entry."""
        meta = {
            "link-citations": {"t": "MetaBool", "c": True},
            "lang": {"t": "MetaString", "c": self.language},
            "nocite": {"t": "MetaInlines", "c": [_cite([Part("*", "", "")], 0)]},
        }
        if self.in_numbers:  # so that the numbers are the same in every document
            everything = [Part(record.key, "", "") for record in works]
            blocks = [_div("all", everything, 1), *blocks]
        document = {"pandoc-api-version": _API, "meta": meta, "blocks": blocks}
        with tempfile.TemporaryDirectory() as folder:
            items, style = Path(folder) / "items.json", Path(folder) / "style.csl"
            found = [item(record) for record in works]
            items.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
            style.write_text(self._text, encoding="utf-8")
            command = [_pandoc(), "--from=json", "--to=json", "--sandbox", "--citeproc"]
            command += [f"--csl={style}", f"--bibliography={items}"]
            typed = json.dumps(document).encode()
            try:
                run = subprocess.run(  # noqa: S603 (pandoc, on files that conf.py names)
                    command, input=typed, capture_output=True, timeout=_SECONDS
                )
            except subprocess.TimeoutExpired:
                raise ConfigError(
                    f"{self.file.name}: pandoc took more than {_SECONDS} seconds for the citations "
                    f"of a document, with {len(works)} works"
                ) from None
        if run.returncode:
            said = run.stderr.decode(errors="replace").strip()
            raise ConfigError(f"{self.file.name} is no CSL style that pandoc can read: {said}")
        return dict(_words_by_name(json.loads(run.stdout)["blocks"]))


_files: weakref.WeakKeyDictionary[Any, Path] = weakref.WeakKeyDictionary()
_styles: weakref.WeakKeyDictionary[Any, Style] = weakref.WeakKeyDictionary()


def name_file(config: Any, file: Path) -> None:
    """Say in which file a configuration has its style."""
    _files[config] = file


def style_of(config: Any, library: Library) -> Style | None:
    """Return the style of a build whose conf.py names a file; else None."""
    if config not in _files:
        return None
    if config not in _styles:
        language = str(config.language or "en").replace("_", "-")
        repeated = is_ordered(config)
        _styles[config] = Style(_files[config], library, language, names_repeated=repeated)
    return _styles[config]


def is_ordered(config: Any) -> bool:
    """Return whether conf.py says in what order the bibliography is."""
    return bool(config.edition_bibliography_order or config.edition_bibliography_groups)


def style_fault(file: Path) -> str:
    """Return what stops a file from being the style of citations; empty for nothing."""
    try:
        if described(file).parent:
            return "only names another style: take the file of that one"
        # In a document it would fail, or go round for ever, for each anew.
        command = [_pandoc(), "+RTS", "-M500m", "-RTS", "--sandbox", "--citeproc", f"--csl={file}"]
        tried = subprocess.run(command, input=b"", capture_output=True, timeout=_TRIED)  # noqa: S603
        if tried.returncode == _HEAP_EXHAUSTED:
            return _ENDLESS
        if tried.returncode:
            said = tried.stderr.decode(errors="replace").strip()
            return f"is no CSL style that pandoc can read: {said}"
    except subprocess.TimeoutExpired:
        return _ENDLESS
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except ImportError:
        return 'needs pandoc: pip install "sphinx-edition[documents]"'
    return ""


def _first_name(record: Record) -> str:
    people = creators(record)[0]
    return people[0].short if people else ""


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _div(name: str, cluster: Sequence[Part], number: int) -> dict[str, Any]:
    cited = {"t": "Para", "c": [_cite(cluster, number)]}
    return {"t": "Div", "c": [[name, [], []], [cited]]}


def _cite(cluster: Sequence[Part], number: int) -> dict[str, Any]:
    parts = [
        {
            "citationId": part.key,
            "citationPrefix": _inlines(part.before),
            "citationSuffix": _inlines(_suffix(part.locator)),
            "citationMode": {"t": part.mode},
            "citationNoteNum": number,
            "citationHash": 0,
        }
        for part in cluster
    ]
    return {"t": "Cite", "c": [parts, [{"t": "Str", "c": "?"}]]}


def _suffix(locator: str) -> str:
    """Return what follows a key; `327a` and `1.23` are no pages, as pandoc would have it."""
    if not locator:
        return ""
    if _CANONICAL.match(locator):
        return f"{{}}, {locator}"
    return f"{{{locator}}}" if _FOLLOWING.fullmatch(locator) else f", {locator}"


def _inlines(text: str) -> list[Any]:
    found: list[Any] = []
    for number, word in enumerate(text.split(" ")):
        found += [{"t": "Space"}] * bool(number) + [{"t": "Str", "c": word}] * bool(word)
    return found


def _words_by_name(blocks: Iterable[Any]) -> Iterable[tuple[str, Rich]]:
    for block in blocks:
        if block["t"] == "Div":
            (name, *_), inner = block["c"]
            yield from _words_by_name(inner)
            if name != "refs":
                yield name, rich(*_paragraphs(inner))


def _paragraphs(blocks: Iterable[Any]) -> Iterable[Rich]:
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            yield words(block["c"])


def words(inlines: Iterable[Any]) -> Rich:
    """Return pandoc's inlines as text with markup; of a note what is in it, without its stop."""
    found: list[str | Rich] = []
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind in ("Str", "Space", "SoftBreak", "LineBreak"):
            found.append(content if kind == "Str" else " ")
        elif kind in _STYLES:
            style = _STYLES[kind]
            found.append(tuple(replace(r, styles=r.styles ^ {style}) for r in words(content)))
        elif kind == "Link":
            target = content[2][0]
            found.append(tuple(replace(r, link=r.link or target) for r in words(content[1])))
        elif kind in ("Span", "Quoted", "Cite"):
            found.append(words(content[1]))
        elif kind == "Note":
            found.append(_without_stop(rich(*_paragraphs(content))))
    return rich(*found)


def without_number(entry: Rich) -> Rich:
    """Return an entry without the number that it has in the list."""
    number = _NUMBER.match(entry[0].text) if entry else None
    return (replace(entry[0], text=entry[0].text[number.end() :]), *entry[1:]) if number else entry


def _without_stop(value: Rich) -> Rich:
    """Return a note without the stop that every note is given; one within marks stays."""
    if not text_of(value).endswith("."):
        return value
    last: Run = value[-1]
    return rich(value[:-1], (replace(last, text=last.text[:-1]),))
