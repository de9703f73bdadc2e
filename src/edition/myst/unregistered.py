"""Roles and directives that no package registers which every build has."""

import re
from difflib import get_close_matches
from functools import lru_cache

from edition.model import NamedUse
from edition.model.diagnostic import Finding, Location
from edition.myst.builder import DocumentBuilder
from edition.myst.directives import Directive
from edition.myst.index_marks import split_titled
from edition.myst.registered import REGISTERED_DIRECTIVES, REGISTERED_ROLES

# Names with another prefix are of a domain, such as `py:func`.
_OUR_DOMAINS = frozenset({"cite", "footcite"})
_SHORTEST = 5  # letters; nearly every shorter name is near to some other
_NUMBERED = frozenset({"pep", "pep-reference", "rfc", "rfc-reference"})
_NUMBER = re.compile(r"!?[0-9]+(?:#.*)?")
_OF_UNCITED = frozenset({"all", "filter", "notcited"})
_PRINTING = frozenset({"bibliography", "footbibliography"})


def note_role(builder: DocumentBuilder, name: str, content: str, place: Location) -> None:
    """Keep a role that is not known; note what a known one cannot take."""
    name = name.lower()
    if name in _NUMBERED and not _NUMBER.fullmatch(split_titled(content)[1]):
        builder.refused.append(
            Finding(
                location=place,
                message=f"{{{name}}} wants a number, and has “{content[:60]}”",
                hint=f"Write {{{name}}}`8`.",
            )
        )
    if name not in REGISTERED_ROLES and not _is_of_a_domain(name):
        close = _closest(name, directive=False)
        builder.unregistered.append(
            NamedUse(name=name, directive=False, location=place, suggestion=close)
        )


def note_directive(builder: DocumentBuilder, directive: Directive) -> None:
    """Keep a directive that is not known, and the name of one that prints a bibliography."""
    name = directive.name
    if name in _PRINTING:
        builder.bibliographies.append(name)
        builder.lists_uncited |= not _OF_UNCITED.isdisjoint(directive.options)
    if name not in REGISTERED_DIRECTIVES and ":" not in name:
        close = _closest(name, directive=True)
        builder.unregistered.append(
            NamedUse(name=name, directive=True, location=directive.location, suggestion=close)
        )


def _is_of_a_domain(name: str) -> bool:
    prefix, colon, rest = name.partition(":")
    if not colon or prefix in _OUR_DOMAINS:
        return False
    # {cit:p} is no domain of its own.
    return not any(
        f"{domain}:{rest}" in REGISTERED_ROLES and domain[:3] == prefix[:3]
        for domain in _OUR_DOMAINS
    )


@lru_cache(maxsize=1024)
def _closest(name: str, *, directive: bool) -> str:
    if len(name) < _SHORTEST:
        return ""
    known = REGISTERED_DIRECTIVES if directive else REGISTERED_ROLES
    close = get_close_matches(name[:60], known, n=1, cutoff=0.8)
    return close[0] if close else ""
