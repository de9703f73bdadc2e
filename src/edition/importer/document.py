"""What a document holds, whatever its format: blocks of plain text with marks on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from edition.importer.collation import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Markup around the characters from `start` to `end` of a block, or between two of them.

    With `replaces`, the markup takes the place of the characters.
    """

    start: int
    end: int
    before: str
    after: str = ""
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One work of an exact citation: its key, or the data that its field holds of it."""

    key: str
    locator: str = ""
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    data: Mapping[str, Any] | None = None

    @property
    def work(self) -> tuple[str, str]:
        """Return what tells its work: Mendeley calls the first of each citation `ITEM-1`."""
        return self.key, str((self.data or {}).get("title"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """An exact citation, of the characters from `start` to `end` of its block.

    `parts` are those of a bracket, which stand alone where not all their works are known.
    """

    start: int
    end: int
    items: tuple[Item, ...]
    in_sentence: bool = False
    parts: tuple[Field, ...] = ()


_Placed = TypeVar("_Placed", Mark, Field)


def shifted(things: Iterable[_Placed], by: int) -> tuple[_Placed, ...]:
    """Return marks or citations with the offsets that they have in a longer or shorter text."""
    return tuple(
        replace(t, start=t.start + by, end=t.end + by, parts=shifted(t.parts, by))
        if isinstance(t, Field)
        else replace(t, start=t.start + by, end=t.end + by)
        for t in things
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that belong together, made one; `items` where it is a list.

    `line` is the line on which it begins, from 1 (in a document without lines, its number
    among the blocks), `indent` the blanks before it, `wrapped` the number of its lines. `hint`
    is what the document says that it is: `h1`, `p`, `quote`, `quote-first`, `verse`, `verse-on`,
    `list`, `caption`, `note`, `table`, `figure`, `code`, `rule`. `leads` are the marks before
    its items, `label` the label of a note, `skip` the characters of its own number, `markup` what
    stands in its place, if not its text. `page` counts the pages with notes at their feet, `turns`
    are the offsets at which a later one begins.
    """

    text: str
    line: int
    indent: int = 0
    hint: str = ""
    items: tuple[str, ...] = ()
    wrapped: int = 1
    marks: tuple[Mark, ...] = ()
    fields: tuple[Field, ...] = ()
    leads: tuple[str, ...] = ()
    label: str = ""
    skip: int = 0
    markup: str = ""
    page: int = 0
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A document as blocks: `text` is theirs, with an empty line between two."""

    text: str
    blocks: tuple[Block, ...]
    changes: tuple[Change, ...] = ()
    left_out: tuple[str, ...] = ()

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> Normalised:
        """Return the document that holds these blocks."""
        text = "\n\n".join("\n".join(b.items) if b.items else b.text for b in blocks)
        return cls(text=text, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document as it was read: its plain `text`, or its `tree` where the format has one.

    `left_out` lists what no reader of the text would miss, `pictures` the files of its images.
    """

    format: str
    text: str = ""
    tree: Sequence[Any] | None = None
    encoding: str = "utf-8"
    changes: tuple[Change, ...] = ()
    fields: tuple[tuple[Item, ...], ...] = ()
    left_out: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
