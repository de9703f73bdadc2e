"""The MLA Handbook, 9th edition: works cited, and citations by author and page."""

from collections.abc import Sequence

from edition.bibliography.markup import (
    Rich,
    capitalized,
    ended,
    join,
    quoted,
    rich,
    styled,
    text_of,
)
from edition.bibliography.persons import OTHERS, Person
from edition.bibliography.record import WORDS, Record
from edition.sphinx.citations import author_date, chicago
from edition.sphinx.citations import elements as el
from edition.sphinx.citations.people import contributors, creators, in_bibliography, in_note
from edition.sphinx.citations.terms import day_of, edition_of, known_word, term

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
    people, mark, _ = creators(record)
    names = join((_people(people), term(_ROLES.get(mark, mark))), ", ")
    title = chicago.title_of(record) if record.type != "thesis" else el.title_of(record)
    head = [ended(part) for part in (names or chicago.organization(record), title) if part]
    ends = [ended(part) for part in _last(record)]
    container = ended(join([part for part in _container(record) if part], ", "))
    return join((*head, capitalized(container), *ends), " ")


def _people(people: Sequence[Person]) -> str:
    if len(people) > 2:
        return in_bibliography([people[0], OTHERS])
    return in_bibliography(people)


def _container(record: Record) -> list[Rich]:
    """Return book or journal, who else made it, edition, numbers, publisher, date, place."""
    volume, number = el.volume_of(record), text_of(record.text("number"))
    parts: list[Rich] = []
    if record.type == "periodical" and record.issue:
        parts.append(styled(record.title, "italic"))
    elif record.journal:
        parts.append(styled(record.journal, "italic"))
    elif record.in_book and record.book:
        parts.append(styled(record.book, "italic"))
    parts += [rich(f"{verb} {in_note(who)}") for verb, who in contributors(record, note=False)]
    if version := record.text("version"):
        parts.append(rich(f"{term('version')} ", version))
    parts += [edition_of(record), rich(volume)]
    if number and (record.journal or record.type == "periodical"):
        parts.append(rich(f"{term('no.')}{el.NBSP}{number}"))
    elif number and not record.text("series"):
        parts.append(join((known_word(record.genre), number), " "))
    if event := record.text("eventtitle"):
        parts.append(event)
    parts += [
        _publisher(record),
        rich(day_of(record.date, european=True) or term(record.state) or _undated(record)),
    ]
    if record.type == "thesis":
        doctoral = text_of(record.genre) == WORDS["phdthesis"]
        parts.append(rich(term("PhD dissertation")) if doctoral else known_word(record.genre))
    pages = el.pages_of(record) if record.is_piece else ()
    if pages and record.text("pages"):
        many = any(sign in text_of(pages) for sign in "–-,")
        pages = rich(f"{term('pp.') if many else term('p.')}{el.NBSP}", pages)
    parts.append(pages)
    addresses = el.addresses_of(record, in_note=True)[-1:]
    return [*parts, *addresses]


def _undated(record: Record) -> str:
    return term("n.d.") if record.type in el.BOOKS else ""


def _publisher(record: Record) -> Rich:
    if record.type in ("thesis", "report"):
        return record.text("institution") or record.text("publisher")
    body = creators(record)[0] or record.type not in el.BY_BODIES
    place = record.text("place") if record.type not in el.BOOKS else ()
    return (
        record.text("publisher")
        or el.published_how(record)
        or (record.text("organization") if body else ())
        or place
    )


def _last(record: Record) -> list[Rich]:
    """Return what comes last: the series, the day of access, remarks."""
    seen = day_of(record.accessed, european=True) if record.url else ""
    access = rich(f"{term('Accessed')} {seen}") if seen else ()
    series = el.series_of(record) if record.type in el.BOOKS else ()
    return [part for part in (series, access, *el.remarks_of(record)) if part]


def citation(record: Record, locator: str, *, alone: bool, textual: bool) -> tuple[Rich, Rich]:
    """Return the words that lead to the entry, and what follows: “Hart”, “ 19”.

    `alone` says that the author has no other work in the bibliography.
    """
    place = el.bare_locator(locator)
    names = author_date.author(record)
    makers = creators(record)[0]
    if len(makers) > 2:
        names = rich(f"{makers[0].short} {term('et al.')}")
    people = bool(creators(record)[0] or chicago.organization(record))
    title: Rich = ()
    if people and not alone:
        title = chicago.short_title(record)
        title = quoted(title) if record.is_piece else styled(title, "italic")
    if textual:
        after = join((title, place), " ")
        return names, rich(" (", after, ")") if after else ()
    return join((names, title), ", "), rich(f" {place}" if place else "")
