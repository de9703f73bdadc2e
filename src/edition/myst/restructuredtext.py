"""What can be told of an `{eval-rst}` body without docutils: its citations and targets."""

from __future__ import annotations

import re

from edition.model import Anchor, AnchorKind, Inclusion
from edition.myst.builder import Gathering
from edition.myst.directives import Directive
from edition.myst.inline import add_citation
from edition.myst.positions import PlacedText

_ROLE = re.compile(r"``.+?``|(?<!\w):((?:foot)?cite(?::[a-z]+)?):`([^`]+)`", re.IGNORECASE)
_INCLUSION = re.compile(r"^[ \t]*\.\. (include|literalinclude)::[ \t]+(\S+)", re.MULTILINE)
_TARGET = re.compile(r"^[ \t]*\.\. _([^\s:`]+):[ \t]*$", re.MULTILINE)


def read_restructured(into: Gathering, directive: Directive) -> None:
    """Gather what an `{eval-rst}` cites, includes and sets as targets, but no quotations."""
    text = PlacedText(directive.body, into.source, directive.body_line)
    for match in _ROLE.finditer(directive.body):
        if match[1]:
            content = match[2].replace("\n", " ")
            add_citation(into, match[1], content, text, match.start(2))
    for match in _INCLUSION.finditer(directive.body):
        place = text.location(match.start(2))
        into.inclusions.append(Inclusion(target=match[2], directive=match[1], location=place))
    for match in _TARGET.finditer(directive.body):
        into.anchors.append(
            Anchor(
                id=match[1],
                kind=AnchorKind.BLOCK,
                location=text.location(match.start(1)),
                passage=into.passage,
            )
        )
