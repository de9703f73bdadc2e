"""The places of one file, and the faults of its syntax, collected up to a limit."""

import re
from array import array
from bisect import bisect_right

from edition.model.diagnostic import Finding, Location

# A file with more faults than this is no BibTeX; the rest is read but not reported.
MOST_FAULTS = 1_000
_LONGEST_SHOWN = 60
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


class Faults:
    """The faults in the syntax of one file."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.problems: list[Finding] = []

    def report(self, offset: int, message: str, hint: str) -> None:
        """Add a fault at an offset; say so once where there are too many, then be silent."""
        if len(self.problems) > MOST_FAULTS:
            return
        if len(self.problems) == MOST_FAULTS:
            message = f"more than {MOST_FAULTS:,} faults; from here on they are not reported"
            hint = "Correct those above first. Is this a BibTeX file?"
        place = self.places.location(offset)
        self.problems.append(Finding(place, message, hint, rule="bibliography-syntax"))


def shown(text: str) -> str:
    """Return a piece of the file fit for a message: on one line, and not too long."""
    text = " ".join(text[: 4 * _LONGEST_SHOWN].split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
