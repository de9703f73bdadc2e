"""Entries as a whole: their keys, types and use."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from edition.bibliography.datamodel import ENTRY_TYPES, NEEDED, Need, misspelling, slip_of
from edition.bibliography.inheritance import keys_in
from edition.model import Bibliography, Work
from edition.rules.queries import entry_finder
from edition.rules.rule import Edition, Finding, Findings, Severity, reported, rule

BIBLIOGRAPHY_ENCODING = reported("bibliography-encoding", "B102", Severity.ERROR)
BIBLIOGRAPHY_SYNTAX = reported("bibliography-syntax", "B101", Severity.ERROR)
DUPLICATE_KEY = reported("duplicate-key", "B103", Severity.ERROR)
MISSING_CROSSREF = reported("missing-crossref", "B110", Severity.ERROR)


@rule("B105", Severity.WARNING)
def unknown_entry_type(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        if work.type not in ENTRY_TYPES:
            close = get_close_matches(work.type[:40], sorted(ENTRY_TYPES), n=1)
            yield Finding(
                work.location,
                f"“@{work.type}”, the type of “{work.key}”, is none of BibTeX’s or biblatex’s",
                f"Did you mean “@{close[0]}”?"
                if close
                else "Use the type that comes nearest, such as “@book”, or “@misc”.",
            )


# Fields in which a work names others, and so uses them.
_NAMING = ("crossref", "xref", "xdata", "related", "entryset")
_UNREADABLE = frozenset({"brace-in-locator", "malformed-citation"})
_KEY = re.compile(r"[^\s{},“”]+")
_MOST_GUESSES = 50


@rule("B116", Severity.NOTE)
def unused_entry(edition: Edition) -> Findings:
    unread = any(p.rule == "unreadable-source" for d in edition.documents for p in d.problems)
    if unread or not edition.citations:
        return
    works = edition.bibliography.works
    used = _used(edition)
    unused = {key: work for key, work in works.items() if key.casefold() not in used}
    # A key mistyped in the text is that citation's fault, not the work's.
    mistyped = sorted({c.key for c in edition.citations if c.key not in works})
    for key in mistyped[:_MOST_GUESSES]:
        close = get_close_matches(key, unused, n=1, cutoff=0.7)
        if meant := close[0] if close else slip_of(key, unused):
            del unused[meant]
    for key, work in unused.items():
        yield Finding(
            work.location,
            f"nothing cites “{key}”",
            "Cite it, or take it out.",
        )


def _used(edition: Edition) -> set[str]:
    """Return the keys, in lower case, of works that are cited, or named by one that is used."""
    works = {key.casefold(): work for key, work in edition.bibliography.works.items()}
    waiting = [citation.key.casefold() for citation in edition.citations]
    for document in edition.documents:
        for problem in document.problems:
            if problem.rule in _UNREADABLE:
                waiting += [key.casefold() for key in _KEY.findall(problem.message)]
    used: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            waiting += _named(works[key]) if key in works else ()
    return used


def _named(work: Work) -> Iterator[str]:
    for name in _NAMING:
        yield from map(str.casefold, keys_in(work, name))


@rule("B106", Severity.WARNING)
def missing_field(edition: Edition) -> Findings:
    doubtful = _doubtful(edition.bibliography)
    for work in edition.bibliography.works.values():
        missing = [] if work.key in doubtful else list(_missing(work))
        if missing:
            lacks = " and no ".join(_listed(need.fields) for need in missing)
            yield Finding(
                work.location,
                f"“{work.key}” has no {lacks}, which a work of the type @{work.type} needs",
                _hint(missing),
            )


def _missing(work: Work) -> Iterator[Need]:
    if "xdata" in work.fields:
        return  # biblatex takes further fields from there
    missing = [
        need
        for need in NEEDED.get(work.type, ())
        if not any((work.get(name) or "").strip("{} ") for name in (*need.fields, *need.also))
    ]
    if missing:
        # A misspelt field is the more telling finding.
        meant = {misspelling(name) for name in work.fields}
        yield from (need for need in missing if meant.isdisjoint((*need.fields, *need.also)))


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _hint(missing: list[Need]) -> str:
    if any("key" in need.also for need in missing):
        return "Add it; of a work that names nobody say so with `key`, by which it is sorted."
    return "Add it, or choose a type that needs less, such as @misc."


def _doubtful(bibliography: Bibliography) -> set[str]:
    """Return the works that something else is wrong with: their fields may be lost, or not lent."""
    faulty = (entry_finder(bibliography)(problem.location) for problem in bibliography.problems)
    unlent = {
        key
        for key, work in bibliography.works.items()
        if "crossref" in work.fields and not work.inherited
    }
    return unlent | {work.key for work in faulty if work}
