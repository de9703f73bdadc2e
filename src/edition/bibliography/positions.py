"""Lines and columns of a text, from offsets in it."""

import re
from array import array
from bisect import bisect_right

from edition.model.diagnostic import Location

_NEWLINE = re.compile("\n")


class Places:
    r"""The places of one file whose lines end in `\n` alone."""

    def __init__(self, path: str, text: str) -> None:
        self._path = path
        # An array, not a list: a hostile file may be ten million line ends.
        self._starts = array("q", [0])
        self._starts.extend(match.end() for match in _NEWLINE.finditer(text))

    def line(self, offset: int) -> int:
        """Return the number of the line, from 1, in which the character at `offset` stands."""
        return bisect_right(self._starts, offset)

    def location(self, offset: int) -> Location:
        """Return the place of the character at `offset`; both numbers count from 1."""
        line = bisect_right(self._starts, offset)
        return Location(self._path, line, offset - self._starts[line - 1] + 1)
