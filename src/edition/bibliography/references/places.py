"""Where in a work a reference leads: places found in a text, and read."""

import re
from collections.abc import Iterator
from dataclasses import replace

from edition.bibliography.references.patterns import (
    AND,
    ESPECIALLY,
    LABEL,
    LINES,
    LOCATOR,
    OTHER_PLACE,
)
from edition.locator import Item, LocatorError, Part, format_locator, pages, parse

PLACE = re.compile(
    LOCATOR.pattern.replace("(?P<label>", "(?:").replace("(?P<pages>", "(?:")
    + "|" + OTHER_PLACE.pattern
)  # fmt: skip
_JOINED = re.compile(r"[\s,;]*(?:and|und|et|и|&)?\s*")


def place_runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where places with labels begin and end; those that only a comma parts are one."""
    end = len(text) if end is None else end
    while match := PLACE.search(text, start, end):
        first = match.start()
        while match:
            start = match.end()
            joined = _JOINED.match(text, start, end)
            match = PLACE.match(text, joined.end(), end) if joined else None
        yield first, start


def read_place(place: str | None) -> tuple[str | None, tuple[int, ...]]:
    """Return a locator in its normal form, and its first pages."""
    if place is None:
        return None, ()
    place, especially = re.subn(rf"\A{ESPECIALLY}\s*", "", place.strip())
    place = re.sub(rf"\s+{AND}(?=\s)\s+(?!s|сл)", ", ", place)
    place = re.sub(r"(?<=\d)\s?(nn?)\.?\s?(?=\d)", r", \1. ", place)
    if not (OTHER_PLACE.search(place) or re.match(f"{LINES}|vol", place)):
        place = re.sub(rf"(?<!\w)(?:{LABEL})\s*", "", place)
        place = place.lower() if re.fullmatch(r"[IVXLC\s–—-]+", place) else place
        several = re.search(r"[-–—,]|\d\s*ff?\b", place)
        place = f"{'pp.' if several else 'p.'} {place}"
    try:
        locator = parse(f"esp. {place}" if especially else place)
    except LocatorError:
        return (place if OTHER_PLACE.fullmatch(place) else None), ()
    locator = replace(locator, parts=tuple(map(_meant, locator.parts)))
    return format_locator(locator), tuple(r.first for r in pages(locator))


def _meant(part: Part) -> Part:
    """Return pages without the range of an article before the page cited: `12–40, 15`."""
    items = part.items
    kept = [
        item
        for i, item in enumerate(items)
        if not any(_holds(item, later) for later in items[i + 1 :] if not later.lead)
    ]
    return replace(part, items=tuple(kept))


def _holds(item: Item, other: Item) -> bool:
    """Tell whether a range of pages holds another place."""
    first, last, page = item.first.value, item.last and item.last.value, other.first.value
    return (
        isinstance(first, int)
        and isinstance(last, int)
        and isinstance(page, int)
        and item.first.system == other.first.system
        and first <= page <= last
    )
