"""What an import recognises: references with their works, quotations with their references."""

import re
from dataclasses import dataclass, field

from edition.bibliography.references import Part
from edition.importer.document import Item
from edition.locator import LocatorError, parse

_BOOK = re.compile(r"[IVXL]+,\s*\d")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: the work, the locator in its normal form, the words before and after it."""

    key: str
    locator: str | None
    volume: str | None
    prenote: str = ""
    suffix: str = ""
    why: str = ""
    suppress_author: bool = False

    @property
    def place(self) -> str:
        """Return volume, page and remark as a citation has them; empty where none is given."""
        parts = (f"vol. {self.volume}" if self.volume else "", self.locator or "", self.suffix)
        return ", ".join(p for p in parts if p)

    @property
    def target(self) -> str:
        """Return key and place as a citation role has them, without a remark that is no place."""
        parts = (f"vol. {self.volume}" if self.volume else "", self.locator or "")
        place = ", ".join(p for p in parts if p)
        if self.suffix and not self.remark:
            place = self.place
        place = place.replace("{", "(").replace("}", ")")
        return f"{self.key}{{{place}}}" if place else self.key

    @property
    def remark(self) -> str:
        """Return the words after the place that a locator cannot hold: `1840 reprint`."""
        try:
            parse(self.place)
        except LocatorError:
            return self.suffix
        # Book and chapter behind a page would be read as more pages.
        return self.suffix if not self.locator or _BOOK.match(self.suffix) else ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A reference with its works; `start` and `end` are offsets in the text.

    `kept` says that its words stay: those typed in a heading, a caption or a table.
    """

    start: int
    end: int
    text: str
    form: str
    line: int
    cited: tuple[Cited, ...]
    repeats: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Missed:
    """A reference that was not understood, with its line and the nearest works."""

    text: str
    line: int
    candidates: tuple[str, ...]
    why: str
    part: Part
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with a reference.

    `reference` is an index into the references, None where it was not understood; `typed` says
    whether one was typed at all. `unit` and `last_unit` are indices of a displayed one's units.
    """

    start: int
    end: int
    reference: int | None
    typed: bool = True
    unit: int | None = None
    last_unit: int | None = None


@dataclass(slots=True)
class Recognised:
    """All that was recognised: `quotations` in order, with indices into `references`."""

    references: list[Bound] = field(default_factory=list)
    missed: list[Missed] = field(default_factory=list)
    quotations: list[Quoted] = field(default_factory=list)
    style: str = ""
