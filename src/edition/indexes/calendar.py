"""Dates of events: read from the Extended Date/Time Format, written out, in both calendars.

Of the format (ISO 8601-2:2019) we take a year, a month or a day, two of them with a slash
between as a range, and `~` for an approximate date. The Julian calendar is turned into the
Gregorian through the Julian day number (J. Meeus, *Astronomical Algorithms*, chapter 7).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from edition.model.errors import EditionError

MONTHS = (
    "January February March April May June July August September October November December".split()
)
_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)", re.ASCII)


class DateError(EditionError):
    """A date that cannot be read; its text says why."""


class Point(NamedTuple):
    """A year, a month (from 1; 0 for none) and a day of it (0 for none)."""

    year: int
    month: int = 0
    day: int = 0
    about: bool = False

    @property
    def first(self) -> tuple[int, int, int]:
        """Year, month and day of its beginning."""
        return self.year, self.month or 1, self.day or 1

    @property
    def last(self) -> tuple[int, int, int]:
        """Year, month and day of its end."""
        month = self.month or 12
        return self.year, month, self.day or monthrange(self.year, month)[1]


class Span(NamedTuple):
    """From one point to another, the same for a single date; in the calendar it was typed in."""

    begin: Point
    end: Point
    julian: bool = False

    @property
    def sort_key(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Earlier before later, whole before part, by the Gregorian calendar."""
        if not self.julian:
            return self.begin.first, tuple(-n for n in self.end.last)  # type: ignore[return-value]
        first, last = gregorian(*self.begin.first), gregorian(*self.end.last)
        return (first.year, first.month, first.day), (-last.year, -last.month, -last.day)


def read_span(text: str, *, julian: bool = False) -> Span:
    """Read `1917`, `1917-10`, `1917-10-25` or two of them with a slash between.

    Raises DateError.
    """
    first, slash, last = text.strip().partition("/")
    begin = _point(first, julian=julian)
    end = _point(last, julian=julian) if slash else begin
    if end.last < begin.first:
        raise DateError("ends before it begins")
    return Span(begin, end, julian)


def _point(text: str, *, julian: bool) -> Point:
    match = _POINT.fullmatch(text.strip())
    if match is None:
        raise DateError("is no date of the form YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if year == 0:
        raise DateError("has no year")
    if match[2] and not 1 <= month <= 12:
        raise DateError(f"has no month {match[2]}")
    longest = monthrange(year, month)[1] if month else 31
    if julian and month == 2 and year % 4 == 0:
        longest = 29
    if match[3] and not 1 <= day <= longest:
        raise DateError(f"has no day {match[3]}")
    return Point(year, month, day, bool(match[4]))


def gregorian(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a Julian one."""
    shift = (14 - month) // 12
    years, months = year + 4800 - shift, month + 12 * shift - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083
    return date.fromordinal(number - 1721425)


class DateWords(NamedTuple):
    """How a language writes dates: a point with or without its year, and what is said of it."""

    write: Callable[[Point, bool], str]
    about: str = "about %s"
    old_style: str = "%s (old style)"
    new_style: str = "%(old)s (new style %(new)s)"


def format_span(span: Span, words: DateWords | None = None) -> str:
    """Return a span in words: “25 October (7 November) 1917”, the New Style in brackets."""
    told = words or ENGLISH
    if not span.julian:
        return _range(span.begin, span.end, told)
    if span.begin != span.end or not span.begin.day:
        if not (span.begin.day and span.end.day):
            return told.old_style % _range(span.begin, span.end, told)
        new = [gregorian(*point.first) for point in (span.begin, span.end)]
        first, last = (Point(day.year, day.month, day.day) for day in new)
        old_range = _range(span.begin, span.end, told)
        return told.new_style % {"old": old_range, "new": _range(first, last, told)}
    old, day = span.begin, gregorian(*span.begin.first)
    new_point = Point(day.year, day.month, day.day)
    if day.year != old.year:
        return f"{_words(old, told)} ({told.write(new_point, True)})"
    if words is None:
        return f"{_words(old, told, year=False)} ({told.write(new_point, False)}) {old.year}"
    return f"{_words(old, told)} ({told.write(new_point, False)})"


def _range(begin: Point, end: Point, words: DateWords) -> str:
    if begin == end:
        return _words(begin, words)
    same_year = begin.year == end.year and begin.month and end.month
    if same_year and begin.month == end.month and begin.day and end.day and words is ENGLISH:
        return f"{begin.day}–{_words(end, words)}"
    if not (begin.month or end.month):
        return f"{_words(begin, words)}–{_words(end, words)}"
    return f"{_words(begin, words, year=not same_year)} – {_words(end, words)}"


def _words(point: Point, words: DateWords, *, year: bool = True) -> str:
    written = words.write(point, year)
    return words.about % written if point.about else written


def _english(point: Point, year: bool) -> str:
    month = MONTHS[point.month - 1] if point.month else ""
    day = f"{point.day}\N{NO-BREAK SPACE}{month}" if point.day else month
    parts = [day, str(point.year) if year or not day else ""]
    return " ".join(part for part in parts if part)


ENGLISH = DateWords(_english)
