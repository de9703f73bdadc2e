"""Text as a stream of letters: what is left when spelling habits and layout are taken away.

Two prints of one sentence differ in spaces, line ends, hyphens, quotation marks, capitals,
ligatures and accents, and agree in their letters and digits. So texts are compared as streams of
one byte a letter: compatibility decomposition (Unicode NFKD: `ﬁ` is `fi`, `ſ` is `s`), full case
folding (`ß` is `ss`), then only letters and digits; marks, spaces and punctuation are dropped.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from edition.model.quoted_words import NUMBERS
from edition.model.text_folding import letters_of

Stream = NDArray[np.uint8]
Offsets = NDArray[np.int32]

_DROPPED = 0
_EXPANDED = 254
_UNKNOWN = 255
# Scripts of the alphabet have a byte of their own for every letter. The letters of all others
# share the bytes that are left.
_OTHERS = range(len(NUMBERS) + 1, _EXPANDED)


class Letters(NamedTuple):
    """A stream of letters and, for each, the index of its character in the text."""

    stream: Stream
    offsets: Offsets


class _Table:
    """The bytes of each code point, filled as code points are met."""

    def __init__(self) -> None:
        self.first = np.full(0x110000, _UNKNOWN, dtype=np.uint8)
        self.expansions: dict[int, list[int]] = {}
        self.add(range(0x250))

    def add(self, code_points: object) -> None:
        for code in code_points:  # type: ignore[attr-defined]
            letters = letters_of(chr(code))
            found = [NUMBERS.get(one) or _OTHERS[ord(one) % len(_OTHERS)] for one in letters]
            if len(found) > 1:
                self.expansions[code] = found
                self.first[code] = _EXPANDED
            else:
                self.first[code] = found[0] if found else _DROPPED


_TABLE = _Table()


def letters(text: str) -> Letters:
    """Return the letters of a text, with the place of each."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    found = _TABLE.first[codes]
    if not text.isascii():
        if (found == _UNKNOWN).any():
            _TABLE.add(np.unique(codes[found == _UNKNOWN]).tolist())
            found = _TABLE.first[codes]
        places = np.flatnonzero(found == _EXPANDED)
        if len(places):
            return _expanded(codes, found, places)
    offsets = np.flatnonzero(found).astype(np.int32)
    return Letters(found[offsets], offsets)


def _expanded(codes: NDArray[np.uint32], found: Stream, places: NDArray[np.intp]) -> Letters:
    lengths = (found != _DROPPED).astype(np.int64)
    expansions = [_TABLE.expansions[code] for code in codes[places].tolist()]
    lengths[places] = [len(expansion) for expansion in expansions]
    starts = np.cumsum(lengths) - lengths
    offsets = np.repeat(np.arange(len(codes), dtype=np.int32), lengths)
    stream = np.repeat(found, lengths)
    for start, expansion in zip(starts[places].tolist(), expansions, strict=True):
        stream[start : start + len(expansion)] = expansion
    return Letters(stream, offsets)
