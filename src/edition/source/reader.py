"""The walk through a document's blocks, from tokens to a `Document`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from edition.diagnostic import Location
from edition.model import AnchorKind, Citation, Document, QuotationForm
from edition.source.directive import LITERAL, Directive, option_faults, read_directive
from edition.source.gathering import Gathering, QuotationDraft
from edition.source.inline import is_reference_line, read_inline
from edition.source.markdown import parse_inline, parse_markdown
from edition.source.place import SourceText

DEFAULT_EXTENSIONS = frozenset({"attrs_inline", "colon_fence", "deflist"})
DEFAULT_INLINE_WORDS = 6

_QUOTING = frozenset({"epigraph", "pull-quote", "highlights"})
_FIGURES = frozenset({"figure", "image", "table", "list-table", "csv-table"})
_ENTRY_WITH_TITLE = re.compile(r"^.*?\s*<([^<>]+)>$")
_ATTRIBUTION = re.compile(r"\n?[ \t]*(?:--|—)[^\n]*\Z")
_BOUND_CITATION = re.compile(r"\s*\(?\{(?:foot)?cite[:a-z]*\}`[^`]*`\)?")


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
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    into = Gathering(SourceText(path, lines), extensions, inline_words)
    _BlockReader(into).read("\n".join(lines), 0)
    return into.document()


class _BlockReader:
    """Walks blocks in order, into the bodies of directives, and gathers what they hold."""

    def __init__(self, into: Gathering) -> None:
        self.into = into
        # A displayed quotation whose reference may stand in the paragraph right after it.
        self.awaiting: QuotationDraft | None = None

    def read(self, text: str, base: int, *, quoted: bool = False) -> None:
        """Read a text whose first line is the file's line `base`, from 0.

        In a quotation (`quoted`), words in quotation marks are part of it, not quotations.
        """
        tokens = parse_markdown(text, self.into.extensions)
        self._walk(tokens, 0, len(tokens), base, quoted)

    def _walk(self, tokens: Sequence[Token], start: int, end: int, base: int, quoted: bool) -> None:
        position = start
        while position < end:
            position = self._block(tokens, position, base, quoted)

    def _block(self, tokens: Sequence[Token], position: int, base: int, quoted: bool) -> int:
        """Read the block that begins at a position; return the position after what was read."""
        token = tokens[position]
        line = base + (token.map[0] if token.map else 0)
        if token.nesting == 1 and token.attrGet("id"):
            self._own_anchor(token, line)
        match token.type:
            case "myst_target":
                column = self.into.source.indentation(line) + 1
                place = self.into.source.location(line, column)
                self.into.pending.append((token.content, place))
            case "fence" | "colon_fence":
                self._fence(token, base, quoted)
            case "blockquote_open" if not quoted:
                return self._blockquote(tokens, position, base, line)
            case "footnote_reference_open":
                return self._footnote(tokens, position, base, quoted)
            case "heading_open":
                self.awaiting = None
                self.into.passage = None
                self.into.anchor(AnchorKind.SECTION, tokens[position + 1].content)
                self._inline(tokens[position + 1], base, quotes=False)
                return position + 3
            case "paragraph_open":
                self._paragraph(tokens[position + 1], base, quoted)
                return position + 3
            case "inline":
                self._inline(token, base, quotes=not quoted)
            case "bullet_list_open" | "ordered_list_open":
                self._begin(AnchorKind.PASSAGE, tokens, position)
            case "table_open":
                self._begin(AnchorKind.FIGURE, tokens, position)
            case "code_block" | "html_block" | "hr" | "math_block" | "dl_open":
                self._begin(AnchorKind.BLOCK, tokens, position)
        return position + 1

    def _begin(self, kind: AnchorKind, tokens: Sequence[Token], position: int) -> None:
        self.awaiting = None
        following = (t.content for t in tokens[position : position + 12] if t.type == "inline")
        self.into.anchor(kind, tokens[position].content or next(following, ""))

    def _own_anchor(self, token: Token, line: int) -> None:
        """Note an id from an attribute block, `{#p12}`, on the line before its block."""
        mark, lines = f"#{token.attrGet('id')}", self.into.source.lines
        at = line - 1 if line and mark in lines[line - 1] else line
        place = self.into.source.location(at, max(lines[at].find(mark) + 1, 0))
        self.into.pending.append((mark[1:], place))

    def _inline(self, inline: Token, base: int, *, quotes: bool) -> None:
        line = base + (inline.map[0] if inline.map else 0)
        read_inline(self.into, inline, line, quotes=quotes)

    def _paragraph(self, inline: Token, base: int, quoted: bool) -> None:
        if quoted:
            self._inline(inline, base, quotes=False)
            return
        waiting, self.awaiting = self.awaiting, None
        first = len(self.into.citations)
        if waiting is not None and is_reference_line(inline):
            self._inline(inline, base, quotes=False)
            waiting.citations.extend(range(first, len(self.into.citations)))
        else:
            self.into.anchor(AnchorKind.PASSAGE, inline.content)
            self._inline(inline, base, quotes=True)

    def _footnote(self, tokens: Sequence[Token], position: int, base: int, quoted: bool) -> int:
        end = _closing_index(tokens, position)
        first = len(self.into.citations)
        self._walk(tokens, position + 1, end, base, quoted)
        label = str(tokens[position].meta["label"])
        self.into.footnotes[label] = list(range(first, len(self.into.citations)))
        return end + 1

    # -- quotations -----------------------------------------------------------------------

    def _blockquote(self, tokens: Sequence[Token], position: int, base: int, line: int) -> int:
        end = _closing_index(tokens, position)
        source = self.into.source
        place = source.location(line, source.indentation(line))
        draft = self._displayed(place, [t for t in tokens[position:end] if t.type == "inline"])
        if attribution := tokens[position].attrGet("attribution"):
            first = len(self.into.citations)
            inline = parse_inline(str(attribution), self.into.extensions)
            read_inline(self.into, inline, max(line - 1, 0), quotes=False)
            draft.citations.extend(range(first, len(self.into.citations)))
        held = len(self.into.paragraphs)
        self._walk(tokens, position + 1, end, base, quoted=True)
        self._close_displayed(draft, held)
        return end + 1

    def _displayed(self, place: Location, inlines: Sequence[Token]) -> QuotationDraft:
        text = _quoted_text([t.content for t in inlines])
        ident = self.into.pending[-1][0] if self.into.pending else None
        self.into.anchor(AnchorKind.QUOTATION, text)
        draft = QuotationDraft(
            QuotationForm.DISPLAYED, place, id=ident, text=text, passage=self.into.passage
        )
        self.into.drafts.append(draft)
        return draft

    def _close_displayed(self, draft: QuotationDraft, held: int) -> None:
        """Bind the references of the quotation's last paragraph, or wait for the next one.

        `held` is the number of paragraphs gathered before the quotation.
        """
        if len(self.into.paragraphs) > held:
            self.into.paragraphs[-1].displayed = draft
        elif not draft.citations:
            self.awaiting = draft

    def _structured(self, directive: Directive) -> None:
        into, options, body = self.into, directive.options, directive.body.strip()

        def value(name: str) -> str:
            return options[name].value.strip() if name in options else ""

        ident = into.pending[-1][0] if into.pending else None
        into.anchor(AnchorKind.QUOTATION, body or value("opening"))
        draft = QuotationDraft(
            QuotationForm.STRUCTURED,
            directive.location,
            id=ident,
            text=_quoted_text([body]) or None,
            opening=value("opening"),
            closing=value("closing"),
            speaker=value("speaker") or None,
            passage=into.passage,
        )
        into.drafts.append(draft)
        if directive.argument:
            draft.citations.append(len(into.citations))
            into.citations.append(self._named_work(directive))
        held = len(into.paragraphs)
        self.read(directive.body, directive.body_line, quoted=True)
        self.awaiting = None
        if not directive.argument:
            self._close_displayed(draft, held)

    def _named_work(self, directive: Directive) -> Citation:
        into, options = self.into, directive.options
        line = into.source.lines[directive.line]
        page, volume = options.get("page"), options.get("volume")
        into.group += 1
        return Citation(
            key=directive.argument,
            role="quotation",
            location=into.source.location(
                directive.line, max(line.rfind(directive.argument), directive.location.column)
            ),
            locator=page.value.strip() if page and page.value.strip() else None,
            locator_location=page.location if page else None,
            volume=volume.value.strip() if volume and volume.value.strip() else None,
            passage=into.passage,
            group=into.group,
        )

    # -- directives -----------------------------------------------------------------------

    def _fence(self, token: Token, base: int, quoted: bool) -> None:
        into = self.into
        directive = read_directive(token, into.source, base)
        if directive is None:
            self.awaiting = None
            into.anchor(AnchorKind.BLOCK, token.content)
            return
        into.problems += option_faults(directive)
        if name := directive.options.get("name"):
            into.pending.append((name.value.strip(), name.location))
        if directive.name == "quotation":
            self._structured(directive)
        elif directive.name in _QUOTING and not quoted:
            self._quoting(directive)
        else:
            self._container(directive, quoted)

    def _quoting(self, directive: Directive) -> None:
        tokens = parse_markdown(directive.body, self.into.extensions)
        draft = self._displayed(directive.location, [t for t in tokens if t.type == "inline"])
        held = len(self.into.paragraphs)
        self._walk(tokens, 0, len(tokens), directive.body_line, quoted=True)
        self._close_displayed(draft, held)

    def _container(self, directive: Directive, quoted: bool) -> None:
        into = self.into
        self.awaiting = None
        if directive.name == "passage":
            into.passage = None
            into.anchor(AnchorKind.PASSAGE, directive.body)
        else:
            kind = AnchorKind.FIGURE if directive.name in _FIGURES else AnchorKind.BLOCK
            into.anchor(kind, directive.argument or directive.body)
        if directive.name == "toctree":
            into.toctree += _toctree_entries(directive.body)
        if directive.name in LITERAL:
            return
        if directive.argument:
            argument = parse_inline(directive.argument, into.extensions)
            read_inline(into, argument, directive.line, quotes=False)
        self.read(directive.body, directive.body_line, quoted=quoted)
        self.awaiting = None
        if directive.name == "passage":
            into.passage = None


def _closing_index(tokens: Sequence[Token], position: int) -> int:
    level = tokens[position].level
    closing = tokens[position].type.removesuffix("_open") + "_close"
    for index in range(position + 1, len(tokens)):
        if tokens[index].type == closing and tokens[index].level == level:
            return index
    return len(tokens)


def _quoted_text(contents: Sequence[str]) -> str:
    """What is quoted: without the citation and the attribution that close the block."""
    text = _BOUND_CITATION.sub("", "\n\n".join(contents))
    return _ATTRIBUTION.sub("", text).strip()


def _toctree_entries(body: str) -> list[str]:
    entries = []
    for line in body.splitlines():
        entry = line.strip()
        if entry and not entry.startswith(":"):
            titled = _ENTRY_WITH_TITLE.match(entry)
            entries.append(titled[1] if titled else entry)
    return entries
