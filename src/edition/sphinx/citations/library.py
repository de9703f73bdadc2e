"""The works of an edition as citations need them together: who else wrote in the same year."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from string import ascii_lowercase

from edition.bibliography.citations import aliases_of
from edition.bibliography.markup import Rich, join, rich, text_of
from edition.bibliography.persons import Person, initials_of
from edition.bibliography.record import Record, record_of
from edition.model import Work
from edition.sphinx.citations import author_date, chicago
from edition.sphinx.citations.elements import title_of as titled
from edition.sphinx.citations.people import creators, in_note
from edition.sphinx.citations.terms import language, term

_ARTICLES = {
    "en": ("A ", "An ", "The "),
    "de": ("Der ", "Die ", "Das ", "Ein ", "Eine "),
    "fr": ("Le ", "La ", "Les ", "L’", "L'", "Un ", "Une "),
    "es": ("El ", "La ", "Los ", "Las ", "Un ", "Una "),
    "it": ("Il ", "Lo ", "La ", "I ", "Gli ", "Le ", "L’", "L'", "Un ", "Una "),
}
# Letters with a stroke, and ligatures, which Unicode does not take apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})


class Library:
    """The records of all works, each read when first asked for."""

    def __init__(self, works: Mapping[str, Work], listed: Mapping[str, None] | None = None) -> None:
        """Take the works, and the keys of those that the bibliography lists, if not all of them."""
        self._works = works
        self._listed = listed
        aliases = {alias.lower(): key for alias, key in aliases_of(works).items()}
        self._keys = {**aliases, **{key.lower(): key for key in works}}
        self._places = {key: place for place, key in enumerate(works)}
        self._records: dict[str, Record] = {}

    def get(self, key: str) -> Record | None:
        """Return the record of a key or alias, in whatever case; None where there is none."""
        found = self._keys.get(key.lower())
        if found is None:
            return None
        if found not in self._records:
            record = self._records[found] = record_of(self._works[found])
            self._records[found] = replace(record, reviewed=self._reviewed(record))
        return self._records[found]

    def _reviewed(self, record: Record) -> Rich:
        """Return what a review is of, as its entry tells by `related`."""
        told = text_of(record.title).casefold().startswith("rev")  # “Rev. of …”
        if record.work.get("relatedtype") != "reviewof" or told:
            return ()
        keys = (record.work.get("related") or "").split(",")
        works = [work for key in keys if (work := self.get(key.strip())) and work != record]
        return join((_review(work) for work in works), "; ")

    def distinguished(self, record: Record) -> Record:
        """Return a record whose people are told from others of their family name."""
        _, _, role = creators(record)
        people = tuple(self._called(person) for person in record.named(role))
        return replace(record, people={**record.people, role: people}) if people else record

    def _called(self, person: Person) -> Person:
        """Return a person as citations call them where another has the same family name.

        By the initial, or by the given name where that is the same (Chicago Manual, 15.22; MLA
        Handbook, 6.7). Initials alone may be those of the same person.
        """
        others = [g for g in self._given[person.short] if not _may_be_one(g, person.given)]
        if not others or not person.given:
            return person
        initials = initials_of(person.given)
        alike = any(initials_of(other)[:2] == initials[:2] for other in others)
        return replace(person, called=f"{person.given if alike else initials} {person.short}")

    @cached_property
    def _given(self) -> Mapping[str, set[str]]:
        given: dict[str, set[str]] = defaultdict(set)
        for record in self.listed:
            people = creators(record)[0]
            for person in people if len(people) < 4 else people[:1]:  # the others are not named
                if person.given:
                    given[person.short].add(person.given)
        return given

    def place(self, key: str) -> int:
        """Return the place of a work in the order of the files; unknown works come first."""
        return self._places.get(self._keys.get(key.lower(), ""), -1)

    def all(self) -> Iterable[Record]:
        """Return every record, in the order of the files."""
        return [record for key in self._works if (record := self.get(key))]

    @cached_property
    def listed(self) -> Sequence[Record]:
        """The records that the bibliography lists, in the order in which they are first cited."""
        if self._listed is None:
            return list(self.all())
        cited = [record for key in self._listed if (record := self.get(key))]
        members = [key.strip() for r in cited for key in (r.work.get("entryset") or "").split(",")]
        found = {r.key: r for r in cited}
        found |= {r.key: r for key in members if (r := self.get(key))}
        return list(found.values())

    def letter(self, record: Record) -> str:
        """Return the letter after the year where works of one author share it (“1904a”)."""
        return self._letters.get(record.key, "")

    def alone(self, record: Record) -> bool:
        """Return whether its author has no other work in the bibliography."""
        return len(self._by_author[self._author(record)]) < 2

    def _author(self, record: Record) -> str:
        return text_of(author_date.author(self.distinguished(record)))

    @cached_property
    def _by_author(self) -> Mapping[str, list[Record]]:
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in self.listed:
            groups[self._author(record)].append(record)
        return groups

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        letters: dict[str, str] = {}
        for records in self._by_author.values():
            years: dict[str, list[Record]] = defaultdict(list)
            for record in records:
                years[author_date.year_of(record)].append(record)
            for same in (same for same in years.values() if len(same) > 1):
                for number, record in enumerate(sorted(same, key=sort_key)):
                    letters[record.key] = _letter(number)
        return letters


def _letter(number: int) -> str:
    """Return a, b, … z, aa, ab and so on."""
    high, low = divmod(number, 26)
    return (_letter(high - 1) if high else "") + ascii_lowercase[low]


def _review(work: Record) -> Rich:
    by = f", {term('by')} {in_note(creators(work)[0])}" if creators(work)[0] else ""
    lead = term("Review of") if language() != "en" else "review of"
    return rich(f"{lead} ", titled(work), by)


def _may_be_one(first: str, second: str) -> bool:
    """Return whether two given names may be one person's: the same, or one of them initials."""
    if first == second:
        return True
    short, long = sorted((initials_of(first), initials_of(second)), key=len)
    abbreviated = first in (short, long) or second in (short, long)
    return abbreviated and long.startswith(short)


def sort_key(record: Record, *, by_year: bool = False) -> tuple[str, str, str]:
    """Return what a list in alphabetical order goes by: names, title, year (or year, title)."""
    people = creators(record)[0]
    names = "; ".join(person.inverted for person in people)
    title = record.work.get("sorttitle") or text_of(record.title)
    language = record.title[0].language[:2] if record.title else ""
    body = _without_article(text_of(chicago.organization(record)), "")
    sorted_by = record.work.get("sortname") or record.work.get("sortkey") or names or body
    title = folded(_without_article(title, language))
    year = record.date.years
    last = (year, title) if by_year else (title, year)
    return folded(sorted_by) or title, *last


def _without_article(title: str, language: str) -> str:
    """Return a title without the article that it begins with, in English or its own language."""
    articles = _ARTICLES.get(language, _ARTICLES["en"])
    found = next((a for a in articles if title.startswith(a) and len(title) > len(a)), "")
    return title[len(found) :]


def folded(text: str) -> str:
    """Return a text as it is sorted: without accents, case and marks."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in letters if c.isalnum() or c in " ,;").strip()
