"""The document tree of pandoc (and of our own readers) as blocks of text with marks.

Readers that look into DOCX and ODT put characters of the private use area around what pandoc
does not hand on: the fields of citations, page breaks, languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from edition.importer.citation_fields import cited_items
from edition.importer.document import Block, Field, Item, Mark

FIELD, FIELD_NUMBER, FIELD_END, PAGE_BREAK, LANGUAGE, LANGUAGE_NAME, LANGUAGE_END = map(
    chr, range(0xE100, 0xE107)
)
_SIGNS = re.compile(
    f"{FIELD}(?P<field>\\d+){FIELD_NUMBER}|(?P<end>{FIELD_END})|(?P<page>{PAGE_BREAK})"
    f"|{LANGUAGE}(?P<language>[\\w-]+){LANGUAGE_NAME}|(?P<closed>{LANGUAGE_END})"
)
_SPAN = {
    "SmallCaps": ("[", "]{.smallcaps}"),
    "Underline": ("[", "]{.underline}"),
    "Strikeout": ("[", "]{.strikethrough}"),
    "Superscript": ("[", "]{.superscript}"),
    "Subscript": ("[", "]{.subscript}"),
    "Emph": ("*", "*"),
    "Strong": ("**", "**"),
}
_NUMBER = re.compile(r"[\[(]?(?:\d{1,5}|[*†‡§]+|[ivxlc]{1,7}|[a-z])[\])]?\Z")
_QUOTE_STYLE = re.compile(r"quot|zitat|citation|extract|excerpt|цитат|block ?text", re.IGNORECASE)
_VERSE_STYLE = re.compile(r"\b(?:verse|poem|poetry|stanza|lg|linegroup)\b", re.IGNORECASE)
_CAPTION_STYLE = re.compile(r"\bcaption|beschriftung", re.IGNORECASE)
_PAGE = re.compile(r"(?:doc-)?page-?break\Z", re.IGNORECASE)
_SAFE_LINK = re.compile(r"(?:https?|mailto|ftp|doi):", re.IGNORECASE)

Node = Any


@dataclass(slots=True)
class _Run:
    """Text that grows, with its marks; runs of blanks become one."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    last: str = " "
    marks: list[Mark] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    open_fields: list[tuple[int, int]] = field(default_factory=list)
    open_languages: list[tuple[str, int]] = field(default_factory=list)

    def add(self, text: str) -> None:
        text = re.sub(r"[ \t\r\n\f]+", " ", text)
        if self.last in " \n" and text.startswith(" "):
            text = text[1:]
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.last = text[-1]

    def line_break(self) -> None:
        if self.last == " " and self.pieces:
            self.pieces[-1] = self.pieces[-1][:-1]
            self.length -= 1
        if self.length:
            self.pieces.append("\n")
            self.length += 1
            self.last = "\n"

    def mark(self, start: int, before: str, after: str) -> None:
        if self.length > start:
            self.marks.append(Mark(start=start, end=self.length, before=before, after=after))

    def point(self, markup: str) -> None:
        self.marks.append(Mark(start=self.length, end=self.length, before=markup))

    def result(self) -> tuple[str, tuple[Mark, ...], tuple[Field, ...]]:
        """Return the text without blanks at its end, and the marks that are left within it."""
        text = "".join(self.pieces).rstrip(" \n")
        end = len(text)
        marks = (
            Mark(start=min(m.start, end), end=min(m.end, end), before=m.before, after=m.after)
            for m in self.marks
        )
        kept = tuple(m for m in marks if m.end > m.start or not m.after)
        fields = (
            Field(start=f.start, end=min(f.end, end), items=f.items, in_sentence=f.in_sentence)
            for f in self.fields
        )
        return text, kept, tuple(f for f in fields if f.end > f.start)


class TreeReader:
    """Reads one tree; `left_out` grows by what has no place in a text."""

    def __init__(self, fields: Sequence[tuple[Item, ...]] = (), *, show_changes: bool = False):
        self.field_items = fields
        self.show_changes = show_changes
        self.blocks: list[Block] = []
        self.notes: list[Block] = []
        self.note_count = 0
        self.note_labels: dict[str, str] = {}
        self.note_bodies: dict[str, Sequence[Node]] = {}
        self.left_out: list[str] = []
        self.comments = 0
        self.languages: list[str] = []

    def read(self, tree: Sequence[Node]) -> tuple[Block, ...]:
        """Return the blocks of a document, its notes last."""
        self._find_notes(tree)
        for node in tree:
            self._block(node, "p")
        if self.comments:
            self.left_out.append(f"{self.comments} comment{'s' * (self.comments > 1)}")
        return (*self.blocks, *self.notes)

    # -- notes that are linked to ---------------------------------------------------------------

    def _find_notes(self, tree: Sequence[Node]) -> None:
        """Find the blocks that numbers in the text link to, and that link back."""
        targets = {
            node["c"][2][0].removeprefix("#")
            for node in walk(tree)
            if node.get("t") == "Link"
            and node["c"][2][0].startswith("#")
            and _NUMBER.match(plain_words(node["c"][1]).strip())
        }
        for node in walk(tree):
            ident, body = _identified(node)
            if ident in targets and ident not in self.note_bodies and _is_note(body, ident):
                self.note_bodies[ident] = body

    # -- blocks ---------------------------------------------------------------------------------

    def _block(self, node: Node, hint: str) -> None:
        kind, content = node["t"], node.get("c")
        if _identified(node)[0] in self.note_bodies:
            return
        match kind:
            case "Para" | "Plain":
                self._text(content, hint)
            case "Header":
                self._text(content[2], f"h{min(6, content[0])}")
            case "BlockQuote":
                for inner in content:
                    self._block(inner, "quote")
            case "LineBlock":
                lines = [x for line in content for x in (*line, {"t": "LineBreak"})]
                self._text(lines, "quote" if hint == "quote" else "verse")
            case "BulletList" | "OrderedList" | "DefinitionList":
                self._list(node, hint)
            case "Table":
                self._table(rows_of_table(content))
            case "Rows":
                self._table(content)
            case "Figure":
                self._figure(content)
            case "CodeBlock":
                fence = "`" * max(3, *(len(t) + 1 for t in re.findall("`+", content[1])), 3)
                self._append(content[1], "code", markup=f"{fence}\n{content[1]}\n{fence}")
            case "HorizontalRule":
                self._append("", "rule", markup="---")
            case "Div":
                self._division(content, hint)
            case "RawBlock":
                self.left_out.append(f"{content[0]} markup: {_short(content[1])}")

    def _division(self, content: Node, hint: str) -> None:
        (_, classes, attributes), inner = content
        values = dict(attributes)
        style = values.get("custom-style", "")
        named = " ".join((*classes, style))
        if "byline" in classes:
            hint = "byline"
        elif _CAPTION_STYLE.search(named):
            hint = "caption"
        elif _VERSE_STYLE.search(named):
            hint = "quote" if hint == "quote" else "verse"
        elif _QUOTE_STYLE.search(style) and hint == "p":
            hint = "quote"
        if values.get("lang"):
            self.languages.append(values["lang"])
        for node in inner:
            self._block(node, hint)
        if values.get("lang"):
            self.languages.pop()

    def _text(self, inlines: Sequence[Node], hint: str) -> None:
        run = self._run(inlines)
        text, marks, fields = run.result()
        if (
            not text
            and marks
            and all(m.before.startswith("[") and "break" in m.before for m in marks)
        ):
            self._append("", "rule", markup="+++")
        elif text or marks:
            if self.languages and text:
                span = Mark(start=0, end=len(text), before="[", after=_language(self.languages[-1]))
                marks = (span, *marks)
            self._append(text, hint, marks=marks, fields=fields)

    def _append(self, text: str, hint: str, **values: Any) -> None:
        if self.blocks and hint == "rule" and self.blocks[-1].hint == "rule":
            return
        self.blocks.append(Block(text=text, line=len(self.blocks) + 1, hint=hint, **values))

    def _list(self, node: Node, hint: str) -> None:
        run = _Run()
        items: list[str] = []
        leads: list[str] = []
        marks: list[Mark] = []
        fields: list[Field] = []
        position = 0
        for lead, inlines in self._items(node, ""):
            run = self._run(inlines)
            text, own, own_fields = run.result()
            marks += [_moved(m, position) for m in own]
            fields += [
                Field(
                    start=f.start + position,
                    end=f.end + position,
                    items=f.items,
                    in_sentence=f.in_sentence,
                )
                for f in own_fields
            ]
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
        kind, content = node["t"], node["c"]
        first = content[0][0] if kind == "OrderedList" else 1
        rows = content[1] if kind == "OrderedList" else content
        for number, row in enumerate(rows, first):
            lead = f"{number}. " if kind == "OrderedList" else "- "
            blocks = row
            if kind == "DefinitionList":
                blocks = [{"t": "Plain", "c": row[0]}, *(b for d in row[1] for b in d)]
            started = False
            inner = indent + " " * len(lead)
            for block in self._flat(blocks):
                if block["t"] in ("BulletList", "OrderedList", "DefinitionList"):
                    if not started:
                        yield indent + lead, []
                    yield from self._items(block, inner)
                else:
                    before = "\n" + inner if started else indent + lead
                    yield before, block["c"]
                started = True

    def _flat(self, blocks: Sequence[Node]) -> Iterator[Node]:
        """Yield paragraphs and lists, whatever they are wrapped in."""
        for block in blocks:
            if _identified(block)[0] in self.note_bodies:
                continue
            match block["t"]:
                case "Para" | "Plain" | "BulletList" | "OrderedList" | "DefinitionList":
                    yield block
                case "Div":
                    yield from self._flat(block["c"][1])
                case "BlockQuote":
                    yield from self._flat(block["c"])
                case "LineBlock":
                    lines = [x for line in block["c"] for x in (*line, {"t": "LineBreak"})]
                    yield {"t": "Para", "c": lines}
                case "Header":
                    yield {"t": "Para", "c": block["c"][2]}
                case "CodeBlock":
                    yield {"t": "Para", "c": [{"t": "Code", "c": [None, block["c"][1]]}]}
                case "Table" | "Rows":
                    rows = block["c"] if block["t"] == "Rows" else rows_of_table(block["c"])
                    for row in rows[1] + rows[2]:
                        for cell in row:
                            yield from self._flat(cell)

    def _table(self, content: Node) -> None:
        caption, head, body = content
        rows = [[self._cell(cell) for cell in row] for row in (*head, *body)]
        width = max((len(row) for row in rows), default=0)
        if not width or not any(text for row in rows for text, _ in row):
            return
        if caption:
            self._text(caption, "caption")
        if not head:
            rows.insert(0, [("", "")] * width)
        lines = []
        for row in rows:
            cells = [markup.replace("|", "\\|") for _, markup in row]
            lines.append("| " + " | ".join((*cells, *[""] * (width - len(row)))) + " |")
        lines.insert(1, "|" + " --- |" * width)
        words = "\n".join(text for row in rows for text, _ in row if text)
        self._append(words, "table", markup="\n".join(lines))

    def _cell(self, blocks: Sequence[Node]) -> tuple[str, str]:
        run = _Run()
        for number, block in enumerate(self._flat(blocks)):
            if number:
                run.add(" ")
            if block["t"] in ("Para", "Plain"):
                self._inlines(block["c"], run)
            else:
                for _, inlines in self._items(block, ""):
                    self._inlines(inlines, run)
                    run.add(" ")
        text, marks, _ = run.result()
        text = text.replace("\n", " ")
        return text, marked_up(text, marks)

    def _figure(self, content: Node) -> None:
        caption, blocks = content[1][1], content[2]
        for node in blocks:
            self._block(node, "p")
        for node in caption:
            self._block(node, "caption")

    # -- inlines --------------------------------------------------------------------------------

    def _run(self, inlines: Sequence[Node]) -> _Run:
        run = _Run()
        self._inlines(inlines, run)
        return run

    def _inlines(self, inlines: Sequence[Node], run: _Run) -> None:
        for node in inlines:
            kind, content = node["t"], node.get("c")
            start = run.length
            match kind:
                case "Str":
                    self._string(content, run)
                case "Space" | "SoftBreak":
                    run.add(" ")
                case "LineBreak":
                    run.line_break()
                case "Emph" | "Strong" | "SmallCaps" | "Underline" | "Strikeout" | "Subscript":
                    self._inlines(content, run)
                    run.mark(start, *_SPAN[kind])
                case "Superscript":
                    self._inlines(content, run)
                    run.mark(start, *_SPAN[kind])
                case "Quoted":
                    double = content[0]["t"] == "DoubleQuote"
                    run.add("“" if double else "‘")
                    self._inlines(content[1], run)
                    run.add("”" if double else "’")
                case "Cite":
                    self._cite(content, run)
                case "Code":
                    run.add(content[1])
                    run.mark(start, "`", "`")
                case "Math":
                    run.add(content[1])
                    run.mark(start, "{math}`", "`")
                case "Link":
                    self._link(content, run)
                case "Image":
                    self._image(content, run)
                case "Note":
                    run.point(f"[^{self._note(content)}]")
                case "Span":
                    self._span(content, run)
                case "RawInline":
                    self.left_out.append(f"{content[0]} markup: {_short(content[1])}")

    def _string(self, text: str, run: _Run) -> None:
        position = 0
        for sign in _SIGNS.finditer(text):
            run.add(text[position : sign.start()])
            position = sign.end()
            if sign["field"]:
                run.open_fields.append((int(sign["field"]), run.length))
            elif sign["end"] and run.open_fields:
                number, start = run.open_fields.pop()
                items = self.field_items[number] if number < len(self.field_items) else ()
                if items and run.length > start:
                    run.fields.append(Field(start=start, end=run.length, items=items))
            elif sign["page"]:
                run.point("[]{.page-break}")
            elif sign["language"]:
                run.open_languages.append((sign["language"], run.length))
            elif sign["closed"] and run.open_languages:
                language, start = run.open_languages.pop()
                run.mark(start, "[", _language(language))
        run.add(text[position:])

    def _cite(self, content: Node, run: _Run) -> None:
        start = run.length
        typed = content[1]
        if len(typed) == 1 and typed[0]["t"] == "RawInline":
            run.add(typed[0]["c"][1])
        else:
            self._inlines(typed, run)
        items = cited_items(content[0], plain_words)
        in_sentence = content[0][0]["citationMode"]["t"] == "AuthorInText"
        run.fields.append(Field(start=start, end=run.length, items=items, in_sentence=in_sentence))

    def _link(self, content: Node, run: _Run) -> None:
        start, target = run.length, content[2][0]
        ident = target.removeprefix("#")
        if target.startswith("#") and ident in self.note_bodies:
            if ident not in self.note_labels:
                self.note_labels[ident] = self._note(_without_number(self.note_bodies[ident]))
            run.point(f"[^{self.note_labels[ident]}]")
            return
        self._inlines(content[1], run)
        if _SAFE_LINK.match(target) and not re.search(r"[\s<>]", target):
            run.mark(start, "[", f"](<{target}>)" if re.search(r"[()]", target) else f"]({target})")

    def _image(self, content: Node, run: _Run) -> None:
        alternative = plain_words(content[1]).strip()
        address = content[2][0]
        if alternative == "image":
            alternative = ""  # pandoc's own word where LaTeX has none
        if address.startswith("data:"):
            self.left_out.append(f"a picture within the page: {_short(alternative) or 'no words'}")
            return
        if re.match(r"https?:", address):
            self.left_out.append(f"a picture elsewhere, not fetched: {address}")
        alternative = re.sub(r"([\\\[\]*_`])", r"\\\1", alternative)
        run.point(f"![{alternative}](<{address}>)")

    def _span(self, content: Node, run: _Run) -> None:
        (ident, classes, attributes), inner = content
        values = dict(attributes)
        start = run.length
        kinds = {*classes, values.get("epub:type", ""), values.get("type", "")}
        if "comment-start" in classes or "comment-end" in classes:
            self.comments += "comment-start" in classes
            return
        if any(_PAGE.match(k) for k in kinds) or _PAGE.match(values.get("role", "")):
            page = plain_words(inner) or values.get("title", "") or values.get("aria-label", "")
            run.point(f'[]{{.page-break title="{_short(page)}"}}' if page else "[]{.page-break}")
            return
        if "deletion" in classes and not self.show_changes:
            words = plain_words(inner).strip()
            if words:
                self.left_out.append(f"deleted words: {_short(words)}")
            return
        if ident in self.note_bodies:
            return
        self._inlines(inner, run)
        if self.show_changes and {"insertion", "deletion"} & set(classes):
            run.mark(start, "[", "]{.deletion}" if "deletion" in classes else "]{.insertion}")
        if {"smallcaps", "small-caps"} & set(classes) or "small-caps" in values.get("style", ""):
            run.mark(start, *_SPAN["SmallCaps"])
        if values.get("lang"):
            run.mark(start, "[", _language(values["lang"]))

    def _note(self, blocks: Sequence[Node]) -> str:
        self.note_count += 1
        label = f"n{self.note_count}"
        body, self.blocks = self.blocks, []
        count = len(self.notes)
        for node in blocks:
            self._block(node, "p")
        own, self.blocks = self.blocks, body
        later = self.notes[count:]
        del self.notes[count:]
        for number, block in enumerate(own or [Block(text="", line=0)]):
            self.notes.append(
                Block(
                    text=block.text,
                    line=len(self.blocks) + 1,
                    hint="note",
                    marks=block.marks,
                    fields=block.fields,
                    label=label if not number else "",
                    markup=block.markup,
                )
            )
        self.notes += later
        return label


# -- what a tree holds ----------------------------------------------------------------------------


def walk(node: Node) -> Iterator[dict[str, Any]]:
    """Yield every element of a tree, outer before inner, without recursion."""
    stack = [node]
    while stack:
        at = stack.pop()
        if isinstance(at, dict):
            if "t" in at:
                yield at
            stack.extend(reversed(list(at.values())))
        elif isinstance(at, list | tuple):
            stack.extend(reversed(at))


def plain_words(nodes: Node) -> str:
    """Return the text of inlines or blocks."""
    pieces: list[str] = []
    for node in walk(nodes):
        match node["t"]:
            case "Str":
                pieces.append(_SIGNS.sub("", node["c"]))
            case "Code" | "Math":
                pieces.append(node["c"][1])
            case "Space" | "SoftBreak" | "LineBreak" | "Para" | "Plain":
                pieces.append(" ")
    return re.sub(r"\s+", " ", "".join(pieces))


def rows_of_table(content: Node) -> tuple[list[Node], list[list[Node]], list[list[Node]]]:
    """Return caption, rows of the head and rows of the body of a table as pandoc has it."""
    caption = [x for block in content[1][1] if block["t"] in ("Para", "Plain") for x in block["c"]]
    head = [[cell[4] for cell in row[1]] for row in content[3][1]]
    body: list[list[Node]] = []
    for part in content[4]:
        body += [[cell[4] for cell in row[1]] for row in (*part[2], *part[3])]
    body += [[cell[4] for cell in row[1]] for row in content[5][1]]
    return caption, head, body


def marked_up(text: str, marks: Sequence[Mark]) -> str:
    """Return a text with its marks, none of its characters being markup by accident."""
    from edition.importer.markup import escape, events

    pieces: list[str] = []
    position = 0
    for at, markup in events(text, marks):
        pieces += [escape(text[position:at]), markup]
        position = at
    return "".join((*pieces, escape(text[position:])))


def _identified(node: Node) -> tuple[str, Sequence[Node]]:
    """Return the id of a division, an item or a span, and what it holds."""
    if not isinstance(node, dict) or node.get("t") not in ("Div", "Span"):
        return "", ()
    inner = node["c"][1]
    return node["c"][0][0], inner if node["t"] == "Div" else [{"t": "Plain", "c": inner}]


def _is_note(body: Sequence[Node], ident: str) -> bool:
    """Tell whether a block that is linked to is a note: it has words, and few blocks."""
    return len(body) <= 12 and bool(re.search(r"[^\W\d_]", plain_words(body)))


def _without_number(blocks: Sequence[Node]) -> list[Node]:
    """Return a note without the links back to the text, and without its own number."""
    first = True
    kept: list[Node] = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            inlines = [x for x in block["c"] if not _leads_back(x)]
            if first:
                while inlines and inlines[0]["t"] in ("Space", "SoftBreak"):
                    inlines.pop(0)
                if inlines and inlines[0]["t"] in ("Superscript", "Str"):
                    number = re.match(
                        r"\s*[\[(]?\d{1,5}[\])]?\.?(?:\s+|\Z)", plain_words(inlines[0])
                    )
                    if number and inlines[0]["t"] == "Str":
                        rest = inlines[0]["c"][number.end() :]
                        inlines[0] = {"t": "Str", "c": rest}
                    elif number:
                        inlines.pop(0)
                first = False
            block = {"t": block["t"], "c": inlines}
        elif block["t"] == "Div":
            block = {"t": "Div", "c": [block["c"][0], _without_number(block["c"][1])]}
        kept.append(block)
    return kept


def _leads_back(node: Node) -> bool:
    if node["t"] in ("Superscript", "Span"):
        inner = node["c"] if node["t"] == "Superscript" else node["c"][1]
        return len(inner) == 1 and _leads_back(inner[0])
    if node["t"] != "Link" or not node["c"][2][0].startswith("#"):
        return False
    words = plain_words(node["c"][1]).strip()
    return not re.search(r"[^\W\d_]{2}", words)


def _moved(mark: Mark, by: int) -> Mark:
    return Mark(start=mark.start + by, end=mark.end + by, before=mark.before, after=mark.after)


def _language(code: str) -> str:
    tag = re.sub(r"[^a-z0-9-]", "", code.casefold().replace("_", "-"))
    return f"]{{.language-{tag.split('-')[0]}}}"


def _short(text: str) -> str:
    words = " ".join(text.split()).replace('"', "’")
    return words if len(words) <= 60 else f"{words[:59]}…"
