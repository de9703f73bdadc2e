"""The words, dates and quotation marks of citations, in the language of the edition."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from babel.dates import format_date

from edition.bibliography.markup import Rich, rich, text_of
from edition.bibliography.printed_dates import MONTH_NAMES, Date
from edition.bibliography.record import Record, edition_number, ordinal
from edition.bibliography.vocabulary import WORDS
from edition.sphinx.translation import _, ordinal_day, spaced, words_language

# American typography has a stop before a closing mark, others after it.
_STOP_AND_MARKS = re.compile(r"([.,])([’”]+)")
_STOP_AT_END = re.compile(r"([.,])([’”]+)\Z")
_MARKS_FIRST = re.compile(r"[’”]+")
_INNER_PAIR = re.compile(r"‘([^‘]*?)’(?!\w)")
_POSSESSIVE = re.compile(r"(?<=[sxz])’(?= \w)")
_MARKS = "“”‘’"
# A pair of low and high marks is the text's own: its closing mark opens in English.
_SET_ALREADY = re.compile(r"„[^„“”]*[“”]|‚[^‚‘’]*‘")
_HIDDEN = str.maketrans("“”‘", "\1\2\3")
_SHOWN = str.maketrans("\1\2\3", "“”‘")


def term(english: str) -> str:
    """Return a word of a citation, translated where the edition's language has it."""
    return str(_(english)) if english else ""


def language() -> str:
    """Return the language of our words: that of the edition, or English."""
    return words_language()


def localized(text: str, tag: str = "") -> str:
    """Return a text with the marks and spaces of the edition's language, if it is in no other."""
    own = tag.partition("-")[0] in ("", language())
    marked = _with_marks(text, own=own)
    return spaced(marked) if own else marked


def _with_marks(text: str, *, own: bool) -> str:
    if term("“") == "“" or not any(mark in text for mark in _MARKS):
        return text
    if not own:
        # Marks within ours are of our language; those of a title without marks are its own.
        return _INNER_PAIR.sub(rf"{term('‘')}\1{term('’')}", text)
    if "‘" not in text:
        text = _POSSESSIVE.sub("\0", text)
    text = _STOP_AND_MARKS.sub(r"\2\1", text)
    text = re.sub(r"(?<=\w)’(?=\w)", "\0", text)  # an apostrophe
    text = _SET_ALREADY.sub(lambda typed: typed[0].translate(_HIDDEN), text)
    text = "".join(term(c) if c in _MARKS else c for c in text)
    return text.translate(_SHOWN).replace("\0", "’")


def stops_after_marks(text: Rich) -> Rich:
    """Return a text with the stop of an inner quotation after the outer one's mark, if it is so."""
    if term("“") == "“":
        return text
    runs = list(text)
    for i, (run, after) in enumerate(pairwise(text)):
        stop, marks = _STOP_AT_END.search(run.text), _MARKS_FIRST.match(after.text)
        if stop and marks:
            runs[i] = replace(run, text=run.text[: stop.start()] + stop[2])
            rest = after.text[marks.end() :]
            runs[i + 1] = replace(after, text=marks[0] + stop[1] + rest)
    return tuple(runs)


def place_names(record: Record) -> Rich:
    """Return the place of publication; between several stands “and” in the language."""
    joint = f" {term('and')} "
    return tuple(
        replace(run, text=run.text.replace(" and ", joint)) for run in record.text("place")
    )


def known_word(value: Rich) -> Rich:
    """Return a word that biblatex has a key for in the language; any other as it is."""
    return rich(term(text_of(value))) if text_of(value) in WORDS.values() else value


def edition_of(record: Record) -> Rich:
    """Return the edition as it is printed: “2nd ed.”, “rev. ed.”, or the words typed."""
    number, words, english = edition_number(record)
    if not number:
        return rich(english) if english and language() == "en" else words
    pattern = term("ed. %s")
    return rich(f"{ordinal(number)} ed." if pattern == "ed. %s" else pattern % number)


def years_of(when: Date) -> str:
    """Return the year or years of a date."""
    return when.years.replace("ca.", term("ca.")).replace("BCE", term("BCE"))


def day_of(when: Date, *, with_year: bool = True, european: bool = False) -> str:
    """Return a whole date; in English month first, unless it is to be the `european` one."""
    if language() == "en":
        whole = when.european if european else when.american
        return whole if with_year else when.without_year
    if not when.month or when.open_end:
        return years_of(when) if with_year else ""
    last = _local(when.last or when, with_year=with_year)
    if not when.last or when.last == replace(when, last=None):
        return last
    same_year = when.year == when.last.year
    first = _local(when, with_year=with_year and not same_year)
    if same_year and when.month == when.last.month and when.day:
        first = when.day + term("d MMMM")[1:2].strip()
    return f"{first}–{last}"


def _local(when: Date, *, with_year: bool) -> str:
    if when.month not in MONTH_NAMES or not when.year.isdecimal():
        words = (when.day, term(when.month), years_of(when) if with_year else "")
        return " ".join(word for word in words if word)
    month = MONTH_NAMES.index(when.month) + 1
    day = int(when.day) if when.day.isdecimal() else 1
    try:
        moment = date(int(when.year), month, day)
    except ValueError:
        return when.american
    pattern = term("d MMMM y") if when.day else term("LLLL y")
    if not with_year:
        pattern = term("d MMMM") if when.day else "LLLL"
    if when.day:
        pattern = ordinal_day(pattern, day, language())
    return str(format_date(moment, pattern, locale=language()))
