"""Dates in BibTeX fields: what `year`, `month`, `day` and the `date` fields may say.

The `date` fields follow the Extended Date/Time Format, levels 0 and 1, as biblatex takes it
(ISO 8601-2:2019; biblatex manual, section 2.3.8): `1917-10`, `1917-10/1918-01`, `1904?`,
`1904~`, `190X`, `1917-21` (spring), open ends as `1917/` or `1917/..`. In `year` BibTeX takes
words besides (“about 1984”), of which we take those that say something of a year.
"""

import re
from collections.abc import Callable

from edition.bibliography.latex import plain
from edition.model.lazy_pattern import lazy

_LONGEST = 200

_ENGLISH = """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    spring summer autumn fall winter easter michaelmas hilary trinity lent
    """

# Periodicals name their month in their own language.
_OTHERS = """
    januar jänner februar märz mai juni juli oktober dezember
    frühjahr frühling sommer herbst winter
    janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre
    décembre decembre printemps été automne hiver
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    primavera estate autunno inverno
    enero febrero abril mayo junio julio septiembre setiembre octubre noviembre diciembre
    verano otoño invierno
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
    verão outono
    januari februari maart mei augustus lente zomer herfst
    styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad
    grudzień
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    весна лето осень зима
    """

MONTHS = frozenset((_ENGLISH + _OTHERS).split())

_TIME = r"T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
# One point of time (`1917-10-25~`).
POINT = re.compile(
    rf"(?P<year>-?[0-9]{{4}})(?:-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}})(?:{_TIME})?)?)?[?~%]?",
    re.ASCII,
)
# Digits that are not known, and years beyond four digits.
_UNSPECIFIED = re.compile(
    r"(?:-?[0-9]{3}X|-?[0-9]{2}XX|-?[0-9]XXX|-?[0-9]{4}-XX(?:-XX)?|-?[0-9]{4}-[0-9]{2}-XX"
    r"|Y-?[0-9]{5,9})[?~%]?",
    re.ASCII,
)
_YEAR_WITH_LETTER = re.compile(r"[0-9]{4}[a-z]", re.ASCII)

_NO_YEAR = frozenset(
    """
    n.d. nd n.y. s.d. s.a. s.t. o.j. o.d. б.г. б.д. undated nodate unknown
    forthcoming inpress inpreparation inprint toappear submitted underreview accepted
    imerscheinen imdruck àparaître впечати unpublished
    """.split()
)
_YEAR_WORDS = frozenset(
    """
    c ca circa cca about approximately around um vers etwa около ок or and to und et bis oder
    before after vor nach avant après between early mid late
    copyright repr reprint reprinted reissue reissued printing printed impression first
    published publ written orig originally ed edition rev revised new nachdruck
    bc bce ad ce century th st nd rd s cop unknown
    january february march april june july august september october november december
    spring summer autumn fall winter
    """.split()
)
_YEAR_WORD = lazy("|".join(re.escape(word) for word in sorted(_YEAR_WORDS)))
_ERAS = frozenset({"bc", "bce", "ad", "ce", "century"})
_YEAR = re.compile(r"[0-9]{4}[a-z]?s?", re.ASCII)
_YEAR_TOKEN = re.compile(r"[0-9]+[a-z]{0,2}|[^\W\d_]+", re.IGNORECASE)
_YEAR_SIGNS = re.compile(r"[\w\s.,;:/()\[\]<>{}?~–—©=+'’-]*")
_YEAR_RANGE = re.compile(r"\[?([0-9]{4})\s?[/–-]\s?([0-9]{4}|[0-9]{2})\]?", re.ASCII)
_OPEN_RANGE = re.compile(r"[0-9]{4}\s?[–-]", re.ASCII)  # “2001–”, of what still appears
_CHINESE = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_DATE_LIKE = re.compile(r"[0-9]{4}[-/]", re.ASCII)

_BETWEEN = re.compile(r"[\s.,/–—&-]+|\b(?:and|und|et|e|y|en|и)\b")
_ORDINAL = re.compile(r"([0-9]{1,3})(?:st|nd|rd|th)?", re.ASCII)


def date_fault(name: str, value: str) -> str:
    """Return what is wrong with a date field, empty for nothing; other fields have no fault."""
    read = _READERS.get(name)
    text = value.replace("{", "").replace("}", "").strip()
    if read is None or not text or (name != "urldate" and says_no_year(value)):
        return ""
    return "is too long for a date" if len(text) > _LONGEST else read(text)


def _date(text: str) -> str:
    if says_no_year(text) or _YEAR_WITH_LETTER.fullmatch(text):
        return ""
    return _visit(text)


def _visit(text: str) -> str:
    """Return the fault of a date that must be one, such as the day on which a page was read."""
    first, slash, last = text.partition("/")
    if not slash:
        return _point(text)
    if first.strip() in ("", "..") and last.strip() in ("", ".."):
        return "is a range without an end"
    for end in (first.strip(), last.strip()):
        if end not in ("", "..") and (fault := _point(end)):
            return fault
    begins, ends = POINT.fullmatch(first.strip()), POINT.fullmatch(last.strip())
    if begins and ends and _sortable(begins, "00") > _sortable(ends, "99"):
        return "ends before it begins"
    return ""


def _sortable(point: re.Match[str], missing: str) -> tuple[int, str, str]:
    return int(point["year"]), point["month"] or missing, point["day"] or missing


def _point(text: str) -> str:
    if _UNSPECIFIED.fullmatch(text):
        return ""
    point = POINT.fullmatch(text)
    if point is None:
        return "is no date of the form YYYY-MM-DD"
    month, day = int(point["month"] or 1), int(point["day"] or 1)
    if not (1 <= month <= 12 or (21 <= month <= 41 and point["day"] is None)):
        return f"has no month {month:02}"
    return "" if 1 <= day <= _days(int(point["year"]), month) else f"has no day {day:02}"


def _days(year: int, month: int) -> int:
    """Return the days of a month; every fourth February has 29, as in the Julian calendar."""
    if month == 2:
        return 28 if year % 4 else 29
    return 30 if month in (4, 6, 9, 11) else 31


def says_no_year(text: str) -> bool:
    """Return whether a value says that a year is not known, or not yet (“n.d.”, “in press”)."""
    squeezed = "".join(plain(text).casefold().split()).strip("[]()")
    return squeezed in _NO_YEAR or squeezed.replace(".", "") in {
        word.replace(".", "") for word in _NO_YEAR
    }


def _year(text: str) -> str:
    fault = _date(text)
    if not fault or says_no_year(text):
        return ""
    shown = plain(text.replace("~", "?"))
    if _OPEN_RANGE.fullmatch(shown):
        return ""
    if span := _YEAR_RANGE.fullmatch(shown):
        first, last = span.groups()
        if first[: 4 - len(last)] + last > first:
            return ""
        return "ends before it begins" if len(last) == 4 else fault
    if not shown.isascii() and re.search(_CHINESE, shown):
        return ""  # an era, a reign or a dynasty, in words: 1865（清同治四年）
    if not any(char.isalpha() or char in " ,;()[]©" for char in shown):
        return fault if _DATE_LIKE.match(shown) else "is no year of four digits"
    return _year_in_words(shown)


def _year_in_words(shown: str) -> str:
    tokens = [token.casefold() for token in _YEAR_TOKEN.findall(shown)]
    era = not _ERAS.isdisjoint(tokens)
    if not _YEAR_SIGNS.fullmatch(shown) or not (era or any(_YEAR.fullmatch(t) for t in tokens)):
        return "is no year of four digits"
    for token in tokens:
        known = _YEAR if token[0].isdigit() else _YEAR_WORD
        counted = _ORDINAL.fullmatch(token) and (era or not token.isdigit())
        if not (known.fullmatch(token) or counted):
            return f"holds “{token}”, which is no part of a year"
    return ""


def _month(text: str) -> str:
    words = [word for word in _BETWEEN.split(plain(text).casefold()) if word]
    named = [word for word in words if word in MONTHS]
    for word in words:
        number = _ORDINAL.fullmatch(word)
        limit = 31 if named else 12
        if word not in MONTHS and not (number and 1 <= int(number[1]) <= limit):
            return "is no month"
    return "" if words else "is no month"


def _day(text: str) -> str:
    words = [word for word in _BETWEEN.split(plain(text)) if word]
    known = [found for word in words if (found := _ORDINAL.fullmatch(word))]
    fits = len(known) == len(words) and all(1 <= int(found[1]) <= 31 for found in known)
    return "" if words and fits else "is no day of a month"


_READERS: dict[str, Callable[[str], str]] = {
    "year": _year,
    "origyear": _year,
    "month": _month,
    "day": _day,
    "date": _date,
    "origdate": _date,
    "eventdate": _date,
    "urldate": _visit,
}
