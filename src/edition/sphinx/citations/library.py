"""The works of an edition as citations need them together: who else wrote in the same year."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from string import ascii_lowercase

from edition.bibliography.citations import aliases_of
from edition.bibliography.markup import text_of
from edition.bibliography.record import Record, record_of
from edition.model import Work
from edition.sphinx.citations import author_date
from edition.sphinx.citations.people import creators


class Library:
    """The records of all works, each read when first asked for."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self._works = works
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
            self._records[found] = record_of(self._works[found])
        return self._records[found]

    def place(self, key: str) -> int:
        """Return the place of a work in the order of the files; unknown works come first."""
        return self._places.get(self._keys.get(key.lower(), ""), -1)

    def all(self) -> Iterable[Record]:
        """Return every record, in the order of the files."""
        return [record for key in self._works if (record := self.get(key))]

    def letter(self, record: Record) -> str:
        """Return the letter after the year where works of one author share it (“1904a”)."""
        return self._letters.get(record.key, "")

    def alone(self, record: Record) -> bool:
        """Return whether its author has no other work in the bibliography."""
        return len(self._by_author[text_of(author_date.author(record))]) < 2

    @cached_property
    def _by_author(self) -> Mapping[str, list[Record]]:
        groups: dict[str, list[Record]] = defaultdict(list)
        for record in self.all():
            groups[text_of(author_date.author(record))].append(record)
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


def sort_key(record: Record) -> tuple[str, str, str]:
    """Return what a list in alphabetical order goes by: names, title, year."""
    people = creators(record)[0]
    names = "; ".join(person.inverted for person in people)
    title = text_of(record.title)
    for article in ("A ", "An ", "The "):
        title = title.removeprefix(article)
    sorted_by = record.work.get("sortname") or record.work.get("sortkey") or names
    return folded(sorted_by or title), folded(title), record.date.years


def folded(text: str) -> str:
    """Return a text as it is sorted: without accents, case and marks."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in letters if c.isalnum() or c in " ,;").strip()
