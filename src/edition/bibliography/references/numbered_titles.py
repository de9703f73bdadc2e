"""Volumes of works that only their titles number."""

from collections.abc import Iterable
from dataclasses import replace

from edition.bibliography.references.patterns import number_of
from edition.bibliography.references.profile import Profile


def numbered_titles(profiles: Iterable[Profile]) -> dict[str, Profile]:
    """Return the works whose titles differ by a number alone, with it for their volume.

    `Church Dogmatics IV/1: …` beside `Church Dogmatics I/1: …`.
    """
    alike: dict[tuple[str, ...], dict[str, Profile]] = {}
    for profile in profiles:
        title = next(iter(profile.whole_titles), ())
        at = next((i for i, w in enumerate(title) if i and number_of(w).isdecimal()), 0)
        if at and profile.volume is None:
            half = [w for w in title[at + 1 : at + 2] if w.isdecimal()]
            numbered = replace(profile, volume="/".join((number_of(title[at]), *half)))
            alike.setdefault((*profile.families, *title[:at]), {})[profile.key] = numbered
    return {k: p for group in alike.values() if len(group) > 1 for k, p in group.items()}
