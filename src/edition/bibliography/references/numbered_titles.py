"""Volumes of works that only their titles or their sigla number."""

import re
from collections.abc import Mapping
from dataclasses import replace

from edition.bibliography import plain
from edition.bibliography.references.patterns import number_of
from edition.bibliography.references.profile import SIGLA, Profile, tokens
from edition.model import Work

# `Why I Write` has none.
_NUMBERED = re.compile(
    r"(?P<head>[^:.]+?),?\s(?:[Vv]ol(?:ume|\.)\s|Bd\.\s|Band\s|[Tt]ome\s|t\.\s)?"
    r"(?P<number>[IVX]+|\d{1,2})(?P<half>/\d)?\s*(?:[:.,(]|\Z)"
)
# `CD IV/1`
_OF_VOLUME = re.compile(r"(?P<siglum>[^\W\d_]{2,})\s+(?P<volume>(?:[IVXL]+|\d+)(?:/\d)?)")


def numbered_sigla(
    works: Mapping[str, Work], profiles: Mapping[str, Profile]
) -> dict[str, Profile]:
    """Return the works whose siglum names a volume, with it, and known by the siglum alone."""
    found = {}
    for key, profile in profiles.items():
        for field in SIGLA:
            if one := _OF_VOLUME.fullmatch(plain(works[key].get(field) or "")):
                sigla = profile.sigla | {"".join(tokens(one["siglum"]))}
                volume = profile.volume or number_of(one["volume"])
                found[key] = replace(profile, sigla=sigla, volume=volume)
    return found


def numbered_titles(
    works: Mapping[str, Work], profiles: Mapping[str, Profile]
) -> dict[str, Profile]:
    """Return the works whose titles begin alike but for a number, with it for their volume.

    `Church Dogmatics IV/1: …` beside `Church Dogmatics I/1: …`.
    """
    alike: dict[tuple[str, ...], dict[str, str]] = {}
    for key, profile in profiles.items():
        found = _NUMBERED.match(plain(works[key].get("title") or ""))
        if found and profile.volume is None and not profile.volumes:
            head = (*profile.families, *tokens(found["head"]))
            alike.setdefault(head, {})[key] = number_of(found["number"]) + (found["half"] or "")
    return {
        key: replace(profiles[key], volume=volume)
        for group in alike.values()
        if len(group) == len(set(group.values())) > 1
        for key, volume in group.items()
    }
