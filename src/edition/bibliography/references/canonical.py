"""References by the places that every edition shares, with authors and titles cut short.

`Verg. *G.* 1.2`, `Plin. HN praef. 3`, `Suet. Tib. 42`, `Il. 1.1`, `Mt 5:3`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from edition.bibliography.references.patterns import LABEL, YEAR_FORM
from edition.bibliography.references.places import ABBREVIATIONS, PREFACE
from edition.bibliography.references.profile import Profile, tells, tokens
from edition.locator import LocatorError, format_locator, parse

_NUMBER = r"(?:\d{1,4}[a-f]?\d{0,2}|[ivxlc]{1,6}|[IVXLC]{1,6})(?!\w)"
_LEVELS = rf"{_NUMBER}(?:[.:]\s?{_NUMBER}){{0,4}}(?:[-–][\d.]+[a-f]?\d{{0,2}}|[-–][a-f])?(?!\w)"
_PLACE = re.compile(
    rf"(?<![\w.])(?!{YEAR_FORM}(?!\d|[ab]\d|(?<=14[4-6]\d)[ab](?![\w:])))"
    rf"(?:(?:{_NUMBER}[.,]?\s+)?{PREFACE}(?:\s?\d{{1,3}}(?:\.\d{{1,3}})*)?"
    rf"|(?P<letters>[ivxlcIVXLC]+[.,]?[*_]*[.,]?\s+)?{_LEVELS}(?:,\s?(?!{YEAR_FORM}(?!\w)){_LEVELS}){{0,3}}(?:\s?ff?\.)?)"
)
# What no page is: levels, a page of Stephanus or Bekker, a preface.
_SHARED = re.compile(r"\d[a-f]?[.:]\s?\d|\d{2,}[a-f]|[a-z]\.")
_COMMAS = re.compile(r"\d{1,3}(?:,\s?\d{1,3}){1,2}(?:[-–]\d{1,3})?")
_WORD = r"(?:[1-4]\s?(?=[A-Z]))?[A-Za-zÀ-ÿ]+(?:[’'-][A-Za-zÀ-ÿ]+)*"
_LEAD = re.compile(rf"(?:(?<![\w.’'-])[*_]{{0,2}}{_WORD}[.,*_]*\s+){{1,6}}\Z")
# `BGall.` are two words.
_TOKEN = re.compile(rf"(?P<word>(?<!\w)[A-Z](?=[A-Z][a-z]{{2,4}}\b)|{_WORD})(?P<stop>\.?)")
_REMARK = re.compile(r"[ .,;)]*(?:\Z|(?:with|on|and|mit|zu|und|avec|et|con|e|cum)\s[^\d;]*\Z)")
_PAGED = re.compile(rf"[.,]?\s*(?:{LABEL}|[Cc]ols?\.|[Ss]pp?\.)\s*\d")
_AUTHOR_CUT = re.compile(r"(?:[A-Za-z]+\s+)?[A-Z][a-z]+\.,?\s+[*_]*[A-Z][a-z]+\.[*_]*\s+\Z")
_LONGEST_LEAD = 60
_LABEL = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(ABBREVIATIONS - {'ep', 'liv'}))}|{LABEL})[.*_]*\s+\Z", re.IGNORECASE)

# Words of titles that are cited by those of another language; a few letters begin any of a row.
_ROWS = """carmina odes oden poems|epistulae epistolae epistles letters briefe lettres lettere
|sermones satirae satires satiren|leges laws nomoi gesetze lois|opera works werke|dies days tage
|respublica republic publica politeia staat|officiis duties pflichten devoirs|finibus ends
|historia historiae histories history histoire geschichte|civitate city gottesstaat cite
|dei god gottes dieu|confessiones confessions bekenntnisse|anima soul seele|natura nature natur
|rerum things dinge|amicitia friendship|senectute age|oratore orator|ira anger zorn|ars art kunst
|amatoria love liebe amour|clementia mercy clemency|beneficiis benefits favours
|vita vitae lives leben vies|bellum bello war krieg guerre|gallico gallicum gallic
|civili civile civil|metamorphoses verwandlungen|politica politics politik|ethica ethics ethik
|nicomachea nicomachean nikomachische|animalium animals tiere|naturalis natural naturkunde
|dialogi dialogues|apologia apology apologie|ecclesiastica ecclesiastical|antiquitates antiquities
|nubes clouds|aves birds|ranae frogs|vespae wasps|equites knights|persae persians
|troades trojan|supplices suppliants|tyrannus king rex|oeconomicus household|caelo heavens"""
_SAME = {word: row.split() for row in _ROWS.split("|") for word in row.split()}
# Titles of works whose parts have names: of a life, a dialogue, a speech.
_WHOLES = frozenset(
    "works opera oeuvres werke opuscula vitae vita lives leben vies moralia dialogues dialogi"
    " speeches orationes tragedies tragoediae comedies comoediae plays poems".split()
)
_BIBLES = frozenset("bible bibel biblia vulgata vulgate septuagint septuaginta testament".split())
_BOOKS = """genesis gn exodus leviticus numbers numeri nm deuteronomy dtn joshua josua judges ruth
samuel kings chronicles ezra nehemiah esther job hiob psalms proverbs ecclesiastes qohelet koh
canticles isaiah jesaja jeremiah lamentations ezekiel hesekiel daniel hosea joel amos obadiah jonah
micah nahum habakkuk zephaniah haggai zechariah sacharja malachi tobit judith maccabees wisdom
sirach matthew mt mark luke john jn acts apostelgeschichte apg romans corinthians korinther
galatians ephesians philippians colossians kolosser thessalonians timothy titus philemon hebrews
james jakobus peter petrus jude revelation offenbarung apocalypse""".split()


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
        self.near = near
        self.names: dict[str, dict[str, set[str]]] = defaultdict(dict)
        self.titled: dict[str, set[str]] = defaultdict(set)
        for key, profile in profiles.items():
            for name in profile.people - set(profile.others):
                name = name.replace("virg", "verg")
                self.names[name[0]].setdefault(name, set()).add(key)
            for word in {x for w in profile.title_words for x in _SAME.get(w, (w,))}:
                self.titled[word[0]].add(key)
        self.bibles = [k for k, p in profiles.items() if _BIBLES & p.title_words]

    def find(self, text: str) -> Iterator[Canonical]:
        """Yield the references in a text."""
        for place in _PLACE.finditer(text):
            inner = place["letters"] and _PLACE.match(text, place.end("letters"), place.end())
            found = self._before(text, inner) if inner else None  # `civ. 14.28`, `C. 1.11`
            if found is None or len(found.keys) != 1:
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

    def _before(self, text: str, place: re.Match[str]) -> Canonical | None:
        """Return the reference that a place ends, with as many words before it as fit."""
        lead = _LEAD.search(text, max(0, place.start() - _LONGEST_LEAD), place.start())
        counted = re.search(rf"\d|{PREFACE}", place[0]) and not _PAGED.match(text, place.end())
        if lead is None or not counted or (
            _LABEL.search(lead[0]) and not _AUTHOR_CUT.match(lead[0])
        ):
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
        shared = _SHARED.search(place[0]) is not None
        for at, first in enumerate(words):
            own = words[at:]
            bible = self._is_bible(own, place[0])
            if not (shared or bible or (first.short and len(first.word) > 1)):
                continue
            keys = None if ":" in place[0] else self._meant(own, alone=shared)
            bible = bible and keys is None
            keys = self.bibles if bible else keys
            part = own[0] if bible else None
            if keys is None and first.short and first.capital and len(own) > 1 < len(first.word):
                keys = [k for k in self._by(own[:1]) if _WHOLES & self.profiles[k].title_words]
                keys, part = (keys, own[1]) if len(keys) == 1 else ([], None)
                if not keys and not self._by(own[:1]):
                    continue
            if keys is not None:
                named = text[part.start : place.end()] if part else place[0]
                both = tuple(sorted(keys)), _locator(named)
                return Canonical(first.start, lead.end(), place.end(), *both)
        return None

    def _is_bible(self, words: Sequence[_Token], place: str) -> bool:
        word = words[0].word
        counted = re.search(r"\d\s?[,:.]\s?\d", place) and len(words) == 1 and len(word) > 1
        return bool(self.bibles and counted and any(_fit(word, book, True) > 0.5 for book in _BOOKS))

    def _meant(self, words: Sequence[_Token], *, alone: bool) -> list[str] | None:
        """Return the works that fit best; None where no work has such a title, or its author.

        With `alone`, a title may do without its author.
        """
        worth: dict[str, float] = {}
        for many in range(min(3, len(words)) + 1):
            rest = words[many:]
            if many and not words[0].capital:
                break
            if many and len(words[0].word) == 1 and not (rest and all(w.short for w in rest)):
                continue  # an initial
            if many:
                keys = self._by(words[:many])
            elif alone and rest[0].short and len(rest[0].word) > 1:
                keys = dict.fromkeys(self.titled.get(rest[0].word[0], ()), 0.0)
            else:
                continue
            for key, named in keys.items():
                titled = self._titled(rest, self.profiles[key]) if rest else 0.1
                firsts = [t[0] for t in self.profiles[key].titles]
                if not many and titled < 2 and not any(_same(rest[0], w, rest) for w in firsts):
                    continue
                if titled:
                    worth[key] = max(worth.get(key, 0.0), named + titled)
        best = max(worth.values(), default=0.0)
        return [k for k, w in worth.items() if w > best - 0.05] if worth else None

    def _by(self, words: Sequence[_Token]) -> dict[str, float]:
        """Return the works of the authors whose names begin so, the surer the more."""
        found: dict[str, float] = {}
        for at, token in enumerate(w for w in words if tells(w.word) or len(w.word) == 1):
            names = self.names.get(token.word[0], {})
            fits = {n: _fit(token.word, n, token.short and not token.capitals) for n in names}
            fits |= {n: 1.0 for n in self.near(token.word) if n in names}
            here: dict[str, float] = {}
            for name, fit in fits.items():
                for key in names[name] if fit else ():
                    family = name.replace("verg", "virg") in self.profiles[key].family_names
                    family = family or name in self.profiles[key].family_names
                    if len(token.word) == 1 and not family:
                        continue  # an initial
                    here[key] = max(here.get(key, 0.0), fit if family else fit - 0.2)
            found = {k: found.get(k, 0.0) + fit for k, fit in here.items() if not at or k in found}
        return found

    def _titled(self, words: Sequence[_Token], profile: Profile) -> float:
        """Return how well words cut short are a title: all must be, in whatever order."""
        best = 0.0
        named = [w for w in words if tells(w.word) or len(w.word) == 1] or words
        for title, whole in zip(profile.titles, profile.whole_titles, strict=False):
            letters = named[0].word if len(named) == 1 and named[0].capitals else ""
            if letters and (letters in profile.sigla or any(_begins(letters, t) for t in (title, whole))):
                best = 2.0
            left = [*whole, "".join(whole[1:])] if whole[0] == "de" else [*whole]
            fits = 0.0
            for token in named:
                near = {*self.near(token.word)} if len(token.word) > 3 else set()
                rows = [(1.0 if w in near else _same(token, w, named), w) for w in left]
                fit, word = max(rows, default=(0.0, ""))
                if not fit:
                    break
                left.remove(word)
                fits += fit if tells(word) else 0.0
            else:
                best = max(best, fits / max(len(title), len(named)) + 0.5)
        return best


def _begins(letters: str, title: Sequence[str]) -> bool:
    """Tell whether letters are the first of a title's words, in whatever order: `HN`, `EN`."""
    left = [{x[0] for x in _SAME.get(word, (word,))} for word in title]
    for letter in letters:
        held = next((firsts for firsts in left if letter in firsts), None)
        if held is None:
            return False
        left.remove(held)
    return not left and len(letters) > 1


def _same(token: _Token, word: str, beside: Sequence[_Token]) -> float:
    """Return how well a word cut short is one of a title, or of the same title elsewhere."""
    return max(
        _fit(token.word, other, token.short and (other == word or len(token.word) > 1 or len(beside) > 1))
        for other in _SAME.get(word, (word,))
    )


def _fit(word: str, whole: str, short: bool) -> float:
    """Return how well a word is another: as it is, begun, or with letters left out."""
    if word == whole:
        return 1.0
    if not short and len(word) < 4:
        return 0.0
    if whole.startswith(word):
        return 0.9
    following = iter(whole)
    left_out = 1 < len(word) < 5 and not re.fullmatch("[ivxlc]+", word) and word[0] == whole[0] and all(c in following for c in word)
    return 0.5 if short and left_out else 0.0


def _locator(place: str) -> str | None:
    """Return a place in its normal form; None where it is to be read as any other."""
    place = re.sub(r"[*_]", "", place)
    if _COMMAS.fullmatch(place):
        place = re.sub(r",\s?", ".", place)
    if not re.search(r"\d", place) or re.match(r"[IVXL]+[,.]", place):
        return place if "." in place and not place[0].isupper() else None
    try:
        return format_locator(parse(place))
    except LocatorError:
        return place
