"""The units of a text: its blocks, each with its kind."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

from edition.importer.document import Field, Mark, shifted

_Thing = TypeVar("_Thing")
_BEFORE = 1000
"""Characters before an item of a list that tell what its references mean."""


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
    WORK = "listed work"
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


def last_of_quotation(units: Sequence[Unit], first: int) -> int:
    """Return the index of the last unit of the displayed quotation that begins with one."""
    last = first
    while (
        last + 1 < len(units) and units[last + 1].kind is Kind.QUOTE and not units[last + 1].opens
    ):
        last += 1
    return last


def parts_of(unit: Unit) -> Iterator[tuple[Unit, int]]:
    """Yield each item of a list with the text right before it, and the offset where it begins.

    So a long list takes time in proportion: nothing reads it from its beginning for each item.
    """
    position = 0
    for item in unit.items:
        position = unit.text.index(item, position)
        low, end = max(0, position - _BEFORE), position + len(item)
        first = bisect_left(unit.fields, low, key=lambda f: f.start)
        fields = unit.fields[first : bisect_right(unit.fields, end, key=lambda f: f.end)]
        part = replace(
            unit,
            text=unit.text[low:end],
            start=unit.start + low,
            items=(),
            marks=shifted(marks_at(unit, low, end), -low),
            fields=shifted(fields, -low),
        )
        yield part, position - low
        position = end


def by_unit(units: Sequence[Unit], things: Sequence[tuple[int, _Thing]]) -> dict[int, list[_Thing]]:
    """Return things by the index of the unit that holds their offset."""
    starts = [u.start for u in units]
    found: dict[int, list[_Thing]] = {}
    for offset, thing in things:
        found.setdefault(bisect_right(starts, offset) - 1, []).append(thing)
    return found


def marks_at(unit: Unit, start: int, end: int) -> Sequence[Mark]:
    """Return the marks that may touch a part of a unit; those of a list are in its items' order."""
    if not unit.items:
        return unit.marks
    first = bisect_left(unit.marks, start, key=lambda m: m.end)
    return unit.marks[first : bisect_right(unit.marks, end, key=lambda m: m.start)]


def calls_of(unit: Unit, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the calls of notes in a part of a unit: offsets and labels."""
    return [
        (m.start, m.end, m.before[2:-1])
        for m in marks_at(unit, start, end)
        if m.before.startswith("[^") and start <= m.start and m.end <= end
    ]
