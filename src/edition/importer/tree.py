"""The document tree of pandoc, and of our own readers, as blocks of text with marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from edition.importer.document import Block, Field, Item, Mark, shifted
from edition.importer.inline_text import Inlines
from edition.importer.languages import language_class
from edition.importer.list_headings import list_headed
from edition.importer.lists import gathered_items, items_of
from edition.importer.tables import flat, written_table
from edition.importer.tree_nodes import Node, plain_words, rows_of_table
from edition.importer.verse import VERSE_STYLE, as_lines, gathered, is_verse, stanzas, with_lines

_QUOTE_STYLE = re.compile(
    r"quot|zitat|citation|extract|excerpt|цитат|block ?text|epigra|motto|эпиграф", re.IGNORECASE
)
_QUOTE_CLASS = re.compile(
    r"\b(?:mso|(?:intense|block)-?)*quot(?:e|ation)?[a-ds]?\b|\b(?:zitat|extract|excerpt|epigraph|motto|indentb|msoblocktext)\b",
    re.IGNORECASE,
)
_CAPTION_STYLE = re.compile(r"(?:\b|mso|thumb)caption|beschriftung", re.IGNORECASE)


class TreeReader:
    """Reads one tree; `left_out` grows by what has no place in a text."""

    def __init__(self, fields: Sequence[tuple[Item, ...]] = (), *, show_changes: bool = False):
        self.inlines = Inlines(fields, self._note, show_changes=show_changes)
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.note_count = 0
        self.marked = 0  # notes with a mark of the author's own
        self.languages: list[str] = []
        self.pages: list[Mark] = []

    def read(self, tree: Sequence[Node]) -> tuple[Block, ...]:
        """Return the blocks of a document, its notes last."""
        for node in gathered(tree, verse=False):
            self._block(node, "p")
        self.blocks = with_lines(self.blocks)
        if self.inlines.comments:
            self.inlines.left_out.append(
                f"{self.inlines.comments} comment{'s' * (self.inlines.comments > 1)}"
            )
        while self.blocks and self.blocks[-1].hint == "rule":
            self.blocks.pop()
        while self.blocks and self.blocks[0].markup == "+++":
            self.blocks.pop(0)
        return (*self._with_notes_headings_left_out(), *self.notes)

    def _with_notes_headings_left_out(self) -> Iterator[Block]:
        """Yield the blocks without the headings whose notes are footnotes now."""
        before = ""
        for block, after in zip(self.blocks, [*self.blocks[1:], None], strict=True):
            is_head = block.hint[:1] in ("h", "p") and list_headed(block.text) == "notes"
            ends = after is None or after.markup == "---"
            empty = ends or (after and after.hint[:1] == "h" and after.hint <= block.hint)
            if self.notes and is_head and empty:
                self.inlines.left_out.append(block.text)
            elif block.markup != "---" or (before != "rule" and before[:1] != "h"):
                yield block  # a section does not begin with a line
                before = block.hint

    # -- blocks ---------------------------------------------------------------------------------

    def _block(self, node: Node, hint: str) -> None:
        kind, content = node["t"], node.get("c")
        match kind:
            case "Para" | "Plain":
                self._text(content, hint)
            case "Header":
                self._text(content[2], f"h{min(6, content[0])}")
            case "BlockQuote":
                self._quotation(content)
            case "LineBlock":
                first = len(self.blocks)
                for stanza in stanzas(content):
                    self._text(stanza, "quote" if hint == "quote" else "verse")
                self._as_one_poem(first)
            case "BulletList" | "OrderedList" | "DefinitionList":
                self._list(node, hint)
            case "Table" | "Rows":
                self._table(content if kind == "Rows" else rows_of_table(content), hint)
            case "Figure":
                self._figure(content)
            case "CodeBlock":
                self._code(content[1])
            case "HorizontalRule":
                self._append("", "rule", markup="---")
            case "Div":
                self._division(content, hint)
            case "RawBlock":
                self.inlines.left_out.append(f"{content[0]} markup: {content[1].strip()}")

    def _quotation(self, content: Sequence[Node]) -> None:
        first = len(self.blocks)
        for inner in gathered(content, verse=False):
            self._block(inner, "quote")
        self.blocks[first:] = as_lines(self.blocks[first:])
        if first < len(self.blocks) and self.blocks[first].hint == "quote":
            self.blocks[first] = replace(self.blocks[first], hint="quote-first")

    def _code(self, text: str) -> None:
        fence = "`" * max(3, *(len(t) + 1 for t in re.findall("`+", text)), 3)
        self._append(text, "code", markup=f"{fence}\n{text}\n{fence}")

    def _division(self, content: Node, hint: str) -> None:
        (_, classes, attributes), inner = content
        values = dict(attributes)
        style = values.get("custom-style", "")
        named = " ".join((*classes, style))
        if "byline" in classes:
            hint = "byline"
        elif _CAPTION_STYLE.search(named):
            hint = "caption"
        elif VERSE_STYLE.search(named):
            hint = "quote" if hint == "quote" else "verse"
        elif (_QUOTE_STYLE.search(style) or _QUOTE_CLASS.search(named)) and hint == "p":
            hint = "quote"
        if style and any(n["t"] == "BlockQuote" for n in inner):  # a paragraph of a quotation
            inner = [x for n in inner for x in (n["c"] if n["t"] == "BlockQuote" else [n])]
            hint = "quote" if hint == "p" else hint
        if values.get("lang"):
            self.languages.append(values["lang"])
        first, verse = len(self.blocks), bool(VERSE_STYLE.search(named))
        for node in gathered(inner, verse=verse):
            self._block(node, hint)
        if verse:
            self._as_one_poem(first)
        if values.get("lang"):
            self.languages.pop()

    def _as_one_poem(self, first: int) -> None:
        """Say that the stanzas from a block on belong to one poem."""
        for number in range(first + 1, len(self.blocks)):
            if self.blocks[number].hint == "verse":
                self.blocks[number] = replace(self.blocks[number], hint="verse-on")

    def _text(self, inlines: Sequence[Node], hint: str) -> None:
        pages, self.pages = self.pages, []
        run = self.inlines.run(inlines)
        text, marks, fields = run.result()
        hint = "quote" if run.quoted and hint == "p" else hint
        if not text and marks and all(".page-break" in m.before for m in marks):
            named = [m for m in marks if "title=" in m.before]
            self.pages = [*pages, *named]  # they stand at the beginning of the next paragraph
            if not named:
                self._append("", "rule", markup="+++")
        elif text or marks:
            marks = (*pages, *marks)
            if hint == "p" and is_verse(text):
                hint = "verse"
            if self.languages and text:
                span = Mark(
                    start=0, end=len(text), before="[", after=language_class(self.languages[-1])
                )
                marks = (span, *marks)
            self._append(text, hint, marks=marks, fields=fields)

    def _append(self, text: str, hint: str, markup: str = "", **values: Any) -> None:
        before = self.blocks[-1].hint if self.blocks else "h1"
        if hint == "rule" and (before == "rule" or (not self.blocks and markup != "+++")):
            return
        line = len(self.blocks) + 1
        self.blocks.append(Block(text=text, line=line, hint=hint, markup=markup, **values))

    def _list(self, node: Node, hint: str) -> None:
        items: list[str] = []
        leads: list[str] = []
        marks: list[Mark] = []
        fields: list[Field] = []
        position = 0
        for lead, inlines in self._items(node, ""):
            run = self.inlines.run(inlines)
            text, own, own_fields = run.result()
            marks += shifted(own, position)
            fields += shifted(own_fields, position)
            items.append(text)
            leads.append(lead)
            position += len(text) + 1
        if items:
            self._append(
                "\n".join(items),
                "quote-list" if hint == "quote" else "list",
                items=tuple(items),
                leads=tuple(leads),
                marks=tuple(marks),
                fields=tuple(fields),
            )

    def _items(self, node: Node, indent: str) -> Iterator[tuple[str, Sequence[Node]]]:
        """Yield the paragraphs of a list, each with what is written before it."""
        for lead, blocks in items_of(node):
            started = False
            inner = indent + " " * len(lead)
            for block in flat(blocks):
                if block["t"] in ("BulletList", "OrderedList", "DefinitionList"):
                    if not started:
                        yield indent + lead, []
                    yield from self._items(block, inner)
                else:
                    before = "\n" + inner if started else indent + lead
                    yield before, block["c"]
                started = True

    def _table(self, content: Node, hint: str) -> None:
        caption, head, body = content
        if not caption and [len(row) for row in (*head, *body)] == [1]:  # a frame around a text
            first = len(self.blocks)
            for node in gathered((head or body)[0][0], verse=False):
                self._block(node, hint)
            self.blocks[first:] = as_lines(self.blocks[first:])
            return
        table = written_table(head, body, self.inlines, self._items)
        if table.text:
            if caption:
                self._text(caption, "caption")
            self.blocks.append(replace(table, line=len(self.blocks) + 1))

    def _figure(self, content: Node) -> None:
        caption, blocks = content[1][1], content[2]
        for node in blocks:
            self._block(node, "p")
        for node in caption:
            self._block(node, "caption")

    def _note(self, blocks: Sequence[Node], sign: str | None) -> str:
        """Read a note; one with a mark of its own does not count, and begins with the mark."""
        self.note_count += 1
        self.marked += sign is not None
        label = f"n{self.note_count - self.marked}" if sign is None else f"m{self.marked}"
        if sign and not plain_words(blocks).strip().startswith(sign):
            blocks = [{"t": "Para", "c": [{"t": "Str", "c": f"{sign}\u00a0"}]}, *blocks]
            if len(blocks) > 1 and blocks[1]["t"] in ("Para", "Plain"):
                blocks[:2] = [{"t": "Para", "c": [*blocks[0]["c"], *blocks[1]["c"]]}]
        body, self.blocks = self.blocks, []
        count = len(self.notes)
        for node in gathered_items(blocks):
            self._block(node, "p")
        own, self.blocks = self.blocks, body
        later = self.notes[count:]
        del self.notes[count:]
        if not own or own[0].markup or own[0].items:  # a label needs a paragraph
            own.insert(0, Block(text="", line=0))
        for block in own:
            first = label if block is own[0] else ""
            line = len(self.blocks) + 1
            self.notes.append(replace(block, line=line, hint="note", label=first))
        self.notes += later
        return label
