"""Roles and directives that no package registers which every build has."""

import re
from difflib import get_close_matches
from functools import lru_cache

from edition.model import NamedUse
from edition.model.diagnostic import Finding, Location
from edition.myst.builder import DocumentBuilder
from edition.myst.directives import Directive
from edition.myst.index_marks import split_titled
from edition.myst.markup_faults import index_fault, is_number_format
from edition.myst.registered import (
    REGISTERED_DIRECTIVES,
    REGISTERED_ROLES,
    UNIMPLEMENTED_ROLES,
    is_known,
    is_known_directive,
)

_SHORTEST = 5  # letters; nearly every shorter name is near to some other
_CITING = re.compile(r"(?:\A|[a-z])cites?\Z|\Acit\Z")  # as in LaTeX, or by mistake
_NUMBERED = frozenset({"pep", "pep-reference", "rfc", "rfc-reference", "cwe"})
_NUMBER = re.compile(r"!?[0-9]+(?:#.*)?")
_DEFINED = re.compile(r"[\w:.+-]+")
_OF_UNCITED = frozenset({"all", "filter", "notcited"})
_PRINTING = frozenset({"bibliography", "footbibliography"})


def note_role(builder: DocumentBuilder, name: str, content: str, place: Location) -> None:
    """Keep a role that is not known; note what a known one cannot take."""
    name = name.lower()
    if fault := _role_fault(name, content):
        builder.refused.append(Finding(place, f"{{{name}}} {fault[0]}", fault[1]))
    known = builder.defined_roles | UNIMPLEMENTED_ROLES
    if not is_known(name, REGISTERED_ROLES, 1) and name not in known:
        close = _closest(name, directive=False)
        builder.unregistered.append(
            NamedUse(name=name, directive=False, location=place, suggestion=close)
        )


def _role_fault(name: str, content: str) -> tuple[str, str] | None:
    """Return what a role cannot take, and what to do."""
    if name in UNIMPLEMENTED_ROLES or name == "raw":
        return "has a name that docutils keeps for itself", "Write its words without the role."
    if name in _NUMBERED and not _NUMBER.fullmatch(split_titled(content)[1]):
        return f"wants a number, and has “{content[:60]}”", f"Write {{{name}}}`8`."
    words, target = split_titled(content)
    if words == target:
        return None
    if name == "index" and (fault := index_fault(target)):
        return fault, "Write {index}`words <pair: one; two>`."
    if name in ("numref", "std:numref") and not is_number_format(words):
        return f"has no place for the number in “{words[:60]}”", "Write %s, or {number}."
    return None


def note_directive(builder: DocumentBuilder, directive: Directive) -> None:
    """Keep a directive that is not known, and the name of one that prints a bibliography."""
    name = directive.name
    if name in _PRINTING:
        builder.bibliographies.append(name)
        builder.lists_uncited |= not _OF_UNCITED.isdisjoint(directive.options)
        if style := directive.options.get("style"):
            named = style.value.strip()
            fault = f"there is no style “{named}” for a bibliography; the build would stop"
            hint = "Delete the option, or register the style with pybtex in conf.py."
            builder.refused.append(Finding(style.location, fault, hint, rule=f"style:{named}"))
    if name == "role" and (defined := _DEFINED.match(directive.argument or directive.body)):
        builder.defined_roles.add(defined[0].lower())
    if name == "default-role" and directive.argument:
        note_role(builder, directive.argument, "", directive.location)
    if not is_known_directive(name):
        close = _closest(name, directive=True)
        builder.unregistered.append(
            NamedUse(name=name, directive=True, location=directive.location, suggestion=close)
        )


@lru_cache(maxsize=1024)
def _closest(name: str, *, directive: bool) -> str:
    if not directive and (_CITING.search(name) or sorted(name) == sorted("cite")):
        return "cite:p"
    if len(name) < _SHORTEST:
        return ""
    known = REGISTERED_DIRECTIVES if directive else REGISTERED_ROLES
    close = get_close_matches(name[:60], known, n=1, cutoff=0.8)
    return close[0] if close else ""
