"""The walk through the blocks of a Markdown text, which fills a `DocumentBuilder`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from markdown_it.token import Token

from edition.model import AnchorKind, RawTag, Title
from edition.myst.block_facts import (
    Place,
    attribute_anchor,
    ends_with_colon,
    paragraph_anchor_kind,
    rule_faults,
)
from edition.myst.block_quotations import draft_block_quotation
from edition.myst.builder import DocumentBuilder, Note, Paragraph, QuotationDraft
from edition.myst.dialect import parse, parse_line
from edition.myst.directive_faults import backticks_in_fence
from edition.myst.inline import is_html_extension, read_inline
from edition.myst.links import heading_ids, term_ids
from edition.myst.media import read_html_pictures, read_language
from edition.myst.positions import PlacedCell, PlacedText
from edition.myst.substitutions import read_front_matter, read_substitution
from edition.myst.suppressions import read_ignores

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|(<[A-Za-z][^<>]*>?)", re.DOTALL)


class BlockReader:
    """Reads blocks in order; `read_fence` reads fences, which may hold blocks again."""

    def __init__(
        self, builder: DocumentBuilder, read_fence: Callable[[BlockReader, Place], None]
    ) -> None:
        self.builder = builder
        self.read_fence = read_fence
        self.depth = 0  # of directives, and of those that hold no sections
        self.boxes = 0
        # A displayed quotation whose reference may stand in the paragraph right after it.
        self.awaiting: QuotationDraft | None = None
        # The last block and the one before the current block, where they were paragraphs.
        self.last: Paragraph | None = None
        self.before: Paragraph | None = None
        # The paragraph that introduces the current list, and the list's level.
        self.introduction: tuple[Paragraph, int] | None = None
        # The column after which the next cell of a table stands, and the row's beginning.
        self.cell_at = 0
        self.row_from = 0

    def read(self, text: str, base: int, *, quoted: bool = False) -> None:
        """Read a text whose first line is the file's line `base`, from 0.

        In a quotation (`quoted`), words in quotation marks are part of it, not quotations.
        """
        tokens = parse(self.builder, text, base)
        self.walk(tokens, 0, len(tokens), base, quoted)

    def walk(self, tokens: Sequence[Token], start: int, end: int, base: int, quoted: bool) -> None:
        """Read the blocks from one position of the tokens up to another."""
        position = start
        while position < end:
            position = self._block(tokens, position, base, quoted)

    def _block(self, tokens: Sequence[Token], position: int, base: int, quoted: bool) -> int:
        """Read the block that begins at a position; return the position after what was read."""
        token = tokens[position]
        at = Place(tokens, position, base, quoted)
        if token.attrs and token.nesting >= 0:
            if token.attrGet("id"):
                self.builder.pending.append(attribute_anchor(token, at.line, self.builder.source))
            read_language(self.builder, token, self.builder.source.location(at.line))
        read = _READERS.get(token.type)
        if token.type not in _PART_NOTHING:
            self.before, self.last = self.last, None
        if token.type in _KINDS:
            self._begin(_KINDS[token.type], at)
        return (read(self, at) if read else None) or position + 1

    def _target(self, at: Place) -> None:
        line = self.builder.source.lines[at.line].casefold()
        column = max(line.find(at.token.content.casefold(), line.find("(") + 1), 0)
        place = self.builder.source.location(at.line, column)
        self.builder.pending.append((at.token.content, place))

    def _front_matter(self, at: Place) -> None:
        read_front_matter(self.builder, at.token, at.line)

    def _substitution(self, at: Place) -> None:
        self._begin(AnchorKind.BLOCK, at)
        read_substitution(self.builder, at.token.content, self.builder.source.location(at.line))

    def _comment(self, at: Place) -> None:
        self.builder.ignores += read_ignores(at.tokens, at.position, self.builder.source, at.base)

    def _list(self, at: Place) -> None:
        self._begin(AnchorKind.PASSAGE, at)
        if self.introduction is None and self.before is not None and ends_with_colon(self.before):
            self.introduction = self.before, at.token.level

    def _list_end(self, at: Place) -> None:
        if self.introduction is not None and self.introduction[1] == at.token.level:
            self.introduction = None

    def _rule(self, at: Place) -> None:
        self._begin(AnchorKind.BLOCK, at)
        self.builder.refused += rule_faults(self.builder, at, enclosed=self.boxes > 0)

    def _begin(self, kind: AnchorKind, at: Place, *, titled: bool = False) -> None:
        self.awaiting = None
        if self.builder.pending:
            near = at.tokens[at.position : at.position + 12]
            following = (t.content for t in near if t.type == "inline")
            content = at.token.content or next(following, "")
            self.builder.anchor(kind, content, titled=titled or kind is AnchorKind.FIGURE)

    def _heading(self, at: Place) -> int:
        inline = at.tokens[at.position + 1]
        self.awaiting = None
        if not self.builder.enclosed:
            self.builder.passage = None
        self.builder.anchor(AnchorKind.SECTION, inline.content)
        words = len(inline.content.split())
        outermost = not (self.depth or at.token.level or len(self.builder.open_files) > 1)
        level = int(at.token.tag[1:]) if outermost else 0
        self.builder.titles.append(
            Title(words=words, location=self.builder.source.location(at.line), level=level)
        )
        if not self.builder.restructured:  # whose headings have labels alone
            self._heading_ids(inline)
        self._inline(inline, at.line, quotes=False)
        return at.position + 3

    def _heading_ids(self, inline: Token) -> None:
        counts = self.builder.headings
        for ident in dict.fromkeys(heading_ids(inline)):
            if count := counts.get(ident):
                counts[f"{ident}-{count}"] = 1
            counts[ident] = (count or 0) + 1

    def _equation(self, at: Place) -> None:
        self._begin(AnchorKind.BLOCK, at)
        self.builder.label(at.token.info.strip(), self.builder.source.location(at.line))

    def _definitions(self, at: Place) -> None:
        self._begin(AnchorKind.BLOCK, at, titled=True)  # by the first term
        if "glossary" in str(at.token.attrGet("class")).split():
            tokens = at.tokens[at.position : at.closing_position]
            for opening, term in pairwise(tokens):
                if opening.type == "dt_open":
                    self.builder.targets += term_ids(term.content)

    def _term(self, at: Place) -> None:
        self._inline(at.token, at.line, quotes=not at.quoted, quoted=at.quoted)

    def _inline(self, inline: Token, line: int, *, quotes: bool, quoted: bool = False) -> Paragraph:
        text = PlacedText(inline.content, self.builder.source, line)
        return read_inline(self.builder, inline, text, quotes=quotes, quoted=quoted)

    def _html(self, at: Place) -> None:
        content = at.token.content
        tag = next((m for m in _TAG.finditer(content) if m[1]), None)
        if tag is None and content.lstrip().startswith("<!--"):
            self.last = self.before  # a comment parts nothing
            return
        self._begin(AnchorKind.BLOCK, at)
        place = PlacedText(content, self.builder.source, at.line).location(
            tag.start(1) if tag else 0
        )
        if tag is not None and is_html_extension(tag[1], self.builder):
            read_html_pictures(self.builder, content, place)
        elif tag is not None:
            self.builder.raw_tags.append(RawTag(text=tag[1], location=place))

    def _row(self, at: Place) -> None:
        self.cell_at, self.row_from = 0, len(self.builder.paragraphs)

    def _cell(self, at: Place) -> int:
        inline = at.tokens[at.position + 1]
        text = PlacedCell(inline.content, self.builder.source, at.line, self.cell_at)
        self.cell_at = text.end
        read_inline(self.builder, inline, text, quotes=not at.quoted, quoted=at.quoted)
        return at.position + 2

    def _row_end(self, at: Place) -> None:
        row = tuple(self.builder.paragraphs[self.row_from :])
        for cell in row:
            cell.row = row

    def _paragraph(self, at: Place) -> int:
        inline, quoted = at.tokens[at.position + 1], at.quoted
        waiting, self.awaiting = self.awaiting, None
        if self.builder.pending:
            waiting = None  # what has an anchor of its own is no reference of what stands above
            kind = AnchorKind.BLOCK if quoted else paragraph_anchor_kind(inline)
            self.builder.anchor(kind, inline.content, titled=False)
        place = self.builder.source.location(at.line)
        self.builder.refused += backticks_in_fence(inline.content, place)
        paragraph = self._inline(inline, at.line, quotes=not quoted, quoted=quoted)
        paragraph.previous, self.last = self.last, paragraph
        if self.introduction is not None:
            paragraph.above = self.introduction[0]
        if waiting is not None and not quoted:
            waiting.below = paragraph
        return at.position + 3

    def _footnote(self, at: Place) -> int:
        builder, end = self.builder, at.closing_position
        passage, enclosed, aside = builder.passage, builder.enclosed, builder.aside
        first = len(builder.citations), len(builder.paragraphs), len(builder.drafts)
        builder.enclosed = builder.aside = True
        self.walk(at.tokens, at.position + 1, end, at.base, at.quoted)
        builder.passage, builder.enclosed, builder.aside = passage, enclosed, aside
        self.awaiting = self.last = None
        label = str(at.token.meta["label"])
        builder.note_places.append((label, builder.source.location(at.line)))
        builder.notes.setdefault(
            label,
            Note(
                range(first[0], len(builder.citations)),
                range(first[1], len(builder.paragraphs)),
                range(first[2], len(builder.drafts)),
            ),
        )
        return end + 1

    # -- quotations -----------------------------------------------------------------------

    def _blockquote(self, at: Place) -> int:
        if at.quoted:
            return at.position + 1
        before, end, source = self.before, at.closing_position, self.builder.source
        place = source.location(at.line, max(source.lines[at.line].find(">"), 0))
        inlines = [t for t in at.tokens[at.position : end] if t.type == "inline"]
        draft = draft_block_quotation(self.builder, place, inlines)
        held = len(self.builder.paragraphs)
        if attribution := at.token.attrGet("attribution"):
            self.argument(str(attribution), max(at.line - 1, 0), quotes=False)
        self.walk(at.tokens, at.position + 1, end, at.base, quoted=True)
        self.close_displayed(draft, held, before)
        return end + 1

    def close_displayed(
        self, draft: QuotationDraft | None, held: int, before: Paragraph | None
    ) -> None:
        """Keep what may bind the quotation; `held` counts the earlier paragraphs."""
        self.awaiting, self.last = draft, None
        if draft is not None:
            draft.inside = tuple(self.builder.paragraphs[held:])
            draft.above = before if before is not None and ends_with_colon(before) else None
            self.builder.drafts.append(draft)

    def argument(self, argument: str, line: int, *, quotes: bool) -> None:
        """Read a directive's argument, which is one line of text."""
        inline = parse_line(self.builder, argument)
        self._inline(inline, line, quotes=quotes)

    def _fence(self, at: Place) -> None:
        self.read_fence(self, at)


_READERS: dict[str, Callable[[BlockReader, Place], int | None]] = {
    "paragraph_open": BlockReader._paragraph,
    "front_matter": BlockReader._front_matter,
    "myst_target": BlockReader._target,
    "myst_line_comment": BlockReader._comment,
    "substitution_block": BlockReader._substitution,
    "heading_open": BlockReader._heading,
    "bullet_list_open": BlockReader._list,
    "ordered_list_open": BlockReader._list,
    "bullet_list_close": BlockReader._list_end,
    "ordered_list_close": BlockReader._list_end,
    "blockquote_open": BlockReader._blockquote,
    "fence": BlockReader._fence,
    "colon_fence": BlockReader._fence,
    "footnote_reference_open": BlockReader._footnote,
    "html_block": BlockReader._html,
    "inline": BlockReader._term,
    "tr_open": BlockReader._row,
    "th_open": BlockReader._cell,
    "td_open": BlockReader._cell,
    "tr_close": BlockReader._row_end,
    "hr": BlockReader._rule,
    "math_block_label": BlockReader._equation,
    "dl_open": BlockReader._definitions,
}
# Blocks of which only the kind is told.
_KINDS = {
    "table_open": AnchorKind.FIGURE,
    **dict.fromkeys(("code_block", "math_block", "amsmath"), AnchorKind.BLOCK),
}
# After these, the paragraph above is still the one right before.
_PART_NOTHING = frozenset({"paragraph_open", "myst_target", "myst_line_comment"})
