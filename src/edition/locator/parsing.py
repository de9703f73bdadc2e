"""Text → locator: by a declared scheme, by the grammar of labels and numbers, or by a guess."""

import re
from dataclasses import replace
from functools import lru_cache

from edition.locator.counted import BY_CHAPTER, read_chapter_pages, read_counted
from edition.locator.faults import find_faults
from edition.locator.item import text_item
from edition.locator.labels import SPACE
from edition.locator.model import (
    Locator,
    LocatorError,
    PageField,
    Part,
)
from edition.locator.number import excerpt
from edition.locator.pagination import THOUSANDS, page_ranges
from edition.locator.reader import CONTROL, LocatorReader
from edition.locator.remarks import SECOND_HAND, editor_at, one_line
from edition.locator.schemes import LABELS, SCHEMES, certain_guess, guess, read_declared

_DASHES = rf"[{SPACE}]*(?:--?-?|[‐‑‒–—―−])[{SPACE}]*"
_BY_CHAPTER = re.compile(rf"[{SPACE}]*[0-9]+(?P<sign>[:-])[0-9]+{_DASHES}[0-9]+(?P=sign)[0-9]+")


_LATIN = re.compile(r"[A-Za-z]")
_ARABIC_FIGURES = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،؛", "01234567890123456789,;")
# Words of a language whose abbreviations serve for one page and for several: p. 12 et suiv.
_FOREIGN = re.compile(
    r"(?<![^\W_])(?:et(?!\s+(?:passim|seqq?))|y|e|ed|und|u|à|al?|bis|suiv|s|ss|se?gg?)(?![^\W_])(?!\.v)"
)
_THEN_LINES = re.compile(rf",[{SPACE}]*(?=(?:ll?|vv?|Z|V|n|nn)\.)")
_SECOND_HAND = re.compile(rf"[{SPACE}]*{SECOND_HAND}", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def parse(text: str, schemes: tuple[str, ...] = (), *, worded: bool = True) -> Locator:
    """Read a locator as an editor types it.

    `schemes` are those that the entry declares: of canonical references, or the label of bare
    numbers. Raises LocatorError when its meaning cannot be told; what is wrong but understood
    is in the locator's `faults`. Unless `worded`, no word is taken for a unit of its own.
    """
    typed = text
    if not _LATIN.search(text):
        text = text.translate(_ARABIC_FIGURES)
    for sign in (name[-1] for name in schemes if name in BY_CHAPTER):
        if found := read_chapter_pages(text, sign):
            return found
    if found := read_counted(text) or read_declared(text, schemes):
        return found
    if found := _with_lines(text, schemes) or _second_hand(text) or certain_guess(text):
        return found
    bare = next((name for name in schemes if name in LABELS), "page")
    reader = LocatorReader(text, bare=bare)
    try:
        parts = reader.read()
    except LocatorError as error:
        canonical = next((SCHEMES[name] for name in schemes if name in SCHEMES), None)
        if canonical is not None:
            raise LocatorError(
                f"{excerpt(text.strip())} is no reference by {canonical.title}, such as "
                f"{canonical.example}",
                1,
            ) from None
        tried = () if CONTROL.search(text) else dict.fromkeys((typed, text))
        guesses = (guess(each, worded=worded) for each in tried)
        if found := next(filter(None, guesses), None):
            return found
        raise error
    # “p. 12, 3–5 Kühn” is a page and its lines.
    foreign = _FOREIGN.search(text) is not None or editor_at(reader.remark, 0)
    faults = find_faults(parts, foreign=foreign)
    if THOUSANDS.search(text):  # one number or two: nothing is mended on a guess
        faults = tuple(replace(fault, fix=None) for fault in faults)
    return Locator(parts=parts, remark=reader.remark, faults=faults)


def _with_lines(text: str, schemes: tuple[str, ...]) -> Locator | None:
    """Return a declared place with its lines or its note: `1.1–5, ll. 5–7`."""
    found = _THEN_LINES.search(text) if schemes else None
    place = read_declared(text[: found.start()], schemes) if found else None
    if found is None or place is None:
        return None
    rest = parse(" " * found.end() + text[found.end() :])
    return replace(
        place,
        parts=place.parts + rest.parts,
        remark=rest.remark,
        faults=place.faults + rest.faults,
    )


def _second_hand(text: str) -> Locator | None:
    """Return what names another work, in which the words were found, as no page of this one."""
    if not _SECOND_HAND.match(text) or CONTROL.search(text):
        return None
    item = text_item(one_line(text), len(text) - len(text.lstrip()))
    return Locator(parts=(Part(label="place", items=(item,), column=item.column),))


def parse_ranges(text: str) -> PageField:
    """Read the `pages` field of a bibliography entry: `i--iii, 1--310`, `12+`, `e123`.

    Both `--` and `–` are right in a range there; `12+` has an open end. Raises LocatorError
    when the field holds anything but pages.
    """
    by_chapter = _BY_CHAPTER.match(text)
    if by_chapter and (found := read_chapter_pages(text, by_chapter["sign"])):
        faults = find_faults(found.parts, entry=True)
        return PageField(ranges=page_ranges(found.parts), faults=faults)
    reader = LocatorReader(text, entry=True)
    parts = reader.read()
    for part in parts:
        if part.label != "page" or part.passim or any(i.note or i.lead for i in part.items):
            raise LocatorError("not pages alone", part.column)
    if reader.remark:
        raise LocatorError(f"{excerpt(reader.remark)} beside the pages", 1)
    return PageField(ranges=page_ranges(parts), faults=find_faults(parts, entry=True))
