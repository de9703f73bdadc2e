"""The elements of a citation that the styles share: volumes, series, imprint, addresses."""

import re

from edition.bibliography.markup import Rich, Run, join, linked, quoted, rich, styled, text_of
from edition.bibliography.record import Record, ordinal
from edition.sphinx.citations.people import contributors, creators, in_note
from edition.sphinx.citations.terms import day_of, known_word, term, years_of

NBSP = "\N{NO-BREAK SPACE}"

# A work of these types is a book with an imprint: place, publisher, year.
BOOKS = frozenset(
    """
    book mvbook collection mvcollection proceedings mvproceedings reference mvreference booklet
    manual inbook bookinbook suppbook incollection suppcollection inproceedings inreference
    thesis report
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
_HYPHEN = re.compile(
    r"(?<![\w/.–-])([A-Za-z]?\d+|[ivxlc]+)[-‐−—](?=(?:[A-Za-z]?\d+|[ivxlc]+)(?![\w–-]))"
)
_LABEL_OF_PAGES = re.compile(r"(?:pp?|[Ss]|с|стр|[Pp]ages?|[Ss]eiten)(?:\.\s*|\s+)(?=[\divxlc])")
_WEB = re.compile(r"https?://\S+")
_ARXIV = "https://arxiv.org/abs/"
_BARE_LOCATOR = re.compile(r"\b(?:pp?|S|с|стр)\.\s*(?=[\d\[]|[ivxlcdm]+\b)", re.IGNORECASE)
_VOLUME_AND_PAGE = re.compile(r"\bvol\.\s*(\w+), (?:pp?\.\s*)(?=[\d\[ivxlc])")
_LABEL = re.compile(r"(?<=[a-z§¶]\.) (?=[\d\[]|[ivxlcdm]+\b)", re.IGNORECASE)


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
    """Return whether the volume counts in the series, as that of conference proceedings."""
    has = record.work.get
    return record.type in _PROCEEDINGS and bool(has("series") and not has("number"))


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
    elif volume:
        parts.append(volume)
    parts += [f"{verb} {in_note(people)}" for verb, people in contributors(record, note=note)]
    event = record.text("eventtitle")
    if record.type in _PROCEEDINGS and event and text_of(event) not in text_of(book):
        parts.append(join((event, record.text("venue"), day_of(record.eventdate)), ", "))
    return join(parts, ", ")


def main_of(record: Record) -> Rich:
    """Return the volume that a book is, of its main work if that has a title."""
    volume = volume_of(record)
    if record.main and text_of(record.main) != text_of(record.title):
        return join((rich(volume), styled(record.main, "italic")), f" {term('of')} ")
    return rich(volume)


def report_of(record: Record) -> Rich:
    """Return the kind and number of a report."""
    return (
        join((known_word(record.genre), record.text("number")), " ")
        if record.type == "report"
        else ()
    )


def imprint_of(record: Record, when: str) -> Rich:
    """Return place, publisher and date; of a thesis its kind and school."""
    place, publisher = record.text("place"), record.text("publisher")
    lead: Rich = ()
    if record.type == "thesis":
        lead, place = known_word(record.genre), () if record.text("institution") else place
        publisher = record.text("institution") or publisher
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


def journal_of(record: Record, locator: Rich, *, year_in_front: bool = False) -> Rich:
    """Return journal, volume, number and date of an article, then the pages or the locator."""
    number, volume = record.text("number") or record.text("issue"), record.text("volume")
    when = day_of(record.date, with_year=not year_in_front)
    if not year_in_front:
        when = when or term(record.state)
    if not when and not year_in_front:
        when = term("n.d.")
    journal = record.title if record.type == "periodical" else record.journal
    series = _journal_series(text_of(record.text("series")))
    head = join((styled(journal, "italic"), rich(series)), ", ")
    head = join((head, volume), ", " if series else " ")
    if number and volume and year_in_front and not when:
        head = rich(head, f" ({text_of(number)})")
    elif number:
        head = join((head, rich(f"{term('no.')}{NBSP}", number)), ", ")
    if volume or number:
        head = rich(head, f" ({when})" if when else "")
        whole = join((head, locator), ": ")
    else:
        whole = join((head, rich(when), locator), ", ")
    if not record.issue:
        return whole
    issue = rich(f"{term('in')} ", quoted(record.issue, ","), " ")
    lead = rich() if record.type == "periodical" else issue
    return rich(lead, f"{term('special issue')}, ", whole)


def _journal_series(value: str) -> str:
    if value.isdecimal() and len(value) < 3:
        return f"{ordinal(int(value))} {term('ser.')}"
    return {"newseries": "n.s.", "oldseries": "o.s."}.get(value, value)


def pages_of(record: Record) -> Rich:
    """Return the pages of a part, or the number of an article without pages."""
    pages = record.text("pages")
    if pages and (label := _LABEL_OF_PAGES.match(pages[0].text)):
        pages = rich((Run(pages[0].text[label.end() :], pages[0].styles),), pages[1:])
    return ranged(pages) or record.text("eid")


def ranged(pages: Rich) -> Rich:
    """Return pages with a dash for the hyphen between two numbers."""
    return tuple(Run(_HYPHEN.sub(r"\1–", run.text), run.styles, run.link) for run in pages)


def chapter_of(record: Record) -> Rich:
    """Return the chapter of a part."""
    chapter = record.text("chapter")
    return rich(f"{term('chap.')}{NBSP}", chapter) if chapter else ()


def loose_of(record: Record, when: str) -> Rich:
    """Return what is known of a work that is no book: kind, number, place, maker, date."""
    number = record.text("number")
    genre = known_word(record.genre)
    if record.type == "patent":
        genre = genre or rich(term("Patent"))
        when = f"{term('issued')} {when}" if when else ""
        genre, number = join((genre, number), " "), ()
    version = record.text("version")
    by_body = record.type in BY_BODIES
    place = () if record.type == "patent" else record.text("place")  # the kind says the country
    made = join((place, record.text("publisher")), ": ")
    event = record.text("eventtitle")
    parts = [
        styled(record.book, "italic") if record.book else (),
        styled(record.journal, "italic") if record.journal else (),
        rich(volume_of(record)),
        genre,
        number,
        rich(f"{term('version')} ", version) if version else (),
        join((event, day_of(record.eventdate) if when else ""), ", ")
        if event and record.eventdate != record.date
        else event,
        published_how(record),
        record.text("organization") if creators(record)[0] or not by_body else (),
        made,
        rich(when),
        pages_of(record),
    ]
    return join(parts, ", ")


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


def addresses_of(record: Record, *, in_note: bool = False) -> list[Rich]:
    """Return DOI, e-print, date of access and web address, each as a sentence.

    A note has the address that lasts longest, and the date of access for want of another.
    """
    found = []
    if record.doi:
        found.append(linked(f"https://doi.org/{record.doi}"))
    if record.eprint:
        name = record.eprint
        link = _ARXIV + name[6:].split(" ")[0] if name.startswith("arXiv:") else ""
        found.append((Run(name, link=link),))
    url = record.url or _address_in(record)
    if url and "doi.org/" in url and record.doi:
        url = ""
    if url:
        if record.accessed and not (in_note and (found or record.date)):
            word = term("accessed") if in_note else term("Accessed")
            found.append(rich(f"{word} {day_of(record.accessed)}"))
        found.append(linked(url))
    return found[:1] if in_note and (record.doi or record.eprint) else found


def _address_in(record: Record) -> str:
    found = _WEB.fullmatch(text_of(record.text("howpublished")).strip())
    return found[0] if found else ""


def remarks_of(record: Record) -> list[Rich]:
    """Return what the entry's notes tell a reader, without what managers keep there."""
    note, addendum = record.text("note"), record.text("addendum")
    return [part for part in (note, addendum) if part and not _MANAGERS_NOTE.match(text_of(part))]


def year_of_book(record: Record) -> str:
    """Return the year of a book: “n.d.” where none is known, its state where it is to come."""
    return years_of(record.date) or term(record.state) or term("n.d.")


def whole_date(record: Record) -> str:
    """Return the date of a work that is no book as exactly as it is known."""
    return day_of(record.date) or term(record.state)


def locator_text(locator: str) -> str:
    """Return a locator as typed; a label never parts from its number at a line's end."""
    return _LABEL.sub(NBSP, locator)


def bare_locator(locator: str) -> str:
    """Return a locator as a note has it: pages without “p.”, a volume before a colon."""
    volume = _VOLUME_AND_PAGE.sub(r"\1:", locator)
    return locator_text(_BARE_LOCATOR.sub("", volume))
