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
from edition.sphinx.citations.csl_items import item
from edition.sphinx.citations.library import Library
from edition.sphinx.project import edition_of

ENDING = ".csl"
LINK = "#ref-"
"""What the link of a citation to the entry of a work begins with; its key follows."""

_SECONDS = 300
_TRIED = 8  # seconds for a style alone; a short one took .1 s
_MOST_WORKS = 100  # pandoc holds each work against every other
_API = [1, 23, 1]
_STYLES = {
    "Emph": "italic",
    "Strong": "bold",
    "Superscript": "sup",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
}
_CANONICAL = re.compile(r"\d+(?:[a-e]\b|[.:]\d)")
_IN_NOTES = re.compile(r"<style\b[^>]*\bclass=\"note\"")
_DEPENDENT = re.compile(r"<link\b[^>]*\brel=\"independent-parent\"")


@dataclass(frozen=True, slots=True)
class Part:
    """One work of a citation: its key, the words before it, its locator; `textual` as a role."""

    key: str
    before: str
    locator: str
    textual: bool = False


class Style:
    """A style of citations that a file describes."""

    def __init__(
        self, file: Path, library: Library, language: str, cited: Iterable[str] = ()
    ) -> None:
        """Take the style for the works of an edition; of very many, for those that it cites."""
        self.file = file
        works = [record for record in library.all() if record.type not in ("set", "xdata")]
        if len(works) > _MOST_WORKS:
            found = [record for key in cited if (record := library.get(key))]
            named = {record.key for record in found}
            named |= {k.strip() for r in found for k in (r.work.get("entryset") or "").split(",")}
            works = [record for record in works if record.key in named]
        self._works = works
        self._language = language
        described = _read(file)
        self.in_notes = bool(_IN_NOTES.search(described))
        self._numbered = "citation-number" in described

    def citations(self, clusters: Sequence[Sequence[Part]]) -> list[Rich]:
        """Return the words of citations, those of one document in reading order."""
        blocks = [_div(f"c-{n}", cluster, n + 1) for n, cluster in enumerate(clusters)]
        found = self._processed(blocks)
        return [found.get(f"c-{number}", ()) for number in range(len(clusters))]

    @cached_property
    def entries(self) -> Mapping[str, Rich]:
        """The entries of the bibliography by their keys, in the order of the style."""
        found = self._processed([])
        start = len(LINK) - 1
        return {name[start:]: words for name, words in found.items() if name.startswith(LINK[1:])}

    @cached_property
    def _items(self) -> str:
        return json.dumps([item(record) for record in self._works], ensure_ascii=False)

    def _processed(self, blocks: list[Any]) -> dict[str, Rich]:
        """Return what pandoc makes of citations: the words of each, and of each entry."""
        meta = {
            "link-citations": {"t": "MetaBool", "c": True},
            "lang": {"t": "MetaString", "c": self._language},
            "nocite": {"t": "MetaInlines", "c": [_cite([Part("*", "", "")], 0)]},
        }
        if self._numbered:  # so that the numbers are the same in every document
            everything = [Part(record.key, "", "") for record in self._works]
            blocks = [_div("all", everything, 1), *blocks]
        document = {"pandoc-api-version": _API, "meta": meta, "blocks": blocks}
        with tempfile.TemporaryDirectory() as folder:
            items = Path(folder) / "items.json"
            items.write_text(self._items, encoding="utf-8")
            command = [_pandoc(), "--from=json", "--to=json", "--sandbox", "--citeproc"]
            command += [f"--csl={self.file}", f"--bibliography={items}"]
            typed = json.dumps(document).encode()
            try:
                run = subprocess.run(  # noqa: S603 (pandoc, on files that conf.py names)
                    command, input=typed, capture_output=True, timeout=_SECONDS
                )
            except subprocess.TimeoutExpired:
                raise ConfigError(
                    f"{self.file.name}: pandoc took more than {_SECONDS} seconds for the citations "
                    f"of a document, with {len(self._works)} works"
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
        cited = (citation.key for citation in edition_of(config).citations)
        _styles[config] = Style(_files[config], library, language, cited)
    return _styles[config]


def style_fault(file: Path) -> str:
    """Return what stops a file from being the style of citations; empty for nothing."""
    try:
        if _DEPENDENT.search(_read(file)):
            return "only names another style: take the file of that one"
        # In a document it would fail, or go round for ever, for each anew.
        command = [_pandoc(), "+RTS", "-M500m", "-RTS", "--sandbox", "--citeproc", f"--csl={file}"]
        tried = subprocess.run(command, input=b"", capture_output=True, timeout=_TRIED)  # noqa: S603
        if tried.returncode:
            said = tried.stderr.decode(errors="replace").strip()
            return f"is no CSL style that pandoc can read: {said}"
    except subprocess.TimeoutExpired:
        return f"keeps pandoc longer than {_TRIED} seconds: does a macro of it name itself?"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except ImportError:
        return 'needs pandoc: pip install "sphinx-edition[documents]"'
    return ""


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")


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
            "citationMode": {"t": "AuthorInText" if part.textual else "NormalCitation"},
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
    return f"{{}}, {locator}" if _CANONICAL.match(locator) else f", {locator}"


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


def _without_stop(value: Rich) -> Rich:
    """Return a note without the stop that every note is given; one within marks stays."""
    if not text_of(value).endswith("."):
        return value
    last: Run = value[-1]
    return rich(value[:-1], (replace(last, text=last.text[:-1]),))
