"""The time-line: a line for each event, its months marked on a track, its name beside it.

A day is a stroke, a month or a longer time a bar; where the date is uncertain the bar is open.
Years without an event between two are told, so that the distance between them is not lost.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence

from edition.indexes.calendar import MONTHS, DateWords, Span, format_span
from edition.sphinx.drawings.svg import SCREEN, Canvas, Drawing, Sheet
from edition.sphinx.translation import _

_TRACK, _NAME = 34.0, 114.0
_MONTH = (_NAME - 8 - _TRACK) / 12
_LINE, _GAP, _TOP = 13.5, 5.0, 20.0
_SIZE, _SMALL = 11.0, 10.2
# As many lines as a page of a small book holds.
_LINES = 34

Dated = tuple[Span, str, str]
"""An event: when it was, its name, the id of its entry."""


def draw_timeline(
    events: Sequence[Dated],
    words: DateWords | None = None,
    lines: float = _LINES,
    sheet: Sheet = SCREEN,
) -> list[Drawing]:
    """Draw events on a sheet, in the order of their dates, in parts of so many lines.

    A day is drawn where the calendar that it was typed in has it; `words` write its date.
    """
    ordered = sorted(events, key=lambda event: event[0].sort_key)
    parts: list[list[Dated]] = []
    room = 0.0
    for event in ordered:
        need = len(_lines(event[1], sheet))
        if need > room:
            parts.append([])
            room = lines
        parts[-1].append(event)
        room -= need
    return [_draw(part, words, sheet) for part in parts]


def _lines(name: str, sheet: Sheet) -> list[str]:
    return sheet.wrapped(name, sheet.width - _NAME, _SIZE)


def _draw(events: Sequence[Dated], words: DateWords | None, sheet: Sheet) -> Drawing:
    canvas = Canvas(sheet.width)
    for number in (0, 3, 6, 9):
        canvas.words(_TRACK + _MONTH * number, 10, _(MONTHS[number])[:1], size=_SMALL)
    y, before = _TOP, events[0][0].begin.year
    for year, held in _years(events):
        canvas.cut(y - 2)
        if year - before > 1:
            gap = f"{before + 1}–{year - 1}" if year - before > 2 else year - 1
            canvas.words(_NAME, y + 9, _("%s: no event") % gap, size=_SMALL)
            y += _LINE
        canvas.line(0, y - 1, sheet.width, y - 1, width=0.5, faint=True)
        canvas.words(0, y + 10, str(year), size=_SIZE)
        for number, (span, name, ident) in enumerate(held):
            if number:
                canvas.cut(y)
            lines = _lines(name, sheet)
            with canvas.link(f"#{ident}"):
                _mark(canvas, span, y + 6.5)
                for down, line in enumerate(lines):
                    canvas.words(_NAME, y + 10 + down * _LINE, line, size=_SIZE)
            y += _LINE * len(lines)
        y += _GAP
        before = year
    begin, end = events[0][0].begin.year, events[-1][0].begin.year
    title = _("Time-line, %s") % (f"{begin}–{end}" if begin != end else begin)
    said = "; ".join(f"{format_span(span, words)}: {name}" for span, name, _ident in events)
    return canvas.finished(y, title, _("Events: %s. %s.") % (len(events), said))


def _years(events: Sequence[Dated]) -> Iterator[tuple[int, list[Dated]]]:
    found: dict[int, list[Dated]] = {}
    for event in events:
        found.setdefault(event[0].begin.year, []).append(event)
    yield from found.items()


def _mark(canvas: Canvas, span: Span, y: float) -> None:
    """Draw the track of a year and on it the time of the event."""
    canvas.line(_TRACK, y, _NAME - 8, y, width=0.6, faint=True)
    begin, end = _place(span.begin.first, 0), _place(span.end.last, 1)
    if span.end.year != span.begin.year:
        end = _NAME - 8
    vague = span.begin.about or span.end.about or not (span.begin.month and span.end.month)
    if span.begin == span.end and span.begin.day:
        canvas.line(begin + 0.5, y - 4.5, begin + 0.5, y + 4.5, width=1.8)
    else:
        canvas.box(begin, y - 3, max(end - begin, 2), 6, filled=not vague)


def _place(day: tuple[int, int, int], side: int) -> float:
    """Return where a day of a year is along the track: its beginning (0) or its end (1)."""
    year, month, number = day
    part = (number - 1 + side) / max(monthrange(year, month)[1], number)
    return _TRACK + _MONTH * (month - 1 + part)
