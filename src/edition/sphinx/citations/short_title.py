"""Citations by author and short title: *Hart, “The Harbour at Night”, Collected Works 3, p. 112*.

A work's `shorttitle` is shown, else its title; a part of a collected work names the collection
and its volume. The bibliography has the form of the Chicago Manual.
"""

from edition.bibliography.markup import Rich, join, quoted, rich, styled
from edition.bibliography.persons import OTHERS, Person
from edition.bibliography.record import Record
from edition.sphinx.citations import chicago
from edition.sphinx.citations import elements as el
from edition.sphinx.citations.pages import NBSP, locator_text
from edition.sphinx.citations.people import creators, listed
from edition.sphinx.citations.terms import term


def citation(record: Record, locator: str, *, every_author: bool) -> tuple[Rich, Rich]:
    """Return the words that lead to the entry, and the locator after them."""
    names = author(record, every_author=every_author)
    place = locator_text(locator)
    return join((names, title(record)), ", "), rich(f", {place}" if place else "")


def author(record: Record, *, every_author: bool) -> Rich:
    """Return the family names, of more than two the first."""
    people = (
        record.named("shortauthor")
        or record.named("author")
        or record.named("shorteditor")
        or record.named("editor")
        or creators(record)[0]
    )
    if not people:
        return chicago.organization(record)
    few = people if every_author or len(people) < 3 else (people[0], OTHERS)
    return rich(*_others_set_apart(few))


def _others_set_apart(people: tuple[Person, ...]) -> tuple[str | Rich, ...]:
    """Return a list of names; the words for the others are in italics."""
    if people[-1] is not OTHERS:
        return (listed([person.short for person in people]),)
    named = listed([person.short for person in people[:-1]])
    return (f"{named} ", styled(term("et al."), "italic"))


def title(record: Record) -> Rich:
    """Return the short title, quoted for a part of a work, else in italics with the volume."""
    short = record.short_title or rich(record.key)
    volume = record.text("volume")
    if not record.is_piece:
        whole = el.title_of(record, short)
        return rich(whole, NBSP, volume) if volume and record.type != "inbook" else whole
    shown = quoted(short)
    if volume and record.book:
        return rich(shown, ", ", styled(record.book, "italic"), NBSP, volume)
    return shown
