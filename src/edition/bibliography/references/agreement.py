"""Whether the years and the people of a reference are those of a work."""

from collections.abc import Sequence

from edition.bibliography.references.context import Part
from edition.bibliography.references.profile import OTHERS, PARTICLES, Profile


def is_another_author(held: frozenset[str], profile: Profile) -> bool:
    """Tell whether an author is named, and not the first: `Cole (2001)`, and Hart and Cole's."""
    first = frozenset((*next(iter(profile.surnames), ()), *profile.aliases))
    return bool(
        first and not profile.children and held & set(profile.families) and first.isdisjoint(held)
    )


def same_year(part: Part, profile: Profile) -> bool:
    """Tell whether a reference names a year of a work."""
    bare = {y[:4] if y[0].isdigit() else y for y in part.years}
    if part.volume and any(a <= y <= b for a, b in profile.spans for y in bare):
        return True  # of the year of a volume
    lettered = {y for y in profile.years if y[4:].isalpha()}
    if lettered and any(y[4:].isalpha() for y in part.years):
        return bool(set(part.years) & lettered)
    return bool(bare & profile.years)


def named_as_authors(said: Sequence[str], held: frozenset[str], profile: Profile) -> bool:
    """Tell whether a reference names as many people as the work has, the first of them first."""
    named = [s for s in profile.surnames if set(s) & held]
    first = next((word for word in said if word in profile.families), "")
    return (
        bool(named)
        and named[0] == profile.surnames[0]
        and (not first or first in named[0] or first in profile.aliases)
        and (len(named) == len(profile.surnames)) != (OTHERS in said)
    )


def whole_name(words: Sequence[str], profile: Profile) -> float:
    """Return how well the names in a reference are those of a work: 1, 0, or -1 for another's.

    `Berg` is not `van den Berg`, and `R. Mills` not `Edith Mills`.
    """
    best = 0.0
    for surname in profile.surnames:
        for at in range(len(words) - len(surname) + 1):
            if tuple(words[at : at + len(surname)]) != surname:
                continue
            first = at
            while first and len(words[first - 1]) == 1:
                first -= 1  # any of the initials
            before = words[at - 1] if at else ""
            if before in PARTICLES and before not in profile.given:
                best = min(best, -1.0)
            elif not before or not (profile.given | profile.initials).isdisjoint(
                (before, *words[first:at])
            ):
                best = max(best, 1.0 if before else 0.5)
            elif len(before) == 1:
                best = min(best, -1.0)
            else:
                best = max(best, 0.5)
    return best


def lacks_volume(part: Part, held: frozenset[str], profile: Profile) -> bool:
    """Tell whether a reference gives a volume that a work has not.

    `“Notes,” iii. 72` is no volume of a single book of Harbour Notes, whose author is not named.
    """
    if not part.volume or not profile.is_in(part.volume):
        return bool(part.volume)
    whole = profile.volume or profile.volumes or profile.children or profile.is_article
    begun = any(title[0] in held for title in profile.titles)
    return bool(part.titles and not (whole or begun or profile.family_names & held))
