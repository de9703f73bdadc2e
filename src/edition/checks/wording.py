"""How findings speak of works, pages and locators, so that all rules speak alike."""

from __future__ import annotations

from edition.bibliography import plain
from edition.diagnostic import Location
from edition.locator import PageRange
from edition.model import Citation, Work
from edition.pagefacts import facts_of


def place_of_locator(citation: Citation, column: int = 1) -> Location:
    """Where in the source a column of the citation's locator stands."""
    place = citation.locator_location or citation.location
    return Location(place.path, place.line, place.column + column - 1)


def page_words(page: PageRange) -> str:
    """`p. 12`, `pp. 12–14`, `p. xii`, `pp. 40 and following`."""
    first = _page(page.first, page.sequence)
    if page.last is None:
        return f"pp. {first} and following"
    if page.last == page.first:
        return f"p. {first}"
    return f"pp. {first}–{_page(page.last, page.sequence)}"


def _page(number: int, sequence: str) -> str:
    if sequence == "arabic":
        return str(number)
    if sequence == "roman":
        return _roman(number)
    return f"{sequence}{number}"


def _roman(number: int) -> str:
    from roman_numerals import RomanNumeral

    return RomanNumeral(number).to_lowercase() if 0 < number < 4000 else str(number)


def page_measure(work: Work) -> str:
    """What the pages of a work are held against: `pp. 19–21`, `240 pages`; empty if unknown."""
    facts = facts_of(work)
    if facts.ranges:
        return ", ".join(page_words(r) for r in facts.ranges)
    if facts.total is not None:
        return f"{plain(work.get('pagetotal') or work.get('pages') or '')} pages"
    return ""


def fact(work: Work, name: str) -> str:
    """Where a fact of a work stands: `bibliography.bib:152`, and where it was seen if noted."""
    found = work.field(name)
    if found is None:
        return str(work.location)
    place = f"{found.location.path}:{found.location.line}"
    source = work.get("pagesource") if name in ("pages", "pagetotal") else None
    return f"{place}; {plain(source)}" if source else place
