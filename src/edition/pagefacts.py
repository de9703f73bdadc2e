"""What the bibliography knows of a work's pages, and whether a cited page can stand among them.

Three answers: *yes*, the page lies within what is known; *no*, it cannot be right; *unknown*,
there is nothing to hold it against. The rules on pages and volumes, the listings and the
register of quotations all ask here, so that they never disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from edition.locator import (
    Locator,
    LocatorError,
    PageRange,
    PageTotal,
    pages,
    parse,
    parse_pagetotal,
    parse_ranges,
    volumes,
)
from edition.model import Citation, Quotation, Work

Possible = Literal["yes", "no", "unknown"]

# Whole books: a single number in their `pages` counts the pages, as many catalogues give it.
_BOOKS = frozenset(
    {"book", "booklet", "collection", "manual", "mvbook", "phdthesis", "proceedings"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What an entry says of its pages.

    `ranges` is the union that its `pages` name, `total` the last pages of its front matter
    and text, `volume` the one it stands in, `volumes` how many it has.
    """

    ranges: tuple[PageRange, ...] = ()
    total: PageTotal | None = None
    volume: str | None = None
    volumes: int | None = None


def facts_of(work: Work) -> PageFacts:
    """The facts of an entry, its own or inherited; a field that cannot be read gives none."""
    written, total = work.get("pages"), work.get("pagetotal")
    if written and not total and work.type in _BOOKS and written.strip().isdecimal():
        written, total = None, written
    count = work.get("volumes")
    return PageFacts(
        ranges=_ranges(written) if written else (),
        total=_total(total) if total else None,
        volume=work.get("volume"),
        volumes=int(count) if count and count.isdecimal() and len(count) < 6 else None,
    )


def _ranges(written: str) -> tuple[PageRange, ...]:
    try:
        ranges = parse_ranges(written).ranges
    except LocatorError:
        return ()
    # An inverted range is a fault of the entry and no measure for its citations.
    return tuple(r for r in ranges if r.last is None or r.first <= r.last)


def _total(written: str) -> PageTotal | None:
    try:
        return parse_pagetotal(written)
    except LocatorError:
        return None


@lru_cache(maxsize=65536)
def _parsed(text: str) -> Locator | None:
    try:
        return parse(text)
    except LocatorError:
        return None


def locator_of(citation: Citation) -> Locator | None:
    """The citation's locator; None where it has none or its meaning cannot be told."""
    return _parsed(citation.locator) if citation.locator else None


def cited_pages(citation: Citation) -> tuple[PageRange, ...]:
    """The pages that a citation names, as far as they can be told; inverted ranges left out."""
    locator = locator_of(citation)
    if locator is None:
        return ()
    return tuple(r for r in pages(locator) if r.last is None or r.first <= r.last)


def cited_volumes(citation: Citation) -> tuple[str, ...]:
    """The volumes that a citation names in its locator or as `:volume:`."""
    if citation.volume:
        return (citation.volume,)
    locator = locator_of(citation)
    return tuple(str(volume) for volume in volumes(locator)) if locator else ()


def wrong_volume(citation: Citation, facts: PageFacts) -> str | None:
    """The first volume cited that the work does not stand in or does not have."""
    for volume in cited_volumes(citation):
        if facts.volume is not None and not _same_volume(volume, facts.volume):
            return volume
        number = _number(volume)
        if facts.volume is None and facts.volumes and number and number > facts.volumes:
            return volume
    return None


def outside_entry(cited: Sequence[PageRange], facts: PageFacts) -> PageRange | None:
    """The first cited range that the entry's pages do not hold.

    Roman pages are held against roman ranges only; where the entry names none, nothing is
    known of them.
    """
    for page in cited:
        known = [r for r in facts.ranges if r.sequence == page.sequence]
        if not known and (page.sequence != "arabic" or not facts.ranges):
            continue
        if not any(_within(page, r) for r in _joined(known)):
            return page
    return None


def beyond_book(cited: Sequence[PageRange], facts: PageFacts) -> PageRange | None:
    """The first cited range that ends after the book's last page of its sequence."""
    if facts.total is None:
        return None
    limits = {"arabic": facts.total.arabic, "roman": facts.total.roman}
    for page in cited:
        limit = limits.get(page.sequence)
        if limit is not None and max(page.first, page.last or 0) > limit:
            return page
    return None


def possible(quotation: Quotation, works: dict[str, PageFacts]) -> Possible:
    """Whether a quotation's references can be right; `works` gives the facts of each key."""
    answers = [_citation_possible(c, works.get(c.key)) for c in quotation.citations]
    if "no" in answers:
        return "no"
    return "yes" if answers and all(a == "yes" for a in answers) else "unknown"


def _citation_possible(citation: Citation, facts: PageFacts | None) -> Possible:
    if facts is None:
        return "unknown"
    locator = locator_of(citation)
    if locator is not None and any(f.kind == "inverted-range" for f in locator.faults):
        return "no"
    cited = cited_pages(citation)
    if wrong_volume(citation, facts) or outside_entry(cited, facts):
        return "no"
    known = [_has_measure(page, facts) for page in cited]
    if not all(known) or not known:
        if not facts.ranges and beyond_book(cited, facts):
            return "no"
        return "unknown"
    if not facts.ranges and beyond_book(cited, facts):
        return "no"
    return "yes"


def _has_measure(page: PageRange, facts: PageFacts) -> bool:
    """Whether the entry says anything that a page of this sequence can be held against."""
    if any(r.sequence == page.sequence for r in facts.ranges):
        return True
    if page.sequence == "arabic" and facts.ranges:
        return True
    total = facts.total
    return total is not None and (
        (page.sequence == "arabic" and total.arabic is not None)
        or (page.sequence == "roman" and total.roman is not None)
    )


def _joined(ranges: Sequence[PageRange]) -> list[PageRange]:
    """The union of ranges, those that touch made one."""
    joined: list[PageRange] = []
    for r in sorted(ranges, key=lambda r: r.first):
        previous = joined[-1] if joined else None
        if previous is None or (previous.last is not None and r.first > previous.last + 1):
            joined.append(r)
        elif previous.last is not None:
            last = None if r.last is None else max(previous.last, r.last)
            joined[-1] = PageRange(first=previous.first, last=last, sequence=r.sequence)
    return joined


def _within(page: PageRange, known: PageRange) -> bool:
    last = page.last if page.last is not None else page.first
    return known.first <= page.first and (known.last is None or last <= known.last)


def _same_volume(cited: str, stated: str) -> bool:
    """Whether two volumes are one: `26`, `XXVI` and `026` are."""
    first, second = _number(cited), _number(stated)
    if first is not None and second is not None:
        return first == second
    return cited.strip().casefold() == stated.strip().casefold()


def _number(volume: str) -> int | None:
    text = volume.strip()
    if text.isdecimal() and len(text) < 10:
        return int(text)
    try:
        return int(RomanNumeral.from_string(text))
    except (InvalidRomanNumeralError, TypeError, ValueError):
        return None
