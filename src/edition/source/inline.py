"""Inline content: citations, references and quotation marks within a paragraph."""

from __future__ import annotations

import re

from markdown_it.token import Token

from edition.model import Anchor, AnchorKind, Citation, Reference
from edition.source.citation import is_citation_role, malformed_citation, read_targets
from edition.source.gathering import Gathering, Paragraph, opening_words
from edition.source.markdown import Construct, constructs
from edition.source.place import PlacedText
from edition.source.quoting import BLOT, blot, find_quoted, words

_REFERENCE_ROLES = frozenset({"ref", "numref", "std:ref", "std:numref"})
_ROLE_WITH_TITLE = re.compile(r"^(.*?)\s*<([^<>]+)>$", re.DOTALL)
_REFERENCE_LINE_WORDS = 6


def read_inline(into: Gathering, inline: Token, line: int, *, quotes: bool) -> None:
    """Read an inline token whose first line is `line`, from 0, of the file.

    With `quotes`, words in quotation marks are looked for.
    """
    text = PlacedText(inline.content, into.source, line)
    blots: list[tuple[int, int]] = []
    references: list[tuple[int, int, list[int] | str]] = []
    for construct in constructs(inline):
        blots.append(_no_prose(construct, inline.content))
        token, start, end = construct.token, construct.start, construct.end
        if _is_citation(token):
            references.append((start, end, _read_citation(into, token, start, text)))
        elif token.type == "footnote_ref":
            references.append((start, end, str(token.meta["label"])))
        elif target := _target(token):
            into.references.append(Reference(target=target, location=text.location(start)))
        if ident := token.attrGet("id"):
            into.anchors.append(
                Anchor(
                    id=str(ident),
                    kind=AnchorKind.BLOCK,
                    location=text.location(start),
                    opening=opening_words(inline.content[start:end]),
                    passage=into.passage,
                )
            )
    prose = blot(inline.content, blots)
    quoted = find_quoted(prose) if quotes else []
    if quoted or references:
        into.paragraphs.append(Paragraph(text, prose, references, into.passage, quoted))


def is_reference_line(inline: Token) -> bool:
    """Whether a paragraph holds a citation and next to nothing else."""
    spans = [(c.start, c.end) for c in constructs(inline) if _is_citation(c.token)]
    if not spans:
        return False
    rest = blot(inline.content, spans)
    return len(words(rest.replace(BLOT, " "))) <= _REFERENCE_LINE_WORDS and not find_quoted(rest)


def _is_citation(token: Token) -> bool:
    return token.type == "myst_role" and is_citation_role(token.meta["name"])


def _no_prose(construct: Construct, content: str) -> tuple[int, int]:
    if construct.token.type != "span_open":
        return construct.start, construct.end
    # Of `[words]{.class}` only the attributes are no prose.
    return max(content.rfind("]{", construct.start, construct.end), construct.start), construct.end


def _target(token: Token) -> str | None:
    """The anchor that a role or a link leads to, if it leads to one of this edition."""
    if token.type == "myst_role" and token.meta["name"] in _REFERENCE_ROLES:
        titled = _ROLE_WITH_TITLE.match(token.content)
        return titled[2] if titled else token.content
    if token.type == "link_open":
        href = str(token.attrGet("href") or "")
        return href[1:] or None if href.startswith("#") else None
    return None


def _read_citation(into: Gathering, token: Token, start: int, text: PlacedText) -> list[int]:
    role = token.meta["name"]
    opening = start + len(role) + 2
    ticks = re.compile("`+").match(text.content, opening)
    content_at = ticks.end() if ticks else opening + 1
    targets, fault = read_targets(token.content)
    into.group += 1
    first = len(into.citations)
    for target in targets:
        place = None
        if target.locator_at is not None:
            place = text.location(content_at + target.locator_at)
        into.citations.append(
            Citation(
                key=target.key,
                role=role,
                location=text.location(content_at + target.key_at),
                locator=target.locator,
                locator_location=place,
                prenote=target.prenote,
                passage=into.passage,
                group=into.group,
            )
        )
    if fault is not None:
        place = text.location(content_at + fault.at)
        into.problems.append(malformed_citation(place, token.content, brace=fault.brace))
    return list(range(first, len(into.citations)))
