"""What can be told of one block of a document, apart from the walk through them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from edition.model import AnchorKind
from edition.model.diagnostic import Finding, Location
from edition.myst.builder import Paragraph
from edition.myst.directives import UNTITLED, Directive
from edition.myst.inline import is_citation
from edition.myst.inline_quotations import blot, words
from edition.myst.markdown import constructs
from edition.myst.positions import SourceText


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk stands: a position among the tokens of a text.

    `base` is the file's line, from 0, on which the text begins; `quoted` says whether it is
    part of a displayed quotation.
    """

    tokens: Sequence[Token]
    position: int
    base: int
    quoted: bool

    @property
    def token(self) -> Token:
        """The token that begins the block."""
        return self.tokens[self.position]

    @property
    def line(self) -> int:
        """The file's line, from 0, on which the block begins."""
        found = self.token.map or (
            self.tokens[self.position + 1].map if self.position + 1 < len(self.tokens) else None
        )
        return self.base + (found[0] if found else 0)

    @property
    def closing_position(self) -> int:
        """The position of the token that ends the block."""
        level = self.token.level
        closing = self.token.type.removesuffix("_open") + "_close"
        for index in range(self.position + 1, len(self.tokens)):
            if self.tokens[index].type == closing and self.tokens[index].level == level:
                return index
        return len(self.tokens)


def own_anchor(token: Token, line: int, source: SourceText) -> tuple[str, Location]:
    """The id from an attribute block, `{#p12}`, and its place above the block or on its line."""
    ident = str(token.attrGet("id"))
    mark = re.compile(rf"#{re.escape(ident)}(?![\w:.-])")
    for at in range(line, max(line - 10, -1), -1):
        if found := mark.search(source.lines[at]):
            return ident, source.location(at, found.start() + 1)
    return ident, source.location(line)


def body_of(directive: Directive) -> tuple[str, int]:
    """A directive's body and its first line; where it may, it begins after the name."""
    joined = directive.body_line == directive.line + 1
    if directive.name in UNTITLED and directive.argument and joined:
        return f"{directive.argument}\n{directive.body}", directive.line
    return directive.body, directive.body_line


def kind_of_paragraph(inline: Token) -> AnchorKind:
    """What an anchor before a paragraph stands for: a picture or a bare reference is no text."""
    children = inline.children or []
    if all(t.type in ("image", "softbreak") or not t.content.strip() for t in children):
        return AnchorKind.FIGURE if any(t.type == "image" for t in children) else AnchorKind.BLOCK
    prose = blot(inline.content, [(c.start, c.end) for c in constructs(inline)])
    if any(is_citation(t) for t in children) and not words(prose):
        return AnchorKind.BLOCK
    return AnchorKind.PASSAGE


def introduces(paragraph: Paragraph) -> bool:
    """Whether a paragraph ends in a colon, and so speaks of what comes next."""
    return paragraph.prose.rstrip(" \n*_)”").endswith(":")


def toctree_entries(body: str) -> Iterator[str]:
    """The documents that a table of contents names, as typed."""
    for line in body.splitlines():
        entry = line.strip()
        if entry and not entry.startswith(":"):
            _title, _, target = entry.removesuffix(">").rpartition("<")
            titled = entry.endswith(">") and target
            yield target if titled else entry


def too_deep(directive: Directive, depth: int) -> Finding:
    """The finding for a directive that `depth` others surround."""
    return Finding(
        rule="unreadable-source",
        message=f"the directive {{{directive.name}}} stands within {depth} others, "
        "so nothing in it was checked",
        location=directive.location,
        hint="Nest fewer directives.",
    )
