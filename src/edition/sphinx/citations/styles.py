"""The citation styles by name: what each makes of a work, and of a citation of it."""

from dataclasses import dataclass
from typing import Any, Literal

from edition.bibliography.markup import (
    Rich,
    capitalized,
    ended,
    join,
    rich,
    text_of,
)
from edition.bibliography.record import Record, record_of
from edition.bibliography.vocabulary import WORDS
from edition.model import Work
from edition.sphinx.citations import author_date, chicago, mla, short_title
from edition.sphinx.citations.csl import Part, style_of
from edition.sphinx.citations.library import Library
from edition.sphinx.citations.pages import bare_locator
from edition.sphinx.citations.terms import term

STYLES = ("short-title", "author-date", "notes", "mla")
ORDERS = ("", "file", "alphabetical")

Position = Literal["first", "later", "ibid"]

# Roles that give the names, the year or the key alone.
_PIECES = ("author", "cauthor", "year", "label")


@dataclass(frozen=True, slots=True)
class Cited:
    """A work as one citation names it; `role` is that of sphinxcontrib-bibtex (`p`, `ts`…)."""

    record: Record
    locator: str
    role: str
    position: Position = "first"


def words_of(style: str, library: Library, cited: Cited) -> tuple[Rich, Rich]:
    """Return the words that lead to the entry, and what follows them."""
    record, locator, role = first_of(library, cited.record), cited.locator, cited.role
    if style != "short-title":
        record = library.distinguished(record)
    if role.startswith(_PIECES):
        return _piece(style, library, cited), rich()
    textual = role in ("t", "ts", "ct", "cts")
    if style == "author-date":
        return author_date.citation(record, locator, library.letter(record), textual=textual)
    if style == "mla":
        return mla.citation(record, locator, alone=library.alone(record), textual=textual)
    if style == "notes":
        if cited.position == "first":
            return chicago.note(record, locator), rich()
        if cited.position == "ibid":
            return rich(term("ibid.")), rich(f", {bare_locator(locator)}" if locator else "")
        return chicago.short_note(record, locator), rich()
    return short_title.citation(record, locator, every_author=role.endswith("s"))


def first_of(library: Library, record: Record) -> Record:
    """Return the first member of a @set, which is cited for it; any other record itself."""
    members = [library.get(key.strip()) for key in _list(record, "entryset")]
    first = next((member for member in members if member and member.type != "set"), None)
    return first if first and record.type == "set" else record


def _piece(style: str, library: Library, cited: Cited) -> Rich:
    record, role = cited.record, cited.role
    if role.startswith("label"):
        return rich(record.key)
    if role.startswith("year"):
        letter = library.letter(record) if style == "author-date" else ""
        return rich(author_date.year_of(record, letter))
    return short_title.author(record, every_author="authors" in role) or rich(record.key)


def in_brackets(style: str, role: str) -> bool:
    """Return whether the citations of a role stand in brackets."""
    if role in ("p", "ps"):
        return style != "notes"
    return role.endswith(("par", "pars"))


def entry_in(config: Any, library: Library, record: Record) -> Rich:
    """Return a work as an entry of the bibliography in the style of a build."""
    style = style_of(config, library)
    if style is None:
        return entry(config.edition_citation_style, library, record)
    keys = _list(record, "entryset") if record.type == "set" else [record.key]
    return join((style.entries.get(key.strip(), rich()) for key in keys), " ")


def note_in(config: Any, library: Library, work: Work) -> Rich:
    """Return the note that `{footcite}` makes of a work: a full one."""
    record = library.get(work.key)
    style = style_of(config, library)
    if style is None or record is None:
        return chicago.note(record or record_of(work))
    if style.in_notes:
        return style.citations([[Part(record.key, "", "")]])[0]
    return style.entries.get(record.key, rich())


def entry(style: str, library: Library, record: Record) -> Rich:
    """Return a work as an entry of the bibliography."""
    if record.type == "set":
        members = [library.get(key.strip()) for key in _list(record, "entryset")]
        found = [member for member in members if member and member.type != "set"]
        return join((entry(style, library, member) for member in found), " ")
    if style == "author-date":
        text = author_date.entry(record, library.letter(record))
    elif style == "mla":
        text = mla.entry(record)
    else:
        text = chicago.entry(record)
    return join((text, *_related(library, record)), " ")


def _related(library: Library, record: Record) -> list[Rich]:
    """Return the works that an entry names as related, with the words that say how."""
    kind = text_of(record.text("relatedtype"))
    words = record.text("relatedstring") or rich(term(WORDS.get(kind, "")))
    if record.reviewed:
        return []  # it stands after the title
    works = [library.get(key.strip()) for key in _list(record, "related")]
    notes = [chicago.note(work) for work in works if work and work.key != record.key]
    if not notes:
        return [ended(capitalized(words))] if words and not works else []
    return [ended(capitalized(join((words, join(notes, "; ")), " ")))]


def _list(record: Record, name: str) -> list[str]:
    value = record.work.get(name)
    return value.split(",") if value else []
