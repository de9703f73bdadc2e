"""From an offset in a parsed piece of text back to the line and column in the file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from edition.diagnostic import Location


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's lines, without their ends."""

    path: str
    lines: tuple[str, ...]

    def location(self, line: int, column: int = 0) -> Location:
        """The location of a line and column that count from 0."""
        return Location(self.path, line + 1, column + 1)

    def column_of(self, line: int, piece: str) -> int:
        """The column, from 0, where a piece that the parser cut out of a line begins there.

        The parser takes markers and indentation off a line's left, and blanks off its
        right, so the piece is the line's tail; a table's cell stands within it.
        """
        if not 0 <= line < len(self.lines):
            return 0
        whole, tail = self.lines[line].rstrip(), piece.rstrip()
        if whole.endswith(tail):
            return len(whole) - len(tail)
        return max(self.lines[line].find(tail), 0)

    def indentation(self, line: int) -> int:
        """The column of the first character of a line that is not blank."""
        if not 0 <= line < len(self.lines):
            return 0
        return len(self.lines[line]) - len(self.lines[line].lstrip())


class PlacedText:
    """A run of text whose first line is a known line of the file."""

    __slots__ = ("_columns", "_line", "_source", "_starts", "content")

    def __init__(self, content: str, source: SourceText, line: int) -> None:
        """`line` counts from 0 and is the file's line on which the content begins."""
        self.content = content
        self._source = source
        self._line = line
        self._starts: list[int] | None = None
        self._columns: list[int] = []

    def location(self, offset: int) -> Location:
        """Where the character at an offset of the content stands in the file."""
        if self._starts is None:
            pieces = self.content.split("\n")
            self._starts = [0]
            for piece in pieces[:-1]:
                self._starts.append(self._starts[-1] + len(piece) + 1)
            self._columns = [
                self._source.column_of(self._line + i, piece) for i, piece in enumerate(pieces)
            ]
        row = bisect_right(self._starts, offset) - 1
        return self._source.location(
            self._line + row, self._columns[row] + offset - self._starts[row]
        )
