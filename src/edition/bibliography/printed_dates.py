"""The dates of an entry as they are printed: from `date` fields, or from `year` and `month`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from edition.bibliography.date_fields import POINT, says_no_year
from edition.bibliography.latex import plain
from edition.bibliography.macros import MONTHS
from edition.model import Work

MONTH_NAMES = tuple(MONTHS.values())
SEASONS = ("Spring", "Summer", "Fall", "Winter")
_BRACES = re.compile("[{}]")
# Digits, months and days that are not known: `192X`, `19XX`, `1920-XX`, `1920-05-XX`.
_UNKNOWN_DIGITS = re.compile(r"([0-9]{1,3}X{1,3})(?:-XX){0,2}[?~%]?", re.ASCII)
_OLD_UNKNOWN = re.compile(r"(?<=[0-9-])u+(?![^\W\d_])")  # as before ISO 8601-2
_UNKNOWN_MONTH = re.compile(r"(?:-XX)+(?=[?~%]?$)")
_MONTH_AND_DAY = re.compile(
    r"(?:([0-9]{1,2})\.?\s+)?([^\W\d_]{3,9}\.?)(?:\s*([0-9]{1,2}))?", re.IGNORECASE
)
_FOUR_DIGITS = re.compile(r"-?[0-9]{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Date:
    """A date: a year in words or digits, a month by name, a day; `last` ends a span."""

    year: str = ""
    month: str = ""
    day: str = ""
    last: Date | None = None
    open_end: bool = False
    open_begin: bool = False

    def __bool__(self) -> bool:
        return bool(self.year)

    @property
    def years(self) -> str:
        """Return the year, or the span of years (“1902–12”)."""
        if self.open_end:
            return f"{self.year}–"
        if self.open_begin:
            return f"–{self.year}"
        if self.last and self.last.year and self.last.year != self.year:
            return f"{self.year}–{_short(self.year, self.last.year)}"
        return self.year

    @property
    def american(self) -> str:
        """Return the whole date, as in “April 12, 1917”, “Spring 2017” and “May–June 1920”."""
        if not self.month or self.open_begin or self.open_end:
            return self.years
        first = f"{self.month} {self.day}".strip()
        if self.last and self.last.month:
            end = self.last
            if end.year != self.year:
                return f"{_dated(first, self.year, self.day)}–{end.american}"
            if end.month != self.month:
                first = f"{first}–{end.month} {end.day}".strip()
            elif end.day != self.day:
                first = f"{first}–{end.day}"
        return _dated(first, self.year, self.day)

    @property
    def without_year(self) -> str:
        """Return the month, or month and day."""
        if not self.month or self.open_begin or self.open_end:
            return ""
        return self.american.removesuffix(self.year).rstrip(", ")

    @property
    def european(self) -> str:
        """Return the whole date with the day first: “12 Apr. 1917”."""
        if not self.month or self.open_begin or self.open_end:
            return self.years
        month = self.month if len(self.month) < 5 else _abbreviated(self.month)
        first, end = [part for part in (self.day, month, self.year) if part], self.last
        if end and end != replace(self, last=None):
            if (end.month, end.year) == (self.month, self.year):
                first = first[:1]
            elif end.year == self.year:
                first = first[:-1]
            return f"{' '.join(first)}–{end.european}"
        return " ".join(first)


def _dated(first: str, year: str, day: str) -> str:
    return f"{first}, {year}" if day and year else f"{first} {year}".strip()


def _abbreviated(month: str) -> str:
    if month not in MONTH_NAMES:
        return month
    return "Sept." if month == "September" else f"{month[:3]}."


def _short(first: str, last: str) -> str:
    """Return the last year of a span as the Chicago Manual (9.64) shortens it."""
    same_century = first[:-2] == last[:-2] and first[-2:] != "00"
    return last[-2:] if first.isdigit() and last.isdigit() and same_century else last


def date_of(work: Work, prefix: str = "") -> Date:
    """Return a work's `date`, else its `year`, `month` and `day`; `prefix` as in `origdate`.

    A date that is none is given in its own words; an entry without one has an empty date,
    and so has one that says that its year is not known.
    """
    whole = work.get(f"{prefix}date")
    if whole:
        return read_date(_BRACES.sub("", whole).strip())
    year = work.get(f"{prefix}year") or ""
    if says_no_year(year):
        return Date()
    read = read_date(plain(year)) if _FOUR_DIGITS.fullmatch(year.strip("{} ")) else None
    month = plain(work.get(f"{prefix}month") or "")
    day = plain(work.get(f"{prefix}day") or "")
    if found := _MONTH_AND_DAY.fullmatch(month):  # “mar 15”, “15 March”
        month, day = found[2], found[1] or found[3] or day
    return Date(read.year if read else plain(year), _month(month), day)


def _month(text: str) -> str:
    if text.isdecimal() and 1 <= int(text) <= 12:
        return MONTH_NAMES[int(text) - 1]
    return MONTHS.get(text.casefold().rstrip("."), text)


def read_date(text: str) -> Date:
    """Return a date in biblatex's form; any other is given in its own words, as a year."""
    if says_no_year(text):
        return Date()
    text = _OLD_UNKNOWN.sub(lambda found: "X" * len(found[0]), text)
    first, slash, last = (part.strip() for part in text.partition("/"))
    if slash and first in ("", "..") and (end := _point(last)):
        return replace(end, open_begin=True)
    begin = _point(first)
    if begin is None:
        return Date(year=plain(text))
    if slash and last in ("", ".."):
        return replace(begin, open_end=True)
    return replace(begin, last=_point(last)) if slash else begin


def _point(text: str) -> Date | None:
    if found := _UNKNOWN_DIGITS.fullmatch(text):
        # biblatex, too, takes such a year for the span of the years that it can be.
        first, last = (int(found[1].replace("X", digit)) for digit in "09")
        return Date(str(first), last=Date(str(last)))
    point = POINT.fullmatch(_UNKNOWN_MONTH.sub("", text))
    if point is None:
        return None
    number, mark = int(point["year"]), text[-1]
    # ISO 8601 counts a year 0, which is 1 BCE.
    year = f"{1 - number} BCE" if number <= 0 else str(number)
    if mark in "~%":
        year = f"ca. {year}"
    if mark in "?%":
        year = f"[{year}?]"
    month = int(point["month"] or 0)
    if 1 <= month <= 12:
        return Date(year, MONTH_NAMES[month - 1], str(int(point["day"])) if point["day"] else "")
    return Date(year, SEASONS[month - 21] if 21 <= month <= 24 else "")
