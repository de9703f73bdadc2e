"""An entry of the bibliography in one vocabulary, whichever dialect it was typed in.

BibTeX and biblatex have two names for many things (`journal` and `journaltitle`, `address`
and `location`, `school` and `institution`, `year` and `date`). Everything that shows a work
to a reader reads it here, so that listings and the printed bibliography never disagree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from edition.bibliography.datamodel import PARTS, PERIODICAL_PARTS
from edition.bibliography.dates import says_no_year
from edition.bibliography.identifiers import bare_doi, is_doi
from edition.bibliography.latex import address, markup, plain
from edition.bibliography.markup import Rich, rich, text_of
from edition.bibliography.persons import Person, persons
from edition.bibliography.published import Date, date_of
from edition.model import Work

# Other names of a type, with what the type says about the work, if anything.
_TYPES = {
    "conference": ("inproceedings", ""),
    "electronic": ("online", ""),
    "www": ("online", ""),
    "phdthesis": ("thesis", "phdthesis"),
    "mastersthesis": ("thesis", "mathesis"),
    "techreport": ("report", "techreport"),
    "movie": ("video", ""),
    "suppperiodical": ("article", ""),
    "review": ("article", ""),
}
# What biblatex's keys in `type`, `relatedtype` and `pubstate` mean.
WORDS = {
    "phdthesis": "PhD diss.",
    "mathesis": "master’s thesis",
    "bathesis": "bachelor’s thesis",
    "candthesis": "candidate thesis",
    "techreport": "Technical Report",
    "resreport": "Research Report",
    "software": "software",
    "datacd": "data CD",
    "audiocd": "audio CD",
    "manual": "manual",
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "prepublished": "prepublished",
    "patent": "Patent",
    "patentus": "US Patent",
    "patenteu": "European Patent",
    "patentuk": "UK Patent",
    "patentde": "German Patent",
    "patentfr": "French Patent",
    "patreq": "Patent Application",
    "patrequs": "US Patent Application",
    "multivolume": "In",
    "origpubas": "Originally published as",
    "origpubin": "Originally published in",
    "reprintas": "Reprinted as",
    "reprintof": "Reprint of",
    "reprintfrom": "Reprinted from",
    "translationas": "Translated as",
    "translationof": "Translation of",
    "translationfrom": "Translated from",
    "reviewof": "Review of",
    "bytranslator": "Translated as",
    "patreqde": "German Patent Application",
    "patreqeu": "European Patent Application",
    "patreqfr": "French Patent Application",
    "patrequk": "UK Patent Application",
}

PEOPLE = (
    "author",
    "editor",
    "editora",
    "editorb",
    "editorc",
    "translator",
    "bookauthor",
    "annotator",
    "commentator",
    "introduction",
    "foreword",
    "afterword",
    "holder",
)

# One fact under several names, the first that an entry has counts.
_ALIASES = {
    "journal": ("journaltitle", "journal", "shortjournal"),
    "place": ("location", "address", "venue"),
    "publisher": ("publisher",),
    "institution": ("institution", "school", "organization"),
    "organization": ("organization", "institution"),
    "keywords": ("keywords", "keyword"),
    "eprint_type": ("eprinttype", "archiveprefix"),
    "eprint_class": ("eprintclass", "primaryclass"),
    "accessed": ("urldate", "accessed", "lastaccessed", "lastchecked", "lastvisited"),
}

# Types whose title is that of a piece, set in quotation marks.
PIECES = (PARTS - {"bookinbook"}) | PERIODICAL_PARTS | {"thesis", "unpublished", "online", "letter"}

_USEPREFIX = re.compile(r"\buseprefix\b(?:\s*=\s*(\w+))?")
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
    eprint: str = ""
    keywords: tuple[str, ...] = ()
    work: Work

    def text(self, name: str) -> Rich:
        """Return a field that is shown as it is, under any of its names."""
        return _first(self.work, _ALIASES.get(name, (name,)))

    def named(self, role: str) -> tuple[Person, ...]:
        """Return the people of a role."""
        return self.people.get(role, ())

    @property
    def in_book(self) -> bool:
        """Return whether the work is part of a book that the entry names."""
        return self.type in PARTS and bool(self.book or self.main)

    @property
    def is_piece(self) -> bool:
        """Return whether the work is part of another, or unpublished: its title is quoted."""
        if self.type == "inbook" and not self.book:
            return False  # BibTeX's @inbook names the book in `title`
        return self.type in PIECES


def record_of(work: Work) -> Record:
    """Read an entry, with what it inherits."""
    kind, genre = _TYPES.get(work.type, (work.type, ""))
    option = _USEPREFIX.search(work.get("options") or "")
    useprefix = (option[1] or "true").lower() if option else ""
    people = {role: persons(typed, useprefix) for role in PEOPLE if (typed := work.get(role))}
    genre = work.get("type") or genre
    return Record(
        key=work.key,
        type=kind,
        genre=_word(genre) if genre else (),
        people=people,
        roles={role: plain(work.get(f"{role}type") or "") for role in PEOPLE},
        title=_titled(work, "") or _titled(work, "main"),
        short_title=_first(work, ("shorttitle", "title", "maintitle")),
        book=_titled(work, "book"),
        main=_titled(work, "main"),
        journal=_journal(work),
        issue=_titled(work, "issue"),
        date=date_of(work) or (date_of(work, "event") if kind == "performance" else Date()),
        origdate=date_of(work, "orig"),
        eventdate=date_of(work, "event"),
        accessed=_accessed(work),
        state=_state(work),
        doi=_doi(work),
        url=address(work.get("url") or ""),
        eprint=_eprint(work),
        keywords=_keywords(work),
        work=work,
    )


def year_of(work: Work) -> str | None:
    """Return the year of publication, as listings show it; None where there is none."""
    typed = work.get("year")
    return plain(typed) if typed else date_of(work).years or None


def _first(work: Work, names: tuple[str, ...]) -> Rich:
    typed = next((value for name in names if (value := work.get(name))), "")
    # Catalogues end a name with the comma or colon that they print after it.
    return markup(typed.rstrip(" ,;:")) if typed else ()


def _word(value: str) -> Rich:
    return rich(WORDS[value.lower()]) if value.lower() in WORDS else markup(value)


def _titled(work: Work, part: str) -> Rich:
    """Return a title with its subtitle, and what is added to it."""
    title, subtitle = (markup(work.get(f"{part}{name}") or "") for name in ("title", "subtitle"))
    if subtitle:
        asks = text_of(title).endswith(("?", "!", ":", "—"))
        title = rich(title, " " if asks else ": ", subtitle)
    addon = markup(work.get(f"{part}titleaddon") or "")
    return rich(title, ". " if title and addon else "", addon)


def _journal(work: Work) -> Rich:
    journal = _first(work, _ALIASES["journal"])
    subtitle = markup(work.get("journalsubtitle") or "")
    return rich(journal, ": ", subtitle) if subtitle else journal


def _accessed(work: Work) -> Date:
    if work.get("urldate") or work.get("urlyear"):
        return date_of(work, "url")
    typed = next((value for name in _ALIASES["accessed"] if (value := work.get(name))), "")
    return Date(year=plain(typed))


def _state(work: Work) -> str:
    state = work.get("pubstate") or ""
    year = plain(work.get("year") or work.get("date") or "")
    if not state and year and says_no_year(year) and len(year) > 4:
        state = year if year.casefold() != "undated" else ""
    return WORDS.get(state.lower(), plain(state))


def _doi(work: Work) -> str:
    doi = bare_doi(work.get("doi") or "")
    return doi if is_doi(doi) else ""


def _eprint(work: Work) -> str:
    eprint = plain(work.get("eprint") or "")
    if not eprint:
        return ""
    kind = next(
        (plain(value) for name in _ALIASES["eprint_type"] if (value := work.get(name))), "arXiv"
    )
    kind = {"arxiv": "arXiv", "jstor": "JSTOR", "pubmed": "PMID", "hdl": "hdl"}.get(
        kind.lower(), kind
    )
    subject = next(
        (plain(value) for name in _ALIASES["eprint_class"] if (value := work.get(name))), ""
    )
    shown = eprint if eprint.lower().startswith(kind.lower() + ":") else f"{kind}:{eprint}"
    return f"{shown} [{subject}]" if subject else shown


def _keywords(work: Work) -> tuple[str, ...]:
    typed = plain(work.get("keywords") or work.get("keyword") or "")
    return tuple(word for part in re.split("[,;]", typed) if (word := part.strip()))


def ordinal(number: int) -> str:
    """Return “2nd”, “13th”, “21st” and so on."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{ending or 'th'}"


def edition_number(record: Record) -> tuple[int, Rich]:
    """Return the number of the edition, or 0 and the words typed for it."""
    value = record.text("edition")
    text = text_of(value)
    number = _ORDINAL_WORDS.get(text.casefold(), 0)
    found = re.fullmatch(r"([0-9]{1,3})(?:st|nd|rd|th|\.)?", text, re.ASCII)
    if found or number:
        return int(found[1]) if found else number, value
    if re.fullmatch(r"rev\.|[A-Za-z]+", text):
        return 0, rich(value, " ed.")
    return 0, value
