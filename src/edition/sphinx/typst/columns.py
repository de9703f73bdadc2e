"""The widths of a table's columns in the book, from the words of their cells."""

import math
import re
from collections.abc import Sequence

from edition.sphinx.breadth import breadth

# How many letters a line of a table on A5 holds.
LINE = 86
# In large print: a line of 459 points at 16 points.
LARGE_LINE = 70
# The blanks at both sides of a cell.
_BLANKS = 2
# What a line that is not justified leaves blank at its end.
_RAGGED = 2.5
# Cells that a line cannot hold have ever so much more weight the higher they are.
_POWER = 4
# A table of so many columns, whose rows have so many lines on average, is set row by row.
_MANY, _HIGH = 4, 5
# So many rows tell the widths of a long table.
_ROWS = 200
# Where a line can end: at a space that may be parted, behind a hyphen before a letter, and between
# letters such as Chinese ones.
_EAST = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"[{_EAST}]|(?:[^ \t\n{_EAST}-]|-(?=\d))+-*|-+")


def least(column: Sequence[str]) -> float:
    """Return the breadth of the longest word of a column, with the blanks beside it."""
    words = (word for cell in column for word in _WORD.findall(cell))
    return max(map(breadth, words), default=1.0) + _BLANKS


def natural(column: Sequence[str]) -> float:
    """Return the breadth of the longest cell of a column, with the blanks beside it."""
    return max(map(breadth, column), default=1.0) + _BLANKS


def shared(rows: Sequence[Sequence[str]], rooms: Sequence[float], line: int) -> list[float]:
    """Return the widths, none below its room, in which a table is about as low as it can be.

    Each letter that the line has left goes to the column in which it saves the most height. A row
    is as high as its highest cell; of that a soft measure is taken, so that two cells of the same
    height both ask for room.
    """
    some = rows[:: len(rows) // _ROWS + 1]
    cells = [[breadth(cell) for cell in column] for column in zip(*some, strict=True)]
    widths = list(rooms)

    def heights(column: int, width: float) -> list[float]:
        text = max(1.0, width - _BLANKS - _RAGGED)
        return [(length / text) ** _POWER for length in cells[column]]

    def table(sums: list[float]) -> float:
        return math.fsum((1 + height) ** (1 / _POWER) for height in sums)

    now = [heights(column, width) for column, width in enumerate(widths)]
    sums = [sum(row) for row in zip(*now, strict=True)]
    for _ in range(int(line - sum(rooms))):
        tried = []
        for column, width in enumerate(widths):
            wider = heights(column, width + 1)
            change = zip(sums, wider, now[column], strict=True)
            tried.append((table(after := [s + w - n for s, w, n in change]), column, wider, after))
        _height, best, now[best], sums = min(tried, key=lambda attempt: attempt[:2])
        widths[best] += 1
    return widths


def are_high(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> bool:
    """Return whether the rows of a table are so high that the eye does not find across them."""
    if len(widths) < _MANY:
        return False
    rooms = [max(1.0, width - _BLANKS - _RAGGED) for width in widths]
    heights = [
        max(breadth(cell) / room for cell, room in zip(row, rooms, strict=True)) for row in rows
    ]
    return math.fsum(heights) > _HIGH * len(heights)


def given(asked: Sequence[int], rooms: Sequence[float], line: int) -> list[float] | None:
    """Return the widths asked for, wider where a word needs it; None where a line has no room."""
    if sum(rooms) > line:
        return None
    narrow: set[int] = set()
    while True:
        free = line - sum(rooms[n] for n in narrow)
        whole = sum(wish for n, wish in enumerate(asked) if n not in narrow)
        widths = [rooms[n] if n in narrow else wish / whole * free for n, wish in enumerate(asked)]
        wider = {n for n, width in enumerate(widths) if width < rooms[n]} - narrow
        if not wider:
            return widths
        narrow |= wider
