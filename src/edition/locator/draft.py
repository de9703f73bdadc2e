"""A part of a locator that may still grow."""

import re
from dataclasses import dataclass, field

from edition.locator.model import GrammaticalNumber, Item, Part
from edition.locator.number import number_at

# A line behind its page: p. 12.3.
LINE = re.compile(r"\.(?=[0-9]{1,2}(?![^\W_]|\.[0-9]))")


# `str.` is a strophe and a Slavic page, `l.` a line and a French or Latin book.
_MEANT_BEFORE = (("str.", ("verse", "line"), "stanza"), ("l.", ("chapter",), "book"))


@dataclass(slots=True, kw_only=True)
class Draft:
    """A part that may still grow."""

    label: str
    column: int
    typed: str = ""
    number: GrammaticalNumber = "both"
    items: list[Item] = field(default_factory=list)
    passim: bool = False

    def part(self) -> Part:
        """Return the part as it is now."""
        return Part(
            label=self.label,
            typed=self.typed,
            number=self.number,
            items=tuple(self.items),
            passim=self.passim,
            column=self.column,
        )

    def before(self, label: str) -> None:
        """Settle what an abbreviation of two meanings is by the label after it."""
        for typed, followers, meant in _MEANT_BEFORE:
            if self.typed == typed and label in followers:
                self.label = meant

    def holds_editor(self) -> bool:
        """Return True if the editor whose pages or lines these are may follow: p. 12, 3 Kühn."""
        return self.label == "page" or (self.label == "line" and not self.typed)

    def has_line_at(self, text: str, position: int) -> bool:
        """Return True if the number behind a comma is a line of the one page: `S. 12,3–5`.

        A list of pages ascends. Behind a blank it is a line where `p.` is one page: `p. 12, 3`.
        """
        if self.label != "page" or len(self.items) != 1:
            return False
        close = text[position - 1] == "," or self.number == "singular"
        read = number_at(text, position, "page") if close else None
        first = self.items[0].first
        if read is None or self.items[0] != Item(first=first):
            return False
        arabic = first.sequence == read[0].sequence == "arabic"
        return arabic and int(read[0].value) < int(first.value)
