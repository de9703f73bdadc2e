"""TEI (`<pb n="28"/>` begins a page) and ALTO (a `<Page>` is one), as pages."""

from __future__ import annotations

import re

from edition.sources.pages import Page, SourceError
from edition.sources.reading.markup import events

_UNPRINTED = frozenset({"teiHeader", "fw", "figDesc", "sic", "orig", "abbr", "del"})
_BLOCKS = frozenset({"p", "l", "lg", "head", "div", "ab", "item", "row", "sp", "note", "quote"})
_SPACE = re.compile(r"\s+")


def read_tei(data: bytes) -> list[Page]:
    """The pages of a TEI text (TEI P5, 3.11.3 Milestone Elements).

    Running heads (`<fw>`) are left out, and of pairs of readings the editor's (`<corr>`, `<reg>`,
    `<expan>`) is taken.
    """
    pages: list[tuple[str | None, list[str]]] = [(None, [])]
    hidden = 0
    for event in events(data):
        if event.value in _UNPRINTED and event.kind != "text":
            hidden += 1 if event.kind == "start" else -1
        elif hidden:
            continue
        elif event.kind == "text":
            pages[-1][1].append(_SPACE.sub(" ", event.value))
        elif event.value == "pb" and event.kind == "start":
            pages.append((event.attributes.get("n") or None, []))
        elif event.value == "lb" and event.kind == "start":
            pages[-1][1].append("" if event.attributes.get("break") == "no" else "\n")
        elif event.value in _BLOCKS:
            pages[-1][1].append("\n")
    found = [Page(label, "".join(text).strip()) for label, text in pages]
    return found if found[0].text else found[1:]


def read_alto(data: bytes) -> list[Page]:
    """The pages of an ALTO file (Library of Congress, ALTO 4), lines as lines.

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
