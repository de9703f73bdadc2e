"""The blocks of RTF as elements of hypertext: paragraphs, items, rows, tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from edition.importer.elements import made
from edition.importer.lists import begin
from edition.importer.odt_styles import kind_of_style

_LEAST_COLUMN = 60
"""Twentieths of a point between two edges that are not the same."""
_DEEPEST = 8  # lists within lists
_TYPED = re.compile(r"\s*(\d{1,3}[.)]|[•·◦▪-])\s+")  # a dash begins a speech


@dataclass(slots=True)
class _Flow:
    """Blocks that grow: of the document, or of a note."""

    body: Any
    line: Any = None
    cells: list[Any] = field(default_factory=list)
    rows: list[Any] = field(default_factory=list)
    number: str = ""


def _page_break() -> Any:
    mark = made("br")
    mark.set("style", "page-break-before:always")
    return mark


class Blocks:
    """Blocks that grow: `flows` are those of the document and of the notes that are open."""

    def __init__(self) -> None:
        self.flows = [_Flow(made("body"))]
        self.paragraph: dict[str, int] = {}  # what is said of the paragraph that is open
        self.style_names: dict[int, str] = {}
        self.edges: list[int] = []  # the right edges of the cells of a row
        self.heads = False  # whether a row is the head of its table

    def begin_flow(self) -> None:
        """Begin a note."""
        self.flows.append(_Flow(made("note")))
        self.paragraph = {}

    def line(self) -> Any:
        """Return the paragraph that is open."""
        flow = self.flows[-1]
        if flow.line is None:
            flow.line = made("p")
        return flow.line

    def page(self) -> None:
        """Begin a page."""
        self.line().append(_page_break())

    def end_of_paragraph(self) -> None:
        """End a paragraph, if one is open."""
        flow = self.flows[-1]
        line, flow.line = flow.line, None
        number, flow.number = flow.number, ""
        if not self.paragraph.get("intbl"):
            self.end_of_table()
        if line is None:
            return
        if self.paragraph.get("pagebb"):
            mark = _page_break()
            mark.tail, line.text = line.text, None
            line.insert(0, mark)
        if self.paragraph.get("intbl"):
            flow.cells.append(made("part", line))
        else:
            self._place(line, number)

    def _place(self, line: Any, number: str) -> None:
        """Put a paragraph into the flow as what its style says, or as an item of a list."""
        body = self.flows[-1].body
        name = self.style_names.get(self.paragraph.get("s", 0), "")
        heading = re.match(r"(?:heading|überschrift|titre)\s*(\d)", name, re.IGNORECASE)
        level = int(heading[1]) if heading else max(self.paragraph.get("outlinelevel", 8), 0) + 1
        tag, _, named = kind_of_style([name]).partition(".")
        if level < 7 or tag == "h1":
            line.tag = f"h{level}" if level < 7 else "h1"
        elif number:
            self._item(self._level(body), line, number)
            return
        elif number := self._typed_number(line):
            self._item(self._set_in(body), line, number)
            return
        elif named:
            line.set("class", named)
        elif self.paragraph.get("li"):
            indents = self.paragraph["li"] / 20, self.paragraph.get("fi", 0) / 20
            line.set("style", "margin-left:{}pt;text-indent:{}pt".format(*indents))
        body.append(line)

    def _typed_number(self, line: Any) -> str:
        """Return the number or bullet that begins a hanging paragraph, taken out of it."""
        typed = _TYPED.match(line.text or "") if self.paragraph.get("fi", 0) < 0 else None
        if typed is None:
            return ""
        line.text = line.text[typed.end() :]
        return typed[1]

    def _level(self, body: Any) -> Any:
        """Return what holds the list of an item, by the level that the file names."""
        holder = body
        for _ in range(min(self.paragraph.get("ilvl", 0), _DEEPEST)):
            if len(holder) and holder[-1].tag in ("ol", "ul"):
                holder = holder[-1][-1]
        return holder

    def _set_in(self, body: Any) -> Any:
        """Return what holds the list of an item, by how far the lists before it are set in."""
        holder, indent = body, self.paragraph.get("li", 0)
        for _ in range(_DEEPEST):
            if len(holder) and indent - int(holder[-1].get("indent", indent)) >= _LEAST_COLUMN:
                holder = holder[-1][-1]
        return holder

    def _item(self, holder: Any, line: Any, number: str) -> None:
        kind = "ol" if re.match(r"[\[(]?\w{1,5}[.)\]]", number) else "ul"
        if not len(holder) or holder[-1].tag != kind:
            holder.append(made(kind))
            holder[-1].set("indent", str(self.paragraph.get("li", 0)))
            begin(holder[-1], number)
        holder[-1].append(made("li", line))

    def end_of_cell(self) -> None:
        """Make a cell of the paragraphs since the last one."""
        flow = self.flows[-1]
        self.paragraph["intbl"] = 1
        self.end_of_paragraph()
        parts: list[Any] = []
        while flow.cells and flow.cells[-1].tag == "part":
            parts.insert(0, flow.cells.pop()[0])
        flow.cells.append(made("td", *parts))

    def end_of_row(self) -> None:
        """Make a row of the cells since the last one."""
        flow = self.flows[-1]
        if flow.cells and flow.cells[-1].tag == "part":
            self.end_of_cell()
        if flow.cells:
            for cell in flow.cells if self.heads and not flow.rows else ():
                cell.tag = "th"
            flow.rows.append(made("tr", *flow.cells))
            flow.rows[-1].set("edges", " ".join(map(str, self.edges)))
        flow.cells = []

    def end_of_table(self) -> None:
        """Make a table of the rows since the last one."""
        flow = self.flows[-1]
        self.end_of_row()
        if flow.rows:
            _span_columns(flow.rows)
            flow.body.append(made("table", *flow.rows))
        flow.rows = []


def _span_columns(rows: Sequence[Any]) -> None:
    """Say how many columns each cell spans, by the right edges of all cells of a table."""
    ends = [[int(edge) for edge in row.get("edges").split()] for row in rows]
    known = sorted({edge for row in ends for edge in row})
    columns: dict[int, int] = {}
    for number, edge in enumerate(known):
        near = number and edge - known[number - 1] < _LEAST_COLUMN
        columns[edge] = columns[known[number - 1]] + (not near) if number else 0
    for row, edges in zip(rows, ends, strict=True):
        if len(edges) != len(row) or edges != sorted(edges):
            continue
        for cell, edge, before in zip(row, edges, (None, *edges), strict=False):
            first = -1 if before is None else columns[before]
            cell.set("colspan", str(max(1, columns[edge] - first)))
