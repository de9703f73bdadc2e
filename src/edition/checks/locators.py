"""What several rules on locators look at: unreadable ones, faulty ones, the works cited."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from edition.checks.wording import place_of_locator
from edition.diagnostic import Location
from edition.locator import Fault, LocatorError, parse
from edition.model import Citation, Edition, Work
from edition.pagefacts import PageFacts, facts_of, locator_of


def unreadable(edition: Edition) -> Iterator[tuple[Location, LocatorError]]:
    """Each locator whose meaning cannot be told, with its place and the parser's reason."""
    for citation in edition.citations:
        if not citation.locator or locator_of(citation) is not None:
            continue
        try:
            parse(citation.locator)
        except LocatorError as error:
            yield place_of_locator(citation, error.column), error


def faults(edition: Edition, kind: str) -> Iterator[tuple[Location, Fault]]:
    """The faults of one kind in the locators that can be read."""
    for citation in edition.citations:
        locator = locator_of(citation)
        for fault in locator.faults if locator else ():
            if fault.kind == kind:
                yield place_of_locator(citation, fault.column), fault


def cited(edition: Edition) -> Iterator[tuple[Citation, Work, PageFacts]]:
    """Each citation of a known work, with the work and what is known of its pages."""
    works = edition.bibliography.works
    facts: dict[str, PageFacts] = {}
    for citation in edition.citations:
        work = works.get(citation.key)
        if work is None:
            continue
        if work.key not in facts:
            facts[work.key] = facts_of(work)
        yield citation, work, facts[work.key]


def roles(edition: Edition) -> Iterator[list[Citation]]:
    """The citations of each `{cite}` role, in reading order; `{footcite}` has rules of its own."""
    for _, role in groupby(edition.citations, key=lambda c: (c.location.path, c.group)):
        citations = list(role)
        if not citations[0].role.startswith("footcite"):
            yield citations
