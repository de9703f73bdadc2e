"""One work under two keys."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from edition.bibliography import names, plain
from edition.bibliography.datamodel import PARTS, PERIODICAL_PARTS
from edition.bibliography.identifiers import bare_doi, is_doi, isbn13, isbn_fault, isbns
from edition.bibliography.inheritance import keys_in
from edition.locator import LocatorError, parse_ranges
from edition.model import Work
from edition.model.text_folding import folded_words
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

Sign: TypeAlias = tuple[str, ...]  # its kind, then its parts

# Entries of two kinds are two publications, though they share a title.
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(PARTS, "part"),
    **dict.fromkeys(PERIODICAL_PARTS, "article"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("report", "techreport"), "report"),
    **dict.fromkeys(("book", "mvbook", "booklet", "collection", "mvcollection"), "book"),
    **dict.fromkeys(("online", "electronic", "www"), "online"),  # as a preprint of an article
    **dict.fromkeys(("proceedings", "mvproceedings", "reference", "mvreference"), "book"),
}
_PIECES = PARTS | PERIODICAL_PARTS
# Works that differ in one of these are two, where both entries give it.
_DISTINCTIONS = tuple(
    """
    volume edition printing version translator language part chapter number issue month day
    origdate eventdate eid pages journal journaltitle booktitle
    """.split()
)
# Of a group of entries alike in everything but volumes or pages, each is held against so many.
_MOST_ALIKE = 40
_DEEPEST = 10
_YEAR = re.compile(r"[\s{\[]*([0-9]{4}[a-z]?)(?![0-9])", re.ASCII)


@rule("B104", Severity.WARNING)
def duplicate_work(edition: Edition) -> Findings:
    works = {key.casefold(): work for key, work in edition.bibliography.works.items()}
    earlier: dict[Sign, list[Work]] = {}
    for work in works.values():
        signs = list(_signs(work))
        if twin := _twin(work, signs, earlier, works):
            other, sign = twin
            same = "author, title and year" if sign[0] == "title" else ", ".join(sign)
            yield Finding(
                work.location,
                f"“{work.key}” is the same work as “{other.key}” ({other.location.path}:"
                f"{other.location.line}): the same {same}",
                "Keep one entry and cite it everywhere; if they are two works, say in which "
                "volume, edition or printing they differ.",
            )
        for sign in signs:
            alike = earlier.setdefault(sign, [])
            if len(alike) < _MOST_ALIKE:
                alike.append(work)


def _twin(
    work: Work,
    signs: Iterable[Sign],
    earlier: Mapping[Sign, Iterable[Work]],
    works: Mapping[str, Work],
) -> tuple[Work, Sign] | None:
    """Return the first earlier work that is the same, and by what it is known."""
    lineage = _lineage(work, works)
    for sign in signs:
        for other in earlier.get(sign, ()):
            # What is related to another work is said to be another printing of it, or the like.
            known = other.key.casefold() in lineage or "related" in {*work.fields, *other.fields}
            known = known or work.key.casefold() in _lineage(other, works)
            if not known and _same(sign[0], other, work):
                return other, sign
    return None


def _signs(work: Work) -> Iterator[Sign]:
    """Yield what a work can be known by: each sign begins with its kind."""
    doi = bare_doi(work.fields["doi"].value) if "doi" in work.fields else ""
    if is_doi(doi):
        yield "DOI", doi.casefold()
    numbers = isbns(work.fields["isbn"].value) if "isbn" in work.fields else []
    for number in sorted({isbn13(n) for n in numbers if not isbn_fault(n)}):
        yield "ISBN", number
    title = _folded(" ".join(filter(None, (work.get("title"), work.get("subtitle")))))
    year = _year(work)
    if title and year:
        yield "title", title, year


def _same(kind: str, first: Work, second: Work) -> bool:
    """Tell whether two works that share a sign of that kind are one work."""
    if kind == "title":
        kinds = {_KINDS.get(first.type), _KINDS.get(second.type)} - {None}
        if len(kinds) == 2 or _told_apart(first, second, _DISTINCTIONS):
            return False
        return bool(_people(first)) and _people(first) == _people(second)
    if _told_apart(first, second, ("volume", "pages", "edition", "printing")):
        return False
    if kind == "ISBN" and (first.type in _PIECES or second.type in _PIECES):
        # The entries of a book’s parts have its number too: their pages must agree.
        return bool(first.get("pages") and second.get("pages"))
    return not (_is_part_of(first, second) or _is_part_of(second, first))


def _is_part_of(part: Work, whole: Work) -> bool:
    """Tell whether one work stands in the other, whose number a catalogue may give to both."""
    book, title = part.get("booktitle") or "", whole.get("title") or ""
    return part.type in PARTS and bool(book) and _folded(book) == _folded(title)


def _told_apart(first: Work, second: Work, names: Iterable[str]) -> bool:
    wholes = first.type not in _PIECES and second.type not in _PIECES
    if wholes and bool(first.get("volume")) != bool(second.get("volume")):
        return True  # a set of volumes, and one of them
    if any(_differ(first, second, name) for name in names):
        return True
    dates = first.get("date") or "", second.get("date") or ""
    return all(len(date) > 4 for date in dates) and dates[0] != dates[1]


def _differ(first: Work, second: Work, name: str) -> bool:
    """Tell whether both entries give a field, and not the same."""
    values = first.get(name), second.get(name)
    if not (values[0] and values[1]):
        return False
    if name == "pages":
        return _pages(values[0]) != _pages(values[1])
    return _folded(values[0]) != _folded(values[1])


@lru_cache(maxsize=65536)
def _pages(written: str) -> object:
    try:
        return parse_ranges(written).ranges
    except LocatorError:
        return _folded(written)


def _year(work: Work) -> str:
    found = _YEAR.match(work.get("year") or work.get("date") or "")
    return found[1] if found else ""


def _people(work: Work) -> list[str]:
    people = work.get("author") or work.get("editor") or ""
    return [_folded(name) for name in names(people)]


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    """Return a text without what people type in two ways: case, accents, marks, braces, spaces."""
    return " ".join(folded_words(plain(text)))


def _lineage(work: Work, works: Mapping[str, Work]) -> set[str]:
    """Return the keys, in lower case, of the volumes above a work and of those it is related to."""
    lineage: set[str] = set()
    above: Work | None = work
    while above is not None and above.key.casefold() not in lineage and len(lineage) < _DEEPEST:
        lineage.add(above.key.casefold())
        crossref = above.fields.get("crossref")
        above = works.get(crossref.value.casefold()) if crossref else None
    for name in ("related", "xref", "entryset"):
        lineage |= {key.casefold() for key in keys_in(work, name)}
    return lineage
