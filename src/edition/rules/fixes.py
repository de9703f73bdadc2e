"""Applying the edits that findings carry: exact, or not at all.

An edit names the characters that it replaces. Where the source holds others at that place,
it is left out: a text is never changed on a guess.
"""

import re
from collections.abc import Iterable

from edition.model.diagnostic import Edit

# Lines end as the readers of sources end them.
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, int]:
    """Return the text with the edits made, and how many were; all else stays as it is.

    Of two edits that touch the same characters the first in the text is made; the other can
    be made in another round.
    """
    starts = [match.start() for match in _LINES.finditer(text)]
    parts: list[str] = []
    position = made = 0
    for edit in sorted(set(edits), key=lambda e: (e.location, e.old, e.new)):
        line, column = edit.location.line - 1, edit.location.column - 1
        if not (0 <= line < len(starts) and column >= 0):
            continue
        start = starts[line] + column
        if start < position or not text.startswith(edit.old, start):
            continue
        parts += [text[position:start], edit.new]
        position = start + len(edit.old)
        made += 1
    parts.append(text[position:])
    return "".join(parts), made
