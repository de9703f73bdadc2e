"""References in notes, clause by clause."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from edition.bibliography.references.context import Context, Unresolved
from edition.bibliography.references.finding import Typed, find_in_brackets
from edition.bibliography.references.grammar import LONGEST, read_reference
from edition.bibliography.references.mentions import Mention
from edition.bibliography.references.patterns import (
    BACK,
    BARE_PAGES,
    EDITION,
    ESPECIALLY,
    LABEL,
    LINES,
    LOCATOR,
    PAGES,
    PRENOTE,
    SEMICOLON,
    YEAR_FORM,
)
from edition.bibliography.references.places import ABBREVIATIONS, place_runs
from edition.bibliography.references.profile import tokens
from edition.bibliography.references.resolution import Resolver
from edition.bibliography.references.running import (
    VOLUME_TYPED,
    apart,
    mentions_in,
    with_names,
    with_note,
)

_ENDS = r"(?=\s*(?:[;,)]|\.(?!\d)|\Z|,?\s(?:and|und|et|but|where|on|with|who|passim|\()))"
_BARE_PLACE = re.compile(
    rf"(?<=[,:)\]”\"»?!’]\s)(?!{EDITION.pattern})(?:{ESPECIALLY}\s+)?(?:(?:\d{{1,3}}|[IVXL]+):\s?|[ivxl]+\.\s(?=\d))?{BARE_PAGES}(?:,\s*{BARE_PAGES})*{_ENDS}"
    rf"|(?<=\d:)\d{{1,4}}(?:[-–]\d{{1,4}})?{_ENDS}|(?:(?<=\w\s)|(?<=\w\.\s))(?!\d+\.\d+\.\d{{4}}){LINES}(?!\s*\(|,\s*\d){_ENDS}"
)
_NUMBER_OF = re.compile(r"\b(?:no|nr|vol|bd|heft|№)\.?\s*\Z", re.IGNORECASE)
# What stands between a word that leads back, or a short title, and its page.
_VOLUME_BEHIND = re.compile(
    rf"[.,:]*\s*(?:(?:{VOLUME_TYPED}|[IVXL]+(?=\s*[,.:])|[ivxl]+(?=\.))[¹²³⁴]?\s*[.,:]*\s*)?"
)
_BARE_BEHIND = re.compile(
    rf"(?:{LINES}|(?:\d{{1,3}}:\s?)?{PAGES}(?:,\s*{PAGES})*)(?=\s*(?:[;,)]|\.(?!\d)|\Z|\s(?:and|und|et|with)\b))"
)
# Characters of words that lead to an `ibid.`; characters and words from a full stop to the page:
# the longest in the essays of `tests/test_importer_essays.py` are 8, 75 and 9.
_LEAD, _REACH, _MOST_BETWEEN = 40, 200, 20
_MOST_BEFORE_LABEL = 6
"""Words from a bare number to a labelled page of the same reference: `56 (2008), H. 2, S. 137`."""

_FULL_PLACE = re.compile(rf"{VOLUME_TYPED}|{LABEL}\s*\d|\d+\.\d")
_MOST_TRIED = 4
"""Names and titles with which a reference is tried to begin: an author, an addressee, an editor."""

_IN_BRACKETS = re.compile(r"(?<=\()[^()]*(?=\))")
_PARTING = re.compile(SEMICOLON)
_CLAUSE = re.compile(rf"{SEMICOLON}\s+|(?P<stop>[.!?])[”\"’»)]*\s+(?=[^\W\d_a-zß-ÿа-я]|[“\"„«])")
_ABBREVIATIONS = ABBREVIATIONS | frozenset(
    "ed eds trans tr cf op cit vgl hrsg hg ca usw et al st vid esp bes insb praes rev comp intro"
    " ser suppl übers dir préf пер сост prof dr mr mrs jr esq univ repr aufl см ср ред изд соч"
    " собр полн указ".split()
)
# A given name cut short, as `Des.` and `Ios.`; no word that leads back.
_CUT_NAME = re.compile(r"(?!Ib|Eb|Id|Di|See|But)[^\W\d_a-zß-ÿа-я][^\W\d_A-Z]{1,2}")


def find_in_note(text: str, resolver: Resolver) -> list[Typed]:
    """Return the references of a note, clause by clause."""
    plain = _IN_BRACKETS.sub(lambda m: "\0" * len(m[0]), text)
    mentions = [m for m in mentions_in(text, resolver) if plain[m.start] != "\0"]
    found: list[Typed] = []
    for start, end in _clauses(text, plain, mentions):
        here = [m for m in _between(mentions, start, end) if m.end <= end]
        found += _Clause(text, plain, start, end, here, resolver).references(again=bool(found))
    found += apart(find_in_brackets(text), found)
    return sorted(found, key=lambda t: t.start)


def _clauses(text: str, plain: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a note begin and end; a semicolon parts them too.

    A reference goes on until its page: `Лотман Ю. М. Структура текста. М., 1970. С. 12`.
    """
    position = 0
    editions = [m.span() for m in EDITION.finditer(plain)]
    for match in _CLAUSE.finditer(plain):
        edition = bisect_right(editions, (match.start(), len(text))) - 1
        if edition >= 0 and match.start() < editions[edition][1]:
            continue
        if _is_enclosed(text[max(position, match.end() - LONGEST) : match.end()]):
            continue
        if match["stop"] == "." and _is_cut_short(text[max(0, match.start() - 10) : match.start()]):
            continue
        if match["stop"] and _goes_on(text, plain, position, match.end(), mentions):
            continue
        yield position, match.start()
        position = match.end()
    yield position, len(text)


def _is_cut_short(text: str) -> bool:
    """Tell whether the word that ends a text is a letter, or is cut short: no sentence ends."""
    word = re.search(r"(?<!\w)[^\W\d_]+\Z", text)
    return word is not None and bool(
        len(word[0]) == 1 or word[0].lower() in _ABBREVIATIONS or _CUT_NAME.fullmatch(word[0])
    )


def _is_enclosed(text: str) -> bool:
    """Tell whether a bracket or quotation mark is open at the end of a text."""
    marks = ("„", "“") if "„" in text else ("“", "”")
    opened = any(text.count(a) > text.count(b) for a, b in (("(", ")"), ("[", "]"), marks))
    return opened or text.count("«") != text.count("»")


def _goes_on(text: str, plain: str, start: int, stop: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a reference without a page so far goes on behind a full stop."""
    here = _between(mentions, start, stop)
    if any(m.end > stop for m in here):
        return True  # the stop is within a title
    placed = _place(plain, start, stop)
    if placed and (plain[placed[0]].isdigit() or LOCATOR.search(plain, *placed)):
        return False  # a page, and no `Кн. 1` before the imprint
    if not here and not BACK.search(text, start, stop):
        return False
    page = _place(plain, stop, min(stop + _REACH, len(plain)))
    if page is None or PRENOTE.match(text[stop:]) or BACK.match(text, stop):
        return False
    keys = set().union(*(m.keys for m in here))
    between = text[stop : page[0]]
    if placed and not re.search(YEAR_FORM, text[placed[1] : page[0]]):
        return False
    return (
        len(between.split()) <= _MOST_BETWEEN
        and not _PARTING.search(text, stop, page[0])
        and all(keys & set(m.keys) for m in _between(mentions, stop, page[0]))
    )


def _between(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Return the mentions that begin in a part of a text."""
    first, last = (bisect_left(mentions, at, key=lambda m: m.start) for at in (start, end))
    return mentions[first:last]


def _place(plain: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the first place outside of brackets; a page’s label goes before a bare number."""
    runs = place_runs(plain, start, end)
    run = next(runs, None)
    if run and not LOCATOR.search(plain, *run) and (page := next(runs, None)):
        between = plain[run[1] : page[0]]
        near = len(between) < _REACH and not _PARTING.search(plain, run[1], page[0])
        if near and re.search(YEAR_FORM, between):
            run = run[0], page[1]  # `Кн. 1. М., 1956. С. 8`
    for bare in _BARE_PLACE.finditer(plain, start, run[0] if run else end):
        if _NUMBER_OF.search(plain, max(0, bare.start() - 8), bare.start()):
            continue
        between = plain[bare.end() : run[0]] if run else ";"
        if ";" in between or len(between.split()) > _MOST_BEFORE_LABEL:
            return bare.span()
        break
    return run


@dataclass(frozen=True)
class _Clause:
    """A clause of a note; in `plain` what stands in brackets is blotted out."""

    text: str
    plain: str
    start: int
    end: int
    mentions: Sequence[Mention]
    resolver: Resolver

    def references(self, *, again: bool) -> Iterator[Typed]:
        """Yield its references, one behind the other.

        With `again`, a place alone is one of the work before: `…, p. 12; cf. vol. 3, p. 40`.
        """
        position = self.start
        while position < self.end:
            lead = PRENOTE.match(self.text[position : self.end])
            begin = position + lead.end() if lead else position
            mention = next(iter(_between(self.mentions, begin, self.end)), None)
            back = BACK.search(self.text, begin, min(begin + _LEAD, self.end))
            if back and not self._is_named(begin, back):
                begin, stop = back.start(), place_behind(self.text, back.end(), self.end)
                stated = re.search(r"\d", self.text[back.end() : stop])
                if back["person"] and not stated:
                    # `Ders., Werke, S. 3`: the person, and the work is named behind.
                    place = _place(self.plain, back.end(), self.end)
                    if place is None:
                        return
                    stop = place[1]
                yield from _typed(self.text, begin, with_note(self.text, stop, self.end))
                position = stop
                continue
            stop = place_behind(self.text, begin, self.end)
            if again and _FULL_PLACE.match(self.text, begin, stop):
                content = self.text[begin:stop]
                parts = read_reference(content, weak=True)
                yield Typed(
                    begin, stop, content, "note", tuple(replace(p, back="ibid") for p in parts)
                )
                position = stop
                continue
            again = True
            if mention is None:
                if position == self.start:
                    yield from _unknown(self.text, begin, self.end)
                return
            begin, stop = self._extent(begin, mention)
            yield from _typed(self.text, begin, stop)
            position = max(stop, mention.end)

    def _extent(self, first: int, mention: Mention) -> tuple[int, int]:
        """Return where a reference begins and ends: with the first mention by which it resolves.

        `Oldenburg to Boyle, in The Correspondence of Henry Oldenburg, 2:114` begins with its title.
        """
        behind = _between(self.mentions, mention.start, self.end)[:_MOST_TRIED]
        spans = [(self._begin(first, m), self._stop(m)) for m in behind]
        for m, (begin, stop) in zip(behind, spans, strict=True):
            if stop != spans[0][1]:
                break  # the next reference
            parts = read_reference(self.text[begin:stop], weak=True)
            near = re.search(r"\w", self.text[mention.end : m.start]) is None
            if near and m is not mention:
                continue  # `Weber, WuG`: a name and its title
            if len(parts) == 1 and not isinstance(
                self.resolver.resolve(parts[0], Context()), Unresolved
            ):
                return begin, stop
        return spans[0]

    def _is_named(self, begin: int, back: re.Match[str]) -> bool:
        """Tell whether a name stands before a word that leads back (`Hart, op. cit.`)."""
        adjacent = r"[^\W\d_a-zß-ÿа-яё]" if back["work"] else r"[^\W\d_a-zß-ÿа-яё][\w’'-]*,?\s*\Z"
        return bool(re.search(adjacent, self.text[begin : back.start()])) or bool(
            _between(self.mentions, begin, back.end())
        )

    def _begin(self, first: int, mention: Mention) -> int:
        """Return where a reference begins: with the given names before its family name or title.

        A noun with a capital that prose leads to is no given name: `zum Bild Boehm, S. 3`.
        """
        begin = with_names(self.text, first, mention.start)
        word = re.match(r"\w+", self.text[begin : mention.start])
        if begin > first and word and self.text[:begin].rstrip()[-1:].isalpha():
            given = tokens(word[0])[0]
            people = (self.resolver.profiles[k] for k in mention.keys)
            if not any(given in p.given or given[0] in p.initials for p in people):
                return mention.start
        return begin

    def _stop(self, mention: Mention) -> int:
        """Return where a reference ends: with its page, its brackets, or its clause."""
        place = _place(self.plain, mention.end, self.end)
        if place:
            return with_note(self.text, place[1], self.end)
        closing = re.compile(r"[^;]{0,200}?\([^()]*\d{4}[^()]*\)").match(
            self.text, mention.end, self.end
        )
        return closing.end() if closing else self.end


def place_behind(text: str, start: int, end: int) -> int:
    """Return where the volume and the place end that stand right behind a word."""
    volume = _VOLUME_BEHIND.match(text, start, end)
    first = volume.end() if volume else start
    run = next(place_runs(text, first, end), None)
    if run and run[0] == first:
        return run[1]
    bare = _BARE_BEHIND.match(text, first, end)
    return bare.end() if bare else first if re.search(r"\w", text[start:first]) else start


def _typed(text: str, start: int, end: int) -> Iterator[Typed]:
    content = text[start:end]
    parts = read_reference(content, weak=True)
    if len(parts) == 1 or (parts and ";" not in content):
        yield Typed(start, end, content, "note", parts, weak=True)


def _unknown(text: str, start: int, end: int) -> Iterator[Typed]:
    """Yield a clause that reads as a reference, though no work of the bibliography is named."""
    content = text[start:end].rstrip(" .")
    page = _place(content, 0, len(content))
    whole = page and page[1] == len(content) and "," in content
    begins = whole and re.match(r"[“\"„«A-ZÀ-ÞА-Я]", content)
    if begins and (parts := read_reference(content, weak=True)):
        yield Typed(start, start + len(content), content, "note", parts)
