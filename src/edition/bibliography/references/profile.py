"""The words by which a reference may name a work: titles, people, years, imprint."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from edition.bibliography import names, plain
from edition.bibliography.pages import facts_of
from edition.bibliography.references.patterns import UNDATED, VOLUME, number_of
from edition.model import Work
from edition.model.text_folding import fold

_WORD = re.compile(r"[^\W_]+")
_CUT_SHORT = re.compile(r"(?<!\w)([^\W\d_]{2,7})\.")
_STOP = frozenset(
    "the a an of in and on to for by from with at ed eds edited editor trans translated translator "
    "tr dir coord vol volume no press publishers publishing books edition editions und der die das "
    "le la les "
    "et de des du il el y reprinted imprint vols bde tomes p pp s hg hrsg hgg übers al "
    "в и на о по из с под ред "
    "von van zu zur im über den dem dans sur au aux un une der ein eine".split()
)
_NAME_FIELDS = ("author", "editor", "translator", "shortauthor", "shorteditor")
_IMPRINT = ("publisher", "address", "location", "edition", "series")
_SUBTITLE = re.compile(r"[:(.]|,\s\d{4}\s?[-–—]|\s(?:ou|or,|oder|или)\s|\s[–—]\s")
SIGLA = ("shorthand", "label", "abbreviation")
# Letters that a scan takes for each other are one.
_SCANNED = str.maketrans("1lj|0cq5uby", "iiiioegsnhv")
_DIGRAPHS = (("rn", "m"), ("ei", "d"), ("ii", "h"), ("vv", "w"))
# `GA`, Gesamtausgabe.
_EDITION = re.compile(r"(\w)\w{3,}(?:(?=ausgabe)|(?=werk)|(?=schriften))(\w)\w+")

# Folded, й is и.
_VOWELS = "аяуюеиыоь"
_ENDING = re.compile(
    f"(?:[ыи]ми|[ое]го|[ое]му|[ая]ми|[ыиая]х|[оеыи][ием]|[оеу]ю|юю|ая|яя|[{_VOWELS}])\\Z"
)

OTHERS = "al"  # stands for the other authors: `et al.`
PARTICLES = frozenset("van von den de der du la le di ten ter zu af av".split())
PARTICLE = rf"(?:{'|'.join(sorted(PARTICLES))})"


def tokens(text: str) -> list[str]:
    """Return the words of a text in small letters, without marks on letters and ligatures."""
    folded = fold(text).replace("œ", "oe").replace("æ", "ae")
    return _WORD.findall(re.sub(r"(?<=\w)[’'](?=\w)", "", folded))


def short_words(text: str) -> set[str]:
    """Return the words of a text that a full stop cuts short (`Hist.`, `соч.`)."""
    folded = fold(text)
    return {m[1] for m in _CUT_SHORT.finditer(folded)} - _STOP


def content_words(text: str) -> list[str]:
    """Return the words of a text that tell one work from another."""
    return [t for t in tokens(text) if t not in _STOP and len(t) > 1]


def tells(word: str) -> bool:
    """Tell whether a word tells one work from another."""
    return len(word) > 1 and word not in _STOP


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """Return a word without the endings of Russian cases that it may have, marked with a hyphen.

    `Вежбицкой` and `Вежбицкая` share one, and so do `Дильтея` and `Дильтей`.
    """
    if not re.match("[а-я]", word):
        return (f"{word[:-1]}-",) if len(word) > 5 else ()
    cut = (_ENDING.sub("", word), word[:-1] if word[-1] in _VOWELS else word)
    return tuple(dict.fromkeys(f"{c}-" for c in cut if len(c) > 2))


def latinised(name: str) -> tuple[str, str]:
    """Return a name as a form of its Latin one, and as that form is sought: `Livy`, `Livius`."""
    found = re.fullmatch(
        r"(.{3,}?)(?:(tius|ius|us|is)|ce|z|(?<=s)t|y|e)?",
        re.sub(r"\Aj", "i", name.replace("virg", "verg")),
    )
    stem, latin = (found[1], found[2]) if found else (name, "")
    return (f"{stem}-us", f"{stem}-") if latin else (f"{stem}-", f"{stem}-us")


def skeleton(word: str) -> str:
    """Return a word with letters that a scan confuses made one: `Ilart` and `Hart` are alike."""
    word = word.translate(_SCANNED)
    for typed, meant in _DIGRAPHS:
        word = word.replace(typed, meant)
    return word


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The words of one entry; `children` are the pieces of a collection.

    `titles` are its titles without numbers, `phrases` with them, `book` that of the collection or
    journal, `whole_titles` all their words, `sigla` its abbreviations. `families` are the family
    names of its authors, `aliases` other names of theirs, `others` those of editors and
    translators, `surnames` and `initials` those of the authors; `imprint` are its other words.
    `spans` are the first and last years of a work of many volumes.
    """

    key: str
    titles: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, ...], ...]
    book: tuple[str, ...]
    families: tuple[str, ...]
    surnames: tuple[tuple[str, ...], ...]
    aliases: tuple[str, ...]
    others: tuple[str, ...]
    given: frozenset[str]
    initials: frozenset[str]
    imprint: frozenset[str]
    series: frozenset[str]
    years: frozenset[str]
    spans: tuple[tuple[str, str], ...]
    whole_titles: tuple[tuple[str, ...], ...]
    sigla: frozenset[str]
    volume: str | None
    volumes: int
    ranges: tuple[tuple[int, int], ...]
    is_article: bool = False
    is_in_journal: bool = False
    is_edited: bool = False
    has_one_name: bool = False
    children: tuple[str, ...] = ()

    def is_in(self, volume: str) -> bool:
        """Tell whether the entry may be of a volume, or of a half of one: `4/2`."""
        return self.volume in (None, volume, re.split("[/.]", volume)[0])

    def has(self, pages: Sequence[int]) -> bool:
        """Tell whether one of some pages may be in a work; without pages, any may."""
        return not (pages and self.ranges) or any(
            a <= n <= b for n in pages for a, b in self.ranges
        )

    @cached_property
    def family_names(self) -> frozenset[str]:
        """Return the family names of all its people."""
        return frozenset((*self.families, *self.others))

    @cached_property
    def people(self) -> frozenset[str]:
        """Return the names of its people, given names too."""
        return self.family_names | self.given

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Return the words of its titles."""
        return frozenset(t for title in self.titles for t in title)

    @cached_property
    def whole(self) -> frozenset[str]:
        """Return the words by which its collection or journal is named, and abbreviations."""
        return frozenset(self.book) | self.acronyms

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Return the abbreviations of a title, as `CW` and `KdU`, and with the author's initial."""
        named = {t for t in (*self.titles, *self.whole_titles, self.book) if 1 < len(t) < 7}
        short = {"".join(w[0] for w in words) for words in named}
        short |= {"".join(w[: 1 + w.startswith(("oe", "ae"))] for w in words) for words in named}
        compounds = (_EDITION.fullmatch(t[0]) for t in self.titles if len(t) == 1)
        short |= {m[1] + m[2] for m in compounds if m}
        both = "".join(f[0] for f in self.families) if len(self.families) > 1 else ""
        first = {t[0][0] for t in self.titles if len(t) == 1} if both else set[str]()
        joint = (both + s for s in short | first if both)  # `MEW`, `MECW`
        one = (f[0] + s for s in short for f in self.families)
        return frozenset((*short, *one, *joint, *self.sigla))

    @cached_property
    def numerals(self) -> frozenset[tuple[str, str]]:
        """Return the words of its titles, each with its next as a number: `Figures III`."""
        return frozenset((a, number_of(b)) for t in self.whole_titles for a, b in pairwise(t))

    @cached_property
    def explains(self) -> frozenset[str]:
        """Return all words of the entry that a reference may have."""
        said = self.title_words | self.people | self.years | self.imprint
        return said | frozenset(self.book) | self.acronyms


def profile_of(work: Work, children: tuple[str, ...]) -> Profile:
    """Gather the words of a work's entry."""

    def value(name: str) -> str:
        return plain(work.get(name) or "")

    main = value("title")
    titles = [x for x in (main, value("shorttitle"), _SUBTITLE.split(main)[0]) if x]
    phrases = dict.fromkeys(tuple(content_words(x)) for x in titles)
    words = dict.fromkeys(tuple(t for t in phrase if not t.isdigit()) for phrase in phrases)
    collection = value("booktitle") or value("journaltitle") or value("journal")
    numbered = (m[1] for t in (main, collection) if (m := VOLUME.search(t)))
    volume = value("volume") or next((n for n in numbered if not re.search("[-–]", n)), "")
    people = {n: names(work.get(n) or "") for n in _NAME_FIELDS if work.get(n)}
    surnames = {n: [tuple(t for t in tokens(p) if len(t) > 1) for p in people[n]] for n in people}
    family = {n: [t for p in surnames[n] for t in p if tells(t)] for n in surnames}
    aliases = _aliases(surnames.get("author", ()), plain(work.get("author") or ""))
    family.setdefault("author", []).extend(aliases)
    others = [t for n in family if n != "author" for t in family[n]]
    no_given = {"and", *family["author"], *others}
    given = [t for n in people for t in tokens(plain(work.get(n) or "")) if t not in no_given]
    first = tokens(plain(work.get(next(iter(people), "")) or ""))  # of no editor beside an author
    return Profile(
        key=work.key,
        titles=tuple(t for t in words if t),
        phrases=tuple(phrases),
        book=tuple(content_words(re.split(r"[:(]", collection)[0])),
        families=tuple(family.get("author") or others),
        surnames=tuple(p for p in next(iter(surnames.values()), ()) if p),
        aliases=aliases,
        others=tuple(others if family.get("author") else ()),
        given=frozenset(t for t in given if len(t) > 1),
        initials=frozenset(t[0] for t in given if t in first),
        imprint=frozenset(content_words(" ".join(map(value, _IMPRINT)))),
        series=frozenset(content_words(value("series"))),
        years=_years(work),
        spans=tuple(re.findall(r"(\d{4})[-–/]{1,2}(\d{4})", _dates(work))),
        whole_titles=tuple(tuple(tokens(x)) for x in titles),
        sigla=frozenset(filter(None, ("".join(tokens(value(n))) for n in SIGLA))),
        volume=number_of(volume) if volume else None,
        volumes=int(value("volumes")) if value("volumes").isdecimal() else 0,
        ranges=tuple((r.first, r.last) for r in facts_of(work).ranges if r.last is not None),
        has_one_name=len(tokens(plain(work.get("author") or ""))) == 1,
        is_edited=bool(people.get("editor")) and not people.get("author"),
        is_in_journal=work.type == "article",
        is_article=work.type in ("article", "incollection", "inproceedings"),
        children=children,
    )


def _aliases(surnames: Sequence[tuple[str, ...]], written: str) -> tuple[str, ...]:
    """Return other names by which authors are cited.

    `DuBois` for Du Bois, `Wilamowitz` for Wilamowitz-Moellendorff, `Pliny` for Pliny the Younger,
    `OECD` for a body.
    """
    found = []
    for surname, name in zip(surnames, written.split(" and "), strict=False):
        if PARTICLES.isdisjoint(surname) and len(surname) > 2:
            found.append("".join(w[0] for w in surname if tells(w)))
        elif named := re.match(r"([^\W\d_]{5,})\s+(?:the|of|von|da|di|d’|de|aus|wa|от)\s", name):
            found.append(tokens(named[1])[0])
        elif len(surname) == 2:
            first = surname[0]
            found.append(
                "".join(surname) if first in PARTICLES else first if len(first) > 4 else ""
            )
    return tuple(f for f in found if f)


def _dates(work: Work) -> str:
    return " ".join(plain(work.get(n) or "") for n in ("year", "date", "origdate"))


def _years(work: Work) -> frozenset[str]:
    """Return the years of a work, and with a letter if it has one: `Hart 2006a`.

    The letter is in the year, in the key, or in a field of its own.
    """
    years = {*re.findall(r"\d{4}[a-z]?", _dates(work)), *UNDATED.findall(_dates(work).lower())}
    in_key = re.search(r"\d{4}([a-z])(?![a-z])", work.key)
    letter = work.get("extradate") or (in_key[1] if in_key else "")
    bare = {y[:4] for y in years if y[0].isdigit()}
    return frozenset(years | bare | {y + letter for y in bare})


def share(wanted: Sequence[str], held: Iterable[str]) -> float:
    """Return the share of the words wanted that are held."""
    known = held if isinstance(held, set | frozenset) else set(held)
    return sum(w in known for w in wanted) / len(wanted) if wanted else 0.0
