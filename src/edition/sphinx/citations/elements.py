"""The elements of a citation that the styles share: volumes, series, imprint, addresses."""

import re

from edition.bibliography.markup import (
    Rich,
    Run,
    join,
    link_to,
    linked,
    rich,
    styled,
    text_of,
)
from edition.bibliography.record import Record, seen_in
from edition.sphinx.citations.pages import NBSP, place_of
from edition.sphinx.citations.people import contributors, creators, in_note
from edition.sphinx.citations.terms import day_of, known_word, place_names, term, years_of

# A work of these types is a book with an imprint: place, publisher, year.
BOOKS = frozenset(
    """
    book mvbook collection mvcollection proceedings mvproceedings reference mvreference booklet
    manual inbook bookinbook suppbook incollection suppcollection inproceedings inreference
    thesis report commentary mvcommentary
    """.split()
)
# Laws and the like: their title and number are one sentence.
LAWS = frozenset({"jurisdiction", "legislation", "legal", "standard", "patent"})
# Works that a body may stand for where nobody is named.
BY_BODIES = frozenset({"online", "report", "manual", "standard"})
_PROCEEDINGS = frozenset({"inproceedings", "proceedings", "mvproceedings"})

# What reference managers write into `note` for themselves, not for readers.
_MANAGERS_NOTE = re.compile(
    r"(?:tex\.[\w.]+|_?eprint|(?:Google-Books-|Citation Key|citation-key|OCLC|PMID|PMCID|ZSCC|ISBN"
    r"|Publisher|Backup Publisher|Company|Distributor|Event|Conference Name|Container|Section"
    r"|Read_Status\w*|original-date|Type|Number|Version|arXiv|DOI|Accepted|Label)[\w-]*):\s",
)
_WEB = re.compile(r"https?://\S+")


def title_of(record: Record, value: Rich = ()) -> Rich:
    """Return the title as it is set apart: in italics, or as it is for laws and patents."""
    value = value or record.title or (() if record.text("note") else rich(record.key))
    plainly = record.type in LAWS and record.type != "jurisdiction"
    return value if plainly or not value else styled(value, "italic")


def volume_of(record: Record) -> str:
    """Return the volume and part that a book is, or how many volumes it has."""
    volume, part = text_of(record.text("volume")), text_of(record.text("part"))
    volumes = text_of(record.text("volumes"))
    if volume and series_volume(record):
        volume = ""
    words = [f"{term('vol.')}{NBSP}{volume}"] if volume else []
    words += [f"{term('pt.')}{NBSP}{part}"] if part else []
    if not words and volumes:
        words = [f"{volumes}{NBSP}{term('vols.')}"]
    return ", ".join(words)


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
    number = record.text("number") if record.type != "report" else ()
    if series_volume(record):
        number = record.text("volume")
    return join((series, number), " ") if series else ()


def whole_of(record: Record, *, note: bool) -> Rich:
    """Return the book that a part is in, with its volume, editors and translators."""
    book = record.book
    main = record.main if text_of(record.main) != text_of(book) else ()
    parts: list[str | Rich] = [styled(book or main, "italic")] if book or main else []
    volume = volume_of(record)
    bookauthor = record.named("bookauthor")
    if parts and bookauthor and bookauthor != record.named("author"):
        parts.append(f"{term('by')} {in_note(bookauthor)}")
    if volume and book and main:
        parts.append(rich(f"{volume} {term('of')} ", styled(main, "italic")))
    else:
        parts += [volume, styled(main, "italic") if book and main else ()]
    parts += [f"{verb} {in_note(people)}" for verb, people in contributors(record, note=note)]
    return join((*parts, _proceedings_of(record, book)), ", ")


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


def main_of(record: Record) -> Rich:
    """Return the volume that a book is, of its main work if that has a title."""
    volume = rich(volume_of(record)) if record.type not in LAWS else ()
    if record.main and text_of(record.main) != text_of(record.title):
        volume = join((volume, styled(record.main, "italic")), f" {term('of')} ")
    return join((volume, _proceedings_of(record, record.title)), ", ")


def report_of(record: Record) -> Rich:
    """Return the kind and number of a report."""
    return (
        join((known_word(record.genre), record.text("number")), " ")
        if record.type == "report"
        else ()
    )


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
        publisher = record.text("organization") or published_how(record)
    made = join((place, publisher), ": ")
    printing = text_of(record.text("printing"))
    if printing and printing not in (when, record.date.years):
        of = f"{term('printing of')} " if printing[:1].isdigit() else ""
        when = ", ".join(part for part in (when, of + printing) if part)
    return join((lead, made, when), ", ")


def published_how(record: Record) -> Rich:
    """Return how a work was published, unless that is an address."""
    how = record.text("howpublished")
    return () if _WEB.fullmatch(text_of(how).strip()) else how


def loose_of(record: Record, when: str, *, pages: bool = True) -> Rich:
    """Return what is known of a work that is no book: kind, number, place, maker, date."""
    if record.type in LAWS and record.journal:
        return _reported(record, when)
    number, genre = record.text("number"), known_word(record.genre)
    place = place_names(record)
    if record.type == "patent":
        place = () if genre or text_of(place).startswith("country") else place  # biblatex's keys
        genre = genre or rich(term("Patent"))
        when = f"{term('issued')} {when}" if when else ""
        genre, number = join((genre, number), " "), ()
    by_body = record.type in BY_BODIES
    held = holding_of(record)
    parts = [
        styled(record.book, "italic"),
        styled(record.journal, "italic"),
        genre,
        join((record.text("series"), number), " "),
        version_of(record),
        event_of(record),
        rich(when) if held else (),
        published_how(record),
        held,
        record.text("organization") if creators(record)[0] or not by_body else (),
        join((place, record.text("publisher")), ": "),
        () if held else rich(when),
        place_of(record) if pages else (),
    ]
    return join(parts, ", ")


def version_of(record: Record) -> Rich:
    """Return the version of software, data or a manual."""
    version = record.text("version")
    return rich(f"{term('version')} ", version) if version else ()


def holding_of(record: Record) -> Rich:
    """Return where a manuscript is kept: its shelfmark and the library."""
    if record.type == "letter" or (record.type == "unpublished" and not event_of(record)):
        return join((record.text("shelfmark"), record.text("library")), ", ")
    return record.text("shelfmark") if record.type in ("misc", "artwork", "image") else ()


def _reported(record: Record, when: str) -> Rich:
    """Return a law or a judgement by the volume and page of its reporter: “410 U.S. 113 (1973)”."""
    place = join((record.text("volume"), record.journal, place_of(record)), " ")
    made = join((record.text("organization"), place_names(record), when), ", ")
    return rich(join((record.text("number"), place), ", "), *((" (", made, ")") if made else ()))


def origin_of(record: Record) -> Rich:
    """Return when, where and by whom a work was first published."""
    if not record.origdate or record.origdate.years == record.date.years:
        return ()
    made = join((record.text("origlocation"), record.text("origpublisher")), ": ")
    title = record.text("origtitle")
    lead = term("Originally published as") if title else term("Originally published")
    lead += " " if title or not made else ": "
    when = day_of(record.origdate)
    return rich(lead, join((styled(title, "italic") if title else (), made, when), ", "))


def is_republished(record: Record) -> bool:
    """Return whether the entry tells more of the first publication than its date."""
    return bool(record.text("origtitle") or record.text("origpublisher"))


def addresses_of(record: Record, *, in_note: bool = False) -> list[Rich]:
    """Return DOI, e-print, date of access and web address, each as a sentence.

    A note has the address that lasts longest, and the date of access for want of another.
    """
    found = []
    if record.doi:
        found.append(linked(f"https://doi.org/{record.doi}"))
    if record.eprint[0]:
        found.append((Run(record.eprint[0], link=link_to(record.eprint[1])),))
    url = record.url or _address_in(record)
    if url and "doi.org/" in url and record.doi:
        url = ""
    if url:
        if record.accessed and not (in_note and (found or record.date)):
            word = term("accessed") if in_note else term("Accessed")
            found.append(rich(f"{word} {day_of(record.accessed)}"))
        found.append(linked(url))
    return found[:1] if in_note and (record.doi or record.eprint[0]) else found


def _address_in(record: Record) -> str:
    found = _WEB.fullmatch(text_of(record.text("howpublished")).strip())
    return found[0] if found else ""


def remarks_of(record: Record) -> list[Rich]:
    """Return what the entry's notes tell a reader, without what managers keep there."""
    texts = ((part, text_of(part)) for part in (record.text("note"), record.text("addendum")))
    return [part for part, text in texts if not (_MANAGERS_NOTE.match(text) or seen_in(text))]


def year_of_book(record: Record) -> str:
    """Return the year of a book: “n.d.” where none is known, its state where it is to come."""
    return years_of(record.date) or term(record.state) or term("n.d.")


def whole_date(record: Record) -> str:
    """Return the date of a work that is no book as exactly as it is known."""
    return day_of(record.date) or term(record.state)
