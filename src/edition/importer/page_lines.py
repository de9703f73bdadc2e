"""The lines of a plain text in chunks, and which of them are running heads or page numbers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edition.importer.list_headings import list_headed

RULE = re.compile(r"\s*(?:[_—–─═-]{3,}|(?:[_—–-] ){2,}[_—–-])\s*")
ENDS = re.compile(r"[.!?…:][”\"’'»)\[\]*†‡\d⁰¹²³⁴-⁹]*\s*\Z")
GOES_ON = re.compile(r"\s*[“\"‘(«]?[^\W\d_A-ZÀ-ÞА-Я]")
_NUMBER = re.compile(
    r"\s*(?:[Pp](?:age|\.) )?[-–—\[(]?\s*(?:(\d{1,4})|[ivxlc]{1,7})\s*[-–—\])]?\s*"
)
_NUMBER_ALONE = re.compile(r" {0,3}\d{1,3}")
_HEAD = re.compile(
    r"\s*(?:(?P<left>\d{1,4})(?P<gap>\s+)(?P<text>\D*[^\W\d_]{2}[^\d\n]*)"
    r"|(?P<words>[^\W\d_]{2}\D*?|“\D+?)(?P<space>\s+)(?P<right>\d{1,4}))\s*"
)
DATELINE = re.compile(
    r"[^\W\d_][\w’'. -]{1,30}, (?:\w{2,3} )?(?:\d{1,2}(?:\w\w|\.)?(?: de)? [^\W\d_]{3,10}\.?"
    r"|[^\W\d_]{3,10}\.? \d{1,2})(?:,? (?:de )?\d{4})?\.?"
)
"""The place and day at the head of a letter."""
DIVISION = re.compile(
    r"(?:chapter|book|part|act|scene|letter|canto|psalm|section|volume|kapitel|buch|teil|brief"
    r"|chapitre|livre|partie|acte|lettre|capitolo|libro|parte|capítulo|глава|книга|часть|письмо)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\s*(?:[“\"«\[(]\s*)?[^\W\d_](?:[\W\d_]*[^\W\d_]){3}")
_HEAD_WORDS = 12
_MOST_HEADS = 3
"""Lines between a number and the text of its page: title, volume and date of a journal."""
_WIDE = 3
_LEAST_TYPED, _FLOWING = 8, 4
"""Lines of a text in double spacing, and of how many one goes on at least with a small letter."""
_CENTRED = 20
"""Blanks before a line that is set in the middle."""
_LONGEST = 200
"""Characters of a line, blanks with them, beyond which it is no running head."""

Line = tuple[int, str]


@dataclass(slots=True)
class Chunk:
    """Lines, with their numbers, between empty ones; `fed` says that it begins a page."""

    lines: list[Line]
    fed: bool = False

    @property
    def only(self) -> str:
        """Return its text, if it is one line."""
        return self.lines[0][1] if len(self.lines) == 1 else ""


def single_spaced(text: str) -> list[Line]:
    """Return the lines of a text, of one in double spacing without an empty line after each."""
    lines = list(enumerate(text.split("\n"), 1))
    typed = [n for n, line in lines if line.strip()]
    pairs = list(pairwise(typed))
    if len(pairs) < _LEAST_TYPED or min(b - a for a, b in pairs) < 2:
        return lines
    centred = {n for n in typed if lines[n - 1][1].startswith(" " * _CENTRED)}
    flowing = sum(
        b - a == 2 and bool(GOES_ON.match(lines[b - 1][1])) and not ENDS.search(lines[a - 1][1])
        for a, b in pairs
    )
    if flowing * _FLOWING < len(pairs):
        return lines
    after = {a + 1 for a, b in pairs if not {a, b} & centred} | {typed[-1] + 1}
    return [one for one in lines if one[0] not in after]


def chunks_of(text: str) -> list[Chunk]:
    """Return the lines of a text between empty lines, rules and form feeds."""
    lines = text.split("\n")
    chunks: list[Chunk] = []
    fed, begins = False, True
    for n, line in enumerate(lines, 1):
        body = line.strip(" \t\u00a0\f")
        fed = fed or "\f" in line[: len(line) - len(line.lstrip())]
        if not body:
            begins = True
            continue
        feeds = line.rstrip(" \t").endswith("\f")
        closes = feeds or (n < len(lines) and lines[n][:1] == "\f")
        head = (fed and _looks(body, fed=True)) or (closes and _NUMBER.fullmatch(body[:_LONGEST]))
        alone = bool(head or RULE.fullmatch(line))
        if begins or fed or alone:
            chunks.append(Chunk([], fed))
        chunks[-1].lines.append((n, line))
        fed, begins = feeds, alone
    for chunk in chunks:
        (n, first), *rest = chunk.lines
        if rest and not chunk.fed and _NUMBER_ALONE.fullmatch(first) and rest[0][1][:2] == "  ":
            chunk.lines = [(n, f"{first} {rest[0][1].lstrip()}"), *rest[1:]]  # a raised number
    return chunks


def _looks(line: str, *, fed: bool) -> bool:
    """Tell whether a line alone looks like a page number, or a running head with one."""
    if len(line) > _LONGEST:
        return False
    if number := _NUMBER.fullmatch(line):
        return fed or number[1] is not None
    head = _HEAD.fullmatch(line)
    if head is None:
        return False
    words = (head["text"] or head["words"]).strip()
    if len(words.split()) > _HEAD_WORDS or DIVISION.match(words) or ENDS.search(words):
        return False
    return fed or words.isupper() or _is_wide(head)


def edges(chunks: Sequence[Chunk]) -> list[bool]:
    """Tell which chunks look like what stands at the edge of a page."""
    heads = Counter(_words(c) for c in chunks if c.fed and c.only)
    found = [
        (bool(i) and _looks(c.only, fed=_fed(chunks, i)))
        or (c.fed and bool(c.only) and heads[_words(c)] > 1)
        for i, c in enumerate(chunks)
    ]
    for i in _recurring(chunks, found):
        found[i] = True
    return found


def _recurring(chunks: Sequence[Chunk], edge: Sequence[bool]) -> set[int]:
    """Return the chunks of running heads without a number: lines that recur beside numbers."""
    beside: dict[str, set[int]] = {}
    for i in (i for i, chunk in enumerate(chunks) if edge[i] and _NUMBER.fullmatch(chunk.only)):
        for step in (1, -1):
            for j in range(i + step, i + step * (_MOST_HEADS + 1), step):
                if not (0 < j < len(chunks) and _may_head(chunks[j].only)):
                    break
                beside.setdefault(_letters(chunks[j]), set()).add(j)
    return {j for places in beside.values() if len(places) > 1 for j in places}


def _may_head(line: str) -> bool:
    if not 0 < len(line) <= _LONGEST or ENDS.search(line) or DIVISION.match(line.strip()):
        return False
    return bool(_LETTERS.match(line)) and not list_headed(line)


def _letters(chunk: Chunk) -> str:
    return re.sub(r"[\W\d_]", "", chunk.only).casefold()


def _fed(chunks: Sequence[Chunk], i: int) -> bool:
    return chunks[i].fed or (i + 1 < len(chunks) and chunks[i + 1].fed)


def _words(chunk: Chunk) -> str:
    return " ".join(re.sub(r"[\d\f]", "", chunk.only).split())


def goes_on(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Tell whether a paragraph goes on where the end of a page divides it."""
    if ENDS.search(before[-1][1]):
        return False
    if GOES_ON.match(after[0][1]):
        return True
    open_ = re.search(r"[^\W\d_]\s*\Z|[,;-]\s*\Z", before[-1][1]) is not None
    return open_ and len(before) > 1 and len(after) > 1


def furniture(
    chunks: Sequence[Chunk], edge: Sequence[bool], apart: frozenset[int], below: frozenset[int]
) -> set[int]:
    """Return the chunks that are running heads or page numbers; `apart` are those of notes.

    One looks like it, and stands beside a form feed, `below` the notes of a page, in the midst of
    a sentence, or in the row of the numbers of those that do.
    """
    before, after = _texts_around(len(chunks), edge, apart)
    heads = Counter(_words(c) for c in chunks if c.only and is_spaced(c))
    sure: set[int] = set()
    for i in (i for i in range(len(chunks)) if edge[i]):
        a, b = before[i], after[i]
        cut = a is not None and b is not None and goes_on(chunks[a].lines, chunks[b].lines)
        beside = i in below or i - 1 in sure
        if _fed(chunks, i) or cut or beside or _is_head(chunks, i, heads):
            sure.add(i)
    again = {_letters(chunks[i]) for i in sure} - {""}
    sure |= {i for i, on_edge in enumerate(edge) if on_edge and _letters(chunks[i]) in again}
    return sure | _in_row(chunks, edge, sure)


def _texts_around(
    count: int, edge: Sequence[bool], apart: frozenset[int]
) -> tuple[list[int | None], list[int | None]]:
    """Return the chunk of text before each chunk, and the one after it."""
    around = []
    for row in (range(count), range(count - 1, -1, -1)):
        nearest: list[int | None] = [None] * count
        last: int | None = None
        for i in row:
            nearest[i] = last
            last = last if edge[i] or i in apart else i
        around.append(nearest)
    return around[0], around[1]


def is_spaced(chunk: Chunk) -> bool:
    """Tell whether a line has its number far off, as the head of a page."""
    head = _HEAD.fullmatch(chunk.only) if len(chunk.only) <= _LONGEST else None
    return head is not None and _is_wide(head)


def _is_wide(head: re.Match[str]) -> bool:
    return len(head["gap"] or head["space"]) >= _WIDE


def _is_head(chunks: Sequence[Chunk], i: int, heads: Mapping[str, int]) -> bool:
    """Tell whether a line with its number far off is in capitals below a paragraph, or recurs."""
    words = _words(chunks[i])
    if not is_spaced(chunks[i]):
        return False
    return heads[words] > 1 or (words.isupper() and len(chunks[i - 1].lines) > 1)


def _in_row(chunks: Sequence[Chunk], edge: Sequence[bool], sure: set[int]) -> set[int]:
    """Return the chunks whose page number is next to that of one that is sure."""
    found: set[int] = set()
    order = [i for i in range(len(chunks)) if edge[i]]
    for row, step in ((order, 1), (order[::-1], -1)):
        last: int | None = None
        for i in row:
            number = re.search(r"\d+", chunks[i].only)
            if number is None:
                continue
            if i in sure or i in found:
                last = int(number[0])
            elif last is not None and 0 <= (int(number[0]) - last) * step <= 2:
                found.add(i)
                last = int(number[0])
    return found
