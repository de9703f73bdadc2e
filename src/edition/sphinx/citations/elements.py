"""The elements of a citation that the styles share: volumes, series, imprint, addresses."""

import re

from edition.bibliography.markup import (
    Rich,
    join,
    rich,
    styled,
    text_of,
)
from edition.bibliography.record import Record
from edition.sphinx.citations.addresses import address_in
from edition.sphinx.citations.pages import NBSP, place_of
from edition.sphinx.citations.people import contributors, creators, in_note
from edition.sphinx.citations.terms import (
    day_of,
    edition_of,
    known_word,
    place_names,
    term,
    years_of,
)

# A work of these types is a book with an imprint: place, publisher, year.
BOOKS = frozenset(
    """
    book mvbook collection mvcollection proceedings mvproceedings reference mvreference booklet
    manual inbook bookinbook suppbook incollection suppcollection inproceedings inreference
    thesis report standard commentary mvcommentary
    """.split()
)
# Laws and the like: their title is set as it is, their number follows in its sentence.
LAWS = frozenset({"jurisdiction", "legislation", "legal", "patent"})
_NUMBERED = frozenset({"report", "standard"})
ART = frozenset({"artwork", "image"})
RECORDINGS = frozenset({"audio", "music", "video"})
# Works that a body may stand for where nobody is named.
BY_BODIES = frozenset({"online", "report", "manual", "standard"})
_PROCEEDINGS = frozenset({"inproceedings", "proceedings", "mvproceedings"})

_LABELLED = re.compile(r"[^\W\d_]+\.?\s")


def title_of(record: Record, value: Rich = ()) -> Rich:
    """Return the title as it is set apart: in italics, or as it is for laws, patents and letters.

    A work without a title has the key for one if nothing else can stand for it.
    """
    value = value or record.title or (() if _is_described(record) else rich(record.key))
    plainly = record.type == "letter" or (record.type in LAWS and record.type != "jurisdiction")
    return value if plainly or not value else styled(value, "italic")


def _is_described(record: Record) -> bool:
    """Return whether an entry without a title says what the work is."""
    said = ("note", "howpublished", "type", "library", "series", "url", "eprint")
    return bool(record.book or record.journal or any(record.work.get(name) for name in said))


def volume_of(record: Record, *, count: bool = True) -> str:
    """Return the volume and part that a book is, or with `count` how many volumes it has."""
    volume, part = text_of(record.text("volume")), text_of(record.text("part"))
    if volume and series_volume(record):
        volume = ""
    words = [f"{term('vol.')}{NBSP}{volume}"] if volume else []
    words += [part if " " in part else f"{term('pt.')}{NBSP}{part}"] if part else []
    return ", ".join(words) or (volumes_of(record) if count else "")


def volumes_of(record: Record) -> str:
    """Return how many volumes a work has."""
    volumes = text_of(record.text("volumes"))
    return f"{volumes}{NBSP}{term('vols.')}" if volumes else ""


def series_volume(record: Record) -> bool:
    """Return whether the volume counts in the series, as that of conference proceedings.

    So it does for a part in BibTeX, to which biblatex's `date`, `maintitle`, … are unknown.
    """
    has = record.work.get
    counts = record.type in _PROCEEDINGS or (record.in_book and not has("date"))
    return counts and bool(has("series") and not (has("number") or record.main))


def series_of(record: Record) -> Rich:
    """Return the series of a book, with the number in it."""
    series = record.text("series")
    number = record.text("number") if record.type not in _NUMBERED else ()
    if series_volume(record):
        number = record.text("volume")
    labelled = _LABELLED.match(text_of(number))  # “vol. 6”
    return join((series, number), ", " if labelled else " ") if series else ()


def whole_of(record: Record, *, note: bool, count: bool = True) -> Rich:
    """Return the book that a part is in, with its volume, editors, translators and edition."""
    book = record.book
    main = record.main if text_of(record.main) != text_of(book) else ()
    parts: list[str | Rich] = [styled(book or main, "italic")] if book or main else []
    volume = volume_of(record, count=count)
    bookauthor = record.named("bookauthor")
    if parts and bookauthor and bookauthor != record.named("author"):
        parts.append(f"{term('by')} {in_note(bookauthor)}")
    if volume and book and main:
        parts.append(rich(f"{volume} {term('of')} ", styled(main, "italic")))
    else:
        parts += [volume, styled(main, "italic") if book and main else ()]
    parts += [f"{verb} {in_note(people)}" for verb, people in contributors(record, note=note)]
    return join((*parts, edition_of(record), _proceedings_of(record, book)), ", ")


def _proceedings_of(record: Record, book: Rich) -> Rich:
    """Return the conference of a volume, unless the volume's title names it."""
    event = text_of(record.text("eventtitle"))
    named = event and event in text_of(book)
    return () if named or record.type not in _PROCEEDINGS else event_of(record)


def event_of(record: Record, *, european: bool = False) -> Rich:
    """Return the event at which a work was shown or read; its days unless the date has them."""
    same = record.date.month and record.date.year == record.eventdate.year
    same = same or record.eventdate == record.date
    day = "" if same else day_of(record.eventdate, european=european)
    event = join((record.text("eventtitle"), record.text("eventtitleaddon")), ". ")
    return join((event, venue_of(record), day), ", ")


def venue_of(record: Record) -> Rich:
    """Return where an event was: its `venue`, or the `location` beside a publisher's `address`."""
    both = record.type in _PROCEEDINGS and record.work.get("address")
    return record.text("venue") or (record.text("location") if both else ())


def main_of(record: Record, *, count: bool = True) -> Rich:
    """Return the volume that a book is, of its main work if that has a title."""
    volume = rich(volume_of(record, count=count)) if record.type not in LAWS else ()
    if record.main and text_of(record.main) != text_of(record.title):
        volume = join((volume, styled(record.main, "italic")), f" {term('of')} ")
    return join((volume, _proceedings_of(record, record.title)), ", ")


def report_of(record: Record) -> Rich:
    """Return the kind and number of a report or standard."""
    numbered = record.type in _NUMBERED
    return join((known_word(record.genre), record.text("number")), " ") if numbered else ()


def imprint_of(record: Record, when: str) -> Rich:
    """Return place, publisher and date; of a thesis its kind and school."""
    place, publisher = place_names(record), record.text("publisher")
    lead: Rich = ()
    if record.type == "thesis":
        school = record.text("institution") or publisher
        inside = text_of(place) in text_of(school)
        lead, publisher = known_word(record.genre), join((school, () if inside else place), ", ")
        place = ()
    elif record.type == "report":
        publisher = record.text("institution") or publisher
    elif not publisher:
        # A body that stands first is named again beside the place.
        twice = record.type == "standard" and not (place or creators(record)[0])
        publisher = (() if twice else record.text("organization")) or published_how(record)
    made = join((place, publisher), ": ")
    printing = text_of(record.text("printing"))
    if printing and printing not in (when, record.date.years):
        of = f"{term('printing of')} " if printing[:1].isdigit() else ""
        when = ", ".join(part for part in (when, of + printing) if part)
    return join((lead, made, when), ", ")


def published_how(record: Record) -> Rich:
    """Return how a work was published, unless that is an address."""
    return () if address_in(record) else record.text("howpublished")


def issued_of(record: Record, when: str) -> Rich:
    """Return place, publisher and date of a work that is no book but was published as one is."""
    place, publisher = place_names(record), record.text("publisher")
    apart = record.type in LAWS or record.type in ART or holding_of(record)
    return () if apart or not (place and publisher) else imprint_of(record, when)


def written_of(record: Record) -> str:
    """Return the day of a letter; in a book the date is that of the book."""
    return day_of(record.origdate if record.in_book else record.date)


def art_of(record: Record, when: str) -> list[Rich]:
    """Return the date of a work of art, what it is made of, and where it is."""
    made = join((known_word(record.genre), published_how(record)), ", ")
    maker = record.text("organization") or record.text("publisher")
    where = join((holding_of(record), record.text("library"), maker, place_names(record)), ", ")
    return [rich(when), made, join((event_of(record), where), ", ")]


def loose_of(record: Record, when: str, *, pages: bool = True) -> Rich:
    """Return what is known of a work that is no book: kind, number, place, maker, date."""
    if record.type in LAWS and record.journal:
        return _reported(record, when)
    if record.type in ART:
        return join(art_of(record, when), ", ")
    issued = bool(issued_of(record, when))
    number, genre = record.text("number"), known_word(record.genre)
    place = place_names(record)
    if record.type == "patent":
        place = () if genre or text_of(place).startswith("country") else place  # biblatex's keys
        genre = genre or rich(term("Patent"))
        when = f"{term('issued')} {when}" if when else ""
        genre, number = join((genre, number), " "), ()
    by_body = record.type in BY_BODIES
    held = holding_of(record)
    made = join((place, record.text("publisher")), ": ")
    if made and record.type in RECORDINGS:  # “RCA 60822”
        made, number = join((made, number), " "), ()
    event = event_of(record)
    if event and not record.date.month and record.date.year == record.eventdate.year:
        when = ""  # the event has it
    parts = [
        styled(record.book, "italic"),
        styled(record.journal, "italic"),
        genre,
        join((record.text("series"), number), " "),
        version_of(record),
        event,
        rich(when) if held else (),
        published_how(record),
        held,
        record.text("organization") if creators(record)[0] or not by_body else (),
        () if issued else made,
        () if held or issued else rich(when),
        place_of(record) if pages else (),
    ]
    return join(parts, ", ")


def version_of(record: Record) -> Rich:
    """Return the version of software, data or a manual."""
    version = record.text("version")
    counted = text_of(version)[:1].isdecimal()  # else it is words: “director’s cut”
    return rich(f"{term('version')} ", version) if counted else version


def holding_of(record: Record) -> Rich:
    """Return where a manuscript is kept: its shelfmark and the library."""
    if record.type == "letter" or (record.type == "unpublished" and not event_of(record)):
        return join((record.text("shelfmark"), record.text("library")), ", ")
    return record.text("shelfmark") if record.type == "misc" or record.type in ART else ()


def _reported(record: Record, when: str) -> Rich:
    """Return a law or a judgement by the volume and page of its reporter: “410 U.S. 113 (1973)”."""
    place = join((record.text("volume"), record.journal, place_of(record)), " ")
    made = join((record.text("organization"), place_names(record), when), ", ")
    return rich(join((record.text("number"), place), ", "), *((" (", made, ")") if made else ()))


def origin_of(record: Record) -> Rich:
    """Return when, where and by whom a work was first published."""
    if not record.origdate or record.type == "letter" or record.origdate.years == record.date.years:
        return ()
    made = join((record.text("origlocation"), record.text("origpublisher")), ": ")
    title, when = record.text("origtitle"), day_of(record.origdate)
    if title:
        title = styled(title, "italic")
        return rich(
            f"{term('Originally published as')} ", title, " (", join((made, when), ", "), ")"
        )
    lead = f"{term('Originally published')} {when}"
    return rich(lead, " (", made, ")") if made else rich(lead)


def is_republished(record: Record) -> bool:
    """Return whether the entry tells more of the first publication than its date."""
    return bool(record.text("origtitle") or record.text("origpublisher"))


def year_of_book(record: Record) -> str:
    """Return the year of a book: “n.d.” where none is known, its state where it is to come."""
    return years_of(record.date) or term(record.state) or term("n.d.")


def whole_date(record: Record) -> str:
    """Return the date of a work that is no book as exactly as it is known."""
    day = day_of(record.date) if record.type != "letter" else ""
    return day or term(record.state)
