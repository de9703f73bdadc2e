"""The words by which a reference may name a work: titles, people, years, imprint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from edition.bibliography import names, plain
from edition.importer.reference import number_of
from edition.locator import LocatorError, parse_ranges
from edition.model import Work

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    "the a an of in and on to for by from with at ed eds edited editor trans translated translator "
    "tr vol volume no press publishers publishing books edition editions und der die das le la les "
    "et de des du il el y reprinted reprint imprint p pp s".split()
)
_NAME_FIELDS = ("author", "editor", "translator")


def tokens(text: str) -> list[str]:
    """Return the words of a text in small letters, without marks on letters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    flat = "".join(c for c in decomposed if not unicodedata.combining(c))
    flat = re.sub(r"(?<=\w)[’'](?=\w)", "", flat)
    return _WORD.findall(flat)


def content_words(text: str) -> list[str]:
    """Return the words of a text that tell one work from another."""
    return [t for t in tokens(text) if t not in _STOP and len(t) > 1]


@lru_cache(maxsize=65536)
def alike(one: str, other: str) -> bool:
    """Tell whether two words are the same but for a letter or so."""
    if one == other:
        return True
    if min(len(one), len(other)) < 5 or one.isdigit() or abs(len(one) - len(other)) > 2:
        return False
    return SequenceMatcher(None, one, other).ratio() >= 0.86


def held(word: str, words: Iterable[str]) -> bool:
    """Tell whether a word, or one like it, is among others."""
    return any(alike(word, other) for other in words)


def share(part: Sequence[str], whole: Sequence[str]) -> float:
    """Return the share of the words that are among others."""
    return sum(held(w, whole) for w in part) / len(part) if part else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The words of one entry; `children` are the pieces of a collection."""

    key: str
    titles: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, ...], ...]
    book: tuple[str, ...]
    families: tuple[str, ...]
    others: tuple[str, ...]
    given: tuple[str, ...]
    imprint: tuple[str, ...]
    years: frozenset[str]
    volume: str | None
    volumes: bool
    ranges: tuple[tuple[int, int], ...]
    children: tuple[str, ...] = ()

    @property
    def explains(self) -> set[str]:
        """Return every word that the entry accounts for."""
        words = {t for title in self.titles for t in title}
        return words | {
            *self.book,
            *self.families,
            *self.others,
            *self.given,
            *self.imprint,
            *self.years,
        }


def acronyms(profile: Profile) -> set[str]:
    """Return the abbreviations of a title, as `CW`, with or without the author's initial."""
    found = set()
    for words in (*profile.titles, profile.book):
        if 1 < len(words) < 6:
            short = "".join(w[0] for w in words)
            found |= {short, *(f[0] + short for f in profile.families)}
    return {a for a in found if len(a) > 1}


def profile_of(work: Work, children: tuple[str, ...]) -> Profile:
    """Gather the words of a work's entry."""

    def value(name: str) -> str:
        return plain(work.get(name) or "")

    titles = [value("title"), value("shorttitle"), re.split(r"[:(]", value("title"))[0]]
    listed = {tuple(t for t in content_words(x) if not t.isdigit()): None for x in titles if x}
    families: list[str] = []
    others: list[str] = []
    given: list[str] = []
    for name in _NAME_FIELDS:
        typed = work.get(name)
        if not typed:
            continue
        family = [t for person in names(typed) for t in tokens(person) if len(t) > 1]
        (families if name == "author" else others).extend(family)
        given += [t for t in tokens(plain(typed)) if len(t) > 1 and t != "and" and t not in family]
    if not families:
        families, others = others, []
    years = {y for n in ("year", "date", "origdate") for y in re.findall(r"\d{4}[a-z]?", value(n))}
    volume = value("volume")
    return Profile(
        key=work.key,
        titles=tuple(t for t in listed if t),
        phrases=tuple(dict.fromkeys(tuple(content_words(x)) for x in titles if x)),
        book=tuple(content_words(re.split(r"[:(]", value("booktitle") or value("journal"))[0])),
        families=tuple(families),
        others=tuple(others),
        given=tuple(given),
        imprint=tuple(
            content_words(f"{value('publisher')} {value('address')} {value('location')}")
        ),
        years=frozenset(years | {y[:4] for y in years}),
        volume=number_of(volume) if volume else None,
        volumes=bool(work.get("volumes")),
        ranges=_ranges(work.get("pages")),
        children=children,
    )


def _ranges(pages: str | None) -> tuple[tuple[int, int], ...]:
    if not pages:
        return ()
    try:
        found = parse_ranges(pages).ranges
    except LocatorError:
        return ()
    return tuple((r.first, r.last) for r in found if r.last is not None and r.last > r.first)
