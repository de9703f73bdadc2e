"""Volumes and books that no label stands before: `II, p. 44`, `II/1, 33`, `12(3): 44`."""

import re

from edition.locator.labels import SPACE, label_at
from edition.locator.model import Number
from edition.locator.number import number_at, roman_value

_S = f"[{SPACE}]"
_PAGE_FOLLOWS = rf"(?=(?:pp?|S|сс?|С|стр|s|blz|pág|pag)\.{_S}*[0-9\[])"
# A numeral in capitals, with a stop, or before a page's label.
_VOLUME = re.compile(
    rf"(?P<volume>(?=[LC]*[IVX])[IVXLC]+)(?:,?{_S}+|\.{_S}+|,)(?:(?=[0-9])|{_PAGE_FOLLOWS})"
    rf"|(?P<small>(?=[lc]*[ivx])[ivxlc]+)(?:\.{_S}+(?=[0-9])|,{_S}*{_PAGE_FOLLOWS})"
)
# A volume and its half or part, or its issue: II/1, 33 and I 2, S. 33; 12(3): 44.
_OF_TWO = re.compile(
    rf"(?P<half>(?:[IVXLC]+|[0-9]{{1,3}})(?:[/ ]|,[ ]?)[0-9IVX]{{1,4}}),?{_S}+{_PAGE_FOLLOWS}"
    rf"|(?P<part>[IVXLC]+/[0-9IVX]{{1,4}}),{_S}*(?=[0-9])"
    rf"|(?P<volume>[0-9]{{1,3}}){_S}?\((?P<issue>[0-9]{{1,3}})\)[:,]{_S}*(?:(?=[0-9])|{_PAGE_FOLLOWS})"
)
# A numeral of a book before a verse or a chapter of it: I, vv. 1–3.
_BOOK = re.compile(
    rf"(?P<book>[IVXLC]+),?{_S}+"
    rf"(?=(?:vv?|ll?|V|Z|lines?|chaps?|ch|capp?|Kap|гл|ст|στ)\.?{_S}*[0-9IVXLCivxlc])"
)


def unlabelled_at(text: str, start: int) -> tuple[list[tuple[str, Number]], int] | None:
    """Return volume and issue, or book, that begin at that offset, and where the page begins."""
    found = _BOOK.match(text, start) or _OF_TWO.match(text, start) or _VOLUME.match(text, start)
    if found is None or label_at(text, start):
        return None
    parts = []
    for group, typed in found.groupdict().items():
        if not typed:
            continue
        if typed.isalpha() and roman_value(typed) is None:
            return None
        label = group if group in ("book", "issue") else "volume"
        read = number_at(
            " " * found.start(group) + re.sub(",? |,", "/", typed), found.start(group), label
        )
        if read is None:
            return None
        parts.append((label, read[0]))
    return parts, found.end()
