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
from edition.sphinx.citations.journals import journal_of
from edition.sphinx.citations.pages import bare_locator, chapter_of, place_of
from edition.sphinx.citations.people import (
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
    if record.type in el.LAWS:
        title = join((el.title_of(record), el.loose_of(record, el.whole_date(record))), ", ")
        return sentences(names_of(record), [title, *_ending(record)])
    return sentences(names_of(record), [title_of(record), *body(record)])


def title_of(record: Record) -> Rich:
    """Return the title with a stop in its marks; the title of an issue is in the journal's."""
    if record.type == "periodical":
        return quoted(record.issue, ".") if record.issue else ()
    return quoted(record.title, ".") if record.is_piece and record.title else el.title_of(record)


def sentences(names: Rich, parts: list[Rich]) -> Rich:
    """Return the names, then each part as a sentence; a name keeps its small “von”."""
    return join((ended(names), *(ended(capitalized(part)) for part in parts if part)), " ")


def names_of(record: Record) -> Rich:
    """Return who stands first in an entry: people, else a body."""
    people, mark, _ = creators(record)
    if people:
        return join((in_bibliography(people), mark), ", ")
    return organization(record)


def organization(record: Record) -> Rich:
    """Return the body that stands for an author where nobody is named."""
    return record.text("organization") if record.type in el.BY_BODIES else ()


def body(record: Record, when: str | None = None) -> list[Rich]:
    """Return the sentences of an entry after its title; `when` in place of the date."""
    parts: list[Rich] = []
    if record.type in ("article", "periodical"):
        parts += [*_helpers(record), edition_of(record)]
        year_in_front = when is not None
        parts.append(journal_of(record, place_of(record), year_in_front=year_in_front))
        return parts + _ending(record)
    if record.in_book:
        whole = el.whole_of(record, note=False)
        place = join((chapter_of(record, term("chap.")), place_of(record)), ", ")
        parts += [join((rich(f"{term('in')} ", whole), place), ", "), edition_of(record)]
    else:
        parts += [*_helpers(record), edition_of(record), el.main_of(record)]
        if record.type in el.BOOKS:
            parts += [el.version_of(record), _part_of_book(record)]
    if record.type in el.BOOKS:
        parts.append(el.report_of(record))
        year = el.year_of_book(record) if when is None else when
        parts += [el.series_of(record), el.origin_of(record)]
        parts.append(el.imprint_of(record, year))
    else:
        dated = when is None or record.date.month
        date = el.whole_date(record) if dated else when or ""
        parts += [el.origin_of(record), el.loose_of(record, date)]
    return parts + _ending(record)


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
    return [*el.addresses_of(record), *el.remarks_of(record)]


def note(record: Record, locator: str = "") -> Rich:
    """Return a full note."""
    people, mark, _ = creators(record)
    names = join((in_note(people), mark), ", ") if people else organization(record)
    place = rich(bare_locator(locator))
    parts: list[Rich] = []
    if record.type in ("article", "periodical"):
        parts.append(journal_of(record, place))
        return _in_clauses(record, names, [*_help_in_note(record), *parts], ())
    if record.in_book:
        parts += [rich(f"{term('in')} ", el.whole_of(record, note=True)), edition_of(record)]
    else:
        parts += [*_help_in_note(record), edition_of(record), el.main_of(record)]
    if record.type in el.BOOKS:
        parts += [el.report_of(record), el.series_of(record)]
        imprint = el.imprint_of(record, el.year_of_book(record))
        origin = years_of(record.origdate)
        if origin and record.origdate != record.date:
            imprint = rich(f"{origin}; ", imprint)
        return _in_clauses(record, names, parts, place, in_brackets=imprint)
    parts.append(el.loose_of(record, el.whole_date(record), pages=not place))
    return _in_clauses(record, names, parts, place)


def _help_in_note(record: Record) -> Iterator[Rich]:
    for verb, people in contributors(record, note=True):
        if record.issue and people == record.named("editor"):
            continue
        yield rich(f"{verb} {in_note(people)}".lstrip())


def _in_clauses(
    record: Record, names: Rich, parts: list[Rich], place: Rich, in_brackets: Rich = ()
) -> Rich:
    """Join the clauses of a note; a comma goes before a closing quotation mark."""
    addresses = el.addresses_of(record, in_note=True)
    clauses = [part for part in parts if part]
    title = quoted(record.title) if record.is_piece and record.title else el.title_of(record)
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
    if in_brackets:
        text = rich(text, " (", in_brackets, ")")
    after_comma = text_of(text).endswith((",”",))
    text = rich(text, " " if after_comma else ", ", place) if place else text
    text = join((text, *addresses), " " if text_of(text).endswith(",”") else ", ")
    if shorthand := record.text("shorthand"):
        text = rich(text, f" ({term('hereafter cited as')} ", shorthand, ")")
    return text


def short_note(record: Record, locator: str = "") -> Rich:
    """Return a later note: family name, short title, locator."""
    names, title, place = short_author(record), short_title(record), bare_locator(locator)
    if shorthand := record.text("shorthand"):
        return join((shorthand, place), ", ")
    if not record.is_piece:
        return join((names, el.title_of(record, title), place), ", ")
    shown = quoted(title, "," if place else "")
    return join((names, join((shown, place), " ")), ", ")


def short_author(record: Record) -> Rich:
    """Return who stands first in a later citation, by family names."""
    people = short_creators(record)
    return rich(short_names(people)) if people else organization(record)


def short_title(record: Record) -> Rich:
    """Return the short title that the entry gives, else the main title without its article."""
    if record.work.get("shorttitle"):
        return record.short_title
    title: list[Rich] = []
    for run in record.short_title or rich(record.key):
        head, colon, _ = run.text.partition(": ")
        title.append((replace(run, text=head),))
        if colon:
            break
    short = rich(*title)
    first = short[0]
    for article in ("A ", "An ", "The "):
        if first.text.startswith(article) and len(text_of(short).split()) > 1:
            return capitalized((replace(first, text=first.text[len(article) :]), *short[1:]))
    return short
