"""Canonical references: places that every edition of a work shares, whatever its pages.

An entry declares the schemes by which its work is cited (`locators = {stephanus}`). A declared
reference is read as one place and held against no page. One that is not declared, but can be
nothing else, is read too, with a fault that names the scheme.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from edition.locator.item import LEAD, REMARK, lead_of, one_line, text_item
from edition.locator.label_forms import COUNTERS, FORMS
from edition.locator.labels import SPACE
from edition.locator.model import Fault, Fix, Item, Locator, Number, Part
from edition.locator.number import excerpt

_S = f"[{SPACE}]"
_NUMERAL = r"(?:[0-9]{1,4}[a-f]?|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})"
# A work by its abbreviation, before the place: Il., Phdr., 1 Cor., Nic. Eth., DK, MS.
_WORK = rf"(?:[1-4]{_S})?[^\W\d_a-z][^\W\d_]*\.?(?:{_S}+[^\W\d_a-z][^\W\d_]*\.?){{0,2}}{_S}+"
_JOINT = rf"{_S}*(?:[,;&]|and(?![^\W_])){_S}*"
_FOLLOWING = rf"{_S}*(?:ff?|sqq?)\.?"


def _levels(least: int, most: int) -> str:
    joint = rf"(?:[.:]|,{_S}?|{_S}(?=[0-9]))"
    return rf"{_NUMERAL}(?:{joint}{_NUMERAL}){{{least - 1},{most - 1}}}"


# The book before a page of Stephanus or Bekker: Rep. VII, 514a; EN I.1, 1094a1.
_BOOK = rf"(?:{_levels(1, 3)},?{_S})?"
# What archives, disputations and films count, which is no part of a book: box 3, folder 12.
_UNIT = (
    r"(?:ad|art|box|boxes|caja|carpeta|carton|case|disc|disk|dist|docs?|document|dossier|entry|exp"
    r"|example|exercise|fasz|file|folder|frame|item|karton|leg|legajo|liasse|log|map|mappe|ms|obj"
    r"|objection|prop|proposition|qq?|question|reel|resp|roll|series|side|slide|tablet|theorem|track"
    r"|ф|оп|д|ед)"
)
_COUNT = rf"\.?{_S}?(?:хр\.{_S}?)?(?:[0-9]{{1,6}}[a-zа-я]?|[IVXLC]{{1,6}}|[A-D])"
_AND_PLACE = rf"(?:,?{_S}(?:{_UNIT}|a|b|d|f|l|n|p|pp|fol|no|vol|pt|л|лл){_COUNT})*"
_UNITS = rf"(?i:{_UNIT}{_COUNT}{_AND_PLACE})"
_MONTH = r"[^\W\d_]{3,9}\.?"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way of counting: one place as a pattern, what may follow a dash, and an example."""

    place: str
    end: str
    example: str
    title: str


SCHEMES = {
    "bekker": Scheme(
        rf"{_BOOK}[0-9]{{1,4}}[ab](?:[0-9]{{1,2}})?",
        r"(?:[0-9]{1,4})?[ab]?[0-9]{0,2}",
        "1094a1–b5",
        "Bekker",
    ),
    "stephanus": Scheme(
        rf"{_BOOK}[0-9]{{1,4}}(?:{_S}?[a-e])?(?:(?<=[a-e])[0-9]{{1,2}})?",
        r"(?:[0-9]{1,4})?[a-e]?[0-9]{0,2}",
        "514a–520a",
        "Stephanus",
    ),
    "book-line": Scheme(_levels(2, 2), rf"(?:{_NUMERAL}[.:])?{_NUMERAL}", "1.1–2", "book and line"),
    "book-chapter-section": Scheme(
        _levels(1, 4), _levels(1, 4), "1.2.3", "book, chapter and section"
    ),
    "act-scene-line": Scheme(_levels(2, 3), _levels(1, 3), "3.2.15–20", "act, scene and line"),
    "chapter-verse": Scheme(
        rf"{_NUMERAL}(?:{_S}?[:.,]{_S}?[0-9]{{1,3}}[a-d]?)?",
        rf"(?:{_NUMERAL}[:.,])?[0-9]{{1,3}}[a-d]?",
        "23:4",
        "chapter and verse",
    ),
    "a-b": Scheme(
        rf"[AB]{_S}?{_NUMERAL}(?:{_S}?[/=]{_S}?[AB]{_S}?{_NUMERAL})?",
        rf"(?:[AB]{_S}?)?{_NUMERAL}(?:{_S}?/{_S}?[AB]{_S}?{_NUMERAL})?",
        "A 51/B 75",
        "first and second edition",
    ),
    "fragment": Scheme(
        rf"(?:(?:frag|fr)s?\.{_S}?)?(?:[0-9]{{1,4}}{_S}?)?(?:[A-Z]{{1,2}}{_S}?)?[0-9]{{1,4}}[a-z]?"
        rf"(?:{_S}[A-Z][^\W\d_]*(?:-[A-Z][^\W\d_]*)?\.?)?",
        r"[0-9]{1,4}[a-z]?",
        "DK 22 B 12",
        "fragment",
    ),
    "signature": Scheme(
        rf"(?:sigs?\.{_S}?)?[A-Za-z*¶§]{{1,3}}[0-9]{{0,2}}[rvʳᵛ]?",
        r"[A-Za-z*]{0,3}[0-9]{0,2}[rvʳᵛ]?",
        "A2v",
        "signature",
    ),
    "folio": Scheme(
        rf"(?:f|ff|fols?)?\.?{_S}?[0-9]{{1,4}}{_S}?[rvabʳᵛ]?[ab]?",
        r"[0-9]{0,4}[rvabʳᵛ]?[ab]?",
        "3r",
        "leaf",
    ),
    "timecode": Scheme(
        r"(?:[0-9]{1,3}:)?[0-5]?[0-9]:[0-5][0-9](?:[.,][0-9]{1,3})?"
        r"|[0-9]{1,3}h(?:[0-5]?[0-9](?:m(?:[0-5]?[0-9]s)?)?)?|[0-9]{1,3}m(?:[0-5]?[0-9]s)?",
        r"(?:[0-9]{1,3}:)?(?:[0-5]?[0-9]:)?[0-5][0-9](?:[.,][0-9]{1,3})?",
        "00:12:30",
        "time",
    ),
    "units": Scheme(
        rf"(?:[IVX]{{1,4}}(?:-[IVX]{{1,4}})?,?{_S})?{_UNITS}(?:{_S}?об\.)?",
        r"[0-9]{1,6}",
        "box 3, folder 12",
        "unit and number",
    ),
    "date": Scheme(
        rf"(?:[0-9]{{1,2}}\.?{_S}{_MONTH}|{_MONTH}{_S}[0-9]{{1,2}},?){_S}[0-9]{{4}}"
        r"|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}",
        rf"(?:[0-9]{{1,2}}{_S}{_MONTH}{_S}[0-9]{{4}}|[0-9]{{1,2}})",
        "13 May 1861",
        "date",
    ),
}
# What no page can be taken for, in the order in which it is tried: alone, or after a work.
_DOTTED = rf"{_NUMERAL}\.{_NUMERAL}"
_TYPICAL = {
    "timecode": SCHEMES["timecode"].place,
    "date": SCHEMES["date"].place,
    "units": SCHEMES["units"].place,
    "a-b": SCHEMES["a-b"].place,
    "bekker": r"[0-9]{1,4}[ab][0-9]{1,2}",
    "act-scene-line": r"[IVX]{1,4}\.[ivx0-9]{1,4}\.[0-9]{1,4}",
    "book-line": _DOTTED,
    "book-chapter-section": rf"{_DOTTED}(?:\.{_NUMERAL}){{1,2}}",
}
_TYPICAL_OF_A_WORK = {
    "bekker": _BOOK + _TYPICAL["bekker"],
    "stephanus": rf"{_BOOK}[0-9]{{1,4}}[a-e](?:[0-9]{{1,2}})?",
    "a-b": SCHEMES["a-b"].place,
    "fragment": r"[0-9]{1,4}(?:[A-Z]{1,2}|"
    rf"{_S}[A-Z]{{1,2}}{_S}?)[0-9]{{1,4}}[a-z]?",
    "chapter-verse": rf"{_NUMERAL}{_S}?(?::|,{_S}?){_S}?[0-9]{{1,3}}[a-d]?",
    "book-line": _DOTTED,
    "act-scene-line": _TYPICAL["act-scene-line"],
    "book-chapter-section": _TYPICAL["book-chapter-section"],
}

# Labels of other things that a bare number of the entry may count: `pagination = {column}`.
LABELS = frozenset(name for name, _one, _many in FORMS["en"])
# Numbers by chapter, told by the entry's own pages: 12-1--12-8, 4:1--4:56.
BY_CHAPTER = ("chapter-pages:", "chapter-pages-")


_DASH = rf"{_S}*(?:-{{1,3}}|[‐‑‒–—―−]){_S}*"
_LONGEST = 200  # characters of a reference; longer texts are none


@cache
def _compiled(place: str, end: str, *, work: str) -> re.Pattern[str]:
    # Atomic: a comma may part levels or references, and each is tried one way only.
    one = rf"(?>(?:{place})(?![^\W_])(?:{_DASH}(?:{end})(?![^\W_])|{_FOLLOWING})?)"
    return re.compile(rf"{work}{one}(?>{_JOINT}(?:{_WORK})?{one})*+")


_UNNAMED = re.compile(
    rf"{_WORK}[0-9][^,;()\[\]]{{0,40}}(?:,{_S}[0-9][0-9–-]{{0,12}})?|[0-9IVX]{{1,4}}/[0-9]{{1,4}}"
)
_REMARK = re.compile(rf"{_S}*(?:[(\[](?P<in>[^()\[\]]+)[)\]]|[,;]{_S}*(?P<bare>.+))\Z", re.DOTALL)
_COUNTED = re.compile(
    rf"[{SPACE}、，,]*第?{_S}*(?P<first>[0-9]{{1,6}})(?:{_DASH}(?P<last>[0-9]{{1,6}}))?{_S}*"
    rf"(?P<counter>{'|'.join(COUNTERS)}){_S}*"
)
_HYPHEN = re.compile(r"(?<=[0-9a-frvA-Z])(?:-{1,3}|[‐‑‒—―−])(?=[0-9a-zA-Z])")


SCHEME_NAMES = frozenset(SCHEMES) | LABELS


def scheme_names(value: str) -> list[str]:
    """Return the names in a field or setting: `stephanus`, `book.line, A/B`."""
    names = (re.sub(r"[\s./_]+", "-", name.strip().casefold()) for name in value.split(","))
    return [name for name in names if name]


def read_declared(text: str, schemes: Sequence[str]) -> Locator | None:
    """Return the locator of a text that is well-formed in one of the declared schemes."""
    if not schemes or len(text) > _LONGEST:
        return None
    place, remark, start, lead = _trimmed(text)
    for name in schemes:
        scheme = SCHEMES.get(name)
        if scheme and _compiled(scheme.place, scheme.end, work=rf"(?:{_WORK})?").fullmatch(place):
            return _locator(place, remark, start, lead, ())
    return None


def guess(text: str) -> Locator | None:
    """Return the locator of a text that no page can be taken for, with the fault that says so."""
    if len(text) > _LONGEST:
        return None
    place, remark, start, lead = _trimmed(text)
    name = _guessed_name(place)
    if name is None:
        return None
    title = f"looks like a reference by {SCHEMES[name].title}" if name else "is no page"
    message = f"{excerpt(place)} {title}, and the entry declares no scheme of references"
    fault = Fault(kind="undeclared-scheme", column=start + 1, message=message, scheme=name)
    return _locator(place, remark, start, lead, (fault,))


def _guessed_name(place: str) -> str | None:
    """Return the scheme that a text follows; empty where it names a work with some number."""
    named = next((c for c in place if c.isalpha()), "A").isupper()
    for work, places in (("", _TYPICAL), (_WORK, _TYPICAL_OF_A_WORK if named else {})):
        for name, pattern in places.items():
            if _compiled(pattern, SCHEMES[name].end, work=work).fullmatch(place):
                return name
    return "" if named and _UNNAMED.fullmatch(place) else None


def _trimmed(text: str) -> tuple[str, str, int, str]:
    """Return the place in a text, its closing remark, its offset, and the word before it."""
    start = len(text) - len(text.lstrip())
    lead = ""
    if found := LEAD.match(text, start):
        start, lead = found.end(), lead_of(found)
    place, remark = text[start:].rstrip(), ""
    if found := _REMARK.search(place):
        bare = found["bare"]
        if bare is None or REMARK.match(bare):
            place, remark = place[: found.start()], one_line(bare or found["in"])
    return place, remark, start, lead


def _locator(place: str, remark: str, start: int, lead: str, faults: tuple[Fault, ...]) -> Locator:
    item = text_item(one_line(place), start)
    first = Item(first=item.first, lead=lead, column=item.column)
    hyphens = tuple(
        Fault(
            kind="hyphen-in-range",
            column=start + found.start() + 1,
            message=f"{excerpt(found[0])} between numbers, where a range has {excerpt('–')}",
            fix=Fix(start=start + found.start(), end=start + found.end(), text="–"),
        )
        for found in _HYPHEN.finditer(place)
    )
    part = Part(label="place", items=(first,), column=start + 1)
    return Locator(parts=(part,), remark=remark, faults=faults or hyphens)


def read_counted(text: str) -> Locator | None:
    """Return the locator of numbers with a counter behind them: 第3巻、12–14頁."""
    if text.isascii() or len(text) > _LONGEST:
        return None
    parts: list[Part] = []
    position = 0
    while found := _COUNTED.match(text, position):
        first, last = (
            Number(value=int(n), system="arabic", text=n, column=found.start() + 1) if n else None
            for n in (found["first"], found["last"])
        )
        if first is None:
            return None
        item = Item(first=first, last=last, column=found.start() + 1)
        label = COUNTERS[found["counter"]]
        parts.append(Part(label=label, items=(item,), column=found.start() + 1))
        position = found.end()
    return Locator(parts=tuple(parts)) if parts and position == len(text) else None


def read_chapter_pages(text: str, sign: str) -> Locator | None:
    """Return the pages of a work that numbers them by chapter: `p. 4:12`, `pp. 12-3–12-5`."""
    if len(text) > _LONGEST:
        return None
    typed = re.escape(sign)
    one = rf"(?P<chapter>[0-9]{{1,4}}){typed}(?P<page>[0-9]{{1,6}})"
    found = re.fullmatch(
        rf"{_S}*(?P<label>(?:pp?|pages?|S|с)\.?{_S}*)?{one}"
        rf"(?:{_S}*(?:--?-?|[‐‑‒–—―−]){_S}*(?:(?P<same>[0-9]{{1,4}}){typed})?(?P<last>[0-9]{{1,6}}))?{_S}*",
        text,
    )
    if found is None or found["same"] not in (None, found["chapter"]):
        return None
    prefix = found["chapter"] + sign

    def number(group: str) -> Number:
        return Number(
            value=int(found[group]),
            system="arabic",
            prefix=prefix,
            text=found[group],
            column=found.start(group) + 1,
        )

    last = number("last") if found["last"] else None
    item = Item(first=number("page"), last=last, column=found.start("chapter") + 1)
    return Locator(parts=(Part(label="page", items=(item,), column=1),))
