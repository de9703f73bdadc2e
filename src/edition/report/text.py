"""Findings for a person at a terminal: the place, the words, the line with a caret, a hint."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from edition.model.counted import counted
from edition.model.diagnostic import Diagnostic, Severity
from edition.report.cells import ELLIPSIS, clusters, one_line

WIDTH = 100
"""The cells that an excerpt may take up, unless the caller says otherwise."""

_NARROWEST = 20
_TAB = 4
_ONE_CELL = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02af\u2010-\u2027\u2030-\u205e]*")
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    sources: Callable[[str], str | None],
    colour: bool,
    width: int,
) -> str:
    """Show the findings in the order given, each with its excerpt, and count them.

    A note has one line: there may be many, and none asks for anything. A file that `sources`
    does not know, a finding on a whole file and a line past the end have no excerpt; a
    finding on a whole line has one without a caret.
    """
    paint = _in_colour if colour else lambda text, _style: text
    parts: list[str] = []
    path: str | None = None
    lines: list[str] = []
    for diagnostic in diagnostics:
        location = diagnostic.location
        if location.path != path:
            path = location.path
            lines = _lines(sources(path))
        if diagnostic.severity is Severity.NOTE:
            parts.append(_header(diagnostic, paint))
            continue
        if parts and parts[-1]:
            parts.append("")
        parts.append(_header(diagnostic, paint))
        line = lines[location.line - 1] if 0 < location.line <= len(lines) else None
        gutter = " " * len(str(location.line)) if line is not None else " "
        if line is not None:
            parts.extend(_excerpt(diagnostic, line, width, paint))
        if diagnostic.hint:
            parts.append(f"{gutter} {paint('= hint:', 'bold')} {one_line(diagnostic.hint)}")
        parts.append("")
    if parts and parts[-1]:
        parts.append("")
    parts.append(summary(diagnostics))
    return "\n".join(parts) + "\n"


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Count the findings by severity, the gravest first: `Found 2 errors, 1 warning.`."""
    if not diagnostics:
        return "All checks passed."
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    shown = [counted(counts[severity], str(severity)) for severity in sorted(counts, reverse=True)]
    return f"Found {', '.join(shown)}."


def _lines(source: str | None) -> list[str]:
    """Divide the source as its readers do: only CR and LF end a line."""
    if source is None:
        return []
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _header(diagnostic: Diagnostic, paint: Callable[[str, str], str]) -> str:
    severity = diagnostic.severity
    return (
        f"{paint(one_line(str(diagnostic.location)), 'bold')}: "
        f"{paint(diagnostic.code, _STYLES[severity])} {diagnostic.rule} "
        f"{paint(f'[{severity}]', _STYLES[severity])} {one_line(diagnostic.message)}"
    )


def _excerpt(
    diagnostic: Diagnostic, line: str, width: int, paint: Callable[[str, str], str]
) -> Iterator[str]:
    number = str(diagnostic.location.line)
    column = diagnostic.location.column
    blank = " " * len(number)
    bar = paint("|", "blue")
    shown, caret = window(line, column, max(width - len(number) - 3, _NARROWEST))
    yield f"{blank} {bar}"
    yield f"{paint(number, 'blue')} {bar} {shown}".rstrip()
    if column:
        yield f"{blank} {bar} {' ' * caret}{paint('^', _STYLES[diagnostic.severity])}"


def window(line: str, column: int, room: int) -> tuple[str, int]:
    """Give the part of a line around a column, and the cells before the column's character.

    `column` counts code points from 1 (0: the line's beginning); one past the line's end
    stands for the end. The part takes up at most `room` cells; an ellipsis stands for
    what was cut away.
    """
    index = min(max(column - 1, 0), len(line))
    # Of a line of a million characters, only the neighbourhood is worth measuring.
    first, last = max(index - 2 * room, 0), index + 2 * room
    near = line[first:last] + " " * (index == len(line))
    texts: Sequence[str] = near
    starts: Sequence[int] = range(len(near) + 1)
    place = index - first
    if not _ONE_CELL.fullmatch(near):
        pieces = clusters(near, tab=_TAB)
        texts = [piece.text for piece in pieces]
        starts = list(accumulate((piece.width for piece in pieces), initial=0))
        place = max(i for i, piece in enumerate(pieces) if piece.start <= index - first)
    start = min(max(starts[place] - room // 2, 0), max(starts[-1] - room, 0))
    cut_left = first > 0 or start > 0
    cut_right = last < len(line) or starts[-1] > start + room
    low = bisect_left(starts, start + cut_left)
    high = max(bisect_right(starts, start + room - cut_right) - 1, low)
    shown = ELLIPSIS * cut_left + "".join(texts[low:high]) + ELLIPSIS * cut_right
    return shown.rstrip(), cut_left + starts[min(max(place, low), high)] - starts[low]


def _in_colour(text: str, style: str) -> str:
    # Loaded here because a report that goes to a file or a pipe does without it.
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
