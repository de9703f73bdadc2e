"""What several rules on locators look at: unreadable ones, faulty ones, the works cited."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from edition.bibliography.latex import plain
from edition.bibliography.pages import (
    PageFacts,
    facts_of,
    is_article_number,
    locator_of,
    volume_locator,
)
from edition.locator import Fault, LocatorError, parse, parse_ranges, refers_back
from edition.model import Bibliography, Citation, Edition, NamedUse, Work
from edition.model.diagnostic import Edit, Location
from edition.model.edition import answered_once
from edition.rules.messages import letters, place_of_locator

_LETTERED = re.compile(r"[^\d]{0,12}\d{1,4}[a-e](?P<line>\d{1,2})?(?:\s*[–-]\s*\d*[a-e]?\d*)?")

# Extensions that register no role or directive of their own beyond those that are known.
KNOWN_EXTENSIONS = frozenset(
    "edition.sphinx edition.sphinx_ext myst_parser sphinxcontrib.bibtex sphinx.ext.mathjax"
    " sphinx.ext.viewcode sphinx.ext.githubpages sphinx.ext.intersphinx sphinx.ext.napoleon"
    " sphinx.ext.imgmath sphinx.ext.duration sphinx_copybutton sphinx_sitemap notfound.extension"
    " sphinxext.opengraph sphinxext.rediraffe sphinx_last_updated_by_git".split()
)


def titles_of(work: Work) -> tuple[str, ...]:
    """Return what a work and its book are called, by letters and digits alone."""
    names = ("title", "shorttitle", "booktitle", "subtitle")
    return tuple(letters(plain(value)) for value in map(work.get, names) if value)


def unreadable(edition: Edition) -> Iterator[tuple[Location, LocatorError]]:
    """Yield each locator whose meaning cannot be told, with its place and the parser's reason.

    A `:volume:` may be in words, but its numerals are read; of `ibid.` another rule speaks.
    """
    for citation in edition.citations:
        if citation.locator and not refers_back(citation.locator) and not locator_of(citation):
            try:
                parse(citation.locator, citation.schemes)
            except LocatorError as error:
                yield place_of_locator(citation, error.column), error
        if citation.volume:
            try:
                volume_locator(citation.volume)
            except LocatorError as error:
                if error.kind == "invalid-roman":
                    yield citation.location, error


def faults(
    edition: Edition, kind: str
) -> Iterator[tuple[Citation, Location, Fault, tuple[Edit, ...]]]:
    """Yield the faults of one kind in readable locators, with the edit that mends each."""
    for citation in edition.citations:
        locator = locator_of(citation)
        for fault in locator.faults if locator else ():
            if fault.kind == kind:
                place = place_of_locator(citation, fault.column)
                yield citation, place, fault, _edits(citation, fault)


def _edits(citation: Citation, fault: Fault) -> tuple[Edit, ...]:
    if fault.fix is None or citation.locator is None:
        return ()
    old = citation.locator[fault.fix.start : fault.fix.end]
    place = place_of_locator(citation, fault.fix.start + 1)
    return (Edit(location=place, old=old, new=fault.fix.text),)


def scheme_hint(citation: Citation) -> str:
    """Return what to declare where a page with a letter, `275d`, may be a canonical reference."""
    found = _LETTERED.fullmatch(citation.locator or "")
    if found is None:
        return ""
    name = "bekker" if found["line"] else "stephanus"
    return f" If {citation.locator} counts by {name.title()}, declare `locators = {{{name}}}`."


def cited(edition: Edition) -> Iterator[tuple[Citation, Work, PageFacts]]:
    """Yield each citation of a known work, with the work and what is known of its pages."""
    works = edition.bibliography.works
    facts: dict[str, PageFacts] = {}
    for citation in edition.citations:
        work = works.get(citation.key)
        if work is None:
            continue
        if work.key not in facts:
            facts[work.key] = facts_of(work)
        yield citation, work, facts[work.key]


@answered_once
def entry_finder(bibliography: Bibliography) -> Callable[[Location], Work | None]:
    """Return what finds the entry that a place is in: the last to begin in its file before it."""
    entries = defaultdict[str, list[Work]](list)
    for work in sorted(bibliography.works.values(), key=lambda work: work.location):
        entries[work.location.path].append(work)

    def entry_at(place: Location) -> Work | None:
        held = entries.get(place.path, [])
        at = bisect_right(held, place.line, key=lambda work: work.location.line)
        return held[at - 1] if at else None

    return entry_at


def roles(edition: Edition) -> Iterator[list[Citation]]:
    """Yield the citations of each `{cite}` role in reading order; `{footcite}` has other rules."""
    for _, role in groupby(edition.citations, key=lambda c: (c.location.path, c.group)):
        citations = list(role)
        if not citations[0].role.startswith("footcite"):
            yield citations


def entry_page_faults(work: Work, kind: str) -> Iterator[Fault]:
    """Yield the faults of one kind in an entry's own `pages`; none where they cannot be read."""
    field = work.fields.get("pages")
    if field is not None and not is_article_number(work):
        yield from (fault for fault in _range_faults(field.value) if fault.kind == kind)


@lru_cache(maxsize=65536)
def _range_faults(pages: str) -> tuple[Fault, ...]:
    for text in (pages, plain(pages)):
        try:
            faults = parse_ranges(text).faults
        except LocatorError:
            continue
        # An edit holds for the text as typed.
        return faults if text == pages else tuple(replace(fault, fix=None) for fault in faults)
    return ()


def unregistered(edition: Edition, *, directive: bool) -> Iterator[NamedUse]:
    """Yield the roles or directives that the build will not know.

    Where it loads extensions that may have them, only those that look misspelt.
    """
    build = edition.build
    complete = build is not None and KNOWN_EXTENSIONS.issuperset(build.extensions)
    ours = frozenset(build.registered) if build else frozenset[str]()
    domains = "*:" in ours  # of which conf.py adds one
    for document in edition.documents:
        for use in document.unregistered:
            told = (complete and not (domains and ":" in use.name)) or use.suggestion
            if told and use.directive is directive and use.name not in ours:
                yield use
