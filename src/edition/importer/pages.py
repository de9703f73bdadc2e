"""The pages of a plain text undone: notes at their feet, running heads, page numbers.

A scan, or a text copied from a PDF, keeps what its pages had. The notes of a page are set below
the paragraph that its end divides; running heads and page numbers are left out, and listed.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from edition.importer.list_headings import list_headed
from edition.importer.note_columns import with_numbers
from edition.importer.page_feet import FeetFinder, Foot, matched
from edition.importer.page_lines import (
    Chunk,
    Line,
    chunks_of,
    edges,
    furniture,
    goes_on,
    is_spaced,
    single_spaced,
)
from edition.importer.typed_notes import find_calls, note_sign

_LEAST_NOTES = 3
"""Notes of a list, from which on the feet of pages are not looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The lines of a text with their numbers, its pages undone.

    `notes` are the numbers of the lines with which notes begin, `feet` those of the lines with
    which the notes of each page end, `left_out` the running heads and page numbers.
    """

    lines: tuple[Line, ...]
    notes: frozenset[int] = frozenset()
    feet: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()

    def page_of(self, number: int) -> int:
        """Return the number of the page with notes, from 0, that a line belongs to."""
        return bisect_left(self.feet, number)


def read_pages(text: str) -> Pages:
    """Undo the pages of a text, and its double spacing; each line keeps its number."""
    lines = single_spaced(text)
    pages = _undone("\n".join(line for _, line in lines))
    numbers = [number for number, _ in lines]
    return replace(
        pages,
        lines=tuple((numbers[n - 1], line) for n, line in pages.lines),
        notes=frozenset(numbers[n - 1] for n in pages.notes),
        feet=tuple(numbers[n - 1] for n in pages.feet),
    )


def _undone(text: str) -> Pages:
    """Undo the pages of a text; one without notes and without running heads stays as it is."""
    chunks = with_numbers(chunks_of(text))
    edge = edges(chunks)
    heads = [i for i, c in enumerate(chunks) if list_headed(c.only) == "notes"]
    last = max((i for i in heads if _begins_list(chunks, i)), default=len(chunks))
    once = len(heads) == 1  # and not at the end of each chapter
    feet = [] if once and _are_listed(chunks, last) else FeetFinder(chunks, edge).find(last)
    for foot in feet:
        if foot.line:  # its notes begin in the midst of a chunk
            chunks[foot.chunk].lines = chunks[foot.chunk].lines[: foot.line]
    noted = frozenset(i for f in feet for i in range(f.chunk + (f.line > 0), f.after))
    below = frozenset(f.after for f in feet)
    around = furniture(chunks, edge, noted, below)
    around = {i for i in around if i < last or is_spaced(chunks[i])}
    around |= {i for i in noted if edge[i]}
    pairs = pairwise(chunks)
    divided = any(after.fed and goes_on(before.lines, after.lines) for before, after in pairs)
    if not (feet or around or divided):
        return Pages(lines=tuple(enumerate(text.split("\n"), 1)))
    ends = tuple(f.number for f in feet)
    arranged = _Arranged()
    begun = {f.chunk: f for f in feet}
    for i, chunk in enumerate(chunks):
        if i in around:
            arranged.turned = True
            continue
        if i not in noted:
            arranged.text(chunk.lines, fed=chunk.fed)
        if i in begun:
            arranged.foot(begun[i])
    arranged.close()
    return Pages(
        lines=tuple(line for piece in arranged.pieces for line in (*piece, (piece[-1][0], ""))),
        notes=frozenset(note[0][0] for f in feet for note in f.notes),
        feet=ends,
        left_out=_listed(chunks, around),
    )


def _begins_list(chunks: Sequence[Chunk], head: int) -> bool:
    """Tell whether a note follows a heading of notes, or a heading within them."""
    return any(note_sign(chunk.lines[0][1]) for chunk in chunks[head + 1 : head + 3])


def _are_listed(chunks: Sequence[Chunk], last: int) -> bool:
    """Tell whether most of the notes below the last heading of notes have calls in the text."""
    found = [note_sign(line) for chunk in chunks[last + 1 :] for _, line in chunk.lines]
    signs = [sign for sign, _ in filter(None, found)]
    if len(signs) < _LEAST_NOTES:
        return False
    text = "\n".join(line for chunk in chunks[:last] for _, line in chunk.lines)
    called: dict[str, list[tuple[int, bool]]] = {}
    for sign, at, _, doubtful in find_calls(text):
        called.setdefault(sign, []).append((at, doubtful))
    return matched(signs, called, loose=False) * 2 > len(signs)


def _listed(chunks: Sequence[Chunk], around: set[int]) -> tuple[str, ...]:
    if not around:
        return ()
    heads = "; ".join(" ".join(chunks[i].only.split()) for i in sorted(around))
    return (f"running heads and page numbers: {heads}",)


@dataclass(slots=True)
class _Arranged:
    """Paragraphs and notes in the order of reading; `turned` says that a page has ended."""

    pieces: list[list[Line]] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)
    paragraph: list[Line] = field(default_factory=list)
    last: list[Line] = field(default_factory=list)
    turned: bool = False

    def text(self, lines: Sequence[Line], *, fed: bool) -> None:
        """Add lines of text: a new paragraph, or the rest of one that the end of a page divides."""
        if not (self.paragraph and (self.turned or fed) and goes_on(self.paragraph, lines)):
            self.close()
        self.paragraph += lines
        self.turned = False

    def foot(self, foot: Foot) -> None:
        """Add the notes of a page, and the rest of the note that its foot begins with."""
        self.turned = True
        if foot.onward:
            self.last += foot.onward
        self.notes += foot.notes
        self.last = foot.notes[-1] if foot.notes else self.last

    def close(self) -> None:
        """End the paragraph: the notes of its pages follow."""
        self.pieces += [self.paragraph, *self.notes] if self.paragraph else self.notes
        self.paragraph, self.notes = [], []
