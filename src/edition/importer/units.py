"""The units of a text: its blocks, each with its kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from edition.importer.document import Field, Mark


class Kind(Enum):
    """What a unit of the text is."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    CAPTION = "caption"
    PARAGRAPH = "paragraph"
    LIST = "list"
    QUOTE = "quotation"
    REFERENCE = "reference"
    NOTE = "note"
    OTHER = "other"

    def __str__(self) -> str:
        return self.value


PASSAGES = frozenset({Kind.PARAGRAPH, Kind.LIST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A block, or the blocks of one list, with its kind.

    `start` and `end` are offsets in the normalised text. `level` is that of a heading.
    `opens` says that a displayed quotation begins with this block, and does not go on in it.
    `label` is a note's, `skip` the characters of its own number, and `continues` says that the
    note began in a unit before. Offsets of marks and fields are those of the unit's text.
    """

    kind: Kind
    text: str
    start: int
    line: int
    items: tuple[str, ...] = ()
    level: int = 2
    opens: bool = True
    marks: tuple[Mark, ...] = ()
    fields: tuple[Field, ...] = ()
    leads: tuple[str, ...] = ()
    label: str = ""
    skip: int = 0
    continues: bool = False
    markup: str = ""

    @property
    def end(self) -> int:
        """Return the offset past its last character."""
        return self.start + len(self.text)
