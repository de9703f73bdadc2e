"""The quotations of an edition as questions to the sources."""

from __future__ import annotations

from collections.abc import Collection

from roman_numerals import RomanNumeral

from edition.bibliography.pages import cited_pages, cited_volumes
from edition.locator import PageRange
from edition.model import Citation, Edition, Quotation
from edition.verify.verdict import Query

_MOST_PAGES = 100


def make_query(quotation: Quotation, edition: Edition, available: Collection[str]) -> Query | None:
    """Return what to ask of the sources; None for a quotation that cites no work.

    A work that has no source of its own is looked for in the collection that holds it (the
    `crossref` of its entry), in the volume that the entry names. `available` are the keys that
    have a source: of several works cited the first with one is asked, so that words quoted at
    second hand are looked for where they were seen.
    """
    if not quotation.citations:
        return None
    first = quotation.citations[0]
    for citation in quotation.citations:
        key, volume = _source(citation, edition, available)
        if key in available:
            break
    else:
        citation = first
        key, volume = _source(citation, edition, available)
    ranges = cited_pages(citation)
    return Query(
        key=key,
        volume=volume,
        labels=tuple(label for pages in ranges for label in _labels(pages)),
        text=quotation.text or None,
        opening=quotation.opening,
        closing=quotation.closing,
        words=quotation.words,
        digest=quotation.digest,
        open_end=any(pages.last is None for pages in ranges),
        instead_of=first.key if citation is not first else "",
    )


def _source(
    citation: Citation, edition: Edition, available: Collection[str]
) -> tuple[str, str | None]:
    """Return the work and the volume in which a citation's words are looked for."""
    volumes = cited_volumes(citation)
    volume = volumes[0] if volumes else None
    work = edition.bibliography.works.get(citation.key)
    if work and citation.key not in available:
        parent = work.get("crossref")
        if parent and parent in available:
            return parent, volume or work.get("volume")
    return citation.key, volume


def _labels(pages: PageRange) -> list[str]:
    last = pages.first if pages.last is None else min(pages.last, pages.first + _MOST_PAGES)
    numbers = range(pages.first, last + 1)
    if pages.sequence == "roman":
        return [RomanNumeral(number).to_lowercase() for number in numbers if number > 0]
    prefix = "" if pages.sequence == "arabic" else pages.sequence
    return [f"{prefix}{number}" for number in numbers]
