"""From an offset in a parsed piece of text back to the line and column in the file."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from edition.model.diagnostic import Location

_DROPPED = 20  # how many such lines are looked past


class SourceText(NamedTuple):
    """A file's lines, without their ends."""

    path: str
    lines: tuple[str, ...]

    def location(self, line: int, column: int = 0) -> Location:
        """Return the location of a line and column that count from 0."""
        return Location(self.path, line + 1, column + 1)

    def line_of(self, line: int, piece: str) -> int:
        """Return the line that holds a piece: `line`, one soon below it, or else `line`.

        The parser drops lines of wide blanks from the beginning of a paragraph.
        """
        text = piece.strip()
        following = range(line, min(line + _DROPPED, len(self.lines)))
        return next((at for at in following if text in self.lines[at]), line)

    def column_of(self, line: int, piece: str) -> int:
        """Return the column, from 0, where a piece that the parser cut out of a line begins there.

        The parser takes markers and indentation off a line's left, and blanks off its
        right, so the piece is the line's tail; in a heading, marks may follow.
        """
        if not 0 <= line < len(self.lines):
            return 0
        whole, text = self.lines[line].rstrip(), piece.strip()
        at = len(whole) - len(text) if whole.endswith(text) else max(whole.find(text), 0)
        # The parser may have turned a tab before the text into several blanks.
        return at - (len(piece) - len(piece.lstrip()))


class PlacedText:
    """A run of text whose first line is a known line of the file."""

    __slots__ = ("_columns", "_line", "_source", "_starts", "content")

    def __init__(self, content: str, source: SourceText, line: int) -> None:
        """`line` counts from 0 and is the file's line on which the content begins."""
        self.content = content
        self._source = source
        self._line = line
        self._starts: list[int] = []
        self._columns: list[int] = []

    def _measure(self) -> None:
        offset = 0
        pieces = self.content.split("\n")
        self._line = self._source.line_of(self._line, pieces[0])
        for row, piece in enumerate(pieces):
            self._starts.append(offset)
            self._columns.append(self._source.column_of(self._line + row, piece))
            offset += len(piece) + 1

    def location(self, offset: int) -> Location:
        """Return the place in the file of the character at an offset."""
        if not self._starts:
            self._measure()
        row = bisect_right(self._starts, offset) - 1
        column = self._columns[row] + offset - self._starts[row]
        return self._source.location(self._line + row, max(column, 0))

    def lines(self, prose: str) -> Iterator[tuple[str, Location]]:
        """Yield each line from its first character that is no blank, with its place.

        `prose` is the content or a text of the same shape, whose lines are given.
        """
        if not self._starts:
            self._measure()
        typed = self.content.split("\n")
        for row, (piece, line) in enumerate(zip(typed, prose.split("\n"), strict=True)):
            blanks = len(piece) - len(piece.lstrip())
            place = self._source.location(self._line + row, self._columns[row] + blanks)
            yield line[blanks:], place


class PlacedCell(PlacedText):
    r"""The content of a table's cell, which begins at a known column of its line.

    Of `\|` in the source the parser keeps the bar alone.
    """

    __slots__ = ("_column", "end")

    def __init__(self, content: str, source: SourceText, line: int, after: int) -> None:
        """Look for the content in its line from the column `after` on; `end` is past it."""
        super().__init__(content, source, line)
        typed = content.replace("|", "\\|")
        whole = source.lines[line] if 0 <= line < len(source.lines) else ""
        self._column = max(whole.find(typed, after), 0)
        self.end = self._column + len(typed)

    def _measure(self) -> None:
        self._starts.append(0)
        self._columns.append(self._column)

    def location(self, offset: int) -> Location:
        """Return the place in the file of the character at an offset."""
        return super().location(offset + self.content.count("|", 0, offset))
