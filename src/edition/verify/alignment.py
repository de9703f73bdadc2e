"""Two streams of letters side by side, and how well each stretch of a quotation agrees.

The alignment is edlib's: least edit distance, the whole quotation within a stretch of the source
(Šošić and Šikić, Bioinformatics 33, 2017).
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import edlib  # type: ignore[import-not-found]  # a module without a package
import numpy as np
from numpy.typing import NDArray

from edition.verify.letters import Stream

EQUAL, _CHANGED, ADDED, LACKED = b"=XID"
SKIP = 12
"""From how many letters on a stretch of the source that the quotation lacks is a skip: words
left out, or the foot and head of pages between. Shorter ones are noise."""

_STEP = re.compile(r"(\d+)(.)")


@dataclass(frozen=True)
class Aligned:
    """Letters `first` to `last` of a quotation against `start` to `end` of the source.

    All are half-open. `path` says how, as a CIGAR: `=` equal, `X` another letter, `I` only in
    the quotation, `D` only in the source. `distance` is the number of letters not equal.
    """

    first: int
    last: int
    start: int
    end: int
    distance: int
    path: str

    @property
    def length(self) -> int:
        """How many letters of the quotation it holds."""
        return self.last - self.first

    @cached_property
    def runs(self) -> list[tuple[int, int]]:
        """The path as pairs of a count and a kind (the code of `=`, `X`, `I` or `D`)."""
        return [(int(count), ord(kind)) for count, kind in _STEP.findall(self.path)]

    @cached_property
    def skipped(self) -> int:
        """Letters of the source in skips: no noise, but words that the quotation lacks."""
        if self.distance < SKIP:
            return 0
        return sum(count for count, kind in self.runs if kind == LACKED and count >= SKIP)

    @cached_property
    def faults(self) -> list[int]:
        """The letters of the quotation (from 0) that are not equal; twice where some lack too."""
        found: list[int] = []
        at = 0
        for count, kind in self.runs:
            if kind == EQUAL:
                at += count
            elif kind != LACKED:
                found += range(at, at + count)
                at += count
            elif count < SKIP:
                found += [min(at, self.length - 1)] * min(count, 2)
        return found

    @property
    def errors(self) -> NDArray[np.int64]:
        """Per letter of the quotation: 1 where it is not equal, more where some are missing."""
        return np.bincount(self.faults, minlength=self.length)


def align(
    quoted: Stream,
    source: Stream,
    span: tuple[int, int],
    low: int,
    high: int,
    limit: int,
    *,
    nearest_end: bool = False,
) -> Aligned | None:
    """Return the best place of a span of the quotation between two places of the source.

    None where it takes more than `limit` differences. Of equally good places the first, or with
    `nearest_end` the last.
    """
    first, last = span
    low, high = max(low, 0), min(high, len(source))
    if last <= first or high <= low:
        return None
    pattern, text = quoted[first:last].tobytes(), source[low:high].tobytes()
    found: dict[str, Any] = edlib.align(pattern, text, mode="HW", task="path", k=max(limit, 0))
    distance = found["editDistance"]
    if distance < 0:
        return None
    if nearest_end and len(found["locations"]) > 1:
        low += max(found["locations"][-1][1] + 1 - 2 * len(pattern), 0)
        text = source[low:high].tobytes()
        found = edlib.align(pattern, text, mode="HW", task="path", k=distance)
    start, end = found["locations"][0]
    return Aligned(first, last, low + (start or 0), low + end + 1, distance, found["cigar"])


def agrees(
    quoted: Stream, source: Stream, span: tuple[int, int], low: int, high: int, limit: int
) -> bool:
    """Return whether a span of the quotation fits between two places within so many differences."""
    pattern, text = quoted[span[0] : span[1]].tobytes(), source[max(low, 0) : high].tobytes()
    found: dict[str, Any] = edlib.align(pattern, text, mode="HW", task="distance", k=limit)
    return bool(found["editDistance"] >= 0)


def best_stretch(aligned: Aligned) -> tuple[int, int]:
    """Return the stretch of the quotation (indices into its letters) that agrees best.

    A letter that agrees counts 1, an error -2: the maximal sum (Kadane).
    """
    running = np.where(aligned.errors > 0, -2, 1).cumsum()
    lowest = np.minimum.accumulate(np.concatenate(([0], running[:-1])))
    end = int((running - lowest).argmax())
    floor = lowest[end]
    before = np.concatenate(([0], running[:end]))
    start = int((before == floor).nonzero()[0][-1])
    return aligned.first + start, aligned.first + end + 1
