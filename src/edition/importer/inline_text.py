"""Inlines of a document tree as text with marks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from edition.importer.citation_fields import cited_items
from edition.importer.cited_places import placed_fields
from edition.importer.document import Field, Item, Mark
from edition.importer.languages import language_class
from edition.importer.tree_nodes import SIGNS, Node, name_of_note, plain_words, short

_SPAN = {
    "SmallCaps": ("[", "]{.smallcaps}"),
    "Underline": ("[", "]{.underline}"),
    "Strikeout": ("[", "]{.strikethrough}"),
    "Superscript": ("[", "]{.superscript}"),
    "Subscript": ("[", "]{.subscript}"),
    "Emph": ("*", "*"),
    "Strong": ("**", "**"),
}
_CLASSES = {
    "smallcaps": "SmallCaps", "small-caps": "SmallCaps", "sc": "SmallCaps",
    "sup": "Superscript", "sub": "Subscript", "u": "Underline", "s": "Strikeout",
    "strike": "Strikeout", "strikethrough": "Strikeout",
}  # fmt: skip
_WORD = re.compile(r"[\w“„«‘(]")
_PAGE = re.compile(r"(?:doc-)?page-?break\Z", re.IGNORECASE)
_SAFE_LINK = re.compile(r"(?:https?|mailto|ftp|doi):", re.IGNORECASE)


@dataclass(slots=True)
class Run:
    """Text that grows, with its marks; runs of blanks become one."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    last: str = " "
    marks: list[Mark] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    quoted: bool = False
    sign: str | None = None
    open_fields: list[tuple[int, int]] = field(default_factory=list)
    open_languages: list[tuple[str, int]] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add text; a blank after a blank is dropped."""
        text = re.sub(r"[ \t\r\n\f]+", " ", text.replace("\u00ad", ""))
        if self.last in " \n" and text.startswith(" ") and not self._ends_in_picture():
            text = text[1:]
            self._before_blank()
        elif _WORD.match(text):
            self._before_blank()
        if text:
            self.pieces.append(text)
            self.length += len(text)
            self.last = text[-1]

    def _ends_in_picture(self) -> bool:
        last = self.marks[-1] if self.marks else None
        return last is not None and last.start == self.length and last.before.startswith("![")

    def _before_blank(self) -> None:
        """Move the call of a note that stands after a blank to the word before it."""
        number = len(self.marks) - 1
        while number >= 0 and self.marks[number].start == self.length:
            mark = self.marks[number]
            if mark.before.startswith("[^") and self.last == " " and self.length:
                at = self.length - 1
                self.marks[number] = Mark(start=at, end=at, before=mark.before)
            number -= 1

    def line_break(self) -> None:
        """Add a line break, and no blank before it."""
        if self.last == " " and self.pieces:
            self.pieces[-1] = self.pieces[-1][:-1]
            self.length -= 1
        if self.length:
            self.pieces.append("\n")
            self.length += 1
            self.last = "\n"

    def mark(self, start: int, before: str, after: str) -> None:
        """Mark the text from an offset on."""
        if self.length <= start:
            return
        for number in range(len(self.marks) - 1, max(-1, len(self.marks) - 4), -1):
            mark = self.marks[number]  # the same markup just before: one mark
            if (mark.end, mark.before, mark.after) == (start, before, after) and mark.start < start:
                self.marks.append(replace(self.marks.pop(number), end=self.length))
                return
        self.marks.append(Mark(start=start, end=self.length, before=before, after=after))

    def point(self, markup: str) -> None:
        """Put markup between two characters."""
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
        return text, kept, placed_fields(text, list(fields))


class Inlines:
    """Reads inlines; `note` takes the blocks of a note and returns its label.

    `left_out` grows by what has no place in a text, `comments` counts those dropped.
    """

    def __init__(
        self,
        fields: Sequence[tuple[Item, ...]],
        note: Callable[[Sequence[Node], str | None], str],
        *,
        show_changes: bool,
    ) -> None:
        self.field_items = fields
        self.note = note
        self.show_changes = show_changes
        self.note_labels: dict[str, str] = {}
        self.left_out: list[str] = []
        self.comments = 0
        self.handlers = {
            "Cite": self._cite,
            "Link": self._link,
            "Image": self._image,
            "Span": self._span,
        }

    def run(self, inlines: Sequence[Node]) -> Run:
        """Return the text of inlines with its marks."""
        run = Run()
        self.read(inlines, run)
        return run

    def read(self, inlines: Sequence[Node], run: Run) -> None:
        """Add inlines to a run."""
        for node in inlines:
            kind, content = node["t"], node.get("c")
            start = run.length
            if kind in _SPAN:
                self.read(content, run)
                run.mark(start, *_SPAN[kind])
                continue
            match kind:
                case "Str":
                    self._string(content, run)
                case "Space" | "SoftBreak":
                    run.add(" ")
                case "LineBreak":
                    run.line_break()
                case "Quoted":
                    double = content[0]["t"] == "DoubleQuote"
                    run.add("“" if double else "‘")
                    self.read(content[1], run)
                    run.add("”" if double else "’")
                case "Code" | "Math":
                    run.add(content[1].strip())
                    ticks = "`" * (max(map(len, re.findall("`+", content[1])), default=0) + 1)
                    run.mark(start, ticks if kind == "Code" else "{math}" + ticks, ticks)
                case "RawInline" if re.match(r"<br\b", content[1]):
                    run.line_break()
                case "RawInline":
                    self.left_out.append(f"{content[0]} markup: {content[1].strip()}")
                case "Field":
                    self.read(content[1], run)
                    self._field(content[0], start, run)
                case "Note":
                    run.point(f"[^{self._label(node, run.sign)}]")
                    run.sign = None
                case _ if kind in self.handlers:
                    self.handlers[kind](content, run)

    def _label(self, note: Node, sign: str | None) -> str:
        """Return the label of a note, which is read where it is called first."""
        ident = name_of_note(note) or f"note {len(self.note_labels)}"
        if ident not in self.note_labels:
            self.note_labels[ident] = self.note(note["c"], sign)
        return self.note_labels[ident]

    def _string(self, text: str, run: Run) -> None:
        position = 0
        for sign in SIGNS.finditer(text):
            run.add(text[position : sign.start()])
            position = sign.end()
            if sign["field"]:
                run.open_fields.append((int(sign["field"]), run.length))
            elif sign["end"] and run.open_fields:
                self._field(*run.open_fields.pop(), run)
            elif sign["page"]:
                run.point("[]{.page-break}")
            elif sign["quoted"]:
                run.quoted = True
            elif sign["sign"] is not None:
                run.sign = sign["sign"]
            elif sign["language"]:
                run.open_languages.append((sign["language"], run.length))
            elif sign["closed"] and run.open_languages:
                language, start = run.open_languages.pop()
                run.mark(start, "[", language_class(language))
        run.add(text[position:])

    def _field(self, number: int, start: int, run: Run) -> None:
        items = self.field_items[number] if number < len(self.field_items) else ()
        if items and run.length > start:
            run.fields.append(Field(start=start, end=run.length, items=items))

    def _cite(self, content: Node, run: Run) -> None:
        start = run.length
        typed = content[1]
        if len(typed) == 1 and typed[0]["t"] == "RawInline":
            run.add(typed[0]["c"][1])
        else:
            self.read(typed, run)
        if not content[0]:  # a reference to nothing
            return
        items = cited_items(content[0], plain_words)
        in_sentence = content[0][0]["citationMode"]["t"] == "AuthorInText"
        run.fields.append(Field(start=start, end=run.length, items=items, in_sentence=in_sentence))

    def _link(self, content: Node, run: Run) -> None:
        start, target = run.length, content[2][0]
        if target.startswith("picture:"):
            self._image([None, content[1], [target.removeprefix("picture:"), ""]], run)
            return
        self.read(content[1], run)
        if run.marks and (run.marks[-1].start, run.marks[-1].after) == (start, "]{.underline}"):
            run.marks.pop()  # the look of every link
        if _SAFE_LINK.match(target) and not re.search(r"[\s<>]", target):
            run.mark(start, "[", f"](<{target}>)" if re.search(r"[()]", target) else f"]({target})")

    def _image(self, content: Node, run: Run) -> None:
        alternative = plain_words(content[1]).strip()
        address = content[2][0]
        names = ("image", address.rpartition("/")[2])
        if alternative.rpartition("/")[2] in names:
            alternative = ""  # pandoc's own word where LaTeX has none, or the name of the file
        if address.startswith("data:"):
            self.left_out.append(f"a picture within the page: {short(alternative) or 'no words'}")
            return
        if re.match(r"https?:", address):
            self.left_out.append(f"a picture elsewhere, not fetched: {address}")
        alternative = re.sub(r"([\\\[\]*_`])", r"\\\1", alternative)
        run.point(f"![{alternative}](<{address}>)")

    def _span(self, content: Node, run: Run) -> None:
        (_, classes, attributes), inner = content
        values = dict(attributes)
        start = run.length
        kinds = {*classes, values.get("epub:type", ""), values.get("type", "")}
        if "comment-start" in classes or "comment-end" in classes:
            self.comments += "comment-start" in classes
            return
        if any(_PAGE.match(k) for k in kinds) or _PAGE.match(values.get("role", "")):
            page = plain_words(inner) or values.get("title", "") or values.get("aria-label", "")
            run.point(f'[]{{.page-break title="{short(page)}"}}' if page else "[]{.page-break}")
            return
        if "deletion" in classes and not self.show_changes:
            words = plain_words(inner).strip()
            if words:
                self.left_out.append(f"deleted words: {words}")
            return
        self.read(inner, run)
        if self.show_changes and {"insertion", "deletion"} & set(classes):
            run.mark(start, "[", "]{.deletion}" if "deletion" in classes else "]{.insertion}")
        kinds = {_CLASSES[c] for c in classes if c in _CLASSES}
        for kind in sorted(
            kinds | ({"SmallCaps"} if "small-caps" in values.get("style", "") else set())
        ):
            run.mark(start, *_SPAN[kind])
        if values.get("lang"):
            run.mark(start, "[", language_class(values["lang"]))
