"""What was changed between the witness and the text: each place, before and after.

A change replaces characters of a text, from offset `start` up to `end`, by `after`. Applied
together, the changes of the carrier turn the text that was read into the text that was
imported, character for character; that is how a test holds the one against the other.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change; `kind` is one of KINDS, `line` the line of the witness, from 1."""

    start: int
    end: int
    before: str
    after: str
    kind: str
    line: int = 0


KINDS = {
    "byte-order-mark": "byte-order mark removed",
    "line-ending": "line ending of another system made a plain one",
    "form-feed": "page break removed",
    "soft-hyphen": "soft hyphen removed",
    "leading-blank": "blanks at the beginning of a line removed",
    "trailing-blank": "blanks at the end of a line removed",
    "blank-lines": "blank lines between blocks made one",
    "blank-run": "run of blanks made one blank",
    "line-break": "line break within a paragraph made a blank",
    "line-break-in-word": "line break after a hyphen or dash removed",
    "hyphenation": "word divided at the end of a line joined",
    "blank-after-hyphen": "blank after a hyphen removed",
    "hyphen-within-word": "hyphen left by a line end within a word removed",
    "emphasis-sign": "underscore around words made emphasis",
    "note-sign": "brackets around a note removed",
    "notes-heading": "heading of notes that are footnotes now removed",
    "table": "table of typed lines or blanks made a table",
    "block": "two blocks on neighbouring lines parted",
    "dash": "dash brought to one form",
    "quotation-mark": "quotation mark brought to one form",
    "reference": "reference typed by hand made a citation",
}


def apply(text: str, changes: Iterable[Change]) -> str:
    """Return the text with changes made. Raises ValueError where one does not fit the text."""
    pieces: list[str] = []
    position = 0
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        if change.start < position or text[change.start : change.end] != change.before:
            raise ValueError(f"the change at offset {change.start} does not fit the text")
        pieces += [text[position : change.start], change.after]
        position = change.end
    return "".join((*pieces, text[position:]))


def rows(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the changes as JSON has them."""
    return [
        {"line": c.line, "start": c.start, "kind": c.kind, "before": c.before, "after": c.after}
        for c in changes
    ]


def counts(changes: Iterable[Change]) -> Counter[str]:
    """Return how many changes there are of each kind."""
    return Counter(change.kind for change in changes)
