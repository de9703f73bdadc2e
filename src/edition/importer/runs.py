"""The lines of a plain text, and the runs of them that make a block."""

from dataclasses import dataclass, field
from math import inf

from edition.texts.plain_text import MARKER


@dataclass(slots=True)
class Line:
    """A line, with its number and where it begins in the text."""

    number: int
    start: int
    text: str
    indent: int = 0
    body: str = ""
    depth: int = 0
    """The signs of quotation before it, as an e-mail has them."""


@dataclass(slots=True)
class Run:
    """Lines of one block; `least_indent` is that of the lines after the first."""

    lines: list[Line] = field(default_factory=list)
    note: bool = False
    listed: bool = False
    has_marker: bool = False
    least_indent: float = inf

    def add(self, line: Line) -> None:
        """Add a line."""
        if self.lines:
            self.least_indent = min(self.least_indent, line.indent)
        self.lines.append(line)
        self.has_marker = self.has_marker or MARKER.match(line.body) is not None
