"""An entry of the bibliography in one vocabulary, whichever dialect it was typed in.

BibTeX and biblatex have two names for many things (`journal` and `journaltitle`, `address`
and `location`, `school` and `institution`, `year` and `date`). Everything that shows a work
to a reader reads it here, so that listings and the printed bibliography never disagree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from edition.bibliography.datamodel import PARTS, PERIODICAL_PARTS
from edition.bibliography.date_fields import says_no_year
from edition.bibliography.identifiers import bare_doi, is_doi
from edition.bibliography.languages import language_tag
from edition.bibliography.latex import address, markup, plain
from edition.bibliography.markup import (
    Rich,
    capitalized,
    join,
    link_to,
    rich,
    text_of,
    without_stop,
)
from edition.bibliography.persons import Person, persons
from edition.bibliography.printed_dates import Date, date_of, read_date
from edition.bibliography.vocabulary import ALIASES, ARCHIVES, PEOPLE, TYPES, WORDS
from edition.model import Work

# Types whose title is that of a piece, set in quotation marks.
PIECES = (PARTS - {"bookinbook"}) | PERIODICAL_PARTS | {"thesis", "unpublished", "online"}
_IN_BOOKS = PARTS | {"letter"}

_LANGUAGES = ("langid", "hyphenation", "language")
_WORDS_ALONE = re.compile(r"[^\W\d_]+(?:[ /–-]+[^\W\d_]+)*")
# How BibTeX's users write down when they read a page, for want of a field.
_SEEN = re.compile(
    r"\[?(?:online[;,:]?\s*)?(?:(?:last|date)\s+)?(?:accessed|visited|retrieved|checked)"
    r"(?:\s+on)?[\s:,]+([^\]]*[0-9]{4}[^\]]*?)\.?\]?\.?",
    re.IGNORECASE,
)
# A title that ends as a sentence does, and not in an abbreviation.
_BLANK_BEFORE = re.compile(r"(?<=[^\s\\])\s+(?=[:;](?:\s|\Z))")
_USEPREFIX = re.compile(r"\buseprefix\b(?:\s*=\s*(\w+))?")
# How title pages and catalogues name an edition; “ed.” is added where it is printed.
_EDITION = re.compile(r"(?<=[\w.])\s+(?:edition|ed\.{0,2})$", re.IGNORECASE)
_ABBREVIATED = {
    **dict.fromkeys(("revised", "rev", "rev."), "rev."),
    **dict.fromkeys(("enlarged", "enl", "enl."), "enl."),
    "revised and enlarged": "rev. and enl.",
    "revised and expanded": "rev. and exp.",
}
_ORDINAL_WORDS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A work as a reader is shown it; what an entry does not give is empty."""

    key: str
    type: str
    genre: Rich = ()
    people: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    title: Rich = ()
    addon: Rich = ()
    reviewed: Rich = ()
    short_title: Rich = ()
    book: Rich = ()
    main: Rich = ()
    journal: Rich = ()
    issue: Rich = ()
    date: Date = Date()
    origdate: Date = Date()
    eventdate: Date = Date()
    accessed: Date = Date()
    state: str = ""
    doi: str = ""
    url: str = ""
    eprint: tuple[str, str] = ("", "")
    keywords: tuple[str, ...] = ()
    work: Work

    def text(self, name: str) -> Rich:
        """Return a field that is shown as it is, under any of its names."""
        names = ALIASES.get(name, (name,))
        # Computer scientists give the place of the conference, and the publisher's address.
        if name == "place" and self.work.get("address"):
            names = ("address",)
        return _first(self.work, names)

    def named(self, role: str) -> tuple[Person, ...]:
        """Return the people of a role."""
        return self.people.get(role, ())

    @property
    def in_book(self) -> bool:
        """Return whether the work is part of a book that the entry names."""
        return self.type in _IN_BOOKS and bool(self.book or self.main)

    @property
    def is_piece(self) -> bool:
        """Return whether the work is part of another, or unpublished: its title is quoted."""
        if self.type == "inbook" and not self.book:
            return False  # BibTeX's @inbook names the book in `title`
        return self.type in PIECES


def record_of(work: Work) -> Record:
    """Read an entry, with what it inherits."""
    kind, genre = TYPES.get(work.type, (work.type, ""))
    option = _USEPREFIX.search(work.get("options") or "")
    useprefix = (option[1] or "true").lower() if option else ""
    people = {role: persons(typed, useprefix) for role in PEOPLE if (typed := work.get(role))}
    genre = work.get("type") or genre
    if kind in ("book", "collection") and _part_of(work):
        kind = "incollection"
    tag = language_tag(*(plain(work.get(name) or "") for name in _LANGUAGES))
    title = _with_subtitle(work, "") or _titled(work, "main")
    if not title and kind.startswith("supp"):  # “Introduction”, which has no other title
        title, genre = capitalized(_word(genre)), ""
    date = date_of(work) or (date_of(work, "event") if kind == "performance" else Date())
    issue = plain(work.get("issue") or "")
    if issue and _WORDS_ALONE.fullmatch(issue) and date and not (date.month or date.last):
        date = replace(date, month=issue[:1].upper() + issue[1:])  # “Spring”
    if kind == "article" and not title and work.get("issuetitle"):
        kind, title = "periodical", _journal(work)  # a special issue as a whole
    short = _first(work, ("shorttitle", "title", "maintitle"))
    keywords = plain(work.get("keywords") or work.get("keyword") or "")
    return Record(
        key=work.key,
        type=kind,
        genre=_word(genre) if genre else (),
        people=people,
        roles={role: plain(work.get(f"{role}type") or "") for role in PEOPLE},
        title=in_language(title, tag),
        addon=markup(work.get("titleaddon") or ""),
        short_title=in_language(without_stop(short) or title, tag),
        book=in_language(_book(work, kind), tag),
        main=in_language(_titled(work, "main"), tag),
        journal=_journal(work),
        issue=_titled(work, "issue"),
        date=date,
        origdate=date_of(work, "orig"),
        eventdate=date_of(work, "event"),
        accessed=_accessed(work),
        state=_state(work),
        doi=_doi(work),
        url=address(work.get("url") or "") or link_to(address(work.get("doi") or "")),
        eprint=_eprint(work),
        keywords=tuple(word for part in re.split("[,;]", keywords) if (word := part.strip())),
        work=work,
    )


def year_of(work: Work) -> str | None:
    """Return the year of publication, as listings show it; None where there is none."""
    typed = work.get("year")
    return plain(typed) if typed else date_of(work).years or None


def _first(work: Work, names: tuple[str, ...]) -> Rich:
    typed = next((value for name in names if (value := work.get(name))), "")
    if " :" in typed or " ;" in typed or typed.endswith((",", ":", "/")):
        typed = _catalogued(work, typed)
    return markup(typed) if typed else ()


def _catalogued(work: Work, typed: str) -> str:
    """Return a text without a catalogue's marks: a stop at its end, in French alone a blank before.

    Catalogues end a name with the comma or colon that they print after it.
    """
    french = (work.get("langid") or work.get("language") or "").lower().startswith("fr")
    typed = typed.rstrip(" ,;:/")
    return typed if french else _BLANK_BEFORE.sub("", typed)


def in_language(value: Rich, tag: str) -> Rich:
    """Return a text of which a language tag is known."""
    return tuple(replace(run, language=tag) for run in value) if tag else value


def _word(value: str) -> Rich:
    return rich(WORDS[value.lower()]) if value.lower() in WORDS else markup(value)


def _with_subtitle(work: Work, part: str) -> Rich:
    title, subtitle = (_first(work, (f"{part}{name}",)) for name in ("title", "subtitle"))
    title = without_stop(title)
    if not subtitle:
        return title
    asks = text_of(title).endswith(("?", "!", ":", "—"))
    return rich(title, " " if asks else ": ", subtitle)


def _titled(work: Work, part: str) -> Rich:
    """Return a title with its subtitle, and what is added to it."""
    addon = capitalized(markup(work.get(f"{part}titleaddon") or ""))
    return join((_with_subtitle(work, part), addon), ". ")


def _part_of(work: Work) -> bool:
    """Return whether an entry for a book names another that holds it."""
    book, title = work.get("booktitle"), work.get("title")
    return bool(book and title and plain(book) != plain(title))


def _book(work: Work, kind: str) -> Rich:
    """Return the book that holds a part, or what stands for it in entries without one."""
    other = () if kind not in PARTS or work.get("maintitle") else _journal(work)
    return _titled(work, "book") or other


def _journal(work: Work) -> Rich:
    journal = _first(work, ALIASES["journal"])
    if not journal and work.type in PERIODICAL_PARTS:
        journal = _titled(work, "book")
    subtitle = markup(work.get("journalsubtitle") or "")
    return rich(journal, ": ", subtitle) if subtitle else journal


def _accessed(work: Work) -> Date:
    if work.get("urldate") or work.get("urlyear"):
        return date_of(work, "url")
    typed = next((value for name in ALIASES["accessed"] if (value := work.get(name))), "")
    return read_date(plain(typed) or seen_in(plain(work.get("note") or "")))


def seen_in(note: str) -> str:
    """Return the day of access that a note tells and nothing else, as typed; else nothing."""
    found = _SEEN.fullmatch(note)
    return found[1] if found else ""


def _state(work: Work) -> str:
    state = work.get("pubstate") or ""
    year = plain(work.get("year") or work.get("date") or "")
    if not state and year and says_no_year(year) and len(year) > 4:
        state = year if year.casefold() != "undated" else ""
    return WORDS.get(state.lower(), plain(state))


def _doi(work: Work) -> str:
    doi = bare_doi(work.get("doi") or "")
    return doi if is_doi(doi) else ""


def _eprint(work: Work) -> tuple[str, str]:
    """Return an e-print as it is printed, and the address that it leads to."""

    def first(name: str) -> str:
        return next((plain(value) for n in ALIASES[name] if (value := work.get(n))), "")

    number = plain(work.get("eprint") or "")
    if not number:
        return "", ""
    typed = first("eprint_type") or "arXiv"
    kind, site = ARCHIVES.get(typed.lower(), (typed, ""))
    if number.lower().startswith(kind.lower() + ":"):
        number = number[len(kind) + 1 :].strip()
    subject = first("eprint_class")
    shown = f"{kind}:{number} [{subject}]" if subject else f"{kind}:{number}"
    return shown, site and site + number


def ordinal(number: int) -> str:
    """Return “2nd”, “13th”, “21st” and so on."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def edition_number(record: Record) -> tuple[int, Rich, str]:
    """Return the number of the edition, or 0; the words typed, and their English abbreviation."""
    value = record.text("edition")
    text = _EDITION.sub("", text_of(value))
    number = _ORDINAL_WORDS.get(text.casefold(), 0)
    found = re.fullmatch(r"([0-9]{1,3})(?:st|nd|rd|th|\.)?", text, re.ASCII)
    if found or number:
        return int(found[1]) if found else number, value, ""
    text = _ABBREVIATED.get(text.casefold(), text)
    named = re.fullmatch(r"(?:rev\.|enl\.|[A-Za-z]+)(?: (?:and|&) [a-z]+\.?)*", text)
    return 0, value, f"{text} ed." if named else ""
