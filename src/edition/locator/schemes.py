"""Canonical references: places that every edition of a work shares, whatever its pages.

An entry declares the schemes by which its work is cited (`locators = {stephanus}`). A declared
reference is read as one place and held against no page. One that is not declared, but can be
nothing else, is read too, with a fault that names the scheme.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from edition.locator.counted import DASH, LONGEST
from edition.locator.item import text_item
from edition.locator.label_forms import FORMS
from edition.locator.labels import SPACE
from edition.locator.model import Fault, Fix, Item, Locator, Part
from edition.locator.number import excerpt
from edition.locator.remarks import LEAD, REMARK, lead_of, one_line
from edition.locator.worded_places import names_place

_S = f"[{SPACE}]"
_NUMERAL = r"(?:[0-9]{1,4}[a-f]?|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})"
# A work by its abbreviation, before the place: Il., Phdr., 1 Cor., Nic. Eth., DK, MS.
_WORK = rf"(?:[1-4]{_S}?)?[^\W\d_a-z][^\W\d_]*\.?(?:{_S}+[^\W\d_]+\.?){{0,2}}{_S}+"
_JOINT = rf"{_S}*(?:[,;&]|and(?![^\W_])){_S}*"
_FOLLOWING = rf"{_S}*(?:ff?|sqq?)\.?"


def _levels(least: int, most: int) -> str:
    joint = rf"(?:\.{_S}?|:|,{_S}?|{_S}(?=[0-9]))"
    return rf"{_NUMERAL}(?:{joint}{_NUMERAL}){{{least - 1},{most - 1}}}"


# The book before a page of Stephanus or Bekker: Rep. VII, 514a; EN I.1, 1094a1.
_BOOK = rf"(?:{_levels(1, 3)},?{_S}|{_NUMERAL}\.)?"
# What archives, disputations and films count, which is no part of a book: box 3, folder 12.
_UNIT = (
    r"(?:ad|art|box|boxes|caja|carpeta|carton|case|disc|disk|dist|docs?|document|dossier|entry|exp"
    r"|example|exercise|fasz|file|folder|frame|item|karton|leg|legajo|liasse|log|map|mappe|ms|obj"
    r"|objection|prop|proposition|qq?|question|reel|resp|roll|series|side|slide|t|tt|takte?|bars?|mm?|tablet|theorem|track"
    r"|ф|оп|д|ед)"
)
_COUNT = rf"\.?{_S}?(?:хр\.{_S}?)?(?:[0-9]{{1,6}}[a-zа-я]?|[IVXLC]{{1,6}}|[A-D])"
_AND_PLACE = rf"(?:,?{_S}(?:{_UNIT}|a|b|d|f|l|n|p|pp|fol|no|vol|pt|л|лл){_COUNT})*"
_UNITS = rf"(?i:{_UNIT}{_COUNT}{_AND_PLACE})"
_MONTH = r"[^\W\d_]{3,9}\.?"


class Scheme(NamedTuple):
    """A way of counting: one place as a pattern, what may follow a dash, and an example."""

    place: str
    end: str
    example: str
    title: str


SCHEMES = {
    "bekker": Scheme(
        rf"{_BOOK}[0-9]{{1,4}}{_S}?[ab](?:{_S}?[0-9]{{1,2}})?",
        rf"(?:[0-9]{{1,4}})?{_S}?[ab]?{_S}?[0-9]{{0,2}}",
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
        rf"|(?:[0-9]{{1,2}}[h°]{_S}?)?[0-9]{{1,3}}['′]{_S}?(?:[0-5]?[0-9](?:[\"″]|'')?)?"
        rf"|(?:[0-9]{{1,2}}{_S}h\.?{_S})?[0-9]{{1,3}}{_S}min\.?(?:{_S}[0-9]{{1,2}}{_S}(?:sec|s)\.?)?"
        r"|[0-9]{1,3}h(?: ?[0-5]?[0-9](?:m(?: ?[0-5]?[0-9]s)?)?)?|[0-9]{1,3}m(?: ?[0-5]?[0-9]s)?",
        r"(?:[0-9]{1,3}:)?(?:[0-5]?[0-9]:)?[0-5][0-9](?:[.,][0-9]{1,3})?"
        r"|[0-9]{1,3}['′](?:[0-5]?[0-9](?:[\"″]|'')?)?",
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
        rf"(?:[0-9]{{1,2}}\.?{_S}(?:de{_S})?{_MONTH}|{_MONTH}{_S}[0-9]{{1,2}},?){_S}(?:de{_S})?"
        rf"[0-9]{{4}}(?:{_S}г\.)?"
        rf"|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}\.{_S}?[0-9]{{1,2}}\.{_S}?[0-9]{{4}}",
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
    "bekker": rf"[0-9]{{1,4}}{_S}?[ab]{_S}?[0-9]{{1,2}}",
    "fragment": rf"[0-9]{{1,2}}{_S}?[A-C]{_S}?[0-9]{{1,3}}[a-z]?(?:{_S}DK)?"
    rf"|[A-C]{_S}?[0-9]{{1,3}}[a-z]?{_S}DK",
    "act-scene-line": r"[IVX]{1,4}\.[ivx0-9]{1,4}\.[0-9]{1,4}",
    "book-line": _DOTTED,
    "book-chapter-section": rf"{_DOTTED}(?:\.{_NUMERAL}){{1,2}}"
    rf"|{_NUMERAL}(?:\.{_S}{_NUMERAL}){{2,3}}",
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


@cache
def _compiled(place: str, end: str, *, work: str) -> re.Pattern[str]:
    # Atomic: a comma may part levels or references, and each is tried one way only.
    one = rf"(?>(?:{place})(?![^\W_])(?:{DASH}(?:{end})(?![^\W_])|{_FOLLOWING})?)"
    return re.compile(rf"{work}{one}(?>{_JOINT}(?:{_WORK})?{one})*+")


@cache
def _beginning(place: str, *, work: str) -> re.Pattern[str]:
    """Return what every match of `_compiled` begins with, compiled in a tenth of the time."""
    return re.compile(rf"{work}(?:{place})(?![^\W_])")


_pattern = cache(re.compile)  # `re` itself keeps 512, and this program has more


_REMARK = re.compile(rf"{_S}*(?:[(\[](?P<in>[^()\[\]]+)[)\]]|[,;]{_S}*(?P<bare>.+))\Z", re.DOTALL)
# Whose numbers a verse of the Bible has: Ps 113:3 LXX.
_VERSION = re.compile(rf"(?<=[0-9a-d]){_S}+\(?(?P<version>LXX|MT|Vg\.?|Vulg\.?|[A-Z]{{3,4}})\)?\Z")
_HYPHEN = re.compile(r"(?<=[0-9a-frvA-Z])(?:-{1,3}|[‐‑‒—―−])(?=[0-9a-zA-Z])")


SCHEME_NAMES = frozenset(SCHEMES) | LABELS


def scheme_names(value: str) -> list[str]:
    """Return the names in a field or setting: `stephanus`, `book.line, A/B`."""
    names = (re.sub(r"[\s./_]+", "-", name.strip().casefold()) for name in value.split(","))
    return [name for name in names if name]


def read_declared(text: str, schemes: Sequence[str]) -> Locator | None:
    """Return the locator of a text that is well-formed in one of the declared schemes."""
    if not schemes or len(text) > LONGEST:
        return None
    place, remark, start, lead = _trimmed(text)
    for name in schemes:
        scheme = SCHEMES.get(name)
        if scheme is None:
            continue
        follows = _compiled(scheme.place, scheme.end, work=rf"(?:{_WORK})?").fullmatch(place)
        if follows or (name == "units" and names_place(place)):
            return _locator(place, remark, start, lead, ())
    return None


# What the grammar of pages would read as pages, though it can be none.
_CERTAIN = (
    ("bekker", rf"[0-9]{{3,4}}{_S}[ab]{_S}[0-9]{{1,2}}(?:{DASH}[0-9]{{1,2}})?"),
    (
        "act-scene-line",
        rf"[IVX]{{1,5}},{_S}?[ivx]{{1,5}},{_S}?[0-9]{{1,4}}(?:{DASH}[0-9]{{1,4}})?",
    ),
    ("act-scene-line", rf"[IVX]{{1,5}},{_S}?[0-9]{{1,2}},{_S}?(?:vv?|ll?|V)\.{_S}?[0-9].{{0,20}}"),
    ("book-chapter-section", rf"[IVX]{{1,5}},{_S}?[ivx]{{1,6}}"),
    ("units", rf"[CDLM]\.{_S}[IVX]{{1,5}},?{_S}[^{SPACE}].{{0,40}}"),
    ("units", rf"(?:1[5-9]|20)[0-9]{{2}}[.,]{_S}(?:[Nn][or]\.|№|[Nn][°º]|вып\.|núm\.).{{1,60}}"),
)


def certain_guess(text: str) -> Locator | None:
    """Return the locator of a text that would be read as pages, and is another reference."""
    place = text.strip() if len(text) < LONGEST else ""
    name = next((n for n, pattern in _CERTAIN if _pattern(pattern).fullmatch(place)), "")
    return guess(text, name) if name else None


def guess(text: str, name: str | None = None, *, worded: bool = True) -> Locator | None:
    """Return the locator of a text that no page can be taken for, with the fault that says so.

    `name` is the scheme where it is certain. Unless `worded`, no word is taken for a unit.
    """
    if len(text) > LONGEST:
        return None
    place, remark, start, lead = _trimmed(text)
    name = name or _guessed_name(place, worded=worded)
    if name is None:
        return None
    message = (
        f"{excerpt(place)} looks like a reference by {SCHEMES[name].title}, and the entry declares "
        "no scheme of references"
    )
    fault = Fault(kind="undeclared-scheme", column=start + 1, message=message, scheme=name)
    return _locator(place, remark, start, lead, (fault,))


def _guessed_name(place: str, *, worded: bool) -> str | None:
    """Return the scheme that a text follows, `units` where it is a word with some number."""
    named = next((c for c in place if c.isalpha()), "A").isupper()
    for work, places in (("", _TYPICAL), (_WORK, _TYPICAL_OF_A_WORK if named else {})):
        for name, pattern in places.items():
            if not _beginning(pattern, work=work).match(place):
                continue
            if _compiled(pattern, SCHEMES[name].end, work=work).fullmatch(place):
                return name
    return "units" if worded and names_place(place) else None


def _trimmed(text: str) -> tuple[str, str, int, str]:
    """Return the place in a text, its closing remark, its offset, and the word before it."""
    start = len(text) - len(text.lstrip())
    lead = ""
    if found := LEAD.match(text, start):
        start, lead = found.end(), lead_of(found)
    place, remark = text[start:].rstrip(), ""
    if found := _VERSION.search(place):
        place, remark = place[: found.start()], found["version"]
    elif found := _REMARK.search(place):
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
