"""Numbers of notes that stand apart from their notes, in a column of their own.

A PDF that sets them so gives all the numbers first, each on a line, and then the notes without
them; or each number on the line before its note.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from edition.bibliography.references.patterns import BACK, LABEL, PRENOTE
from edition.importer.page_lines import Chunk, Line
from edition.importer.typed_notes import find_calls, note_sign

_ALONE = re.compile(r"\s*(\d{1,3})\s*")
_LEAST = 3
"""Numbers of a column; of two a text has many."""
_MOST_CHUNKS = 12
"""Paragraphs in which the notes of a column are looked for."""
_PAGE, _MOST_SKIPPED = 8_000, 8
"""Characters of a page with its notes, and notes of it whose numbers are lost."""
_ENDED = re.compile(
    r"(?:[\d)\]”“»\"!?…]|\d\s?ff?\.|(?<![^\W\d_])[^\W\d_]{4,}\.|[)\]”“»\"\d.]\.)\s*\Z"
)
_BACK_ALONE = re.compile(rf"\s*(?:(?:{PRENOTE.pattern[2:]})?{BACK.pattern})\.?\s*")
_BEGINS = re.compile(
    rf"\s*(?!{LABEL}\s*\d)(?:[“\"„«»‘(\[*]?[^\W\da-zß-öø-ÿа-яё]|{PRENOTE.pattern[2:]}|{BACK.pattern})"
)


def with_numbers(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Return the lines of a text with the numbers of its notes put before them.

    There are as many notes as numbers, and most of these are called in the text.
    """
    if not any(_ALONE.fullmatch(line) for c in chunks for _, line in c.lines):
        return list(chunks)
    joined = _joined(chunks)
    text = "\n".join(line for c in joined for _, line in c.lines)
    called = {sign for sign, *_, doubtful in find_calls(text) if not doubtful}
    found: list[Chunk] = []
    i = 0
    while i < len(joined):
        end, numbers = _column(joined, i)
        known = called.intersection(map(str, numbers))
        are_called = len(numbers) >= _LEAST and 2 * len(known) >= len(numbers)
        if are_called and (noted := _numbered(joined, end, numbers)):
            found += noted
            i = end + len(noted)
            continue
        found += joined[i : max(end, i + 1)]
        i = max(end, i + 1)
    return found


def _joined(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Return the lines of a text, each number alone before its note in the line of the note."""
    alone = _alone(chunks)
    joined: list[Chunk] = []
    number = ""
    for c, chunk in enumerate(chunks):
        kept: list[Line] = []
        for n, (at, line) in enumerate(chunk.lines):
            if (c, n) in alone:
                number = f"{line.strip()} "
            else:
                kept.append((at, number + line.lstrip() if number else line))
                number = ""
        if kept:
            joined.append(replace(chunk, lines=kept))
    return joined


def _alone(chunks: Sequence[Chunk]) -> set[tuple[int, int]]:
    """Return where numbers stand alone before notes, by chunk and line.

    They rise, and each, or the one behind it, is called shortly before; most have no other note.
    """
    called: dict[str, int] = {}
    signs = Counter(found[0] for c in chunks for _, line in c.lines if (found := note_sign(line)))
    alone: dict[tuple[int, int], str] = {}
    last = place = counted = 0
    for c, (chunk, after) in enumerate(pairwise((*chunks, Chunk([(0, "")])))):
        lines = [line for _, line in chunk.lines]
        calls = find_calls("\n".join(lines))
        called |= {sign: place + at for sign, at, _, doubtful in calls if not doubtful}
        for n, line in enumerate(lines):
            place += len(line) + 1
            bare = _ALONE.fullmatch(line)
            sign = bare[1] if bare else (note_sign(line) or ("", 0))[0]
            if not (sign.isdigit() and last < int(sign) <= last + _MOST_SKIPPED):
                continue
            nearest = called.get(sign, -_PAGE)
            if int(sign) == last + 1:
                nearest = max(nearest, called.get(str(last + 2), -_PAGE))
            if place - nearest >= _PAGE:
                continue
            behind = (*lines[n + 1 :], after.lines[0][1])[0]
            apart = n in (0, len(lines) - 1) or _ENDED.search(lines[n - 1])
            if bare and not (apart and _BEGINS.match(behind) and note_sign(behind) is None):
                continue
            last, counted = int(sign), counted + 1
            if bare:
                alone[c, n] = sign
    elsewhere = sum(signs[sign] > 0 for sign in alone.values())
    return set(alone) if counted >= _LEAST and 2 * elsewhere <= len(alone) else set()


def _column(chunks: Sequence[Chunk], first: int) -> tuple[int, list[int]]:
    """Return the numbers that stand each on a line from a chunk on, and the chunk behind them."""
    numbers: list[int] = []
    at = first
    while at < len(chunks):
        own = [_ALONE.fullmatch(line) for _, line in chunks[at].lines]
        own_numbers = [int(m[1]) for m in own if m]
        row = [*numbers, *own_numbers]
        if len(own_numbers) < len(own) or any(b != a + 1 for a, b in pairwise(row)):
            break
        numbers, at = row, at + 1
    return at, numbers


def _numbered(chunks: Sequence[Chunk], first: int, numbers: Sequence[int]) -> list[Chunk]:
    """Return the chunks from one on that hold as many notes as there are numbers, with these."""
    left = list(numbers)
    found: list[Chunk] = []
    for chunk in chunks[first : first + _MOST_CHUNKS]:
        if len(chunk.lines) == 1 and _ALONE.fullmatch(chunk.only):
            found.append(chunk)  # the number of the page
            continue
        before, lines = "1", list[Line]()
        for n, line in chunk.lines:
            begins = _BEGINS.match(line) and (
                _ENDED.search(before) or _BACK_ALONE.fullmatch(before)
            )
            if begins and not left:
                return []
            lines.append((n, f"{left.pop(0)} {line.lstrip()}" if begins else line))
            before = line
        found.append(replace(chunk, lines=lines))
        if not left:
            return found
    return []
