"""References by the places that every edition shares, with authors and titles cut short.

`Verg. *G.* 1.2`, `Plin. HN praef. 3`, `Suet. Tib. 42`, `Il. 1.1`, `Mt 5:3`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from edition.bibliography.pages import volume_number
from edition.bibliography.references.ancient_titles import (
    BIBLES,
    KINDS,
    LETTERS_LEFT_OUT,
    WHOLES,
    ShortWords,
    is_book,
    may_hold,
    own_length,
    spellings,
    translations,
)
from edition.bibliography.references.patterns import CANONICAL, LABEL, YEAR_FORM
from edition.bibliography.references.places import ABBREVIATIONS, PREFACE
from edition.bibliography.references.profile import Profile, tells, tokens
from edition.locator import LocatorError, format_locator, parse

# No series of law reports: `336 So. 2d 427`.
_NUMBER = r"(?:(?![23]d\s\d)\d{1,4}[a-f]?\d{0,2}|[ivxlc]{1,6}|[IVXLC]{1,6})(?!\w)"
_LEVELS = rf"{_NUMBER}(?:[.:]\s?{_NUMBER}){{0,4}}(?:[-–][\d.]+[a-f]?\d{{0,2}}|[-–][a-f])?(?!\w)"
_PLACE = re.compile(
    # `Letters, 123. 4` is a page, and the number of the next note: no work has so many books.
    rf"(?<![\w.])(?!(?:[7-9]\d|\d{{3}})\.\s)(?!{YEAR_FORM}(?!\d|[ab]\d|(?<=14[0-6]\d)[ab](?![\w:])))"
    rf"(?:(?:{_NUMBER}[.,]?\s+)?{PREFACE}(?:\s?\d{{1,3}}(?:\.\d{{1,3}})*)?"
    rf"|(?P<letters>[ivxlcIVXLC]+[.,]?[*_]*[.,]?\s+)?{_LEVELS}(?:,\s?(?!{YEAR_FORM}(?!\w)){_LEVELS}){{0,3}}"
    r"(?:\s?ff?\.|\spr\b\.?)?"
    rf"|{CANONICAL})"
)
_COUNTED = re.compile(rf"\d|{PREFACE}")
# What no page is: levels, a page of Stephanus or Bekker, a preface.
_SHARED = re.compile(rf"\d[a-f]?[.:]\s?\d|\d{{2,}}[a-f]|{PREFACE}")
_COMMAS = re.compile(r"\d{1,3}(?:,\s?\d{1,3}){1,2}(?:[-–]\d{1,3})?")
_LETTER = "[A-Za-zÀ-ÖØ-öø-ÿ]"  # without × and ÷
_WORD = rf"(?:[1-4]\s?(?=[A-Z]))?{_LETTER}+(?:[’'-]{_LETTER}+)*"
_LEAD = re.compile(rf"(?:(?<![\w.’'-])[*_]{{0,2}}{_WORD}[.,*_]*\s+){{1,6}}\Z")
# `BGall.` are two words.
_TOKEN = re.compile(rf"(?P<word>(?<!\w)[A-Z](?=[A-Z][a-z]{{2,4}}\b)|{_WORD})(?P<stop>\.?)")
_REMARK = re.compile(r"[ .,;)]*(?:\Z|(?:with|on|and|mit|zu|und|avec|et|con|e|cum)\s[^\d;]*\Z)")
_PAGED = re.compile(rf"[.,]?\s*(?:{LABEL}|[Cc]ols?\.|[Ss]pp?\.)\s*\d")
_AUTHOR_CUT = re.compile(r"(?:[A-Za-z]+\s+)?[A-Z][a-z]+\.,?\s+[*_]*[A-Z][a-z]+\.[*_]*\s+\Z")
# `fr. 1 Courtney`: the editor is behind the number.
_FRAGMENT = re.compile(
    r"\W*(?:[Ff]r(?:ag)?[.s]*|F)\s\d+[a-z]?\s+(?P<editor>[^\W\d_a-z][^\W\d_]+)\W*"
)
_LONGEST_LEAD = 60
_MOST_BOOKS = 60
"""Livy is cited up to book 45, the Digest up to 50; no work of antiquity has more that are read."""
_LABEL = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(ABBREVIATIONS - {'ep', 'liv'}))}|{LABEL})[.*_]*\s+\Z",
    re.IGNORECASE,
)
_VERSE = re.compile(r"\d\s?[,:.]\s?\d")


@dataclass(frozen=True, slots=True)
class Canonical:
    """A reference of this kind: where it begins, its words end and its place ends.

    `keys` are the works that fit; it is empty where the author has works, and none of that name.
    """

    start: int
    behind: int
    end: int
    keys: tuple[str, ...]
    locator: str | None


@dataclass(frozen=True, slots=True)
class _Token:
    """A word; a stop or its capitals say that it is cut short."""

    word: str
    start: int
    short: bool
    capitals: bool
    capital: bool


class CanonicalReferences:
    """Finds the canonical references to the works of one bibliography."""

    def __init__(
        self, profiles: Mapping[str, Profile], near: Callable[[str], Iterable[str]]
    ) -> None:
        self.profiles = profiles
        self.bibles = [k for k, p in profiles.items() if BIBLES & p.title_words]
        self.names = ShortWords(near)
        self.titles = ShortWords(near)
        self.initials: dict[str, set[str]] = defaultdict(set)
        for key, profile in profiles.items():
            for name in profile.people - set(profile.others):
                for form in spellings(name.replace("virg", "verg")):
                    self.names.add(form, key)
            for title in filter(None, {*profile.titles, *profile.whole_titles}):
                for word in title:
                    for other in (x for w in translations(word) for x in spellings(w)):
                        self.titles.add(other, key)
                if title[0] == "de":
                    self.titles.add("".join(title[1:]), key)  # `Rep.`, De re publica
                if 1 < len(title) < 6:
                    for letters in product(*({x[0] for x in translations(w)} for w in title)):
                        self.initials["".join(sorted(letters))].add(key)

    def find(self, text: str) -> Iterator[Canonical]:
        """Yield the references in a text."""
        for place in _PLACE.finditer(text):
            inner = place["letters"] and _PLACE.match(text, place.end("letters"), place.end())
            found = self._before(text, inner) if inner else None  # `civ. 14.28`, `C. 1.11`
            if found is None or (len(found.keys) != 1 and not _names_a_title(place["letters"])):
                found = self._before(text, place)
            if found:
                yield found

    def read(self, text: str) -> Canonical | None:
        """Return the reference that a text is, and nothing else."""
        words = text.lstrip(" *_(")
        for found in self.find(words):
            if found.start == 0 and _REMARK.match(words, found.end):
                return found
        return None

    def lacks_fragments(self, text: str) -> bool:
        """Tell whether a text names a fragment by an editor who has no collection of fragments."""
        found = _FRAGMENT.fullmatch(text)
        if found is None:
            return False
        keys = self.names.keys.get(tokens(found["editor"])[-1], ())
        words = (word for key in keys for word in self.profiles[key].title_words)
        return not any(word.startswith(("fragm", "fragt", "doxogr")) for word in words)

    def _before(self, text: str, place: re.Match[str]) -> Canonical | None:
        """Return the reference that a place ends, with as many words before it as fit."""
        if not _COUNTED.search(place[0]) or _PAGED.match(text, place.end()):
            return None
        lead = _LEAD.search(text, max(0, place.start() - _LONGEST_LEAD), place.start())
        if lead is None:
            return None
        if _LABEL.search(lead[0]) and not _AUTHOR_CUT.match(lead[0]):
            return None
        words = [
            _Token(
                tokens(m["word"])[-1].replace("virg", "verg"),
                m.start(),
                bool(m["stop"]) or m["word"][-1].isupper(),
                m["word"][1:].isupper(),
                m["word"][0].isupper(),
            )
            for m in _TOKEN.finditer(text, lead.start(), place.start())
        ]
        if len(words) > 1 and words[-1].word == "ad":
            words.pop()  # `Comm. ad 1.36.3`
        shared = _SHARED.search(place[0]) is not None
        for at, first in enumerate(words):
            if at and _is_author(words[at - 1]):
                break  # `Arr. An. 1.2`, of an author whom the bibliography lacks
            found = self._read(words[at:], place[0], shared=shared)
            if found is not None:
                keys, part = found
                named = text[part.start : place.end()] if part else place[0]
                both = tuple(sorted(keys)), _locator(named)
                return Canonical(first.start, lead.end(), place.end(), *both)
        return None

    def _read(
        self, words: Sequence[_Token], place: str, *, shared: bool
    ) -> tuple[Iterable[str], _Token | None] | None:
        """Return the works that words mean, and the word that is a part of the work."""
        first = words[0]
        cut = first.short and len(first.word) > 1
        bible = self.bibles and len(words) == 1 and _VERSE.search(place)
        if ":" not in place and (shared or cut):
            if keys := self._meant(words, alone=shared):
                return keys, None
            if cut and first.capital and len(words) > 1 and (by := self._by(words[:1])):
                wholes = [k for k in by if WHOLES & self.profiles[k].title_words]
                part = [w.word.title() if w.capital else w.word for w in words[1:]]
                if len(wholes) == 1 and may_hold(self.profiles[wholes[0]].titles, part, place):
                    return wholes, words[1]
                return (), None
        if bible and is_book(re.sub(r"\A\d\s?", "", first.word)):
            return self.bibles, first
        return None

    def _meant(self, words: Sequence[_Token], *, alone: bool) -> list[str]:
        """Return the works that fit best; with `alone`, a title may do without its author."""
        worth: dict[str, float] = {}
        for many in range(min(3, len(words)) + 1 if words[0].capital else 1):
            rest = words[many:]
            short = all(w.short for w in rest)
            if many:
                if len(words[0].word) == 1 and not (rest and short):
                    continue  # an initial
                keys = self._by(words[:many])
                titled = self._titled(rest, keys) if rest else dict.fromkeys(keys, 0.1)
            elif alone and rest[0].short and len(rest[0].word) > 1:
                keys, titled = {}, self._titled(rest, None)
            else:
                continue
            for key, fit in titled.items():
                worth[key] = max(worth.get(key, 0.0), keys.get(key, 0.0) + fit)
        best = max(worth.values(), default=0.0)
        return [k for k, w in worth.items() if w > best - 0.05]

    def _by(self, words: Sequence[_Token]) -> dict[str, float]:
        """Return the works of the authors whose names begin so, the surer the more."""
        found: dict[str, float] | None = None
        for token in words:
            if not (tells(token.word) or token.short):
                if token.capital:
                    return {}  # `… of Lenin. On 27 October`
                continue
            here: dict[str, float] = {}
            for name, fit in self.names.fits(token.word, token.short and not token.capitals):
                for key in self.names.keys[name]:
                    given = name in self.profiles[key].given
                    if not given or (len(token.word) > 1 and fit > LETTERS_LEFT_OUT):
                        here[key] = max(here.get(key, 0.0), fit - 0.2 * given)
            if found is not None:
                here = {k: fit + found[k] for k, fit in here.items() if k in found}
            found = here
        return found or {}

    def _titled(self, words: Sequence[_Token], keys: Container[str] | None) -> dict[str, float]:
        """Return works with how well words cut short are their titles, in whatever order.

        Without authors, the first word of a title must be there.
        """
        named = [w for w in words if tells(w.word) or len(w.word) == 1 or w.short]
        if not named:
            return {}
        found: dict[str, float] | None = None
        for token in named:
            here: dict[str, float] = {}
            for word, fit in self.titles.fits(token.word, token.short):
                for key in self.titles.keys[word]:
                    if keys is None or key in keys:
                        here[key] = max(here.get(key, 0.0), fit if tells(word) else 0.0)
            found = here if found is None else {k: found[k] + here[k] for k in found if k in here}
        covered = {
            key: fit / max(min(map(own_length, self.profiles[key].titles)), len(named)) + 0.5
            for key, fit in (found or {}).items()
            if keys is not None or self._begins(named[0], key)
        }
        token = named[0]
        if len(named) == 1 and token.capitals:
            for key in self.initials.get("".join(sorted(token.word)), ()):
                if keys is None or key in keys:
                    covered[key] = 2.0
        return covered

    def _begins(self, token: _Token, key: str) -> bool:
        """Tell whether a word cut short begins a title of a work."""
        for title in filter(None, self.profiles[key].titles):
            own = next((w for w in title if w not in KINDS), title[0])  # `Att.`, Epistulae ad …
            firsts = {w for f in (title[0], own) for w in translations(f)} - self.names.keys.keys()
            if not firsts.isdisjoint(w for w, _ in self.titles.fits(token.word, token.short)):
                return True  # `Phdr.` too
        return False


def _names_a_title(letters: str) -> bool:
    """Tell whether letters are too high a number for a book: `Aug. civ. 1.2`."""
    return (volume_number(letters.strip(" .,*_")) or 0) > _MOST_BOOKS


def _is_author(token: _Token) -> bool:
    """Tell whether a word is cut short as a name is, and leads to no reference."""
    return token.capital and token.short and 2 < len(token.word) < 6 and token.word != "vgl"


def _locator(place: str) -> str | None:
    """Return a place in its normal form; None where it is to be read as any other."""
    place = re.sub(r"(?<=\spr)\Z", ".", re.sub(r"[*_]", "", place))
    if _COMMAS.fullmatch(place):
        place = re.sub(r",\s?", ".", place)
    if not re.search(r"\d", place) or re.match(r"[IVXL]+[,.]", place):
        return place if "." in place and not place[0].isupper() else None
    try:
        return format_locator(parse(place))
    except LocatorError:
        return place
