"""References without brackets, and works named in a sentence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from edition.bibliography.references.agreement import same_year
from edition.bibliography.references.context import Part
from edition.bibliography.references.finding import Typed, find_in_brackets, may_place
from edition.bibliography.references.grammar import NAMES_ALONE, read_reference
from edition.bibliography.references.mentions import Mention
from edition.bibliography.references.patterns import (
    AFTER_PAGE,
    AND_OTHERS,
    BARE_PAGES,
    CAPITAL,
    ESPECIALLY,
    LABEL,
    LOCATOR,
    VOLUME,
    YEAR_FORM,
    number_of,
)
from edition.bibliography.references.profile import PARTICLE, tokens
from edition.bibliography.references.resolution import Resolver
from edition.model.lazy_pattern import lazy

_Place = TypeVar("_Place", Typed, Mention)
SENTENCE_END = re.compile(r"[.!?…][”\"’»)]*\s+(?=[^\W\d_a-zß-ÿ])")
_ACCORDING = re.compile(
    r"\b(?:according to|nach|laut|selon|d[’']après|согласно|по словам)\b", re.IGNORECASE
)
# `Hart, Letters, vol. 1, p. 3`, `Hart’s Letters, p. 3`, `Hart 1831: 19` outside of brackets.
_NAMED_PLACE = re.compile(
    rf"(?:[’']s?)?(?:[”\"’»*_]*(?:,|(?=\s*(?:[“\"„«*_&]|and\b|und\b|et\b|{YEAR_FORM}|{LABEL})))"
    rf"(?:[^.;()\[\]\0?!\d]|\.(?:(?<=\b[^\W\d_]\.)|(?=,|\s[a-zß-öø-ÿа-яё\d]))|{VOLUME.pattern}|{YEAR_FORM}|\b\d{{1,2}}(?:nd|rd|te?|th|st)\b){{0,90}}?(?<=[\s,]){LOCATOR.pattern}"
    rf"|,?\s+{YEAR_FORM}[a-z]?\s*[:,]\s*(?:\d{{1,2}}:\s?)?{BARE_PAGES}(?!:\d)"
    rf"|,\s{ESPECIALLY}\s{BARE_PAGES}(?=\s*[.;:)])"
    r"|(?:,\s[^.,;()\d]{3,60})?,\s[ivxl]{1,4},\s\d{1,3}(?:[-–]\d{1,3})?(?:,\s\d{1,3}(?:[-–]\d{1,3})?)*(?!\w))"
)
# `Hart, 1831`, `Hart and Cole 1831, 1838`: the year is of a work of theirs.
_DATED = re.compile(
    rf"(?:(?:,|,?\s(?:and|und|et|y|e|и|&))\s{NAMES_ALONE.pattern})?(?:,?\s(?:{AND_OTHERS.pattern}))?"
    rf",?\s(?P<year>{YEAR_FORM}[a-rt-z]?)(?:(?:,|,?\s(?:and|und|et|y|e|и|&))\s{YEAR_FORM}[a-z]?)*(?![\w’'/]|\s?[-–]\s?\d|\s*[:(\[]\d)"
)
_NAMES_BEFORE = re.compile(
    rf"(?:(?<!\w)(?:[^\W\d_a-z][\w’'-]*\.?|{PARTICLE})\s+|[^\W\d_a-z]\.[\s-]?|\b(?:The|An?|Der|Die|Das)\s)*[“\"„«‘]?\Z"
)

# What leads to a name and is no given name: `D’après Hart, p. 3`.
_NAME_LEAD = re.compile(
    r"(?:See|Compare|Siehe|Voir|D[’']après|Selon|Chez|Contre|Nach|Laut|Bei|Gegen|Secondo|Contro|Según|Contra|By|Against|Согласно|По|У)\s+"
)

_AUTHORS_ALONE = lazy(
    rf"(?P<bracket>\((?P<names>{NAMES_ALONE.pattern}(?:;\s{NAMES_ALONE.pattern})*)\))(?P<ends>[.;:]|,\s(?:and|but|or|while|und|et|e|y)\s|\s*\Z)?"
)
_NAME_ALONE = rf"(?:{PARTICLE}\s+){{0,3}}{CAPITAL}[\w’-]+"
_POINTED = lazy(
    r"\b(?P<see>[Ss]ee|[Cc]f\.|[Cc]ompare|[Vv]gl\.|[Ss]iehe|[Vv]oir)(?:\s(?:also|auch|aussi))?\s"
    rf"(?P<names>{_NAME_ALONE}(?:(?:,\s|,?\s(?:and|und|et|&)\s){_NAME_ALONE}){{0,5}})(?=[.;](?:\s|\Z)|\s*\Z)"
)
_IN_A_CLAUSE = re.compile(r"(?:[^\s.,;:()]+\s+){5}\Z|[”\"“»’]\s*\Z")
_JOINING = frozenset("and und et y e и".split())
_CLAUSE_WITHIN = 100
"""Characters before a bracket of names in which five words of its clause are looked for."""
_NAMED_WITHIN = 1000
"""Characters before a place in which its author is named: all would take the square of a text."""
_LEVELS_ALONE = re.compile(
    r"\((?P<book>[ivxl]{1,6}|[IVXL]{1,6}|\d{1,2})\.\s?(?P<rest>[\dO]{1,3}(?P<third>\.\s?[\dO]{1,3})?(?:[-–]\d{1,3})?)\)"
)


def with_names(text: str, first: int, at: int) -> int:
    """Return where the names begin that stand right before a family name or a title."""
    window = max(first, at - 60)
    found = _NAMES_BEFORE.search(text[window:at])
    begin = window + found.start() if found else at
    leading = _NAME_LEAD.match(text, begin, at)
    return leading.end() if leading else begin


def with_note(text: str, page: int, end: int) -> int:
    """Return where a page ends with the page that is meant within it, and with its note."""
    after = AFTER_PAGE.match(text, page, end)
    return after.end() if after else page


# `on page 44 of Emma`, `S. 3 von Harts Briefen`
_PLACE_BEFORE = re.compile(
    rf"(?P<place>{LOCATOR.pattern})\s+(?:of|from|von|aus|de|di|из)\s+(?:[a-z]{{2,6}}\s+){{0,2}}"
    r"(?P<words>(?:[^\W\d_a-z][\w-]+[’']s?\s+)?[“\"„«‘*_]*(?:[^\W\d_a-z][a-zß-öø-ÿ]{0,2}\s)?)\Z"
)
_LONGER_TITLE = re.compile(r"\s+(?!and\b|und\b|est\b|vols?\b|[^\W\d]{1,4}\.)[a-zß-öø-ÿа-яё]{3}")


def find_named(text: str, resolver: Resolver) -> Iterator[Typed]:
    """Yield works named with a page outside of brackets, by their authors or their titles."""
    end = 0
    for mention in mentions_in(text, resolver) if may_place(text) else ():
        if mention.start >= end and (placed := _placed_before(text, end, mention)):
            yield placed
            end = placed.end
            continue
        match = _NAMED_PLACE.match(text, mention.end) if mention.start >= end else None
        match = match or (dated_behind(text, mention, resolver) if mention.start >= end else None)
        if match is None and (mention.start < end or not mention.stop):
            continue
        begin = mention.start if mention.stop else with_names(text, end, mention.start)
        end = mention.stop or with_note(text, match.end() if match else 0, len(text))
        content = text[begin:end]
        if parts := read_reference(content, weak=True):
            yield Typed(begin, end, content, "sentence", parts, weak=True)


def dated_behind(text: str, mention: Mention, resolver: Resolver) -> re.Match[str] | None:
    """Return the rest of names and the years behind a person who has works of these years.

    `Hart 1831 and 1840 were cold` would lose the year that is of none.
    """
    dated = _DATED.match(text, mention.end) if mention.is_person else None
    have = {y[:4] for k in mention.keys for y in resolver.profiles[k].years}
    years = re.findall(YEAR_FORM, dated[0]) if dated else [""]
    return dated if have.issuperset(years) else None


def _placed_before(text: str, first: int, title: Mention) -> Typed | None:
    """Return a title with the page before it: `on page 44 of Emma`."""
    window = max(first, title.start - 60)
    whose = re.match(r"[’']s?\b", text[title.end : title.end + 3])  # `page 2 of Emma’s letter`
    placed = None if title.is_person or whose else _PLACE_BEFORE.search(text[window : title.start])
    if placed is None:
        return None
    begin = window + placed.start()
    words = f"{placed['words']}{text[title.start : title.end]}, {placed['place']}"
    parts = read_reference(words, weak=True)
    return Typed(begin, title.end, text[begin : title.end], "sentence", parts) if parts else None


def find_authors(text: str, resolver: Resolver, *, in_note: bool = False) -> Iterator[Typed]:
    """Yield brackets of authors’ names alone that end a clause: `(Hart; Cole and Ness)`.

    Where the clause names the author too, as in `Hart’s essay of 1974 (Hart)`, it may go on, and
    be of a note.
    """
    known = resolver.evidence.families
    for bracket in _AUTHORS_ALONE.finditer(text):
        pieces = [piece.strip() for piece in bracket["names"].split(";")]
        named = [set(tokens(AND_OTHERS.sub("", p))) - _JOINING for p in pieces]
        several = len(pieces) > 1 or len(named[0]) > 1
        window = text[max(0, bracket.start() - _CLAUSE_WITHIN) : bracket.start()]
        clause = re.split(r"[.;:]\s", window)[-1]
        again = not several and re.search(rf"(?<!\w){re.escape(pieces[0])}[’']s?\s", clause)
        if not again and (in_note or bracket["ends"] is None):
            continue
        if not (several or _IN_A_CLAUSE.search(window)):
            continue  # `Emma (Hart), Frank (Cole)`
        if all(names and names <= known for names in named):
            parts = tuple(Part(words=piece, typed=piece) for piece in pieces)
            yield Typed(*bracket.span("bracket"), bracket["bracket"], "bracket", parts, weak=True)


def find_pointed(text: str, resolver: Resolver) -> Iterator[Typed]:
    """Yield the authors that a note only points to, as `See Hart and Cole`.

    Several names are those of one work where it has no other authors.
    """
    together = {tuple(s[-1] for s in p.surnames) for p in resolver.profiles.values()}
    for match in _POINTED.finditer(text):
        names = list(re.finditer(_NAME_ALONE, match["names"]))
        known = [(tokens(n[0]) or [""])[-1] for n in names]
        if not resolver.evidence.families.issuperset(known):
            continue
        first = 0
        while first < len(names):
            sizes = range(len(names), first, -1)
            last = next((n for n in sizes if tuple(known[first:n]) in together), first + 1)
            begin, end = (
                match.start("names") + at for at in (names[first].start(), names[last - 1].end())
            )
            words = text[begin:end]
            part = Part(words=words, typed=words, prenote=match["see"])
            yield Typed(begin, end, words, "note", (part,), weak=True)
            first = last


def find_in_sentences(
    text: str, taken: Sequence[Typed], resolver: Resolver, *, authors: bool = False
) -> list[Typed]:
    """Return works named with a page, or as the source of a statement, outside of brackets.

    With `authors`, also those that a bracket names by their authors alone.
    """
    found = apart(find_named(text, resolver), taken)
    found += apart(find_authors(text, resolver) if authors else (), [*taken, *found])
    titled: list[Typed] = []
    ends = [m.end() for m in SENTENCE_END.finditer(text)]
    for mention in resolver.mentions.in_titles(text) if _ACCORDING.search(text) else ():
        begin, end = mention.start, mention.end
        if text[begin].islower():
            continue  # `direct current`, words of the sentence
        place = bisect_right(ends, begin)
        lead = text[ends[place - 1] if place else 0 : begin]
        profiles = [resolver.profiles[k] for k in mention.keys]
        if not _ACCORDING.search(lead) or any(p.children for p in profiles):
            continue
        families = [f for p in profiles for f in p.families]
        named = any(re.search(rf"(?<!\w){f}(?!\w)", lead, re.IGNORECASE) for f in families)
        place = bisect_right(ends, end)
        rest = text[end : ends[place] if place < len(ends) else len(text)]
        if named and not LOCATOR.search(rest) and not find_in_brackets(text[end : end + 400])[:1]:
            part = Part(words=f"{' '.join(families)} {text[begin:end]}")
            titled.append(Typed(begin, end, text[begin:end], "sentence", (part,)))
    return [*found, *apart(titled, [*taken, *found])]


def mentions_in(text: str, resolver: Resolver) -> list[Mention]:
    """Return the people and titles that a text names, in order, the longest first."""
    # `Emma`, and no `Поэтика русской литературы`: a word of a longer title.
    titles = [
        m
        for m in resolver.mentions.in_titles(text)
        if " " in text[m.start : m.end] or not _LONGER_TITLE.match(text, m.end)
    ]
    people = resolver.mentions.of_people(text)
    shared = [Mention(c.start, c.behind, c.keys, c.end) for c in resolver.canonical.find(text)]
    both = (*titles, *apart(people, titles), *resolver.evidence.short_forms(text))
    both = (*shared, *apart(both, shared))
    return sorted(both, key=lambda m: (m.start, -m.end))


def ends_statement(typed: Typed, text: str) -> bool:
    """Tell whether a number alone in brackets ends a statement: no `the lamps (12) were dear`."""
    part = typed.parts[0]
    named = part.words or part.years or part.back or not typed.weak
    ends = part.locator and re.match(r"\s*(?:[.,;:?!)]|\Z)", text[typed.end : typed.end + 3])
    return bool(named or ends)


def apart(found: Iterable[_Place], taken: Iterable[Typed | Mention]) -> list[_Place]:
    """Return the references, or mentions, that overlap none of those taken."""
    spans: list[tuple[int, int]] = sorted((t.start, t.end) for t in taken)
    furthest = [0, *accumulate((end for _, end in spans), max)]
    return [t for t in found if furthest[bisect_left(spans, (t.end,))] <= t.start]


def numbers_as_lines(typed: Typed, resolver: Resolver) -> Typed:
    """Return a reference with a line for each number that is no year of its work."""
    return replace(typed, parts=tuple(_as_line(p, resolver) for p in typed.parts))


def _as_line(part: Part, resolver: Resolver) -> Part:
    """Return `Goethe 1641` as a name and a line, where no work that it may name is of that year."""
    named = re.fullmatch(rf"(?P<words>[^\d,]+?)\s(?P<number>{YEAR_FORM})", part.words)
    if named is None or part.locator:
        return part
    keys = resolver.evidence.candidates(resolver.evidence.held(tokens(named["words"])))
    if not keys or any(same_year(part, resolver.profiles[k]) for k in keys):
        return part
    number = named["number"]
    placed = replace(part, locator=f"p. {number}", pages=(int(number),))
    return replace(placed, words=named["words"], years=())


def of_ancient(typed: Typed, text: str, at: int, cited: set[str], resolver: Resolver) -> Typed:
    """Return `(i. 138. 3)` as a place in the only work of the ancient author named last before.

    It stands at an offset of `text`. Two numbers, as in `(i. 22)`, are one only where the work is
    `cited` by three: they may be a volume and its page. Three figures are one only there too: they
    may be a date or a section.
    """
    levels = _LEVELS_ALONE.fullmatch(typed.text)
    near = slice(max(0, at - _NAMED_WITHIN), at)
    people = resolver.mentions.of_people(text[near]) if levels else ()
    ancient = [m.keys for m in people if all(resolver.profiles[k].has_one_name for k in m.keys)]
    if levels is None or not ancient or len(ancient[-1]) > 1:
        return typed
    (key,) = ancient[-1]
    profile = resolver.profiles[key]
    roman = not levels["book"].isdigit()
    if not ((levels["third"] and roman) or key in cited) or not (
        profile.whole_titles and profile.families
    ):
        return typed
    cited.add(key)
    rest = levels["rest"].replace(" ", "").replace("O", "0").replace("-", "–")
    words = f"{profile.families[0].title()}, {' '.join(profile.whole_titles[0]).title()}"
    place = f"{number_of(levels['book'])}.{rest}"
    return replace(typed, parts=(Part(words=words, locator=place),), weak=False)
