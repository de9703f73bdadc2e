"""Notes at the foot of a page of plain text, or in a list at the end without a heading.

They are told by their calls: a numbered paragraph is a note only where the text above has its
number as a call, and the numbers around it theirs, in their order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edition.importer.list_headings import list_headed
from edition.importer.page_lines import ENDS, GOES_ON, RULE, Chunk, Line
from edition.importer.typed_notes import NAMED_NOTE, find_calls, longest_rise, note_sign

_NEAREST = 50
"""Calls of one sign that are looked at: more than any page has, so that a list stays cheap."""
_MOST_PARAGRAPHS = 20
"""Paragraphs of one note."""


@dataclass(slots=True)
class Foot:
    """The notes of a page: their lines; `onward` are those of the last note of the page before.

    They begin on a line of a chunk, and end before the chunk `after`. The last one begins with
    the list number `last` of `notes`; a note of several paragraphs has several.
    """

    chunk: int
    line: int
    ruled: bool
    after: int = 0
    onward: list[Line] = field(default_factory=list)
    notes: list[list[Line]] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    last: int = 0

    @property
    def number(self) -> int:
        """Return the number of its last line."""
        return (self.notes[-1] if self.notes else self.onward)[-1][0]


class FeetFinder:
    """Finds the feet of a text's pages; `edges` says which chunks begin or end a page."""

    def __init__(self, chunks: Sequence[Chunk], edges: Sequence[bool]) -> None:
        self.chunks = chunks
        self.edges = edges
        self.called: dict[str, list[tuple[int, bool]]] = {}
        self.place = 0
        self.feet: list[Foot] = []
        heads = (i for i, c in enumerate(chunks) if list_headed(c.only) == "notes")
        self.list_at = max(heads, default=-1)

    def find(self, last: int) -> list[Foot]:
        """Return the feet before a chunk, each of the text since the one before it."""
        i = 0
        while i < last:
            foot = self._candidate(i, last)
            if foot is None:
                self._call(self.chunks[i].lines)
                i += 1
                continue
            if foot.line:
                self._call(self.chunks[i].lines[: foot.line])
            if self._holds(foot):
                self.feet.append(foot)
                for sign in foot.signs:
                    self.called.pop(sign, None)
            else:
                self._call(self.chunks[i].lines[foot.line :])
                for chunk in self.chunks[i + 1 : foot.after]:
                    self._call(chunk.lines)
            i = foot.after
        return self.feet

    def _call(self, lines: Sequence[Line]) -> None:
        for sign, at, _, loose in find_calls("\n".join(text for _, text in lines)):
            self.called.setdefault(sign, []).append((self.place + at, loose))
        self.place += sum(len(text) + 1 for _, text in lines)

    def _candidate(self, i: int, last: int) -> Foot | None:
        """Return what may be the notes of a page that begin in a chunk."""
        if self.edges[i]:
            return None
        ruled = RULE.fullmatch(self.chunks[i].only) is not None
        if ruled and (i + 1 >= last or self.edges[i + 1]):
            return None
        lines = self.chunks[i + ruled].lines
        first = self._first(lines, ruled)
        if first is None:
            return self._onward(i, lines) if ruled else None
        foot = Foot(i, 0 if ruled else first, ruled, onward=lines[:first] if ruled else [])
        if foot.onward and not self.feet:
            return None
        self._take(foot, lines[first:])
        foot.after = i + ruled + 1
        for at in range(foot.after, last):  # a running head may part a list of notes
            if not self.edges[at]:
                if self._closes(foot, at, last) or self._goes_on(foot, at, last):
                    foot.notes.append(self.chunks[at].lines)
                elif self._follows(foot, self.chunks[at].lines[0]):
                    self._take(foot, self.chunks[at].lines)
                else:
                    break
                foot.after = at + 1
        return foot

    def _first(self, lines: Sequence[Line], ruled: bool) -> int | None:
        """Return which line of a chunk begins the first note; within a chunk only a called one."""
        above: set[str] = set()
        for n, (_, text) in enumerate(lines):
            found = note_sign(text)
            if found and (ruled or not n or found[0] in above or found[0] in self.called):
                return n
            if not ruled and not found:
                above |= {sign for sign, *_ in find_calls(text)}
        return None

    def _onward(self, i: int, lines: list[Line]) -> Foot | None:
        """Return the rest of the last page's note, where a page has no other."""
        after = i + 2
        if not (self.feet and self.feet[-1].notes and self._ends_page(after)):
            return None
        unended = not ENDS.search(self.feet[-1].notes[-1][-1][1])
        return Foot(i, 0, True, after, lines) if unended and GOES_ON.match(lines[0][1]) else None

    def _take(self, foot: Foot, lines: Sequence[Line]) -> None:
        for line in lines:
            if not foot.notes or self._follows(foot, line):
                foot.signs.append((note_sign(line[1]) or ("", 0))[0])
                foot.last = len(foot.notes)
                foot.notes.append([line])
            else:
                foot.notes[-1].append(line)

    def _follows(self, foot: Foot, line: Line) -> bool:
        """Tell whether a line begins the next note, and not only with a number."""
        found = note_sign(line[1])
        if found is None or found[0] in foot.signs[-20:]:
            return False
        sign, last = found[0], foot.signs[-1]
        if not (sign.isdigit() and last.isdigit()):
            return sign in self.called
        step = int(sign) - int(last)
        ended = ENDS.search(foot.notes[-1][-1][1]) is not None
        return step in (1, 2) and (sign in self.called or (step == 1 and ended))

    def _closes(self, foot: Foot, at: int, last: int) -> bool:
        """Tell whether the brackets around a note close in a chunk from here on."""
        note = [text for lines in foot.notes[foot.last :] for _, text in lines]
        if not NAMED_NOTE.match(note[0].lstrip()):
            return False
        depth = sum(text.count("[") - text.count("]") for text in note)
        for chunk in self.chunks[at : min(at + _MOST_PARAGRAPHS, last)] if depth > 0 else ():
            depth += sum(text.count("[") - text.count("]") for _, text in chunk.lines)
            if depth <= 0:
                return True
        return False

    def _goes_on(self, foot: Foot, at: int, last: int) -> bool:
        """Tell whether a chunk is a further paragraph of a note: the next one is called above."""
        wanted = str(int(foot.signs[-1]) + 1) if foot.signs[-1].isdigit() else ""
        called = any(not doubtful for _, doubtful in self.called.get(wanted, ()))
        nearest = self.chunks[at : min(at + _MOST_PARAGRAPHS, last)] if called else ()
        signs = [note_sign(chunk.lines[0][1]) for chunk in nearest]
        return any(sign and sign[0] == wanted for sign in signs[1:]) and signs[0] is None

    def _holds(self, foot: Foot) -> bool:
        """Tell whether notes have their calls: most on what is a page, all on what may be none."""
        if not foot.notes:
            return True
        wanted = len(foot.signs)
        tight = matched(foot.signs, self.called, loose=False)
        every = max(tight, matched(foot.signs, self.called, loose=True))
        if foot.ruled or self._ends_page(foot.after):
            return 2 * every >= wanted
        if self.list_at >= foot.after and all(map(_is_heading, foot.notes)):
            return False  # `1. Hart`, a section, where the notes are listed at the end
        return wanted in (tight, every * (every > 1)) or (tight > 2 and 2 * tight >= wanted)

    def _ends_page(self, after: int) -> bool:
        return after >= len(self.chunks) or self.edges[after] or self.chunks[after].fed


def _is_heading(note: Sequence[Line]) -> bool:
    """Tell whether a numbered line reads as a heading: a few words, no figure, no full stop."""
    text = note[0][1].strip()
    _, skip = note_sign(text) or ("", 0)
    few = len(note) == 1 and len(text.split()) < 9
    return few and not re.search(r"\d|[.…:;,]\Z", text[skip:])


def matched(
    signs: Sequence[str], called: Mapping[str, Sequence[tuple[int, bool]]], *, loose: bool
) -> int:
    """Return how many notes have a call, the calls in the order of the notes."""
    places = sorted(
        (place, n)
        for n, sign in enumerate(signs)
        for place, doubtful in called.get(sign, ())[-_NEAREST:]
        if loose or not doubtful
    )
    return len(longest_rise([n for _, n in places]))
