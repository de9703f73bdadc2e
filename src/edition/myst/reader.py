"""The walk through a document's blocks, from tokens to a `Document`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markdown_it.token import Token

from edition.model import AnchorKind, Document, Inclusion, RawTag, Title
from edition.myst.bind import bound_document
from edition.myst.block import (
    Place,
    body_of,
    introduces,
    kind_of_paragraph,
    own_anchor,
    toctree_entries,
    too_deep,
)
from edition.myst.block_quotations import displayed_draft, structured_draft
from edition.myst.builder import Gathering, Note, Paragraph, QuotationDraft
from edition.myst.directives import LITERAL, UNTITLED, Directive, option_faults, read_directive
from edition.myst.index_marks import KINDS, read_entry
from edition.myst.inline import is_translated, read_inline
from edition.myst.links import equation_labels, glossary_terms, heading_ids, output_names
from edition.myst.markdown import parse_inline, parse_markdown
from edition.myst.media import read_language, read_language_option, read_picture_directive
from edition.myst.positions import PlacedCell, PlacedText, SourceText
from edition.myst.restructuredtext import read_restructured
from edition.myst.suppressions import read_ignores

DEFAULT_EXTENSIONS = frozenset({"attrs_inline", "colon_fence", "deflist"})
DEFAULT_INLINE_WORDS = 6
MAX_DEPTH = 40  # of directives within directives; the build itself fails not far beyond

_QUOTING = frozenset({"epigraph", "pull-quote", "highlights"})
_FIGURES = frozenset({"figure", "image", "table", "list-table", "csv-table"})
_PASSAGES = frozenset({"passage", "commentary"})
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|(<[A-Za-z][^<>]*>?)", re.DOTALL)


def read_document(
    text: str,
    path: str,
    *,
    extensions: frozenset[str] = DEFAULT_EXTENSIONS,
    inline_words: int = DEFAULT_INLINE_WORDS,
) -> Document:
    """Read one MyST source.

    `path` is what findings show, `extensions` the names of MyST's optional syntaxes.
    `inline_words` is the length, in words, from which words in quotation marks are a
    quotation that wants a reference; shorter ones count only where a citation with a
    locator follows at once. Reads any text; what is wrong with it is among the problems.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "\ufffd")  # as the parser does
    into = Gathering(SourceText(path, tuple(text.split("\n"))), extensions, inline_words)
    into.targets += equation_labels(text)
    _BlockReader(into).read(text, 0)
    into.end()
    return bound_document(into)


class _BlockReader:
    """Walks blocks in order, into the bodies of directives, and gathers what they hold."""

    def __init__(self, into: Gathering) -> None:
        self.into = into
        self.depth = 0
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
        tokens = parse_markdown(text, self.into.extensions, self.into.environment)
        self._walk(tokens, 0, len(tokens), base, quoted)

    def _walk(self, tokens: Sequence[Token], start: int, end: int, base: int, quoted: bool) -> None:
        position = start
        while position < end:
            position = self._block(tokens, position, base, quoted)

    def _block(self, tokens: Sequence[Token], position: int, base: int, quoted: bool) -> int:
        """Read the block that begins at a position; return the position after what was read."""
        token = tokens[position]
        at = Place(tokens, position, base, quoted)
        if token.attrs and token.nesting >= 0:
            if token.attrGet("id"):
                self.into.pending.append(own_anchor(token, at.line, self.into.source))
            read_language(self.into, token, self.into.source.location(at.line))
        read = _READERS.get(token.type)
        if token.type not in _PART_NOTHING:
            self.before, self.last = self.last, None
        return (read(self, at) if read else None) or position + 1

    def _target(self, at: Place) -> None:
        column = self.into.source.lines[at.line].find("(") + 1
        place = self.into.source.location(at.line, column)
        self.into.pending.append((at.token.content, place))

    def _comment(self, at: Place) -> None:
        self.into.ignores += read_ignores(at.tokens, at.position, self.into.source, at.base)

    def _list(self, at: Place) -> None:
        self._begin(AnchorKind.PASSAGE, at)
        if self.introduction is None and self.before is not None and introduces(self.before):
            self.introduction = self.before, at.token.level

    def _list_end(self, at: Place) -> None:
        if self.introduction is not None and self.introduction[1] == at.token.level:
            self.introduction = None

    def _other(self, at: Place) -> None:
        self._begin(AnchorKind.BLOCK, at)

    def _begin(self, kind: AnchorKind, at: Place) -> None:
        self.awaiting = None
        if self.into.pending:
            near = at.tokens[at.position : at.position + 12]
            following = (t.content for t in near if t.type == "inline")
            self.into.anchor(kind, at.token.content or next(following, ""))

    def _heading(self, at: Place) -> int:
        inline = at.tokens[at.position + 1]
        self.awaiting = None
        if not self.into.enclosed:
            self.into.passage = None
        self.into.anchor(AnchorKind.SECTION, inline.content)
        words = len(inline.content.split())
        self.into.titles.append(Title(words=words, location=self.into.source.location(at.line)))
        self._heading_ids(inline)
        self._inline(inline, at.line, quotes=False)
        return at.position + 3

    def _heading_ids(self, inline: Token) -> None:
        known = self.into.headings
        for ident in dict.fromkeys(heading_ids(inline)):
            if count := known.get(ident):
                known[f"{ident}-{count}"] = 1
            known[ident] = (count or 0) + 1

    def _term(self, at: Place) -> None:
        self._inline(at.token, at.line, quotes=not at.quoted, quoted=at.quoted)

    def _inline(self, inline: Token, line: int, *, quotes: bool, quoted: bool = False) -> Paragraph:
        text = PlacedText(inline.content, self.into.source, line)
        return read_inline(self.into, inline, text, quotes=quotes, quoted=quoted)

    def _html(self, at: Place) -> None:
        content = at.token.content
        tag = next((m for m in _TAG.finditer(content) if m[1]), None)
        if tag is None and content.lstrip().startswith("<!--"):
            self.last = self.before  # a comment parts nothing
            return
        self._begin(AnchorKind.BLOCK, at)
        if tag is not None and not is_translated(tag[1], self.into):
            place = PlacedText(content, self.into.source, at.line).location(tag.start(1))
            self.into.raw_tags.append(RawTag(text=tag[1], location=place))

    def _table(self, at: Place) -> None:
        self._begin(AnchorKind.FIGURE, at)

    def _row(self, at: Place) -> None:
        self.cell_at, self.row_from = 0, len(self.into.paragraphs)

    def _cell(self, at: Place) -> int:
        inline = at.tokens[at.position + 1]
        text = PlacedCell(inline.content, self.into.source, at.line, self.cell_at)
        self.cell_at = text.end
        read_inline(self.into, inline, text, quotes=not at.quoted, quoted=at.quoted)
        return at.position + 2

    def _row_end(self, at: Place) -> None:
        row = tuple(self.into.paragraphs[self.row_from :])
        for cell in row:
            cell.row = row

    def _paragraph(self, at: Place) -> int:
        inline, quoted = at.tokens[at.position + 1], at.quoted
        waiting, self.awaiting = self.awaiting, None
        if self.into.pending:
            waiting = None  # what has an anchor of its own is no reference of what stands above
            kind = AnchorKind.BLOCK if quoted else kind_of_paragraph(inline)
            self.into.anchor(kind, inline.content)
        paragraph = self._inline(inline, at.line, quotes=not quoted, quoted=quoted)
        paragraph.previous, self.last = self.last, paragraph
        if self.introduction is not None:
            paragraph.above = self.introduction[0]
        if waiting is not None and not quoted:
            waiting.below = paragraph
        return at.position + 3

    def _footnote(self, at: Place) -> int:
        into, end = self.into, at.closing_position
        passage, enclosed, aside = into.passage, into.enclosed, into.aside
        first = len(into.citations), len(into.paragraphs), len(into.drafts)
        into.enclosed = into.aside = True
        self._walk(at.tokens, at.position + 1, end, at.base, at.quoted)
        into.passage, into.enclosed, into.aside = passage, enclosed, aside
        self.awaiting = self.last = None
        into.notes.setdefault(
            str(at.token.meta["label"]),
            Note(
                range(first[0], len(into.citations)),
                range(first[1], len(into.paragraphs)),
                range(first[2], len(into.drafts)),
            ),
        )
        return end + 1

    # -- quotations -----------------------------------------------------------------------

    def _blockquote(self, at: Place) -> int:
        if at.quoted:
            return at.position + 1
        before, end, source = self.before, at.closing_position, self.into.source
        place = source.location(at.line, max(source.lines[at.line].find(">"), 0))
        inlines = [t for t in at.tokens[at.position : end] if t.type == "inline"]
        draft = displayed_draft(self.into, place, inlines)
        held = len(self.into.paragraphs)
        if attribution := at.token.attrGet("attribution"):
            self._argument(str(attribution), max(at.line - 1, 0), quotes=False)
        self._walk(at.tokens, at.position + 1, end, at.base, quoted=True)
        self._close_displayed(draft, held, before)
        return end + 1

    def _quoting(self, directive: Directive, before: Paragraph | None) -> None:
        body, base = body_of(directive)
        tokens = parse_markdown(body, self.into.extensions, self.into.environment)
        inlines = [t for t in tokens if t.type == "inline"]
        draft = displayed_draft(self.into, directive.location, inlines)
        held = len(self.into.paragraphs)
        self._walk(tokens, 0, len(tokens), base, quoted=True)
        self._close_displayed(draft, held, before)

    def _structured(self, directive: Directive, before: Paragraph | None) -> None:
        tokens = parse_markdown(directive.body, self.into.extensions, self.into.environment)
        inlines = [t for t in tokens if t.type == "inline"]
        draft = structured_draft(self.into, directive, inlines)
        held = len(self.into.paragraphs)
        self._walk(tokens, 0, len(tokens), directive.body_line, quoted=True)
        self._close_displayed(draft, held, before)

    def _close_displayed(
        self, draft: QuotationDraft | None, held: int, before: Paragraph | None
    ) -> None:
        """Keep what may bind the quotation; `held` counts the paragraphs gathered before it."""
        self.awaiting, self.last = draft, None
        if draft is not None:
            draft.inside = tuple(self.into.paragraphs[held:])
            draft.above = before if before is not None and introduces(before) else None
            self.into.drafts.append(draft)

    # -- directives -----------------------------------------------------------------------

    def _fence(self, at: Place) -> None:
        into, before = self.into, self.before
        directive = read_directive(at.token, into.source, at.base)
        if directive is None:
            self.awaiting = None
            into.anchor(AnchorKind.BLOCK, at.token.content)
            return
        into.problems += option_faults(directive)
        read_picture_directive(into, directive)
        read_language_option(into, directive)
        if name := directive.options.get("name"):
            into.pending.append((name.value.strip(), name.location))
        if label := directive.options.get("label"):
            into.targets.append(label.value.strip())
        if directive.name == "code-cell":
            into.targets += output_names(at.token.content)
        if directive.name == "glossary":
            into.targets += glossary_terms(directive.body)
        if self.depth == MAX_DEPTH:
            into.problems.append(too_deep(directive, MAX_DEPTH))
            return
        self.depth += 1
        if directive.name == "quotation":
            self._structured(directive, before)
        elif directive.name in _QUOTING and not at.quoted:
            self._quoting(directive, before)
        else:
            self._container(directive, at.quoted)
        self.depth -= 1

    def _container(self, directive: Directive, quoted: bool) -> None:
        into, name = self.into, directive.name
        self.awaiting = None
        passage, enclosed, aside = into.passage, into.enclosed, into.aside
        if name == "passage":
            passage = into.passage = None
            into.anchor(AnchorKind.PASSAGE, directive.body)
        elif name in _FIGURES:
            into.anchor(AnchorKind.FIGURE, directive.body.strip() or directive.argument)
        else:
            into.anchor(AnchorKind.BLOCK, directive.body.strip() or directive.argument)
        if name in KINDS:
            read_entry(into, directive)
        if name in _PASSAGES:
            into.enclosed = True
            into.aside = aside or name == "commentary"
        if name in LITERAL:
            self._literal(directive)
        else:
            body, base = body_of(directive)
            if base > directive.line and directive.argument:
                untitled = name in UNTITLED and not quoted
                self._argument(directive.argument, directive.line, quotes=untitled)
            self.read(body, base, quoted=quoted)
        self.awaiting = self.last = None
        if name in _PASSAGES:
            into.passage, into.enclosed, into.aside = passage, enclosed, aside

    def _argument(self, argument: str, line: int, *, quotes: bool) -> None:
        inline = parse_inline(argument, self.into.extensions, self.into.environment)
        self._inline(inline, line, quotes=quotes)

    def _literal(self, directive: Directive) -> None:
        into = self.into
        if directive.name == "toctree":
            into.toctree += toctree_entries(directive.body)
        elif directive.name == "eval-rst":
            read_restructured(into, directive)
        elif directive.name in ("include", "literalinclude"):
            place = into.source.location(directive.line, directive.argument_column)
            into.inclusions.append(
                Inclusion(target=directive.argument, directive=directive.name, location=place)
            )


_READERS: dict[str, Callable[[_BlockReader, Place], int | None]] = {
    "paragraph_open": _BlockReader._paragraph,
    "myst_target": _BlockReader._target,
    "myst_line_comment": _BlockReader._comment,
    "heading_open": _BlockReader._heading,
    "bullet_list_open": _BlockReader._list,
    "ordered_list_open": _BlockReader._list,
    "bullet_list_close": _BlockReader._list_end,
    "ordered_list_close": _BlockReader._list_end,
    "blockquote_open": _BlockReader._blockquote,
    "fence": _BlockReader._fence,
    "colon_fence": _BlockReader._fence,
    "footnote_reference_open": _BlockReader._footnote,
    "html_block": _BlockReader._html,
    "inline": _BlockReader._term,
    "table_open": _BlockReader._table,
    "tr_open": _BlockReader._row,
    "th_open": _BlockReader._cell,
    "td_open": _BlockReader._cell,
    "tr_close": _BlockReader._row_end,
    "code_block": _BlockReader._other,
    "hr": _BlockReader._other,
    "math_block": _BlockReader._other,
    "amsmath": _BlockReader._other,
    "dl_open": _BlockReader._other,
}
# After these, the paragraph above is still the one right before.
_PART_NOTHING = frozenset({"paragraph_open", "myst_target", "myst_line_comment"})
