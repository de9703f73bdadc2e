"""Citations in the syntax of another program."""

import re
from collections.abc import Iterator, Set

from edition.model import Prose
from edition.model.diagnostic import Edit
from edition.rules.messages import as_typed_in
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_KEY = r"@(?:\{(?P<braced>[^{}\s]+)\}|(?P<key>[^\W_](?:[\w:.#$%&+?<>~/-]*\w)?))"
_ITEM = re.compile(
    rf"\s*(?P<prefix>[^@]*?)\s*(?P<no_author>-)?{_KEY}\s*(?:,?\s*(?P<locator>[^@\s][^@]*?))?\s*"
)
_PANDOC = re.compile(
    rf"\[(?P<body>[^\[\]@\0]{{0,80}}-?@[^\[\]\0]{{1,300}})\](?![({{])"
    rf"|(?<![\w@./+-]){_KEY}(?:\s*\[(?P<locator>[^\[\]@\0]{{1,60}})\])?"
)
_LATEX = re.compile(
    r"\\(?P<command>[a-z]*cite[a-zA-Z]*)\*?(?:\[(?P<first>[^\[\]\0]*)\])?(?:\[(?P<second>[^\[\]\0]*)\])?"
    r"\{(?P<keys>[^{}\0]+)\}"
)
_NARRATIVE = ("textcite", "citet", "citeauthor")
_BARE_PAGES = re.compile(r"[0-9ivxlc]+(?:\s*[-–]{1,2}\s*[0-9ivxlc]+)?")


@rule("C109", Severity.WARNING)
def foreign_citation(edition: Edition) -> Findings:
    keys = edition.bibliography.works.keys()
    for document in edition.documents:
        for prose in document.prose:
            if "@" in prose.text:
                yield from _pandoc(prose, keys)
            if "cite" in prose.text and "\\" in prose.text:
                yield from _latex(prose, keys)


def _pandoc(prose: Prose, keys: Set[str]) -> Iterator[Finding]:
    for found in _PANDOC.finditer(prose.text):
        if found["body"] is None:
            key = (found["braced"] or found["key"]).rstrip(".:")
            if key not in keys:
                continue  # an address, or a name on a social network
            end = found.end() if found["locator"] else found.start() + len("@" + key)
            role = f"{{cite:t}}`{key}{_braced(found['locator'])}`"
            yield _finding(prose, found.start(), end, role, certain="{" not in found[0])
            continue
        if prose.text[found.start() - 1 : found.start()] == "^":
            place = prose.location(found.start() - 1)
            yield Finding(
                place,
                "a note within the line, “^[…]”, is of another program and is printed as it is",
                "Write a footnote, `[^1]`, with the citation as a role.",
            )
            continue
        items = [_ITEM.fullmatch(item) for item in found["body"].split(";")]
        if not all(items):
            continue
        read = [item for item in items if item]
        named = [item["braced"] or item["key"] for item in read]
        if not any(key in keys for key in named) and "." in named[0]:
            continue  # an address of mail
        written = ", ".join(
            f"{_braced(item['prefix'])}{key}{_braced(item['locator'])}"
            for item, key in zip(read, named, strict=True)
        )
        certain = all(key in keys for key in named) and not any(i["no_author"] for i in read)
        yield _finding(prose, found.start(), found.end(), f"{{cite:p}}`{written}`", certain=certain)


def _latex(prose: Prose, keys: Set[str]) -> Iterator[Finding]:
    for found in _LATEX.finditer(prose.text):
        named = [key.strip() for key in found["keys"].split(",")]
        before, after = (
            (found["first"], found["second"])
            if found["second"] is not None
            else ("", found["first"])
        )
        after = after or ""
        if _BARE_PAGES.fullmatch(after):
            after = ("pp. " if re.search("[-–]", after) else "p. ") + after
        role = "cite:t" if found["command"] in _NARRATIVE else "cite:p"
        written = ", ".join((*named[:-1], named[-1] + _braced(after)))
        certain = all(key in keys for key in named)
        yield _finding(
            prose,
            found.start(),
            found.end(),
            f"{{{role}}}`{_braced(before)}{written}`",
            certain=certain,
        )


def _braced(words: str | None) -> str:
    words = " ".join((words or "").split()).strip(" ,")
    words = re.sub(r"(?<=[0-9])--?(?=[0-9])", "–", words)
    return f"{{{words}}}" if words else ""


def _finding(prose: Prose, start: int, end: int, role: str, *, certain: bool) -> Finding:
    typed = prose.text[start:end]
    role = as_typed_in(prose.location(start).path, role)
    edits: tuple[Edit, ...] = ()
    if certain and "\n" not in typed and "\0" not in typed:
        edits = (Edit(location=prose.location(start), old=typed, new=role),)
    return Finding(
        prose.location(start),
        f"“{' '.join(typed.split())}” is a citation of another program, and is printed as it is",
        f"Write {role}.",
        edits,
    )
