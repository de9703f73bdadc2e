"""The letters that a list of works adds to years: `Hart, J. 2006a. Letters`."""

from collections.abc import Iterable
from dataclasses import replace

from edition.bibliography.references.patterns import YEAR
from edition.bibliography.references.profile import content_words, share
from edition.bibliography.references.resolution import Resolver

_TITLED = 0.75
"""Share of a title’s words in an entry that is of it: a list may cut a title short."""


def take_letters(entries: Iterable[str], resolver: Resolver) -> None:
    """Take each letter for the year of the work whose author and title stand beside it."""
    for entry in entries:
        dated = next((m for m in YEAR.finditer(entry) if m[2]), None)
        if dated is None:
            continue
        held = resolver.evidence.held(content_words(entry))
        titles: dict[str, int] = {}
        for key in resolver.evidence.candidates(held, (dated[1],)):
            profile = resolver.profiles[key]
            title = max(profile.titles, key=len, default=())
            named = entry[:1] in "—–-_" or held & set(profile.families)  # or of the author before
            if named and dated[1] in profile.years and share(title, held) >= _TITLED:
                titles[key] = len(title)
        longest = [k for k, length in titles.items() if length == max(titles.values())]
        if len(longest) == 1:
            profile = resolver.profiles[longest[0]]
            years = {y for y in profile.years if not y[4:].isalpha()} | {dated[1] + dated[2]}
            resolver.profiles[longest[0]] = replace(profile, years=frozenset(years))
