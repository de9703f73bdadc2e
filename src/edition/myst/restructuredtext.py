"""What can be told of an `{eval-rst}` body without docutils: its citations and targets."""

import re

from edition.model import Anchor, AnchorKind, Inclusion
from edition.myst.builder import DocumentBuilder
from edition.myst.citations import add_citation
from edition.myst.directives import Directive
from edition.myst.positions import PlacedText

_ROLE = re.compile(r"``.+?``|(?<!\w):((?:foot)?cite(?::[a-z]+)?):`([^`]+)`", re.IGNORECASE)
_INCLUSION = re.compile(r"^[ \t]*\.\. (include|literalinclude)::[ \t]+(\S+)", re.MULTILINE)
_BIBLIOGRAPHY = re.compile(r"^[ \t]*\.\. ((?:foot)?bibliography)::", re.MULTILINE)
_TARGET = re.compile(r"^[ \t]*(?:\.\. _([^\s:`]+):|:name:[ \t]*(\S+))[ \t]*$", re.MULTILINE)


def read_restructured(builder: DocumentBuilder, directive: Directive) -> None:
    """Add what an `{eval-rst}` cites, includes and sets as targets; it holds no quotations."""
    text = PlacedText(directive.body, builder.source, directive.body_line)
    for match in _ROLE.finditer(directive.body):
        if match[1]:
            content = match[2].replace("\n", " ")
            add_citation(builder, match[1], content, text, match.start(2))
    builder.lists_uncited |= ":all:" in directive.body
    builder.bibliographies += _BIBLIOGRAPHY.findall(directive.body)
    for match in _INCLUSION.finditer(directive.body):
        place = text.location(match.start(2))
        builder.inclusions.append(Inclusion(target=match[2], directive=match[1], location=place))
    for match in _TARGET.finditer(directive.body):
        builder.anchors.append(
            Anchor(
                id=match[1] or match[2],
                kind=AnchorKind.BLOCK,
                location=text.location(match.start(1 if match[1] else 2)),
                passage=builder.passage,
            )
        )
