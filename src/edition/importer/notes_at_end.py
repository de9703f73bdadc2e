"""Notes typed at the end of a document that has no heading above them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from edition.importer.document import Block
from edition.importer.list_headings import list_headed
from edition.importer.typed_notes import find_calls

_NUMBER = re.compile(r"([\[(])(\d{1,3})[\])]\s*\S")
_MOST_AFTER = {"[": 3, "(": 0}
"""Blocks behind the last note, by its bracket: who wrote a page, and when. (1) counts parts too."""


def with_notes_at_end(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks, of which those at the end that are notes say so: `[1] …`, then `[2] …`.

    Each of them is called in the text before.
    """
    signs = [_signs(block) for block in blocks]
    first = max((i for i, own in enumerate(signs) if own[:1] in (["[1"], ["(1"])), default=0)
    if not first or any(list_headed(b.text) == "notes" for b in blocks):
        return tuple(blocks)
    bracket, end, noted = signs[first][0][0], first, list[str]()
    while end < len(blocks) and signs[end]:
        noted += signs[end]
        end += 1
    text = "\n\n".join(block.text for block in blocks[:first])
    called = {text[start:behind].strip(" )]") for _, start, behind, _ in find_calls(text)}
    counted = [f"{bracket}{n}" for n in range(1, len(noted) + 1)]
    after = len(blocks) - end
    if noted != counted or not called.issuperset(noted) or after > _MOST_AFTER[bracket]:
        return tuple(blocks)
    notes = (_as_note(block) for block in blocks[first:end])
    return (*blocks[:first], *notes, *blocks[end:])


def _signs(block: Block) -> list[str]:
    """Return the numbers of the notes that a block may be, or its lines, with their brackets."""
    found = [_NUMBER.match(line) for line in block.text.split("\n")]
    if block.hint not in ("", "p") or found[0] is None:
        return []
    numbers = [f"{m[1]}{m[2]}" for m in found if m]
    return numbers if len(numbers) == len(found) else numbers[:1]


def _as_note(block: Block) -> Block:
    several = len(_signs(block)) > 1
    return replace(block, hint="note", items=tuple(block.text.split("\n")) if several else ())
