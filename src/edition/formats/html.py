"""HTML, of an EPUB or on its own: its text, and where the pages of the print begin in it.

EPUB 3.3 and DPUB-ARIA mark page breaks by type and role; transcriptions made before or without
them number the pages by elements of a class such as `pagenum`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from edition.formats.markup_events import Event, events
from edition.formats.page_labels import number_of
from edition.formats.pages import Page
from edition.formats.plain_text import divided, page_marks

_BLOCKS = frozenset(
    {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section", "blockquote"}
)
_HIDDEN = frozenset({"head", "script", "style", "rt", "rp"})

_NUMBERED = re.compile(r"(?:^|\s)(?:\w+-)?(?:pagenum|pagenumber|page-number|pageno|pagebreak)\b")
_LABEL = re.compile(r"(?:[Pp]g\.?|[Pp]age|[Pp]\.)?\s*(\d{1,4}[a-z]?|[ivxlcdmIVXLCDM]{1,9})")
_NUMBER_AT_END = re.compile(r"(?:^|[_.-]|page|pg|p)_?(\d{1,4}|[ivxlcdm]{1,9})$", re.IGNORECASE)


_PAGE_NAMES = ("data-page-number", "title", "aria-label")
_FEWEST_MARKS = 3  # within lines; fewer may be an author's references


class Break(NamedTuple):
    """The beginning of a page."""

    label: str | None


def read_hypertext(data: bytes) -> list[Page]:
    """Return the pages of a web page; without page breaks it is one page without a label."""
    return gather(pieces(data, html=True))


def gather(flow: Iterator[str | Break]) -> list[Page]:
    """Return pieces of text and page breaks as pages.

    Without a page break that has a label, lines such as `page 20` and `[p. 20]` are breaks.
    """
    found: list[tuple[str | None, list[str]]] = [(None, [])]
    for piece in flow:
        if isinstance(piece, Break):
            found.append((piece.label, []))
        else:
            found[-1][1].append(piece)
    pages = [Page(label, re.sub(r"\s*\n\s*", "\n", "".join(text)).strip()) for label, text in found]
    if not any(page.label for page in pages):
        text = "\n".join(page.text for page in pages)
        marks = [mark for mark in page_marks(text) if mark[0][0] not in "{<"]
        pages = divided(text, marks) if _are_marks(text, marks) else pages
    return pages if pages[0].text or len(pages) == 1 else pages[1:]


def _are_marks(text: str, marks: Sequence[re.Match[str]]) -> bool:
    """Return whether marks are lines of their own, or several that go up."""
    numbers = [number for mark in marks if (number := number_of(mark[1].lower()))]
    if len(numbers) < len(marks):
        return False
    lines = all(
        (not mark.start() or text[mark.start() - 1] == "\n")
        and (mark.end() == len(text) or text[mark.end()] == "\n")
        for mark in marks
    )
    return bool(marks) and (lines or (len(marks) >= _FEWEST_MARKS and numbers == sorted(numbers)))


def pieces(
    data: bytes, path: str = "", listed: Mapping[str, str] | None = None, *, html: bool = False
) -> Iterator[str | Break]:
    """Return the text of a document in pieces, with the breaks between them.

    `listed` are labels by place (`path#id`), from a list of pages. References to notes are left
    out: they are no part of a sentence.
    """
    listed = listed or {}
    depth = 0
    hidden = 0  # the depth at which what is left out began
    mark: _Mark | None = None
    for event in events(data, html=html):
        if event.kind == "text":
            if mark:
                mark.text += event.value
            elif not hidden:
                yield re.sub(r"\s+", " ", event.value)
            continue
        if event.kind == "start":
            depth += 1
            label = listed.get(f"{path}#{event.attributes.get('id', '')}")
            if mark:
                mark.named = mark.named or event.attributes.get("id", "")
            elif hidden:
                pass
            elif event.value in _HIDDEN or _is_reference(event):
                hidden = depth
            elif may_break(event.value, event.attributes):
                mark = _Mark(depth, event.attributes, event.attributes.get("id", ""), label)
            elif label:
                yield Break(label)
        else:
            if hidden == depth:
                hidden = 0
            if mark and mark.depth == depth:
                found = page_break(mark.given, mark.text, mark.named, mark.listed)
                yield mark.text if found is None else found
                mark = None
            depth -= 1
        if event.value in _BLOCKS and not mark:
            yield "\n"


@dataclass
class _Mark:
    """An element that may mark a page break, and what it holds."""

    depth: int
    given: Mapping[str, str]
    named: str
    listed: str | None
    text: str = ""


def page_break(
    given: Mapping[str, str], text: str, named: str, listed: str | None = None
) -> Break | None:
    """Return the break that an element marks by its attributes and its text; None if it is none.

    `named` is the id of the element, or of one within it.
    """
    known = listed or next(filter(None, map(given.get, _PAGE_NAMES)), None)
    shown = _LABEL.fullmatch(text.strip().strip("[](){}").strip())
    number = _NUMBER_AT_END.search(named)
    declared = _is_declared(given)
    label = _bare(known) if declared and known else shown[1] if shown else None
    label = label or (number[1] if number else None)
    return Break(label) if label or declared else None


def _bare(label: str) -> str:
    """Return a label without the word for it: `Page 12` is `12`."""
    found = _LABEL.fullmatch(label.strip())
    return found[1] if found else label.strip()


def may_break(name: str, given: Mapping[str, str]) -> bool:
    """Tell whether an element may mark the beginning of a page."""
    numbered = name in ("span", "a", "div", "p") and _NUMBERED.search(given.get("class", ""))
    return _is_declared(given) or bool(numbered)


def _is_declared(given: Mapping[str, str]) -> bool:
    return (
        "pagebreak" in given.get("type", "").split()
        or given.get("role") == "doc-pagebreak"
        or "data-page-number" in given
    )


def _is_reference(event: Event) -> bool:
    """Return whether an element refers to a note, as reading systems know it."""
    given = event.attributes
    return event.value == "a" and (
        "noteref" in given.get("type", "").split()
        or given.get("role") == "doc-noteref"
        or bool(re.search(r"\b(?:noteref|fnanchor|footnote-?ref)\b", given.get("class", "")))
    )
