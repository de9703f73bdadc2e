"""Short titles that several works answer to."""

from collections.abc import Callable, Hashable, Iterable, Iterator

from edition.bibliography import names, plain
from edition.bibliography.record import PIECES
from edition.model import Bibliography, Work
from edition.model.edition import answered_once
from edition.rules.ambiguous_references import ambiguous_references
from edition.rules.messages import fact_source, letters
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("C107", Severity.WARNING)
def short_title_ambiguous(edition: Edition) -> Findings:
    others = dict(_namesakes(edition.bibliography))
    for citation in edition.citations:
        namesake = others.pop(citation.key, None)
        if namesake is None:
            continue
        work = edition.bibliography.works[citation.key]
        title = plain(work.get("shorttitle") or work.get("title") or "")
        hint = "Give each a `shorttitle` that tells it from the other."
        yield Finding(citation.location, _may_be(title, work, namesake), hint)
    for reference in ambiguous_references(edition):
        hint = f"Cite the one that is meant: {{cite:p}}`{reference.works[0].key}{{p. 19}}`."
        yield Finding(reference.location, _may_be(reference.text, *reference.works), hint)


def _may_be(words: str, *works: Work) -> str:
    named = (f"“{work.key}” ({fact_source(work, 'title')})" for work in works)
    return f"“{words}” may be {' or '.join(named)}"


@answered_once
def _namesakes(bibliography: Bibliography) -> dict[str, Work]:
    """By key, for each work that shares its short title, the first other that has it.

    One work entered twice is no matter of titles; `duplicate-work` speaks of it.
    """
    found: dict[str, Work] = {}
    works = bibliography.works.values()
    for titled in _alike(works, lambda w: _folded(w.get("shorttitle") or w.get("title"))):
        for same in _alike(titled, _distinction):
            first = same[0]
            other = next((w for w in same if _identity(w) != _identity(first)), None)
            if other is not None:
                for work in same:
                    found[work.key] = other if _identity(work) == _identity(first) else first
    return found


def _alike(works: Iterable[Work], name: Callable[[Work], Hashable]) -> Iterator[list[Work]]:
    """Yield the works that have a name, and the same one as another; group by group."""
    groups: dict[Hashable, list[Work]] = {}
    for work in works:
        if called := name(work):
            groups.setdefault(called, []).append(work)
    yield from (group for group in groups.values() if len(group) > 1)


def _distinction(work: Work) -> Hashable:
    """Return what a citation shows beside the short title, as the style `short_title` prints it."""
    people = names(work.get("author") or work.get("editor") or "")
    shown = people if len(people) < 3 else (people[0], "et al.")
    volume = work.get("volume")
    if work.type not in PIECES:
        return shown, "whole", volume
    collection = work.get("booktitle")
    return shown, "part", (_folded(collection), volume) if collection and volume else None


def _identity(work: Work) -> Hashable:
    return _folded(work.get("title")), work.get("year") or (work.get("date") or "")[:4]


def _folded(value: str | None) -> str:
    return letters(plain(value or ""))
