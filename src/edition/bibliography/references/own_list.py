"""What a text's own list of works tells: which works it uses, and the letters of their years."""

import re
from collections.abc import Iterable
from dataclasses import replace

from edition.bibliography.references.patterns import CAPITAL, YEAR
from edition.bibliography.references.profile import content_words, share, tokens
from edition.bibliography.references.resolution import Resolver

_DASHES = re.compile("[-–—_]{2,}|[—_]")  # the same author again
_AUTHOR = re.compile(rf"({CAPITAL}[\w’'-]+),\s{CAPITAL}")  # of a work that no entry has
_TITLED = 0.75
"""Share of a title’s words in an entry that is of it: a list may cut a title short."""


def read_list(entries: Iterable[str], resolver: Resolver) -> None:
    """Note the works that a list names, and each letter for the year of the work beside it.

    The authors of its other works are noted too: a page alone may be theirs.
    """
    families = frozenset[str]()
    others = set[str]()
    for entry in entries:
        key = _work_of(entry, families, resolver)
        if key is None:
            unknown = _AUTHOR.match(entry)
            others |= {*tokens(unknown[1])} - resolver.evidence.families if unknown else set()
            continue
        profile = resolver.profiles[key]
        families = frozenset(profile.families)
        resolver.listed.add(key)
        dated = next((m for m in YEAR.finditer(entry) if m[2]), None)
        if dated and dated[1] in profile.years:
            years = {y for y in profile.years if not y[4:].isalpha()} | {dated[1] + dated[2]}
            resolver.profiles[key] = replace(profile, years=frozenset(years))
    resolver.discussed.unknown = frozenset(others)


def _work_of(entry: str, families: frozenset[str], resolver: Resolver) -> str | None:
    """Return the work of an entry, of which author and title are in it.

    `families` are those of the entry before, for whom a dash may stand: `———. Letters`.
    """
    held = resolver.evidence.held(content_words(entry))
    people = held | families if _DASHES.match(entry) else held
    titles: dict[str, int] = {}  # words of its longest title that is there
    for key in resolver.evidence.candidates(held):
        profile = resolver.profiles[key]
        named = [len(t) for t in profile.titles if share(t, held) >= _TITLED]
        if named and people & set(profile.families):
            titles[key] = max(named)
    longest = [k for k, length in titles.items() if length == max(titles.values())]
    return longest[0] if len(longest) == 1 else None
