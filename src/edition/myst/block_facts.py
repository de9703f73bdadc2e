"""What can be told of one block of a document, apart from the walk through them all."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from edition.model import AnchorKind
from edition.model.diagnostic import Finding, Location
from edition.myst.builder import DocumentBuilder, Paragraph
from edition.myst.directives import NO_ARGUMENT, Directive
from edition.myst.inline import is_citation
from edition.myst.inline_quotations import mask_spans
from edition.myst.markdown import constructs
from edition.myst.positions import SourceText
from edition.myst.quoted_speech import words


class Place(NamedTuple):
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
        """Return the token that begins the block."""
        return self.tokens[self.position]

    @property
    def line(self) -> int:
        """Return the file's line, from 0, on which the block begins."""
        found = self.token.map or (
            self.tokens[self.position + 1].map if self.position + 1 < len(self.tokens) else None
        )
        return self.base + (found[0] if found else 0)

    @property
    def closing_position(self) -> int:
        """Return the position of the token that ends the block."""
        level = self.token.level
        closing = self.token.type.removesuffix("_open") + "_close"
        for index in range(self.position + 1, len(self.tokens)):
            if self.tokens[index].type == closing and self.tokens[index].level == level:
                return index
        return len(self.tokens)


def attribute_anchor(token: Token, line: int, source: SourceText) -> tuple[str, Location]:
    """Return the id from an attribute block, `{#p12}`, above or on the block's line."""
    ident = str(token.attrGet("id"))
    mark = re.compile(rf"#{re.escape(ident)}(?![\w:.-])")
    for at in range(line, max(line - 10, -1), -1):
        if found := mark.search(source.lines[at]):
            return ident, source.location(at, found.start() + 1)
    return ident, source.location(line)


def directive_body(directive: Directive) -> tuple[str, int]:
    """Return a directive's body and its first line; where it may, it begins after the name."""
    joined = directive.body_line == directive.line + 1
    if directive.name in NO_ARGUMENT and directive.argument and joined:
        return f"{directive.argument}\n{directive.body}", directive.line
    return directive.body, directive.body_line


def paragraph_anchor_kind(inline: Token) -> AnchorKind:
    """Return the kind of an anchor before a paragraph; a bare picture is no passage."""
    children = inline.children or []
    if all(t.type in ("image", "softbreak") or not t.content.strip() for t in children):
        return AnchorKind.FIGURE if any(t.type == "image" for t in children) else AnchorKind.BLOCK
    prose = mask_spans(inline.content, [(c.start, c.end) for c in constructs(inline)])
    if any(is_citation(t) for t in children) and not words(prose):
        return AnchorKind.BLOCK
    return AnchorKind.PASSAGE


def rule_faults(builder: DocumentBuilder, at: Place, *, enclosed: bool) -> Iterator[Finding]:
    """Yield why the build refuses a horizontal rule; what includes a file decides of its ends."""
    fault = _rule_fault(at, enclosed=enclosed)
    if fault and len(builder.open_files) == 1:
        hint = "Take it out, or put it between two paragraphs."
        yield Finding(builder.source.location(at.line), f"the rule, ---, {fault}", hint)


def _rule_fault(at: Place, *, enclosed: bool) -> str:
    if enclosed or at.token.level:
        return "may not stand within another block"
    before = at.tokens[at.position - 1].type if at.position else "heading_close"
    if before in ("heading_close", "hr"):
        what = "another one" if before == "hr" else "a heading or the beginning"
        return f"may not follow {what}"
    notes = False
    for token in at.tokens[at.position + 1 :]:
        if token.level == 0 and not token.type.startswith("footnote_reference_"):
            return ""
        notes = notes or token.type == "footnote_reference_open"
    return "stands where the build draws one before the notes" if notes else "may not end a text"


def ends_with_colon(paragraph: Paragraph) -> bool:
    """Return True if a paragraph ends in a colon and so introduces the next block."""
    return paragraph.prose.rstrip(" \n*_)”").endswith(":")
