"""Numbers that no label stands before: 第3巻12頁, and pages by chapter as 12-3."""

import re

from edition.locator.label_forms import COUNTERS
from edition.locator.labels import SPACE
from edition.locator.model import Item, Locator, Number, Part

# Numbers by chapter, told by the entry's own pages: 12-1--12-8, 4:1--4:56.
BY_CHAPTER = ("chapter-pages:", "chapter-pages-")

_S = f"[{SPACE}]"
DASH = rf"{_S}*(?:-{{1,3}}|[‐‑‒–—―−~〜～]){_S}*"
LONGEST = 200  # characters of a locator; longer texts are none
_DIGITS, _TENS = "〇一二三四五六七八九", "十百千"
_ONE = rf"(?:[0-9０-９]{{1,6}}|[{_DIGITS}{_TENS}]{{1,7}})"
_NUMBERS = rf"(?P<first>{_ONE})(?:{DASH}(?P<last>{_ONE}))?{_S}*"
_COUNTER = rf"(?P<counter>{'|'.join(COUNTERS)}){_S}*"
_COUNTED = [
    re.compile(rf"[{SPACE}、，,]*[第제]?{_S}*{order}")
    for order in (_NUMBERS + _COUNTER, _COUNTER + _NUMBERS)
]


def read_counted(text: str) -> Locator | None:
    """Return the locator of numbers with counters behind or before them: 第3巻、頁12–14."""
    if text.isascii() or len(text) > LONGEST:
        return None
    parts: list[Part] = []
    position = 0
    while found := next(filter(None, (one.match(text, position) for one in _COUNTED)), None):
        first, last = (
            Number(value=_value(n), system="arabic", text=n, column=found.start() + 1)
            if n
            else None
            for n in (found["first"], found["last"])
        )
        if first is None:
            return None
        item = Item(first=first, last=last, column=found.start() + 1)
        label = COUNTERS[found["counter"]]
        parts.append(
            Part(
                label=label,
                typed=found["counter"],
                items=(item,),
                column=found.start("counter") + 1,
            )
        )
        position = found.end()
    return Locator(parts=tuple(parts)) if parts and position == len(text) else None


def _value(typed: str) -> int:
    """Return the value of a number in figures, or in words as 二十三."""
    if typed[0] not in _DIGITS + _TENS:
        return int(typed)
    total = digit = 0
    for sign in typed:
        if sign in _TENS:
            total += (digit or 1) * 10 ** (_TENS.index(sign) + 1)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS.index(sign)
    return total + digit


def read_chapter_pages(text: str, sign: str) -> Locator | None:
    """Return the pages of a work that numbers them by chapter: `p. 4:12`, `pp. 12-3–12-5`."""
    if len(text) > LONGEST:
        return None
    typed = re.escape(sign)
    one = rf"(?P<chapter>[0-9]{{1,4}}){typed}(?P<page>[0-9]{{1,6}})"
    found = re.fullmatch(
        rf"{_S}*(?P<label>(?:pp?|pages?|S|с)\.?{_S}*)?{one}"
        rf"(?:{DASH}(?:(?P<same>[0-9]{{1,4}}){typed})?(?P<last>[0-9]{{1,6}}))?{_S}*",
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
