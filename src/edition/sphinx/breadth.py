"""How broad words are in Libertinus Serif, with figures of one width.

Widths are told in letters: 3.33 points at 8.2 points, the mean of 40,000 letters and spaces of this
edition (typst.query on `measure`).
"""

import unicodedata
from functools import cache

LETTER = 3.33 / 8.2
"""The breadth of a letter as a part of the size."""


def breadth(words: str) -> float:
    """Return about how broad words are, in letters."""
    return sum(map(_breadth, words))


@cache
def _breadth(letter: str) -> float:
    """Return the breadth of one letter."""
    kind = unicodedata.category(letter)
    if kind in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return 2.5
    if kind == "Pd" or letter == "…":
        return 1.0 if letter == "-" else 1.5
    if kind[0] in "ZP":
        return 0.7
    if kind == "Lu":
        return 1.55
    return 1.15 if letter < "\u0370" else 1.35
