"""The words by which a reference may name a work: titles, people, years, imprint."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from edition.bibliography import names, plain
from edition.bibliography.references.patterns import number_of
from edition.locator import LocatorError, parse_ranges
from edition.model import Work
from edition.model.text_folding import fold

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    "the a an of in and on to for by from with at ed eds edited editor trans translated translator "
    "tr vol volume no press publishers publishing books edition editions und der die das le la les "
    "et de des du il el y reprinted imprint vols bde tomes p pp s hg hrsg hgg übers al "
    "в и на о по из с под ред "
    "von van zu zur im über den dem dans sur au aux un une der ein eine".split()
)
_NAME_FIELDS = ("author", "editor", "translator")
# Letters that a scan takes for each other are one.
_SCANNED = str.maketrans("1lj|0cq5ub", "iiiioegsnh")
_DIGRAPHS = (("rn", "m"), ("ei", "d"), ("ii", "h"), ("vv", "w"))

PARTICLES = frozenset("van von den der de du la le di ten ter zu af av".split())


def tokens(text: str) -> list[str]:
    """Return the words of a text in small letters, without marks on letters."""
    return _WORD.findall(re.sub(r"(?<=\w)[’'](?=\w)", "", fold(text)))


def content_words(text: str) -> list[str]:
    """Return the words of a text that tell one work from another."""
    return [t for t in tokens(text) if t not in _STOP and len(t) > 1]


def tells(word: str) -> bool:
    """Tell whether a word tells one work from another."""
    return len(word) > 1 and word not in _STOP


def skeleton(word: str) -> str:
    """Return a word with letters that a scan confuses made one: `Ilart` and `Hart` are alike."""
    word = word.translate(_SCANNED)
    for typed, meant in _DIGRAPHS:
        word = word.replace(typed, meant)
    return word


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The words of one entry; `children` are the pieces of a collection."""

    key: str
    titles: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, ...], ...]
    book: tuple[str, ...]
    families: tuple[str, ...]
    surnames: tuple[tuple[str, ...], ...]
    others: tuple[str, ...]
    given: tuple[str, ...]
    initials: frozenset[str]
    imprint: tuple[str, ...]
    years: frozenset[str]
    volume: str | None
    volumes: bool
    ranges: tuple[tuple[int, int], ...]
    total: int | None = None
    children: tuple[str, ...] = ()
    explains: frozenset[str] = field(default=frozenset())


def acronyms(profile: Profile) -> set[str]:
    """Return the abbreviations of a title, as `CW`, with or without the author's initial."""
    found = set()
    for words in (*profile.titles, profile.book):
        if 1 < len(words) < 6:
            short = "".join(w[0] for w in words)
            found |= {short, *(f[0] + short for f in profile.families)}
    return {a for a in found if len(a) > 1}


def _people(work: Work) -> tuple[list[str], list[tuple[str, ...]], list[str], list[str]]:
    """Return families of the authors, whole surnames, families of others, and given names."""
    families: list[str] = []
    surnames: list[tuple[str, ...]] = []
    others: list[str] = []
    given: list[str] = []
    for name in _NAME_FIELDS:
        typed = work.get(name)
        if not typed:
            continue
        people = [tuple(t for t in tokens(p) if len(t) > 1) for p in names(typed)]
        family = [t for person in people for t in person if t not in _STOP]
        (families if name == "author" else others).extend(family)
        if name == "author" or not surnames:
            surnames += [p for p in people if p]
        given += [t for t in tokens(plain(typed)) if len(t) > 1 and t != "and" and t not in family]
    if not families:
        families, others = others, []
    return families, surnames, others, given


def profile_of(work: Work, children: tuple[str, ...]) -> Profile:
    """Gather the words of a work's entry."""

    def value(name: str) -> str:
        return plain(work.get(name) or "")

    main = value("title")
    titles = [main, value("shorttitle"), re.split(r"[:(.]", main)[0]]
    listed = {tuple(t for t in content_words(x) if not t.isdigit()): None for x in titles if x}
    families, surnames, others, given = _people(work)
    years = {y for n in ("year", "date", "origdate") for y in re.findall(r"\d{4}[a-z]?", value(n))}
    # `Hart 2006a`: the letter is in the year, in the key, or in a field of its own.
    letter = re.search(r"\d{4}([a-z])(?![a-z])", work.key)
    for year in set(years) if letter or value("extradate") else ():
        years.add(year[:4] + (value("extradate") or (letter[1] if letter else "")))
    volume = value("volume")
    title_words = tuple(t for t in listed if t)
    book = tuple(
        content_words(
            re.split(r"[:(]", value("booktitle") or value("journaltitle") or value("journal"))[0]
        )
    )
    imprint = tuple(
        content_words(
            " ".join(map(value, ("publisher", "address", "location", "edition", "series")))
        )
    )
    dated = frozenset(years | {y[:4] for y in years})
    return Profile(
        key=work.key,
        titles=title_words,
        phrases=tuple(dict.fromkeys(tuple(content_words(x)) for x in titles if x)),
        book=book,
        families=tuple(families),
        surnames=tuple(surnames),
        others=tuple(others),
        given=tuple(given),
        initials=frozenset(g[0] for g in given),
        imprint=imprint,
        years=dated,
        volume=number_of(volume) if volume else None,
        volumes=bool(work.get("volumes")),
        ranges=page_ranges(work.get("pages")),
        total=_total(value("pagetotal")),
        children=children,
        explains=frozenset(
            (
                *(t for title in title_words for t in title),
                *book,
                *families,
                *others,
                *given,
                *imprint,
                *dated,
            )
        ),
    )


def page_ranges(pages: str | None) -> tuple[tuple[int, int], ...]:
    """Return the ranges of an entry's pages; none where they cannot be read."""
    if not pages:
        return ()
    try:
        found = parse_ranges(pages).ranges
    except LocatorError:
        return ()
    return tuple((r.first, r.last) for r in found if r.last is not None and r.last > r.first)


def _total(pagetotal: str) -> int | None:
    numbers = [int(n) for n in re.findall(r"\d{1,5}", pagetotal)]
    return max(numbers) if numbers else None


def share(wanted: Sequence[str], held: Iterable[str]) -> float:
    """Return the share of the words wanted that are held."""
    known = held if isinstance(held, set | frozenset) else set(held)
    return sum(w in known for w in wanted) / len(wanted) if wanted else 0.0


def whole_name(words: Sequence[str], profile: Profile) -> float:
    """Return how well the names in a reference are those of a work: 1, 0, or -1 for another's.

    `Berg` is not `van den Berg`, and `R. Mills` not `Edith Mills`.
    """
    best = 0.0
    for surname in profile.surnames:
        for at in range(len(words) - len(surname) + 1):
            if tuple(words[at : at + len(surname)]) != surname:
                continue
            before = words[at - 1] if at else ""
            if before in PARTICLES:
                best = min(best, -1.0)
            elif (
                not before
                or before in profile.given
                or (len(before) == 1 and before in profile.initials)
            ):
                best = max(best, 1.0 if before else 0.5)
            elif len(before) == 1:
                best = min(best, -1.0)
            else:
                best = max(best, 0.5)
    return best
