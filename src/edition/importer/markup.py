"""Marks on a text, written as MyST: nested, escaped, and none by accident."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from edition.importer.document import Mark
from edition.texts.plain_text import MARKER

_SPECIAL = re.compile(
    r"[\\`*_]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|\$(?=\S)|\[(?=\^)|\](?=[({\[:])|~~|\{(?=[\w:+-]+\}(?:`|\Z))"
)
_BRACKETS = re.compile(r"\\.|\[[^\[\]\\]*\]|([\[\]])", re.DOTALL)
_LINE_START = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[-+]\s|#{1,6}\s|>|:::|%|\+\+\+|-{3,}|={3,}|~~~|\([a-zA-Z0-9|_-]+\)=|\||\[\^?[^\]\n]+\]:)"
)
_EMPHASIS = ("*", "**")
_TICKS = re.compile(r"(?:\{math\})?`+")


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


def within_anchor(escaped: str) -> str:
    """Escape brackets that have no fellow: they would end the anchor around them, or begin it."""
    return _BRACKETS.sub(lambda m: m[0] if m[1] is None else f"\\{m[1]}", escaped)


def safe_start(line: str) -> str:
    """Return a line that begins no list, heading or other block by accident."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    return f"{match['number']}\\{line[match.end() :]}" if match["number"] else f"\\{line}"


def placed(
    text: str, start: int, marks: Sequence[Mark], insertions: Sequence[Insertion]
) -> list[tuple[int, int, str, Insertion | None]]:
    """Return offset, offset from which the text goes on, markup and insertion, in order.

    `text` begins at offset `start`. Marks that an insertion's place cuts are shortened, and
    those that cross an anchor are divided at it.
    """
    rows: list[tuple[tuple[int, int, int, int, int], int, str, Insertion | None]] = []
    replaced = sorted((i for i in insertions if i.end > i.start), key=lambda i: i.start)
    regions = _Regions(replaced)
    kept_ids = {id(r) for r in regions.all}
    for one in insertions:
        if one.start == one.end:
            at = regions.outside(one.start)
            rows.append(((at, 1, 0, 0, 0), at, one.markup, one))
        elif id(one) in kept_ids:
            rows.append(((one.start, 2, -one.end, 1, 0), one.end, one.markup, one))
    anchors = sorted((m for m in marks if "]{#" in m.after), key=lambda m: m.start)
    starts = [m.start for m in anchors]
    for number, mark in enumerate(marks):  # of two around the same characters, the inner first
        if mark.start == mark.end:
            at = regions.outside(mark.start)
            rows.append(((at, 1, 1, 0, 0), at, mark.before, None))
            continue
        first = max(bisect_right(starts, mark.start) - 1, 0)
        near = anchors[first : bisect_right(starts, mark.end)]
        for piece in _pieces(mark, near, regions):
            kept = _trimmed(text, start, piece)
            if kept is not None:
                order = 0 if "]{#" in kept.after else 1
                opens = (kept.start, 2, -kept.end, -1 + order, -number)
                closes = (kept.end, 0, -kept.start, 1 - order, number)
                rows.append((opens, kept.start, kept.before, None))
                rows.append((closes, kept.end, kept.after, None))
    rows.sort(key=lambda r: r[0])
    return [(key[0], upto, markup, one) for key, upto, markup, one in rows]


class _Regions:
    """Replaced parts of a text, disjoint and in order."""

    def __init__(self, replaced: Sequence[Insertion]) -> None:
        self.all: list[Insertion] = []
        for one in replaced:
            if not self.all or one.start >= self.all[-1].end:
                self.all.append(one)
        self.starts = [r.start for r in self.all]

    def at(self, offset: int) -> Insertion | None:
        """Return the region that an offset is in, or at an end of."""
        number = bisect_left(self.starts, offset) - 1
        if number + 1 < len(self.all) and self.all[number + 1].start == offset:
            return self.all[number + 1]
        return self.all[number] if number >= 0 and offset <= self.all[number].end else None

    def outside(self, offset: int) -> int:
        """Return an offset; where it is within a region, that of its end."""
        found = self.at(offset)
        return found.end if found and found.start < offset < found.end else offset


def _pieces(mark: Mark, anchors: Sequence[Mark], regions: _Regions) -> Iterator[Mark]:
    """Yield a mark without what is replaced at its ends, divided where it crosses an anchor."""
    start, end = mark.start, mark.end
    for region in (regions.at(start), regions.at(end)):
        if region is None:
            continue
        if region.start <= start and end <= region.end:
            return
        if region.start < start < region.end:
            start = region.end
        if region.start < end < region.end:
            end = region.start
    if "]{#" in mark.after:
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


def marked_up(text: str, marks: Sequence[Mark]) -> str:
    """Return a text with its marks, none of its characters being markup by accident."""
    pieces: list[str] = []
    position, code = 0, False
    for at, _, markup, _ in placed(text, 0, marks, ()):
        pieces += [text[position:at] if code else escape(text[position:at]), markup]
        position, code = at, within_code(markup, code=code)
    return "".join((*pieces, escape(text[position:])))


def within_code(markup: str, *, code: bool) -> bool:
    """Tell whether what stands after a mark is code or a formula, in which nothing is escaped."""
    return not code if _TICKS.fullmatch(markup) else code


def escaped_lines(text: str, offset: int, start: int, end: int, breaks: Sequence[int]) -> str:
    """Return a part of a text escaped, with a line break where a sentence begins, in order."""
    if start >= end:
        return ""
    pieces: list[str] = []
    position = start
    for at in breaks[bisect_left(breaks, start) : bisect_left(breaks, end)]:
        if text[at - offset] == " ":
            pieces += [escape(text[position - offset : at - offset]), "\n"]
            position = at + 1
    pieces.append(escape(text[position - offset : end - offset]))
    return "".join(pieces)


def block_quote(body: str) -> str:
    """Return a text as a block quote."""
    return "\n".join(f"> {x}".rstrip() for x in body.split("\n"))


def list_lead(item: str, position: int) -> tuple[str, int]:
    """Return the mark before an item of a typed list, and where its text begins."""
    marker = MARKER.match(item)
    number = marker and (marker["number"] or "").isdigit() and not marker["open"]
    bullet = marker and marker["bullet"] in ("-", "*")
    if marker and (number or bullet):
        return marker[0].strip() + " ", position + marker.end()
    return "- ", position
