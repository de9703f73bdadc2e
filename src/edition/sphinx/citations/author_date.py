"""The Chicago Manual of Style, 17th edition, author-date (chapter 15)."""

from edition.bibliography.markup import Rich, capitalized, ended, join, rich, text_of
from edition.bibliography.record import Record
from edition.sphinx.citations import chicago
from edition.sphinx.citations import elements as el
from edition.sphinx.citations.pages import bare_locator
from edition.sphinx.citations.people import short_names
from edition.sphinx.citations.terms import term, years_of


def year_of(record: Record, letter: str = "") -> str:
    """Return the year that a citation gives, with the letter that tells two works apart."""
    year = years_of(record.date) or term(record.state) or term("n.d.")
    origin = years_of(record.origdate)
    first = f"({origin}) " if origin and origin != year else ""
    return f"{first}{year}{'-' if letter and not year[-1:].isdigit() else ''}{letter}"


def entry(record: Record, letter: str = "") -> Rich:
    """Return a work as an entry of the list of references: the year follows the name."""
    title = chicago.title_of(record)
    names = chicago.names_of(record)
    year = ended(rich(year_of(record, letter)))
    if record.state and not record.date:
        year = capitalized(year)
    parts = chicago.body(record, when="")
    if not el.is_republished(record):
        parts = [part for part in parts if part != el.origin_of(record)]  # the years are in front
    short = record.named("shortauthor")
    if short and not short[0].given and short[0].family not in text_of(names):
        names = rich(short_names(short), " (", names, ")")
    lead, after = (names, title) if names else (title, rich())
    return join((ended(lead), year, chicago.sentences(after, parts)), " ")


def author(record: Record, *, directors: bool = True) -> Rich:
    """Return the names of a citation; the short title where nobody is named."""
    names = chicago.short_author(record, directors=directors)
    return names or chicago.titled_short(record) or rich(record.key)


def citation(record: Record, locator: str, letter: str, *, textual: bool) -> tuple[Rich, Rich]:
    """Return the words that lead to the entry, and what follows: “Hart 1831”, “, 19”."""
    year = year_of(record, letter).replace("(", "[").replace(")", "]")
    place = bare_locator(locator)
    if textual:
        return author(record), rich(" (", join((year, place), ", "), ")")
    between = " " if any(character.isdigit() for character in year) else ", "
    return join((author(record), year), between), rich(f", {place}" if place else "")
