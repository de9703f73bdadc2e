"""Marks on a text, written as MyST: nested, escaped, and none by accident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from edition.importer.document import Mark

_SPECIAL = re.compile(
    r"[\\`*_]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\$(?=\S)|\[(?=\^)|\](?=[({\[:])|~~|\{(?=[\w:+-]+\}`)"
)
_LINE_START = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[-+]\s|#{1,6}\s|>|:::|%|\+\+\+|-{3,}|={3,}|~~~|\([a-zA-Z0-9|_-]+\)=|\||\[\^?[^\]\n]+\]:)"
)
_EMPHASIS = ("*", "**")


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """Markup in the place of the characters from `start` to `end` of the text, or between two.

    `typed` are the characters that it stands for; None where they are within the markup.
    """

    start: int
    end: int
    markup: str
    typed: str | None = None


def escape(text: str) -> str:
    """Escape a text, so that no character is markup by accident; a line break is kept."""
    escaped = _SPECIAL.sub(lambda m: "\\" + m[0] if m[0] != "~~" else "\\~\\~", text)
    return escaped.replace("\n", "\\\n")


def safe_start(line: str) -> str:
    """Return a line that begins no list, heading or other block by accident."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    return f"{match['number']}\\{line[match.end() :]}" if match["number"] else f"\\{line}"


def events(text: str, marks: Sequence[Mark]) -> list[tuple[int, str]]:
    """Return where which markup is put between the characters of a text, in order."""
    return [(at, markup) for at, _, markup, _ in placed(text, 0, marks, ())]


def placed(
    text: str, start: int, marks: Sequence[Mark], insertions: Sequence[Insertion]
) -> list[tuple[int, int, str, Insertion | None]]:
    """Return offset, offset from which the text goes on, markup and insertion, in order.

    `text` begins at offset `start`. Marks that an insertion's place cuts are shortened, and
    those that cross an anchor are divided at it.
    """
    rows: list[tuple[tuple[int, int, int, int], int, str, Insertion | None]] = []
    replaced = sorted((i for i in insertions if i.end > i.start), key=lambda i: i.start)
    regions = _disjoint(replaced)
    for one in insertions:
        if one.start == one.end:
            at = _outside(one.start, regions)
            rows.append(((at, 1, 0, 0), at, one.markup, one))
        elif one in regions:
            rows.append(((one.start, 2, -one.end, 1), one.end, one.markup, one))
    anchors = [m for m in marks if "]{#" in m.after]
    for mark in marks:
        if mark.start == mark.end:
            at = _outside(mark.start, regions)
            rows.append(((at, 1, 1, 0), at, mark.before, None))
            continue
        for piece in _pieces(mark, anchors, regions):
            kept = _trimmed(text, start, piece)
            if kept is not None:
                order = 0 if kept in anchors else 1
                rows.append(((kept.start, 2, -kept.end, -1 + order), kept.start, kept.before, None))
                rows.append(((kept.end, 0, -kept.start, 1 - order), kept.end, kept.after, None))
    rows.sort(key=lambda r: r[0])
    return [(key[0], upto, markup, one) for key, upto, markup, one in rows]


def _disjoint(replaced: Sequence[Insertion]) -> list[Insertion]:
    kept: list[Insertion] = []
    for one in replaced:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _outside(at: int, regions: Sequence[Insertion]) -> int:
    return next((r.end for r in regions if r.start < at < r.end), at)


def _pieces(mark: Mark, anchors: Sequence[Mark], regions: Sequence[Insertion]) -> Iterator[Mark]:
    """Yield a mark without what is replaced at its ends, divided where it crosses an anchor."""
    start, end = mark.start, mark.end
    for region in regions:
        if region.start <= start and end <= region.end:
            return
        if region.start < start < region.end:
            start = region.end
        if region.start < end < region.end:
            end = region.start
    if mark in anchors:
        yield mark
        return
    cuts = {start, end}
    for anchor in anchors:
        for at, other in ((anchor.start, anchor.end), (anchor.end, anchor.start)):
            if start < at < end and not start <= other <= end:
                cuts.add(at)
    bounds = sorted(cuts)
    for a, b in pairwise(bounds):
        yield replace(mark, start=a, end=b)


def _trimmed(text: str, start: int, mark: Mark) -> Mark | None:
    """Return a mark without blanks at its ends; emphasis begins and ends where Markdown sees it."""
    if "]{#" in mark.after:
        return mark
    a, b = mark.start - start, mark.end - start
    while a < b and text[a].isspace():
        a += 1
    while b > a and text[b - 1].isspace():
        b -= 1
    if mark.before in _EMPHASIS:
        while a < b and a and text[a - 1].isalnum() and not text[a].isalnum():
            a += 1
        while b > a and b < len(text) and text[b].isalnum() and not text[b - 1].isalnum():
            b -= 1
    return replace(mark, start=a + start, end=b + start) if a < b else None
