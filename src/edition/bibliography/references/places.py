"""Where in a work a reference leads: places found in a text, and read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from edition.bibliography.references.patterns import (
    AND,
    BARE_PAGES,
    BOOK,
    CANONICAL,
    ESPECIALLY,
    LABEL,
    LINES,
    LOCATOR,
    VOLUME,
)
from edition.locator import Item, LocatorError, Part, format_locator, pages, parse
from edition.locator.label_forms import FORMS
from edition.model.lazy_pattern import lazy

# Where in a work other than on a page, and notes to a page: the labels of every language.
_LANGUAGES = ("en", "de", "fr", "es", "it", "la", "ru")
_PLACES = frozenset(
    "act appendix book canto chapter column figure folio fragment line note paragraph part plate"
    " scene section stanza sub-verbo verse".split()
)
_NAMED_PARTS = frozenset(
    "part book chapter section canto act partie livre chapitre chant acte".split()
)
_NO_LABELS = frozenset("c. cc. r. rr. v. V. п. пп. c cc note nota noot".split())


def _abbreviated(form: str) -> str:
    """Return the pattern of a label; a word needs its blank, an abbreviation its stop.

    A word with a capital is one of a title: `Figures III`.
    """
    if not form.endswith((".", "°")) and form[0] != "§":
        title = rf"|(?:(?<=[,:]\s)|\A){form.capitalize()}" if form in _NAMED_PARTS else ""
        return rf"(?:{re.escape(form)}{title})(?=\s)"
    either = len(form) > 2 and form[0] != form[0].upper()  # `W. C.` are initials
    first = f"[{form[0]}{form[0].upper()}]" if either else form[0]
    return first + re.escape(form[1:])


_FORMS = sorted(
    {
        form
        for language in _LANGUAGES
        for name, *both in FORMS[language]
        if name in _PLACES
        for form in both
        if form not in _NO_LABELS and (len(form) > 1 or form == "§")
    },
    key=lambda form: (-len(form), form),
)
_ELSEWHERE = "|".join(map(_abbreviated, _FORMS))
ABBREVIATIONS = frozenset(
    form[:-1].lower()
    for language in _LANGUAGES
    for _, *both in FORMS[language]
    for form in both
    if form.endswith(".") and len(form) > 2
)
_THERE = (
    r"(?:\d{1,4}(?:(?:\.\d{1,3}){1,3}|[rvab])?(?:\s?об\.)?"
    r"|(?!(?:ll|cc|vv?|c|l)\.)[ivxlc]+|[IVXLC]+(?!\.\d))(?![\w])"
)
# A number before its word: `IIe partie`, `3. Kapitel`, `2-я глава`.
ORDINAL = (
    r"(?:\d{1,3}|(?<![^\W\d_])[IVXL]{1,8})(?:\.|st|nd|rd|th|er|[èe]?re|è?m?e|-[йяе])\s+(?:"
    rf"{'|'.join(f for f in _FORMS if f.isalpha() and len(f) > 2)})\b"
)
# Of a dictionary, by the word; what stands in quotation marks may be blotted out.
_ENTRY = (
    rf"(?P<entry>s\.\s?[vu]{{1,2}}\.\s?(?:\x01+|[“\"„«‘][^”\"“»’]{{1,60}}[”\"“»’]|[*_]?[^\W\d_][\w-]+[*_]?)"
    rf"(?!,?\s*{LABEL}))"
)
_APPENDIX = r"(?:[Aa]pp(?:endix|x?\.)|[Aa]nhang|[Aa]nnexe|[Aa]ppend\.)\s[A-Z](?!\w)"
PLACE = re.compile(
    LOCATOR.pattern + r"|(?P<elsewhere>(?<![\w.])(?<!\d\s)(?![LlOo]\.\s?[cl](?:\.|\s*\Z))"
    rf"(?:(?:{_ELSEWHERE})\s*{_THERE}(?:\s*(?:[-–—]|{AND})\s*{_THERE}(?!:|\.\w))*|{ORDINAL}|{CANONICAL}|{_APPENDIX}|{_ENTRY}|(?:(?<=,\s)|\A)cc?\.\s?\d{{1,3}}[rv]?(?:[-–]\d{{1,3}}[rv]?)?(?=\W*(?:[;,)]|\Z))|(?<=,\s)VV?\.\s?\d{{2,4}}(?:[-–]\d+)?(?!\w)|sigs?\.\s?[A-Za-z*¶]{{1,3}}\d{{1,2}}[rv]?(?!\w)))"
)
FULL_PLACE = lazy(
    rf"{VOLUME.pattern}|{BOOK},\s{LABEL}|{LABEL}\s*\d|\d+\.\d|\d{{1,3}}:\s?\d|\d+n\.?\s?\d|\d+[-–]\d|[ivxl]{{1,4}}[.,]\s\d"
)
# What leads to a further place of the same work: `and again vol. 4, p. 9`, `The word is on p. 8`,
# `his note on candles, 229n11`. Any other words may name another's.
TO_PLACE = lazy(
    r"[\s,]*(?>(?:the|das|der|le|la|il|el|l[’'])\s*(?:word|phrase|term|expression|wort|ausdruck|wendung|mot|terme|formule"
    r"|parola|termine|espressione|palabra|término|expresión)\s+(?:is|was|occurs|steht|fällt|est|è|está|es)\s+"
    r"|(?:his|her|its|their|seine?|ihre?|son|sa|leur|suo|sua|su)\s+(?:own\s+)?(?:note|remark|account|discussion|anmerkung"
    r"|bemerkung|remarque|nota|osservazione)s?\s+(?:[a-zß-öø-ÿ][\w’'-]*\s+){0,3}[a-zß-öø-ÿ][\w’'-]*,\s+"
    r"|(?:and|but|again|also|too|then|further|see|at|on|with|und|aber|auch|mit|wieder|ferner|auf|et|mais|encore|aussi|avec"
    r"|puis|voir|à\s+la|e|ma|con|anche|ancora|poi|a|alla|y|pero|también|luego|en|la|и|но|также|снова|на)\s+"
    r"|(?-i:(?:[a-zß-öø-ÿа-яё][\w’'-]*,?\s+|d(?:er|ie|as|en|em)\s\w+\s+){1,5}?(?:at|on|auf|à(?:\sla)?|alla|en(?:\sla)?|на)\s+)){0,20}"
    rf"(?=(?-i:{FULL_PLACE.pattern}))",
    re.IGNORECASE,
)
# Words for the pages that follow, and for a note, which a locator writes as `ff.` and `n.`.
_AND_NEXT = re.compile(
    r"(?<=\d)\s?(?:и\s+далее\b|(?:sqq|сл(?:л|ед)?|sgg?|segg?|ss)\b|et\s+ss\b|[ey]\s+s(?:s|igs?|e?gg?)\b)\.?"
)
_NOTE_WORD = re.compile(
    r"(?<=\d)(?:,?\s*(?:and|und|et|e|y|c[ou][nm]|avec|mit|m\.|with)\s+(?:nn?|Anm)"
    r"|(?:,?\s*(?:and|und|et|e|y|con|avec|mit|m\.|with)\s|,)?\s*(?:[Ff]n|[Ff]ußnote|not[ae]))\b\.?\s*(?=\d)"
)
_NOTE_BEHIND = re.compile(rf"{_NOTE_WORD.pattern}\d+")
_JOINED = re.compile(r"[\s,;]*(?:(?:and|und|et|[ey]|и)(?=\s)|&|\.(?=\s*pp?\.))?\s*")
_TO_PAGE = re.compile(rf"\.\s+(?={LABEL})")  # `Кн. 2. С. 12`
_CANONICAL = re.compile(CANONICAL)
# A preface has sections, and no pages: `10 praef. 3`.
PREFACE = r"\b(?:[Pp]raef|pr|prooem|proem|prol)\."
_PREFACE = re.compile(PREFACE)


def place_runs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where places with labels begin and end; those that only a comma parts are one."""
    end = len(text) if end is None else end
    while match := PLACE.search(text, start, end):
        first = match.start()
        while match and not (match["entry"] and match.start() > first):
            start = match.end()
            led = _TO_PAGE.match(text, start, end) if match["elsewhere"] else None
            joined = led or _JOINED.match(text, start, end)
            match = PLACE.match(text, joined.end(), end) if joined else None
        if note := _NOTE_BEHIND.match(text, start, end):
            start = note.end()
        yield first, start


@lru_cache(maxsize=10_000)
def read_place(place: str | None) -> tuple[str | None, tuple[int, ...]]:
    """Return a locator in its normal form, and its first pages."""
    if place is None:
        return None, ()
    place, especially = re.subn(rf"\A{ESPECIALLY}\s*", "", place.strip())
    if _CANONICAL.fullmatch(place):
        return place, ()
    if _PREFACE.search(place):
        return place, ()
    place = re.sub(r"\bcc?\.(?=\s?\d+[rv])", "fol.", place)
    place = re.sub(r"(?<=\d)\s?(?:(?:et|[ey])\s+)?s\b\.?", "f.", place)
    place = re.sub(r"(?<=\d)\.\s(?=\d{1,3}(?:\W|\Z))", ", ", place)
    place = _AND_NEXT.sub("ff.", place)
    place = re.sub(rf",?\s+(?:{AND}|c[ou][nm]|avec|mit|m\.|with|с)(?=\s)\s+(?!s|сл)", ", ", place)
    place = re.sub(r"(?<=\d),?\s(?:n|note)\.?(?=\W*\Z)", "n", place)
    place = _NOTE_WORD.sub(r", n. ", place)
    place = re.sub(r"(?<=\d)\.(?=\s*[Пп]рим)", ",", place)
    place = re.sub(r"(?<=\d)\s?(nn?)\.?\s?(?=\d)", r", \1. ", place)
    elsewhere = any(m["elsewhere"] for m in PLACE.finditer(place))
    if not (elsewhere or re.match(f"{LINES}|vol", place)):
        place = re.sub(rf"(?<!\w)(?:{LABEL})\s*", "", place)
        place = place.lower() if re.fullmatch(r"[IVXLC\s–—-]+(?:ff?\.?)?", place) else place
        several = re.search(r"[-–—,]|\d\s*ff?\b", place)
        place = f"{'pp.' if several else 'p.'} {place}"
    try:
        locator = parse(f"esp. {place}" if especially else place)
    except LocatorError:
        return (place if elsewhere else None), ()
    locator = replace(locator, parts=tuple(map(_meant, locator.parts)))
    return format_locator(locator), tuple(r.first for r in pages(locator))


_LEAST_PAGES = 4
"""Pages of an article, whose range may stand before the page cited: `2–3, 3` are both cited."""


def _meant(part: Part) -> Part:
    """Return pages without the range of an article before the page cited: `12–40, 15`."""
    items = part.items
    kept = [
        item
        for i, item in enumerate(items)
        if not any(_holds(item, later) for later in items[i + 1 :] if not later.lead)
    ]
    return replace(part, items=tuple(kept))


def _holds(item: Item, other: Item) -> bool:
    """Tell whether a range of pages holds another place."""
    first, last, page = item.first.value, item.last and item.last.value, other.first.value
    return (
        isinstance(first, int)
        and isinstance(last, int)
        and isinstance(page, int)
        and item.first.system == other.first.system
        and first <= page <= last
        and last - first >= _LEAST_PAGES
    )


SOME_PAGES = rf"{BARE_PAGES}(?:\s*(?:,|(?:,\s*)?(?:and|und|et|&))\s*{BARE_PAGES})*"
BARE = re.compile(
    rf"(?:\A|[:,)\]”\"»’?!]|\s)\s*(?P<pages>{LINES}(?:,\s{LINES})*|{SOME_PAGES}|[ivx])\s*\Z"
)
# `(Hart 12, on the dumb show; Cole 40)`
_PROSE_AT_END = re.compile(
    r",?\s(?P<prose>(?:and|but|which|where|though|with|on|in|about|against|for|who(?:se|m)?|as)\s[^\d;]+)\Z"
)


def ends_with_place(text: str) -> bool:
    """Tell whether a place ends a text, but for points and brackets."""
    end = len(text.rstrip(" .,)]"))
    return bool(BARE.search(text[:end])) or any(last == end for _, last in place_runs(text, 0, end))


def prose_apart(piece: str) -> tuple[str, str]:
    """Return a piece as far as its place, and the words of a sentence behind it."""
    prose = _PROSE_AT_END.search(piece)
    if prose is None or not ends_with_place(piece[: prose.start()]):
        return piece, ""
    return piece[: prose.start()], prose["prose"]
