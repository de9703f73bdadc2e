"""References typed by hand, as `Hart, Letters, p. 12`, that several works answer to."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from edition.bibliography.references import Context, Resolver, Unresolved, find_named
from edition.bibliography.references.patterns import LOCATOR
from edition.model import Bibliography, Document, Edition, Prose, QuotationForm, Work
from edition.model.diagnostic import Location
from edition.model.edition import answered_once

_CITED_AFTER = re.compile(r"[\w\s.,;)\]–-]{0,30}(?=\0)")
_MOST_BEFORE_KEY = 40  # characters of a role and the words in it
_MOST_TEXTS = 50_000  # remembered: the paragraphs of some long books


class AmbiguousReference(NamedTuple):
    """A reference typed by hand, and two works that it may mean."""

    text: str
    location: Location
    prose: Prose
    works: tuple[Work, Work]


@answered_once
def resolver_of(bibliography: Bibliography) -> Resolver:
    """Return what holds references against a bibliography."""
    return Resolver(bibliography.works)


@answered_once
def ambiguous_references(edition: Edition) -> tuple[AmbiguousReference, ...]:
    """Return the references typed by hand that several works answer to.

    One right before a citation, or within the words of a quotation that has its citation, is left
    to that; one with a word such as “op. cit.” is left to the rule on such words.
    """
    ambiguous = []
    for document in edition.documents:
        displayed = [q for q in document.quotations if q.form is not QuotationForm.INLINE]
        begins = [q.location for q in displayed]
        back = [reference.location for reference in document.back_references]
        for prose in document.prose:
            for found in _finder(edition.bibliography)(prose.text):
                if _is_cited(document, prose, found.end):
                    continue
                place = prose.location(found.start)
                if bisect_left(back, place) < bisect_left(back, prose.location(found.end)):
                    continue
                at = bisect_right(begins, place) - 1
                if prose.quoted and at >= 0 and displayed[at].citations:
                    continue
                named = LOCATOR.split(prose.text[found.start : found.end])[0]
                text = " ".join(named.split()).rstrip(" ,(")
                ambiguous.append(AmbiguousReference(text, place, prose, found.works))
    return tuple(ambiguous)


class _Found(NamedTuple):
    """A reference that two works answer to, and where it stands in a text."""

    start: int
    end: int
    works: tuple[Work, Work]


@answered_once
def _finder(bibliography: Bibliography) -> Callable[[str], Sequence[_Found]]:
    """Return what finds the references in a text that several works answer to.

    It remembers them: while an editor types, most texts stay as they are.
    """
    resolver = resolver_of(bibliography)
    order = {key: number for number, key in enumerate(bibliography.works)}

    @lru_cache(maxsize=_MOST_TEXTS)
    def find(text: str) -> Sequence[_Found]:
        if LOCATOR.search(text) is None:
            return ()
        return tuple(_in_text(text, resolver, bibliography, order))

    return find


def _in_text(
    text: str, resolver: Resolver, bibliography: Bibliography, order: Mapping[str, int]
) -> Iterator[_Found]:
    for typed in find_named(text, resolver):
        if typed.parts[0].back:
            continue  # another rule speaks of `op. cit.`
        found = resolver.resolve(typed.parts[0], Context())
        if not (isinstance(found, Unresolved) and found.ambiguous):
            continue
        keys = sorted(set(found.candidates), key=order.__getitem__)
        meant = [bibliography.works[key] for key in keys]
        other = next((w for w in meant if _identity(w) != _identity(meant[0])), None)
        if other is not None:
            name = resolver.mentions.of_people(typed.text)[:1]
            start = typed.start + (name[0].start if name else 0)
            yield _Found(start, typed.end, (meant[0], other))


def _is_cited(document: Document, prose: Prose, end: int) -> bool:
    """Tell whether a citation stands right behind a page."""
    found = _CITED_AFTER.match(prose.text, end)
    if found is None:
        return False
    place = prose.location(found.end())
    at = bisect_left(document.citations, place, key=lambda citation: citation.location)
    if at == len(document.citations):
        return False
    key = document.citations[at].location
    return key.line == place.line and key.column - place.column <= _MOST_BEFORE_KEY


def _identity(work: Work) -> tuple[str, str, str]:
    """Return what tells a work from another printing of it."""
    title = re.sub(r"\W+", " ", (work.get("title") or "").casefold()).strip()
    return title, work.get("year") or (work.get("date") or "")[:4], work.get("volume") or ""
