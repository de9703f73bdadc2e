"""Braces and quotation marks of a BibTeX file, and where each one closes."""

from __future__ import annotations

import re
from array import array

_BRACE = re.compile(r"[{}]")
_MARK = re.compile(r"[\"{}]")


class Delimiters:
    """The pairs of braces of a text; found in one pass, when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._closing: array[int] | None = None

    def closing(self, opening: int) -> int:
        """Return the offset of the brace that closes the one at `opening`; -1 if none does."""
        if self._closing is None:
            self._closing = self._pair()
        return self._closing[opening] or -1

    def _pair(self) -> array[int]:
        # Whether a brace closes depends on nothing before it, so one stack
        # serves the whole text, stray braces between entries included. Arrays, as a
        # hostile file may be braces from end to end.
        closing = array("i", bytes(4 * len(self._text)))
        stack = array("i")
        for match in _BRACE.finditer(self._text):
            if match[0] == "{":
                stack.append(match.start())
            elif stack:
                closing[stack.pop()] = match.start()
        return closing

    def mark_or_stray(self, start: int) -> int:
        """Return the first quotation mark outside braces from `start` on, or an odd brace.

        A closing brace is odd where none is open, an opening one where it never closes.
        Returns -1 at the end of the text.
        """
        while True:
            match = _MARK.search(self._text, start)
            if not match:
                return -1
            closing = self.closing(match.start()) if match[0] == "{" else -1
            if closing < 0:
                return match.start()
            start = closing + 1

    def deeper_than(self, limit: int, start: int, end: int) -> bool:
        """Return whether braces nest deeper than `limit` between two offsets."""
        depth = 0
        for match in _BRACE.finditer(self._text, start, end):
            depth += 1 if match[0] == "{" else -1
            if depth > limit:
                return True
        return False
