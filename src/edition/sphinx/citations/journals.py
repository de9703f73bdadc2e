"""Journals in citations: name, series, volume, number, date."""

import re
from dataclasses import replace

from edition.bibliography.markup import Rich, join, quoted, rich, styled, text_of
from edition.bibliography.record import Record, ordinal
from edition.sphinx.citations.pages import NBSP, dashed
from edition.sphinx.citations.people import in_note
from edition.sphinx.citations.terms import day_of, language, place_names, term

_SEVERAL = re.compile(r"\d\s?[–/,&]\s?\d|\band\b")


def journal_of(record: Record, locator: Rich, *, year_in_front: bool = False) -> Rich:
    """Return journal, volume, number and date of an article, then the pages or the locator."""
    number, volume = number_of(record), record.text("volume")
    newspaper = bool(record.date.day and not (number or volume))
    date = record.date if newspaper or not volume else replace(record.date, day="", last=None)
    when = day_of(date, with_year=newspaper or not year_in_front)
    if not year_in_front:
        when = when or term(record.state)
    if not when and not year_in_front:
        when = term("n.d.")
    journal = record.title if record.type == "periodical" else record.journal
    publisher = record.text("publisher")
    place = () if publisher else place_names(record)
    if record.type == "periodical":
        place = join((place_names(record), publisher), ": ")
    series = journal_series(record)
    head = rich(styled(journal, "italic"), *((" (", place, ")") if place else ()))
    head = join((head, series), ", ")
    head = join((head, volume), ", " if series else " ")
    if number and volume and year_in_front and not when:
        head = rich(head, f" ({text_of(number)})")
    elif number:
        head = join((head, rich(f"{number_label(text_of(number))}{NBSP}", number)), ", ")
    if volume or number:
        head = rich(head, f" ({when})" if when else "")
        whole = join((head, locator), ": ")
    else:
        whole = join((head, rich(when), locator), ", ")
    if not record.issue:
        return whole
    issue = rich(f"{term('special issue')}, ", whole)
    if record.type == "periodical":
        return issue
    editors = in_note(record.named("editor"))
    lead = rich(f"{term('in')} ", quoted(record.issue, ","), " ")
    return rich(lead, f"{term('edited by')} {editors}, " if editors else "", issue)


def number_label(number: str) -> str:
    """Return the label of the number of an issue, or of several."""
    return term("nos.") if _SEVERAL.search(number) else term("no.")


def number_of(record: Record) -> Rich:
    """Return the number of an issue; the words that name it by season stand with the date."""
    issue = record.text("issue")
    number = record.text("number")
    if text_of(number).isdecimal():
        number = rich(text_of(number).lstrip("0") or "0")  # “01” of a publisher's file
    return dashed(number) or (() if text_of(issue) == record.date.month else issue)


def journal_series(record: Record) -> str:
    """Return the series of a journal that has begun to count anew: “2nd ser.”, “n.s.”."""
    value = text_of(record.text("series"))
    if value.isdecimal() and len(value) < 3:
        english = language() == "en"
        return f"{ordinal(int(value))} ser." if english else f"{term('ser.')} {value}"
    return {"newseries": "n.s.", "oldseries": "o.s."}.get(value, value)
