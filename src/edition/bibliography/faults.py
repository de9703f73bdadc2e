"""The faults of one file's syntax, collected up to a limit."""

from edition.bibliography.positions import Places
from edition.model.diagnostic import Finding

# A file with more faults than this is no BibTeX; the rest is read but not reported.
MOST_FAULTS = 1_000
_LONGEST_SHOWN = 60


class Faults:
    """The faults in the syntax of one file."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.problems: list[Finding] = []

    def on_line_of(self, offset: int) -> bool:
        """Return whether the last fault reported stands on the line of an offset."""
        line = self.places.line(offset)
        return bool(self.problems) and self.problems[-1].location.line == line

    def report(self, offset: int, message: str, hint: str) -> None:
        """Add a fault at an offset; say so once where there are too many, then be silent."""
        if len(self.problems) > MOST_FAULTS:
            return
        if len(self.problems) == MOST_FAULTS:
            message = f"more than {MOST_FAULTS:,} faults; from here on they are not reported"
            hint = "Correct those above first. Is this a BibTeX file?"
        self.problems.append(
            Finding(
                rule="bibliography-syntax",
                message=message,
                location=self.places.location(offset),
                hint=hint,
            )
        )


def shown(text: str) -> str:
    """Return a piece of the file fit for a message: on one line, and not too long."""
    text = " ".join(text[: 4 * _LONGEST_SHOWN].split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
