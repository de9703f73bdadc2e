"""The Chicago Manual of Style, 17th edition, notes and bibliography (chapter 14).

`entry` is a paragraph of the bibliography, `note` a full note, `short_note` a later one.
"""

from collections.abc import Iterator
from dataclasses import replace

from edition.bibliography.datamodel import PARTS
from edition.bibliography.markup import (
    Rich,
    capitalized,
    ended,
    join,
    quoted,
    rich,
    text_of,
)
from edition.bibliography.record import Record
from edition.sphinx.citations import elements as el
from edition.sphinx.citations.addresses import addresses_of, remarks_of
from edition.sphinx.citations.journals import journal_of
from edition.sphinx.citations.pages import bare_locator, chapter_of, place_of
from edition.sphinx.citations.people import (
    attributed,
    contributors,
    creators,
    in_bibliography,
    in_note,
    short_creators,
    short_names,
)
from edition.sphinx.citations.terms import edition_of, term, years_of


def entry(record: Record) -> Rich:
    """Return a work as a paragraph of the bibliography."""
    if record.type in el.LAWS - {"patent"}:
        loose = el.loose_of(record, el.whole_date(record))
        title = join((el.title_of(record), record.addon, loose), ", ")
        return sentences(names_of(record), [title, *_ending(record)])
    return sentences(names_of(record), [title_of(record), *body(record)])


def title_of(record: Record) -> Rich:
    """Return the title with a stop in its marks, that of a letter with its date.

    The title of an issue is in the journal's.
    """
    if record.type == "periodical":
        return quoted(record.issue, ".") if record.issue else ()
    if record.type == "letter":
        return join((el.title_of(record), el.written_of(record)), ", ")
    return quoted(record.title, ".") if record.is_piece and record.title else el.title_of(record)


def sentences(names: Rich, parts: list[Rich]) -> Rich:
    """Return the names, then each part as a sentence; a name keeps its small “von”."""
    return join((ended(names), *(ended(capitalized(part)) for part in parts if part)), " ")


def names_of(record: Record) -> Rich:
    """Return who stands first in an entry: people, else a body."""
    people, mark, _ = creators(record)
    if people:
        return join((attributed(record, in_bibliography(people)), mark), ", ")
    return organization(record)


def organization(record: Record) -> Rich:
    """Return the body that stands for an author where nobody is named."""
    return record.text("organization") if record.type in el.BY_BODIES else ()


def body(record: Record, when: str | None = None) -> list[Rich]:
    """Return the sentences of an entry after its title; `when` in place of the date."""
    parts = [record.addon, record.reviewed]
    if record.type in ("article", "periodical"):
        parts += [*_helpers(record), edition_of(record)]
        year_in_front = when is not None
        parts.append(journal_of(record, place_of(record), year_in_front=year_in_front))
        return parts + _ending(record)
    if record.in_book:
        whole = el.whole_of(record, note=False)
        place = join((chapter_of(record, term("chap.")), place_of(record)), ", ")
        parts.append(join((rich(f"{term('in')} ", whole), place), ", "))
    else:
        parts += [*_helpers(record), edition_of(record), el.main_of(record)]
        if record.type in el.BOOKS:
            parts += [el.version_of(record), _part_of_book(record)]
    if record.type in el.BOOKS or record.in_book:
        year = el.year_of_book(record) if when is None else when
        parts += [el.report_of(record), el.series_of(record), el.imprint_of(record, year)]
    elif record.type in el.ART:
        parts += el.art_of(record, el.whole_date(record) if when is None else when)
    else:
        dated = when is None or record.date.month
        date = el.whole_date(record) if dated else when or ""
        parts += [el.loose_of(record, date), el.issued_of(record, date)]
    return [*parts, el.origin_of(record), *_ending(record)]


def _helpers(record: Record) -> Iterator[Rich]:
    for verb, people in contributors(record, note=False):
        if record.issue and people == record.named("editor"):
            continue  # the issue names them
        yield rich(f"{verb} {in_bibliography(people, inverted=False)}".lstrip())


def _part_of_book(record: Record) -> Rich:
    """Return chapter and pages that an entry for a whole names; one number counts its pages."""
    pages = place_of(record)
    part = record.type in PARTS or "–" in text_of(pages)
    return join((chapter_of(record, term("chap.")), pages if part else ()), ", ")


def _ending(record: Record) -> list[Rich]:
    return [*addresses_of(record), *remarks_of(record)]


def note(record: Record, locator: str = "") -> Rich:
    """Return a full note."""
    people, mark, _ = creators(record, directors=False)
    named = attributed(record, in_note(people)) if people else ""
    names = join((named, mark), ", ") or organization(record)
    place = rich(bare_locator(locator))
    parts = [record.addon, record.reviewed]
    if record.type in ("article", "periodical"):
        parts += [*_help_in_note(record), journal_of(record, place)]
        return _in_clauses(record, names, parts, ())
    if record.in_book:
        parts.append(rich(f"{term('in')} ", el.whole_of(record, note=True, count=not place)))
    else:
        parts += [*_help_in_note(record), edition_of(record)]
        parts.append(el.main_of(record, count=not place))
    if record.type in el.BOOKS or record.in_book:
        parts += [el.report_of(record), el.series_of(record)]
        imprint = el.imprint_of(record, el.year_of_book(record))
    else:
        date = el.whole_date(record)
        parts.append(el.loose_of(record, date, pages=not place))
        imprint = el.issued_of(record, date)
    origin = years_of(record.origdate) if record.type != "letter" else ""
    if imprint and origin and record.origdate != record.date:
        imprint = rich(f"{origin}; ", imprint)
    return _in_clauses(record, names, parts, place, in_brackets=imprint)


def _help_in_note(record: Record) -> Iterator[Rich]:
    for verb, people in contributors(record, note=True):
        if record.issue and people == record.named("editor"):
            continue
        yield rich(f"{verb} {in_note(people)}".lstrip())


def _in_clauses(
    record: Record, names: Rich, parts: list[Rich], place: Rich, in_brackets: Rich = ()
) -> Rich:
    """Join the clauses of a note; a comma goes before a closing quotation mark."""
    addresses = addresses_of(record, in_note=True)
    clauses = [part for part in parts if part]
    title = quoted(record.title) if record.is_piece and record.title else title_of(record)
    if record.type == "letter" and names:
        names, title = _written(names, title)
    if record.type == "periodical":
        title = quoted(record.issue, ",") if record.issue else ()
        clauses = [join((title, *clauses[:1]), " "), *clauses[1:]]
        title = ()
    if record.is_piece and record.title and (clauses or not in_brackets):
        title = quoted(record.title, "," if clauses or place or addresses else "")
        first = join((title, clauses[0] if clauses else ()), " ")
        clauses = [first, *clauses[1:]]
    else:
        clauses = [title or (() if clauses else rich(record.key)), *clauses]
    text = join([names, *clauses], ", ")
    if in_brackets and text:
        text = rich(text, " (", in_brackets, ")")
    after_comma = text_of(text).endswith((",”",))
    text = rich(text, " " if after_comma else ", ", place) if place else text
    text = join((text, *addresses), " " if text_of(text).endswith(",”") else ", ")
    if shorthand := record.text("shorthand"):
        text = rich(text, f" ({term('hereafter cited as')} ", shorthand, ")")
    return text


def _written(names: Rich, title: Rich) -> tuple[Rich, Rich]:
    """Return who wrote a letter, and its title: “Mary Hart to John Reed”, or “letter to …”."""
    if not text_of(title).startswith(("To ", "Letter ")):
        return names, title
    first = title[0].text
    small = (replace(title[0], text=first[0].lower() + first[1:]), *title[1:])
    return (rich(names, " ", small), ()) if first.startswith("To ") else (names, small)


def short_note(record: Record, locator: str = "") -> Rich:
    """Return a later note: family name, short title, locator."""
    names, place = short_author(record), bare_locator(locator)
    if shorthand := record.text("shorthand"):
        return join((shorthand, place), ", ")
    title = titled_short(record, "," if place else "")
    between = " " if text_of(title).endswith(("”", ",’")) and place else ", "
    return join((names, join((title, place), between)), ", ")


def short_author(record: Record, *, directors: bool = True) -> Rich:
    """Return who stands first in a later citation, by family names."""
    people = short_creators(record, directors=directors)
    if people:
        return rich(attributed(record, short_names(people), addon=False))
    return organization(record)


def titled_short(record: Record, stop: str = "") -> Rich:
    """Return the short title as it is set apart; a review without a title is told to be one."""
    if record.reviewed and not record.title:
        return record.reviewed
    title = short_title(record)
    if record.is_piece and title:
        return quoted(title, stop)
    return el.title_of(record, title) if title else ()


def short_title(record: Record) -> Rich:
    """Return the short title that the entry gives, else the main title without its article."""
    if record.work.get("shorttitle"):
        return record.short_title
    title: list[Rich] = []
    for run in record.short_title or rich(record.key):
        head, colon, _ = run.text.partition(": ")
        title.append((replace(run, text=head.rstrip() if colon else head),))
        if colon:
            break
    short = rich(*title)
    first = short[0]
    for article in ("A ", "An ", "The "):
        if first.text.startswith(article) and len(text_of(short).split()) > 1:
            return capitalized((replace(first, text=first.text[len(article) :]), *short[1:]))
    return short
