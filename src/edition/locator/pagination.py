"""The pages and volumes of a locator, and the page facts of a bibliography entry."""

import re
from collections.abc import Iterable

from edition.locator.labels import SPACE
from edition.locator.model import Item, Locator, LocatorError, Number, PageRange, PageTotal, Part
from edition.locator.number import excerpt, number_at


def pages(locator: Locator) -> tuple[PageRange, ...]:
    """Return the ranges of pages in a locator, as typed; a single page is a range of one.

    `40f.` ends at 41, `40ff.` has no end. Notes, leaves and letters after a number are left
    out: `44n`, `44a` and `44r` are page 44. An inverted range stays inverted.
    """
    return page_ranges(locator.parts)


def page_ranges(parts: Iterable[Part]) -> tuple[PageRange, ...]:
    """Return the ranges of pages in the parts of a locator."""
    found = (_page_range(item) for part in parts if part.label == "page" for item in part.items)
    return tuple(one for one in found if one)


def volumes(locator: Locator) -> tuple[int | str, ...]:
    """Return the volumes that a locator names, a range by its two ends; empty where it names none.

    A number is an int, roman too; a compound one (`2/1`, `12a`) a lower-case text.
    """
    numbers: list[int | str] = []
    for part in locator.parts:
        if part.label == "volume":
            for item in part.items:
                numbers.extend(_volume(n) for n in (item.first, item.last) if n)
    return tuple(numbers)


def _page_range(item: Item) -> PageRange | None:
    first, last = item.first, item.last or item.first
    if not (isinstance(first.value, int) and isinstance(last.value, int)):
        return None
    end = None if item.following == "ff" else last.value + (item.following == "f")
    return PageRange(first=first.value, last=end, sequence=first.sequence)


def _volume(number: Number) -> int | str:
    if number.prefix or number.suffix:
        return f"{number.prefix}{number.value}{number.suffix}".lower()
    return number.value


_UNIT = re.compile(rf"[{SPACE}]*(?:pp?|pages)(?![^\W_])\.?", re.IGNORECASE)
_PLUS = re.compile(rf"[{SPACE}]*[,;+][{SPACE}]*")
THOUSANDS = re.compile(r"[0-9],[0-9]{3}(?![0-9])")


def parse_pagetotal(text: str) -> PageTotal:
    """Read the `pagetotal` field of an entry: `240`, `xiv, 296`, `xiv + 296 p.`.

    Numbers in square brackets count unnumbered pages and are left out where another number
    stands; of several sequences of one kind the longest counts. Raises LocatorError when the
    field holds anything else.
    """
    text = text.rstrip()
    if found := THOUSANDS.search(text):
        raise LocatorError(f"{excerpt(found[0])} may be one number or two", found.start() + 1)
    numbers = _totals(text)
    printed = [number for number in numbers if not number.supplied] or numbers
    return PageTotal(roman=_greatest(printed, "roman"), arabic=_greatest(printed, "arabic"))


def _totals(text: str) -> list[Number]:
    """Return the numbers of a page total."""
    numbers: list[Number] = []
    position = len(text) - len(text.lstrip())
    while True:
        read = number_at(text, position, "page")
        if read is None or read[0].sequence not in ("arabic", "roman") or read[0].suffix:
            raise LocatorError("not a number of pages", position + 1)
        numbers.append(read[0])
        position = read[1]
        if found := _UNIT.match(text, position):
            position = found.end()
        if position == len(text):
            return numbers
        found = _PLUS.match(text, position)
        if found is None:
            raise LocatorError(
                f"{excerpt(text[position:])} after the number of pages", position + 1
            )
        position = found.end()


def _greatest(numbers: Iterable[Number], system: str) -> int | None:
    """Return the greatest value of one system, None where it has no number."""
    values = (n.value for n in numbers if n.system == system and isinstance(n.value, int))
    return max(values, default=None)
