"""The time-line: a band for each year, a line for each event, the months along the axis."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence

from drawings.svg import WIDTH, Canvas, Drawing, breadth
from edition.indexes.calendar import MONTHS, Span, format_span

_LEFT, _RIGHT = 34.0, WIDTH - 6.0
_LINE, _TOP, _GAP = 12.0, 18.0, 4.0
_SIZE, _SMALL = 9.0, 8.0
# As many lines as a page of a small book holds.
_LINES = 46

Dated = tuple[Span, str]
"""An event: when it was, and its name."""


def draw_timeline(events: Sequence[Dated]) -> list[Drawing]:
    """Draw events, in the order of their dates, in as many parts as pages need.

    A day is drawn where the calendar that it was typed in has it.
    """
    ordered = sorted(events, key=lambda event: event[0].sort_key)
    parts = [ordered[at : at + _LINES] for at in range(0, len(ordered), _LINES)]
    return [_draw(part) for part in parts]


def _draw(events: Sequence[Dated]) -> Drawing:
    canvas = Canvas()
    month = (_RIGHT - _LEFT) / 12
    for number, name in enumerate(MONTHS):
        canvas.words(_LEFT + month * (number + 0.5), 9, name[:3], size=_SMALL, anchor="middle")
    y = _TOP
    for year, held in _years(events):
        canvas.line(0, y - 1, _RIGHT, y - 1, width=0.5, faint=True)
        canvas.words(0, y + 9, str(year), size=_SIZE)
        for span, name in held:
            _event(canvas, span, name, y + _LINE / 2)
            y += _LINE
        y += _GAP
    begin, end = events[0][0].begin.year, events[-1][0].begin.year
    title = f"Time-line, {begin}–{end}" if begin != end else f"Time-line of {begin}"
    said = "; ".join(f"{format_span(span)}: {name}" for span, name in events)
    return canvas.finished(y, title, f"Events: {len(events)}. {said}.")


def _years(events: Sequence[Dated]) -> Iterator[tuple[int, list[Dated]]]:
    found: dict[int, list[Dated]] = {}
    for event in events:
        found.setdefault(event[0].begin.year, []).append(event)
    yield from found.items()


def _event(canvas: Canvas, span: Span, name: str, y: float) -> None:
    begin = _place(span.begin.first)
    end = _place(span.end.last) if span.end.year == span.begin.year else _RIGHT
    broad = breadth(name, _SIZE)
    if span.begin == span.end and span.begin.day:
        canvas.dot(begin, y, 2.4)
        end = begin
    elif end + 5 + broad > _RIGHT and begin - 5 - broad < _LEFT:
        # No room beside the bar: the name stands on it.
        canvas.line(begin, y + 4.6, end, y + 4.6, width=1.4)
        canvas.words(max(begin, _LEFT) + 2, y + 2.6, name, size=_SIZE)
        return
    else:
        canvas.line(begin, y, end, y, width=2.6)
    if end + 5 + broad <= _RIGHT:
        canvas.words(end + 5, y + 3, name, size=_SIZE)
    else:
        canvas.words(begin - 5, y + 3, name, size=_SIZE, anchor="end")


def _place(day: tuple[int, int, int]) -> float:
    """Where a day of a year stands along the axis."""
    year, month, number = day
    part = (number - 0.5) / max(monthrange(year, month)[1], number)
    return _LEFT + (_RIGHT - _LEFT) * (month - 1 + part) / 12
