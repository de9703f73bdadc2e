"""TEI (`<pb n="28"/>` begins a page) and ALTO (a `<Page>` is one), as pages."""

from __future__ import annotations

import re

from edition.formats.markup import events
from edition.formats.pages import Page, SourceError

_UNPRINTED = frozenset({"teiHeader", "fw", "figDesc", "del"})
_CHOICES = frozenset({"sic", "orig", "abbr"})  # within <choice>, which offers another beside it
_BLOCKS = frozenset({"p", "l", "lg", "head", "div", "ab", "item", "row", "sp", "note", "quote"})
_SPACE = re.compile(r"\s+")


def read_tei(data: bytes) -> list[Page]:
    """Return the pages of a TEI text (TEI P5, 3.11.3 Milestone Elements).

    Running heads (`<fw>`) are left out, and of pairs of readings the editor's (`<corr>`, `<reg>`,
    `<expan>`) is taken. Notes come at the end of their page, as in print: left where they are
    encoded they would divide the sentence.
    """
    pages = [_TeiPage(None)]
    hidden = notes = choices = 0
    for event in events(data):
        step = 1 if event.kind == "start" else -1
        if event.kind != "text" and event.value == "choice":
            choices += step
        if event.kind != "text" and (
            event.value in _UNPRINTED or (event.value in _CHOICES and (choices or hidden))
        ):
            hidden += step
        elif hidden:
            continue
        elif event.kind == "text":
            pages[-1].write(_SPACE.sub(" ", event.value), note=bool(notes))
        elif event.value == "pb":
            if step > 0:
                pages.append(_TeiPage(_label(event.attributes.get("n", ""))))
        elif event.value == "lb":
            if step > 0 and event.attributes.get("break") != "no":
                pages[-1].write("\n", note=bool(notes))
        elif event.value in _BLOCKS:
            if event.value == "note":
                notes += step
            pages[-1].write("\n", note=bool(notes) or event.value == "note")
    found = [Page(page.label, page.text) for page in pages]
    return found if found[0].text else found[1:]


class _TeiPage:
    """A page while it is read: its text, and its notes."""

    def __init__(self, label: str | None) -> None:
        self.label = label
        self._body: list[str] = []
        self._notes: list[str] = []

    def write(self, text: str, *, note: bool) -> None:
        (self._notes if note else self._body).append(text)

    @property
    def text(self) -> str:
        parts = ("".join(self._body).strip(), "".join(self._notes).strip())
        return "\n".join(part for part in parts if part)


def _label(given: str) -> str | None:
    """Return a page's label without brackets, which mark one that an editor supplied."""
    return given.strip().strip("[]()").strip().rstrip(".") or None


def read_alto(data: bytes) -> list[Page]:
    """Return the pages of an ALTO file (Library of Congress, ALTO 4), lines as lines.

    The label is the printed one, PRINTED_IMG_NR, and never the number of the picture.
    """
    pages: list[tuple[str | None, list[str]]] = []
    for event in events(data):
        if event.kind == "end" and event.value == "TextLine" and pages:
            pages[-1][1].append("\n")
        if event.kind != "start":
            continue
        if event.value == "Page":
            pages.append((event.attributes.get("PRINTED_IMG_NR") or None, []))
        elif event.value == "String" and pages:
            pages[-1][1].append(event.attributes.get("CONTENT", "") + " ")
        elif event.value == "HYP" and pages:
            pages[-1][1][-1:] = ["".join(pages[-1][1][-1:]).rstrip() + "-"]
    if not pages:
        raise SourceError("an ALTO file without a <Page>", "Is it a fragment?")
    return [Page(label, "".join(text).strip()) for label, text in pages]
