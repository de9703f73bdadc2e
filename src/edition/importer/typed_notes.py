"""The notes of a plain text: their numbers in the text tied to the section that holds them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.importer.document import Block, Mark

NOTES_HEADING = re.compile(
    r"(?:end|foot)?not(?:es?|ae|as)|(?:end|fu(?:ß|ss))?noten|anmerkungen|ad?notationes"
    r"|note a piè di pagina|(?:notes de bas de|notas (?:a|al) pie de) (?:page|página)"
    r"|примечания|сноски|комментарии",
    re.IGNORECASE,
)
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FIGURES = str.maketrans(_SUPERSCRIPT, "0123456789")
NOTE_NUMBER = re.compile(
    rf"(?:\[(?P<square>\d{{1,5}})\]|\((?P<round>\d{{1,5}})\)|(?P<dotted>\d{{1,5}})[.)]"
    rf"|(?P<bare>\d{{1,5}})(?=[ \t]|[A-ZÀ-ÞА-Я“„«])"
    rf"|(?P<raised>[{_SUPERSCRIPT}]+))\s*"
)
_CALL = re.compile(
    rf"\[(?P<square>\d{{1,5}})\]|(?<=[^\s(])\((?P<round>\d{{1,3}})\)|(?P<raised>[{_SUPERSCRIPT}]+)"
    r"|(?<=[^\W\d_][.,;:!?…”“\"’»)\]])(?P<stopped>\d{1,5})(?![\d\w.,–-]*\d|\w)"
    r"|(?:(?<=[^\W\d_]{2}[”“’»])|(?<=[\w.!?…]\s»))(?P<quoted>\d{1,5})(?!\w)|(?<=[^\W\d_]{3})(?P<glued>\d{1,5})(?!\w)"
    r"|(?<=[.!?,;:”“\"’»)\]][.,;:!?”“\"’»)\]])(?P<ended>\d{1,5})(?!\w)"
)


def tie_notes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the notes of a notes section tied to their calls, if all fit.

    A number in the text is a call only where a note has it, and where calls come in the order
    of the notes; numbers without a note stay as they are.
    """
    begin = _first_note(blocks)
    if begin is None:
        return tuple(blocks)
    notes = [n for block in blocks[begin:] for n in _notes_of(block)]
    numbers = [n for n, _, _ in notes if n]
    if not numbers or numbers != sorted(set(numbers)):
        return tuple(blocks)
    noted = set(numbers)
    calls = [
        (number, at, Mark(start=m.start(), end=m.end(), before=f"[^n{number}]", replaces=True))
        for at, block in enumerate(blocks[:begin])
        for m in _CALL.finditer("\n".join(block.items) if block.items else block.text)
        if (number := _number_of(m)) in noted
    ]
    chosen = [calls[i] for i in _longest_rise([number for number, _, _ in calls])]
    called = {number for number, _, _ in chosen}
    if not called:
        return tuple(blocks)
    tied = list(blocks[:begin])
    for _, at, mark in chosen:
        tied[at] = replace(tied[at], marks=(*tied[at].marks, mark))
    for number, skip, block in notes:
        label = f"n{number}" if number in called else ""
        tied.append(replace(block, hint="note", label=label, skip=skip if label else 0))
    return tuple(tied)


def _first_note(blocks: Sequence[Block]) -> int | None:
    """Return the index of the first note: below a heading, or of numbered blocks at the end."""
    for i in range(len(blocks) - 1, -1, -1):
        if NOTES_HEADING.fullmatch(blocks[i].text.strip(" :.")):
            return i + 1
    first = len(blocks)
    while first and re.match(r"\[\d{1,5}\]\s", blocks[first - 1].text):
        first -= 1
    return first if first < len(blocks) else None


def _notes_of(block: Block) -> Iterator[tuple[int, int, Block]]:
    """Yield number, characters of the number, and block of each note in a block."""
    for item in block.items or (block.text,):
        match = NOTE_NUMBER.match(item)
        own = replace(block, text=item, items=())
        if match is None:
            yield 0, 0, own
        else:
            yield _number_of(match), match.end(), own


def _number_of(match: re.Match[str]) -> int:
    """Return the number of a call or a note, however it is typed."""
    return int(next(v for v in match.groupdict().values() if v).translate(_FIGURES))


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return the indices of the most numbers that rise: one that is no call is left out."""
    ends: list[int] = []  # the index of the least number that ends a rise of each length
    before: list[int | None] = []
    for i, number in enumerate(numbers):
        place = bisect_left(ends, number, key=numbers.__getitem__)
        before.append(ends[place - 1] if place else None)
        ends[place : place + 1] = [i]
    rise: list[int] = []
    at = ends[-1] if ends else None
    while at is not None:
        rise.append(at)
        at = before[at]
    return rise[::-1]
