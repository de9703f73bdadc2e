"""Running heads and page numbers: lines repeated at the top or foot of page after page.

They are no part of the text; left in, they would be in the middle of every sentence that
crosses a page.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.fuzz import ratio

_NUMBER = re.compile(r"[\W_]*(?:[pP]\.?\s*)?(?:\d{1,4}|[ivxlcdmIVXLCDM]{1,8})[\W_]*")
_WORDS = re.compile(r"[\W\d_]+")
# Set on German prints with heads, catchwords and notes (docs/manual/verify.md, "How well").
_LONGEST = 90
_REACH = 6  # pages on either side: heads of left and right pages differ, and chapters end
_ALIKE = 75.0


def body_spans(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return per page of a volume, in order, where its text begins and ends without head and foot.

    A page's first (last) line is its head (foot) where it is a number alone, or where at least
    two of the pages nearby, or the one there is, begin (end) with a line like it.
    """
    heads = _edge_lines(texts, first=True)
    feet = _edge_lines(texts, first=False)
    spans = []
    for text, head, foot in zip(texts, _running_heads(heads), _running_heads(feet), strict=True):
        if head and foot and head.start == foot.start and not head.number:
            head = foot = None  # the only line of a page is its text
        start = head.end if head else 0
        end = foot.start if foot else len(text)
        spans.append((start, max(start, end)))
    return spans


class _Line:
    __slots__ = ("end", "number", "start", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        line = text[start:end]
        self.start, self.end = start, end
        self.number = _NUMBER.fullmatch(line) is not None
        self.words = _words(line) if len(line) <= _LONGEST else ""


@lru_cache(maxsize=4096)
def _words(line: str) -> str:
    return _WORDS.sub(" ", line).strip().casefold()


def _edge_lines(texts: Sequence[str], *, first: bool) -> list[_Line | None]:
    found: list[_Line | None] = []
    for text in texts:
        body = text.strip()
        if not body:
            found.append(None)
            continue
        start = text.index(body[0])
        end = start + len(body)
        if first:
            stop = text.find("\n", start, end)
            found.append(_Line(text, start, end if stop < 0 else stop))
        else:
            found.append(_Line(text, max(start, text.rfind("\n", start, end) + 1), end))
    return found


def _running_heads(lines: list[_Line | None]) -> list[_Line | None]:
    return [line if line and _is_running_head(lines, i) else None for i, line in enumerate(lines)]


def _is_running_head(lines: list[_Line | None], at: int) -> bool:
    line = lines[at]
    if line is None or line.number:
        return line is not None
    if len(line.words) < 3:
        return False
    low, high = max(at - _REACH, 0), min(at + _REACH + 1, len(lines))
    wanted = min(2, len(lines) - 1)
    alike = 0
    for other in range(low, high):
        near = lines[other]
        if other == at or near is None or not near.words:
            continue
        alike += near.words == line.words or ratio(near.words, line.words) >= _ALIKE
        if alike >= wanted:
            return True
    return False
