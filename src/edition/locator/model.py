"""The locator as data: frozen types that compare by meaning.

Columns, and the text as typed, take no part in comparison: `p. 183-90` and
`pp. 183–190` are equal locators, the first with faults. Columns count characters from 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from edition.model.errors import EditionError

System: TypeAlias = Literal["arabic", "roman", "text"]
GrammaticalNumber: TypeAlias = Literal["singular", "plural", "both"]
ErrorKind: TypeAlias = Literal["malformed", "invalid-roman"]
FaultKind: TypeAlias = Literal[
    "inverted-range", "singular-plural", "hyphen-in-range", "undeclared-scheme"
]


class LocatorError(EditionError):
    """The meaning of a text cannot be told.

    `message` says why, `column` where (from 1, in the text given to the parser). `kind` is
    `malformed`, or `invalid-roman` for letters of roman numerals that make none (`xiiv`).
    """

    def __init__(self, message: str, column: int, kind: ErrorKind = "malformed") -> None:
        super().__init__(message)
        self.column = column
        self.kind: ErrorKind = kind

    def __str__(self) -> str:
        return f"column {self.column}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number, or a free text that stands for one (`s.v. pilot`, `vol. 2/1`).

    `value` is an int where `system` is `arabic` or `roman`, else the text. `prefix` holds the
    letters before (`A` of A12), `suffix` what is after (`a` of 12a, `bis` of 12bis), `leaf` the
    side of a leaf: `r` recto, `v` verso. A `supplied` number stands in square brackets: it is not
    printed on the page. `text` is what was typed (`90` where `183–90` gives the value 190).
    """

    value: int | str
    system: System
    prefix: str = ""
    suffix: str = ""
    leaf: Literal["r", "v"] | None = None
    supplied: bool = False
    text: str = field(default="", compare=False)
    column: int = field(default=1, compare=False)

    @property
    def sequence(self) -> str:
        """Return what it can be compared within: `arabic`, `roman`, `text`, or its prefix (`A`).

        Numbers with an asterisk, `12*`, count the pages of another part of a book.
        """
        return self.prefix or (self.suffix if self.suffix.startswith("*") else self.system)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One place, or a range of them.

    `last` is None for a single place; its abbreviated number is written out. `following` is
    `f` for the next page too (`40f.`), `ff` for an open end. `note` is a note on the page
    (`44 n. 3`; a bare `44n` has no items). `lead` is `esp.` or `here`, typed before the item.
    `dash` is what was typed between the numbers, `dash_column` its place.
    """

    first: Number
    last: Number | None = None
    following: Literal["f", "ff"] | None = None
    note: Part | None = None
    lead: str = ""
    column: int = field(default=1, compare=False)
    dash: str = field(default="", compare=False)
    dash_column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A label and what it governs.

    `label` is the CSL name (`page`, `sub-verbo`). `typed` is the label as typed, empty where
    none was: a bare number is a page. `number` is that of the typed label, `both` where it
    serves for both or none was typed. `items` is empty only beside `passim`, or for the bare
    note of `44n`.
    """

    label: str
    typed: str = field(default="", compare=False)
    number: GrammaticalNumber = field(default="both", compare=False)
    items: tuple[Item, ...] = ()
    passim: bool = False
    column: int = field(default=1, compare=False)


class Fix(NamedTuple):
    """Replace the characters from `start` up to `end` (offsets from 0) by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong in a text that was understood; `fix` where one is safe and exact.

    `scheme` is what the entry may declare.
    """

    kind: FaultKind
    column: int
    message: str
    fix: Fix | None = None
    scheme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """What a citation's locator says; never without parts.

    `remark` is a closing word to the reader that is no place (`emphasis added`). `faults` are
    in the order of their columns.
    """

    parts: tuple[Part, ...]
    remark: str = ""
    faults: tuple[Fault, ...] = field(default=(), compare=False)


class PageRange(NamedTuple):
    """Pages `first` to `last`, both included; `last` is None for an open end.

    `sequence` is `arabic`, `roman`, or the letters before the numbers (`A` of A12). Pages
    of different sequences cannot be compared. An inverted range stays inverted.
    """

    first: int
    last: int | None
    sequence: str


class PageField(NamedTuple):
    """The `pages` of a bibliography entry; `faults` are inverted ranges and hyphens."""

    ranges: tuple[PageRange, ...]
    faults: tuple[Fault, ...] = ()


class PageTotal(NamedTuple):
    """The `pagetotal` of an entry: last page of the front matter, and of the text."""

    roman: int | None
    arabic: int | None
