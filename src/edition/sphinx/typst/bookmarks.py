"""Bookmarks below those of the headings: one for each passage, in tens where there are many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

# As many bookmarks stay in view at once under an opened chapter.
_MANY = 20
_GROUP = 10

Spot = tuple[int, float]
"""A page, from 1, and how far a place is from its top."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A passage: its title in the list, and its place."""

    label: str
    title: str
    spot: Spot


def add_bookmarks(pdf: pikepdf.Pdf, bookmarks: Iterable[Bookmark]) -> None:
    """Put each bookmark below the last heading that goes before it."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    heights = [float(page.mediabox[3]) for page in pdf.pages]
    with pdf.open_outline() as outline:
        headings = list(_headings(outline.root, numbers, heights))
        below: dict[int, list[Bookmark]] = {}
        for bookmark in bookmarks:
            before = [n for n, (spot, _) in enumerate(headings) if spot <= bookmark.spot]
            if before:
                below.setdefault(before[-1], []).append(bookmark)
        for number, held in below.items():
            items = [_item(b.title, b, heights) for b in held]
            if len(items) > _MANY:
                items = [
                    _group(held[at : at + _GROUP], items[at : at + _GROUP], heights)
                    for at in range(0, len(items), _GROUP)
                ]
            headings[number][1].children[0:0] = items


def _headings(
    items: Iterable[Any], numbers: dict[Any, int], heights: list[float]
) -> Iterator[tuple[Spot, Any]]:
    for item in items:
        page = numbers[item.destination[0].objgen]
        yield (page, heights[page - 1] - float(item.destination[3])), item
        yield from _headings(item.children, numbers, heights)


def _item(title: str, bookmark: Bookmark, heights: list[float]) -> pikepdf.OutlineItem:
    page, top = bookmark.spot
    place = max(0.0, round(heights[page - 1] - top, 2))
    return pikepdf.OutlineItem(title, page - 1, "XYZ", left=0, top=place)


def _group(
    held: list[Bookmark], items: list[pikepdf.OutlineItem], heights: list[float]
) -> pikepdf.OutlineItem:
    group = _item(f"{held[0].label}–{held[-1].label}", held[0], heights)
    group.children.extend(items)
    return group
