"""Marks of blocks: in the order of a list's items, without what says nothing, without a call."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from edition.importer.document import Block, Mark, shifted


def one_list(blocks: Sequence[Block]) -> Block:
    """Return the items of a list with empty lines between them as one block."""
    marks: list[Mark] = []
    position = 0
    for block in blocks:
        marks += shifted(block.marks, position)
        position += len(block.text) + 2
    items = tuple(block.text for block in blocks)
    return replace(blocks[0], text="\n\n".join(items), items=items, marks=tuple(marks))


def by_item(block: Block) -> tuple[Mark, ...]:
    """Return the marks of a block, those of a list in the order of its items."""
    ends = list(accumulate(len(item) + 1 for item in block.items))
    return tuple(sorted(block.marks, key=lambda m: bisect_right(ends, m.start)))


def without_bold(block: Block) -> Iterator[Mark]:
    """Yield the marks of a heading without what makes all of it bold."""
    end = len(without_call(block))
    for mark in block.marks:
        if not (mark.before == "**" and mark.start == 0 and mark.end >= end):
            yield mark


def without_call(block: Block) -> str:
    """Return the text of a block without the call of a note at its end."""
    calls = (m for m in block.marks if m.replaces and m.end == len(block.text))
    return block.text[: min((m.start for m in calls), default=None)]
