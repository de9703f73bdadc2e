"""The MLA Handbook, 9th edition: works cited, and citations by author and page."""

import re
from collections.abc import Sequence
from dataclasses import replace

from edition.bibliography.datamodel import PARTS
from edition.bibliography.markup import (
    Rich,
    capitalized,
    ended,
    join,
    rich,
    styled,
    text_of,
)
from edition.bibliography.persons import OTHERS, Person
from edition.bibliography.printed_dates import SEASONS, Date
from edition.bibliography.record import Record
from edition.bibliography.vocabulary import WORDS
from edition.sphinx.citations import author_date, chicago
from edition.sphinx.citations import elements as el
from edition.sphinx.citations.addresses import addresses_of, remarks_of
from edition.sphinx.citations.journals import journal_series, number_label, number_of
from edition.sphinx.citations.pages import NBSP, bare_locator, chapter_of, pages_of
from edition.sphinx.citations.people import (
    attributed,
    contributors,
    creators,
    in_bibliography,
    in_note,
    short_creators,
)
from edition.sphinx.citations.terms import (
    day_of,
    edition_of,
    known_word,
    language,
    place_names,
    term,
    years_of,
)

_ROMAN = re.compile(r"[ivxlcdm]+\b|\[")
_ROLES = {
    "ed.": "editor",
    "eds.": "editors",
    "trans.": "translator",
    "comp.": "compiler",
    "comps.": "compilers",
    "dir.": "director",
    "dirs.": "directors",
}


def entry(record: Record) -> Rich:
    """Return a work as an entry of the works cited: author, title, then the containers."""
    people, mark, _ = creators(record, directors=False)
    named = attributed(record, _people(people)) if people else ""
    names = join((named, term(_ROLES.get(mark, mark))), ", ")
    wholes = [styled(whole, "italic") for whole in _wholes(record)]
    head = (
        names or chicago.organization(record),
        _title(record),
        record.addon,
        record.reviewed,
        _first_year(record),
    )
    container = ended(join([part for part in _container(record, wholes[-1:]) if part], ", "))
    rest = map(capitalized, (*head[1:], *wholes[:-1], container, *_last(record)))
    return join((ended(part) for part in (head[0], *rest)), " ")


def _title(record: Record) -> Rich:
    if record.type == "periodical" and record.issue:
        return styled(record.issue, "italic")
    whole = record.type in ("thesis", "letter")
    return el.title_of(record) if whole else chicago.title_of(record)


def _first_year(record: Record) -> Rich:
    """Return the year that stands after the title: of a thesis, or of the first publication."""
    if record.type == "thesis":
        return rich(years_of(record.date))
    first = record.origdate
    return rich(day_of(first, european=True)) if first.years != record.date.years else ()


def _wholes(record: Record) -> list[Rich]:
    """Return the titles of the book, and of the work of several volumes, that hold a work."""
    wholes = [record.book] if record.in_book or record.type not in el.BOOKS else []
    if text_of(record.main) not in (text_of(record.title), text_of(record.book)):
        wholes.append(record.main)
    return [whole for whole in wholes if whole]


def _people(people: Sequence[Person], *, inverted: bool = True) -> str:
    few = people if len(people) < 3 else (people[0], OTHERS)
    return in_bibliography(few, inverted=inverted)


def _container(record: Record, whole: list[Rich]) -> list[Rich]:
    """Return book or journal, who else made it, edition, numbers, publisher, date, place."""
    if record.type in el.LAWS and record.journal:
        return [el.loose_of(record, _when(record)), *addresses_of(record)[-1:]]
    number, loose = text_of(number_of(record)), record.type not in el.BOOKS
    journal = record.title if record.type == "periodical" else record.journal
    parts: list[Rich] = [*whole]
    if journal:
        place = () if record.text("publisher") else place_names(record)
        special = record.issue and f"{term('special issue of')} "
        if special and record.type != "periodical":
            parts.append(styled(record.issue, "italic"))
        parts.append(rich(special, styled(journal, "italic"), *((" [", place, "]") * bool(place))))
        parts.append(rich(journal_series(record)))
    bookauthor = record.named("bookauthor")
    if record.in_book and bookauthor and bookauthor != record.named("author"):
        parts.append(rich(f"{term('by')} {in_note(bookauthor)}"))
    for verb, who in contributors(record, note=False, directors=False):
        parts.append(rich(f"{verb} {_people(who, inverted=False)}".lstrip()))
    volume = el.volume_of(record, count=False)
    parts += [el.version_of(record), edition_of(record), rich(volume)]
    if number and journal:
        parts.append(rich(f"{number_label(number)}{NBSP}{number}"))
    elif not journal and (loose or not record.text("series")):
        count = join((record.text("series") if loose else (), number), " ")
        parts.append(join((known_word(record.genre) if number else (), count), " "))
    dated = () if record.type == "thesis" else _when(record)
    event = record.text("eventtitle") if loose else el.event_of(record, european=True)
    venue = record.text("venue") if loose else ()
    made = [_publisher(record), rich(dated)]
    kept = record.type in el.ART or (el.holding_of(record) and not record.in_book)
    parts += [event, *(made[::-1] if kept else made), venue]
    if loose and not (journal or record.text("publisher") or record.type == "patent"):
        parts.append(place_names(record))
    if record.type == "thesis":
        doctoral = text_of(record.genre) == WORDS["phdthesis"]
        parts.append(rich(term("PhD dissertation")) if doctoral else known_word(record.genre))
    if record.type in el.BOOKS:
        parts.append(chapter_of(record, term("ch.")))
    return [*parts, _pages(record), *addresses_of(record, in_note=True)[-1:]]


def _when(record: Record) -> str:
    when = record.date or record.eventdate
    loose = record.type not in el.BOOKS
    if loose and not when.month and when.year == record.eventdate.year:
        when = record.eventdate
    if when.month in SEASONS and language() == "en":  # MLA Handbook, 5.78
        when = replace(when, month=when.month.lower())
    return day_of(when, european=True) or term(record.state)


def _pages(record: Record) -> Rich:
    pages = pages_of(record, least=2)
    if record.type in el.BOOKS and record.type not in PARTS and "–" not in text_of(pages):
        pages = ()  # they count the pages of a book
    many = any(sign in text_of(pages) for sign in "–-,+")
    pages = rich(f"{term('pp.') if many else term('p.')}{NBSP}", pages) if pages else ()
    return join((record.text("eid"), pages), ", ")


def _publisher(record: Record) -> Rich:
    if record.type in ("thesis", "report"):
        return record.text("institution") or record.text("publisher")
    body = creators(record)[0] or record.type not in el.BY_BODIES
    body = body and record.type != "article"  # there it is what the authors belong to
    medium = record.type in el.ART | el.RECORDINGS
    makers = (
        el.published_how(record) if not medium else (),
        el.holding_of(record),
        record.text("organization") if body else (),
        record.text("publisher") if record.type != "article" else (),
    )
    if record.type not in el.BOOKS:
        return join(makers, ", ")
    # Of old books the place alone is known.
    return next((maker for maker in reversed(makers) if maker), place_names(record))


def _last(record: Record) -> list[Rich]:
    """Return what comes last: volumes, series, an earlier form, day of access, kind, remarks."""
    addresses = addresses_of(record, in_note=True)
    lasting = record.doi or record.eprint[0]
    seen = record.accessed if addresses and not lasting else Date()
    access = rich(f"{term('Accessed')} ", day_of(seen, european=True)) if seen else ()
    book, number = record.type in el.BOOKS, number_of(record)
    series = el.series_of(record) if book else ()
    kind = known_word(record.genre) if not (book or number) else ()
    if record.type in el.ART | el.RECORDINGS:
        kind = join((kind, el.published_how(record)), ", ")
    first = el.origin_of(record) if el.is_republished(record) else ()
    count = rich(el.volumes_of(record)) if not record.work.get("volume") else ()
    return [count, series, first, access, kind, *remarks_of(record)]


def citation(record: Record, locator: str, *, alone: bool, textual: bool) -> tuple[Rich, Rich]:
    """Return the words that lead to the entry, and what follows: “Hart”, “ 19”.

    `alone` says that the author has no other work in the bibliography.
    """
    place = bare_locator(locator)
    names = author_date.author(record, directors=False)
    makers = short_creators(record, directors=False)
    if len(makers) > 2:
        names = rich(f"{makers[0].short} {term('et al.')}")
    people = bool(makers or chicago.organization(record))
    title: Rich = ()
    if people and not alone:
        title = chicago.titled_short(record)
    between = " " if place[:1].isdigit() or _ROMAN.match(place) else ", "
    if textual:
        after = join((title, place), between)
        return names, rich(" (", after, ")") if after else ()
    return join((names, title), ", "), rich(between, place) if place else ()
