"""References typed by hand, as `Hart, Letters, p. 12`, that several works answer to."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from edition.bibliography import names, plain
from edition.model import Document, Edition, Prose, Quotation, QuotationForm, Work
from edition.model.diagnostic import Location

_PAGE = re.compile(r"[\s,(]pp?\.[ \n\u00a0]?(?=[0-9ivxlc])")
_REACH = 160  # characters before the page in which author and title stand
_BEGINS = re.compile(r"[(\[;\0—–]|[.!?][”\"]?\s+(?=[A-Z])")
_VOLUME = re.compile(r",?\s*vols?\.\s*([0-9IVXLC]+)\s*,?\s*\Z", re.IGNORECASE)
_YEAR = re.compile(r"\(?((?:1[4-9]|20)[0-9]{2}[a-z]?)\)?")
_NAME_AND_YEAR = re.compile(r"(?P<name>[^\W\d_][\w’'-]*)\s+\(?(?P<year>(?:1[4-9]|20)\d\d[a-z]?)\)?")
_OWNED = re.compile(r"(?P<name>[^\W\d_][\w-]*)[’']s?\s+(?P<title>\S.*)", re.DOTALL)
_LAST_WORD = re.compile(r"[^\W\d_][\w’'-]*\Z")
_CITED_AFTER = re.compile(r"[\w\s.,;)\]–-]{0,30}(?=\0)")
_MOST_BEFORE_KEY = 40  # characters of a role and the words in it
_ARTICLE = re.compile(r"(?:the|an?|der|die|das|le|la|les) ")
_NO_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class ShortReference:
    """A reference typed by hand, and two works that it may mean."""

    text: str
    location: Location
    prose: Prose
    works: tuple[Work, Work]


def ambiguous_references(edition: Edition) -> Iterator[ShortReference]:
    """Yield the references typed by hand that several works answer to.

    One that stands right before a citation, or within the words of a quotation that has its
    citation, is left to that.
    """
    index: _Index | None = None
    for document in edition.documents:
        begins, displayed = _displayed(document)
        for prose in document.prose:
            if "p." not in prose.text:
                continue
            for match in _PAGE.finditer(prose.text):
                index = index or _Index(edition.bibliography.works.values())
                found = index.read(prose.text, match.start())
                if found is None or _is_cited(document, prose, match.end()):
                    continue
                start, works = found
                place = prose.location(start)
                if prose.quoted:
                    at = bisect_right(begins, place) - 1
                    if at >= 0 and displayed[at].citations:
                        continue
                typed = " ".join(prose.text[start : match.start() + 1].split()).rstrip(" ,(")
                yield ShortReference(typed, place, prose, works)


def _is_cited(document: Document, prose: Prose, end: int) -> bool:
    """Tell whether a citation stands right behind a page."""
    found = _CITED_AFTER.match(prose.text, end)
    if found is None:
        return False
    place = prose.location(found.end())
    at = bisect_left(document.citations, place, key=lambda citation: citation.location)
    if at == len(document.citations):
        return False
    key = document.citations[at].location
    return key.line == place.line and key.column - place.column <= _MOST_BEFORE_KEY


def _displayed(document: Document) -> tuple[Sequence[Location], Sequence[Quotation]]:
    found = [q for q in document.quotations if q.form is not QuotationForm.INLINE]
    return [q.location for q in found], found


class _Index:
    """The works by the family names of their authors and editors."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.by_name: dict[str, list[Work]] = {}
        for work in works:
            for person in names(work.get("author") or work.get("editor") or "")[:1]:
                self.by_name.setdefault(_words(person), []).append(work)

    def read(self, text: str, page: int) -> tuple[int, tuple[Work, Work]] | None:
        """Return where the reference before a page begins, and two works that it may mean."""
        first = max(page - _REACH, 0)
        before = text[first:page]
        begins = [m.end() for m in _BEGINS.finditer(before)]
        from_ = begins[-1] if begins else 0
        segment = before[from_:]
        volume = None
        if found := _VOLUME.search(segment):
            volume, segment = found[1], segment[: found.start()]
        segment = segment.rstrip(" ,\n")
        pieces = segment.split(",")
        for number in (2, 3):
            if len(pieces) < number:
                break
            lead = ",".join(pieces[: len(pieces) - number + 1])
            title = ",".join(pieces[len(pieces) - number + 1 :])
            name = _LAST_WORD.search(lead.rstrip())
            if name and (works := self._meant(name[0], title, volume)):
                return first + from_ + name.start(), works
        return self._unparted(pieces[-1], first + from_ + len(segment) - len(pieces[-1]), volume)

    def _unparted(
        self, piece: str, start: int, volume: str | None
    ) -> tuple[int, tuple[Work, Work]] | None:
        """Return `Hart 1931`, `Hart’s Letters` or the name alone."""
        for pattern, part in ((_NAME_AND_YEAR, "year"), (_OWNED, "title")):
            if found := pattern.search(piece):
                works = self._meant(found["name"], found[part], volume)
                if works:
                    return start + found.start(), works
        if (name := _LAST_WORD.search(piece)) and name[0][0].isupper():
            works = self._meant(name[0], "", volume)
            if works:
                return start + name.start(), works
        return None

    def _meant(self, name: str, title: str, volume: str | None) -> tuple[Work, Work] | None:
        works = self.by_name.get(_words(name), [])
        if volume is not None:
            works = [w for w in works if (w.get("volume") or volume) == volume]
        if year := _YEAR.fullmatch(title.strip()):
            works = [w for w in works if _year(w) == year[1]]
        elif wanted := _words(title):
            exact = [w for w in works if wanted in _titles(w)]
            works = exact or [w for w in works if any(_begins(t, wanted) for t in _titles(w))]
        elif title.strip():
            return None
        others = (w for w in works[1:] if _identity(w) != _identity(works[0]))
        other = next(others, None)
        return (works[0], other) if other is not None else None


def _titles(work: Work) -> set[str]:
    title = plain(work.get("title") or "")
    given = (plain(work.get("shorttitle") or ""), title, title.split(":")[0])
    return {_words(t) for t in given if t}


def _begins(title: str, wanted: str) -> bool:
    return title.startswith(wanted + " ")


def _year(work: Work) -> str:
    return work.get("year") or (work.get("date") or "")[:4]


def _identity(work: Work) -> tuple[str, str, str]:
    return _words(plain(work.get("title") or "")), _year(work), work.get("volume") or ""


def _words(text: str) -> str:
    """Return a text in small letters and single blanks, without marks and a leading article."""
    return _ARTICLE.sub("", _NO_LETTERS.sub(" ", text.casefold()).replace("_", " ").strip(), 1)
