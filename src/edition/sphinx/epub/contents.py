"""The table of contents: a flat list of headings with their levels → a tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from edition.sphinx.epub.links import file_of
from edition.sphinx.epub.pages import Page


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `text` and `href` are ready for XML."""

    text: str
    href: str
    children: list[Entry] = field(default_factory=list)

    def depth(self) -> int:
        """Return how many levels there are from this line downwards, itself included."""
        return 1 + max((child.depth() for child in self.children), default=0)


Heading = tuple[int, str, str]
"""A level, from 1, a text and an address, both ready for XML."""


def with_passages(headings: Iterable[Heading], pages: Iterable[Page], depth: int) -> list[Heading]:
    """Return the headings down to a depth, the passages of each page below those before them."""
    by_file = {page.path: page for page in pages}
    kept = [heading for heading in headings if heading[0] <= depth]
    found: list[Heading] = []
    listed: set[str] = set()
    for number, (level, text, href) in enumerate(kept):
        found.append((level, text, href))
        page = by_file.get(file_of(href))
        following = kept[number + 1][2] if number + 1 < len(kept) else ""
        if page is None or not page.passages:
            continue
        end = following.partition("#")[2] if file_of(following) == page.path else ""
        limit = page.ids.index(end) if end in page.ids else len(page.ids)
        for ident, title in page.passages:
            if ident not in listed and page.ids.index(ident) < limit:
                listed.add(ident)
                address = f"{href.partition('#')[0]}#{ident}"
                found.append((level + 1, escape(title), address))
    return found


def nest(headings: Iterable[Heading], depth: int) -> list[Entry]:
    """Put headings, as (level, text, href), below those that they belong to.

    Levels begin at 1, and what is deeper than `depth` is left out. A heading belongs to
    the last one before it that is of a higher rank, also where a level is skipped. A place
    is listed once, at its first heading.
    """
    top: list[Entry] = []
    above: list[tuple[int, list[Entry]]] = [(0, top)]
    seen: set[str] = set()
    for level, text, href in headings:
        if level > depth or not text or href in seen:
            continue
        seen.add(href)
        while above[-1][0] >= level:
            above.pop()
        entry = Entry(text, href)
        above[-1][1].append(entry)
        above.append((level, entry.children))
    return top
