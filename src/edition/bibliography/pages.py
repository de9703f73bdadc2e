"""Page facts: which pages a work has, and whether a cited page can be one of them.

Three answers: *yes*, the page lies within what is known; *no*, it cannot be right; *unknown*,
there is nothing to hold it against. The rules on pages and volumes, the listings and the
register of quotations all ask here, so that they never disagree.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from edition.bibliography.latex import plain
from edition.locator import (
    Locator,
    LocatorError,
    PageRange,
    PageTotal,
    pages,
    parse,
    parse_pagetotal,
    parse_ranges,
    refers_back,
    volumes,
)
from edition.locator.number import roman_value
from edition.model import Citation, Quotation, Work

Possible = Literal["yes", "no", "unknown"]
Standing = Literal["within", "outside", "beyond", "unknown"]

# Works that are books by themselves: there, `pages` without a range counts the pages.
_BOOKS = frozenset(
    """
    book booklet collection manual mvbook mvcollection mvproceedings mvreference proceedings
    reference report techreport thesis mastersthesis phdthesis
    """.split()
)


# The number of an article that has no pages of its own: e0123456, 043201, ARTN 12345; that of a
# letter with its first page, 106108-3; that of a paper, LL16-04.
_ARTICLE_NUMBER = re.compile(
    r"(?:artn?\.?|article|no\.?|id|e)?\s?(?:0[0-9]{2,}|[0-9]{5,})|e[0-9]{3,}|[A-Z]{1,4}[0-9]{5,}"
    r"|[0-9]{6}[–-]{1,2}[0-9]{1,2}|[A-Z]{1,4}[0-9]+-0[0-9]",
    re.IGNORECASE | re.ASCII,
)
_WITH_NUMBERS = frozenset({"article", "suppperiodical", "inproceedings", "conference", "misc"})
# Of these a reporter is cited by the page on which they begin.
_REPORTED = frozenset({"jurisdiction", "legislation", "legal"})
_WORD = re.compile(r"[^\W_]+")


class PageFacts(NamedTuple):
    """The page facts of an entry.

    `ranges` is the union that its `pages` name, ranges that touch made one; `total` the last
    pages of its front matter and text; `volume` the one it stands in, `volumes` how many it has.
    """

    ranges: tuple[PageRange, ...] = ()
    total: PageTotal | None = None
    volume: str | None = None
    volumes: int | None = None


def facts_of(work: Work) -> PageFacts:
    """Return an entry's facts, its own or inherited; a field that cannot be read gives none."""
    written, total = work.get("pages"), work.get("pagetotal")
    ranges = _ranges(written) if written and not is_article_number(work) else ()
    if work.type in _REPORTED and all(r.first == r.last for r in ranges):
        ranges = ()
    if written and work.type in _BOOKS and not any(r.last != r.first for r in ranges):
        ranges, total = (), total or written
    count = work.get("volumes")
    return PageFacts(
        ranges=ranges,
        total=_total(total) if total else None,
        volume=work.get("volume") or None,
        volumes=volume_number(count) if count else None,
    )


def is_article_number(work: Work) -> bool:
    """Return whether the `pages` of a work are the number of an article instead."""
    written = work.get("pages") if work.type in _WITH_NUMBERS else None
    return bool(written and _ARTICLE_NUMBER.fullmatch(plain(written)))


@lru_cache(maxsize=8192)
def _ranges(written: str) -> tuple[PageRange, ...]:
    try:
        ranges = parse_ranges(plain(written)).ranges
    except LocatorError:
        return ()
    # An inverted range is a fault of the entry and no measure for its citations.
    return _union(r for r in ranges if not _is_inverted(r))


def _union(ranges: Iterable[PageRange]) -> tuple[PageRange, ...]:
    """Return the union of ranges, sequences in the order in which they are first named."""
    by_sequence: dict[str, list[PageRange]] = {}
    for r in ranges:
        by_sequence.setdefault(r.sequence, []).append(r)
    return tuple(r for sequence in by_sequence.values() for r in _joined(sequence))


def _joined(ranges: Sequence[PageRange]) -> list[PageRange]:
    """Return the union of ranges of one sequence, those that touch made one."""
    joined: list[PageRange] = []
    for r in sorted(ranges, key=lambda r: r.first):
        previous = joined[-1] if joined else None
        if previous is None or (previous.last is not None and r.first > previous.last + 1):
            joined.append(r)
        elif previous.last is not None:
            last = None if r.last is None else max(previous.last, r.last)
            joined[-1] = PageRange(first=previous.first, last=last, sequence=r.sequence)
    return joined


def _is_inverted(page: PageRange) -> bool:
    return page.last is not None and page.first > page.last


@lru_cache(maxsize=8192)
def _total(written: str) -> PageTotal | None:
    try:
        return parse_pagetotal(plain(written))
    except LocatorError:
        return None


@lru_cache(maxsize=65536)
def _parsed(text: str, schemes: tuple[str, ...] = ()) -> Locator | None:
    try:
        return None if refers_back(text) else parse(text, schemes)
    except LocatorError:
        return None


def locator_of(citation: Citation) -> Locator | None:
    """Return the citation's locator; None where it has none or its meaning cannot be told."""
    return _parsed(citation.locator, citation.schemes) if citation.locator else None


def cited_pages(citation: Citation) -> tuple[PageRange, ...]:
    """Return the pages that a citation names without doubt; inverted ranges are left out."""
    locator = locator_of(citation)
    return tuple(r for r in pages(locator) if not _is_inverted(r)) if locator else ()


def cited_volumes(citation: Citation) -> tuple[str, ...]:
    """Return the volumes that a citation names in its locator or as `:volume:`; no bad numerals."""
    locator = locator_of(citation)
    if citation.volume:
        try:
            locator = volume_locator(citation.volume)
        except LocatorError as error:
            return () if error.kind == "invalid-roman" else (citation.volume,)
    return tuple(map(str, volumes(locator))) if locator else ()


def volume_locator(typed: str) -> Locator:
    """Return a `:volume:` as a locator. Raises LocatorError where it is none."""
    locator = _parsed(typed)
    return locator if locator and volumes(locator) else parse(f"vol. {typed}")


def wrong_volume(citation: Citation, facts: PageFacts) -> str | None:
    """Return the first volume cited that the work does not stand in or does not have."""
    for volume in cited_volumes(citation):
        if facts.volume is not None:
            if not _is_volume(volume, facts.volume):
                return volume
        elif facts.volumes and (volume_number(volume) or 0) > facts.volumes:
            return volume
    return None


def first_standing(
    standing: Standing, cited: Sequence[PageRange], facts: PageFacts
) -> PageRange | None:
    """Return the first cited range that is `outside` of the entry, `beyond` its end, or `unknown`.

    Roman pages are held against roman ranges only; where the entry names none, nothing is known
    of them. Where the entry has ranges they are the measure, for the total may count the pages of
    the part alone.
    """
    return next((page for page in cited if _standing(page, facts) == standing), None)


def possible(quotation: Quotation, works: Mapping[str, PageFacts]) -> Possible:
    """Return whether a quotation's references can be right; `works` gives the facts of each key."""
    answers = {_citation_possible(c, works.get(c.key)) for c in quotation.citations}
    if "no" in answers:
        return "no"
    return "yes" if answers == {"yes"} else "unknown"


def _citation_possible(citation: Citation, facts: PageFacts | None) -> Possible:
    locator = locator_of(citation)
    if locator is None or facts is None:
        return "unknown"
    if any(f.kind == "inverted-range" for f in locator.faults) or wrong_volume(citation, facts):
        return "no"
    standings = {_standing(page, facts) for page in cited_pages(citation)}
    if standings & {"outside", "beyond"}:
        return "no"
    return "yes" if standings == {"within"} else "unknown"


def _standing(page: PageRange, facts: PageFacts) -> Standing:
    """Compare a cited page or range with the entry's ranges, else with its total."""
    last = page.first if page.last is None else page.last
    known = [r for r in facts.ranges if r.sequence == page.sequence]
    if known or (facts.ranges and page.sequence == "arabic"):
        held = any(r.first <= page.first and (r.last is None or last <= r.last) for r in known)
        return "within" if held else "outside"
    limits = {"arabic": facts.total.arabic, "roman": facts.total.roman} if facts.total else {}
    limit = limits.get(page.sequence)
    if limit is None:
        return "unknown"
    return "beyond" if last > limit else "within"


def _is_volume(cited: str, stated: str) -> bool:
    """Return whether a volume cited is the one stated: `26`, `XXVI`, `026`; or one of `1--2`.

    A part of it is (`26/1` of 26), and so is any number that a longer statement names
    (`26, pt. 1`).
    """
    words = _WORD.findall(cited)
    if words and _same_for_all(words[0]) in map(_same_for_all, _WORD.findall(stated)):
        return True
    number = volume_number(cited)
    try:
        ranges = parse_ranges(stated).ranges if number is not None else ()
    except LocatorError:
        return False
    return any(r.first <= number <= (r.last or number) for r in ranges if number is not None)


def _same_for_all(word: str) -> str:
    """Return one spelling for `XXVI`, `026` and `26`, and for words in either case."""
    number = volume_number(word)
    return word.casefold() if number is None else str(number)


def volume_number(volume: str) -> int | None:
    """Return a volume's number, which may be roman; None for any other text."""
    text = volume.strip()
    return int(text) if text.isdecimal() and len(text) < 10 else roman_value(text)
