"""Likely places of a quotation: the diagonals on which its rarest runs of letters agree.

A run of the quotation that occurs at place s of the stream and at letter q of the quotation
votes for the diagonal s - q; noise and changed words move the vote a little. The runs that are
rarest in the stream vote first and count most (inverse document frequency).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from edition.verify.index import GRAM, GramIndex
from edition.verify.letters import Stream

# Tried at half and at twice their values (python bench/thresholds.py verify DIR): at half, recall
# on the hard set of bench/README.md falls by .005 to .008.
_BUDGET = 1200  # places of runs that are counted, all runs together
_MOST_RUNS, _FEWEST_RUNS = 64, 8
_MOST_PLACES = 400  # of one run
_SAMPLE = 256  # of so many runs of a long quotation, the rarest vote
_WEIGHT_BITS = 12
_WEIGHT_MASK = (1 << _WEIGHT_BITS) - 1
_WEIGHT_UNIT = 64  # a weight is a number of bits, at most 32, kept in 64ths


class Candidate(NamedTuple):
    """A diagonal, the stream's place of the quotation's first letter, and its weight of votes."""

    place: int
    weight: int


class Votes(NamedTuple):
    """The votes of a quotation, by ascending diagonal, with their running weight.

    Votes whose diagonals lie within `tolerance` go together; `whole` is the weight that a place
    has for which every run votes once.
    """

    diagonals: NDArray[np.int64]
    running: NDArray[np.int64]
    tolerance: int
    whole: int

    def best(self, most: int, share: float) -> list[Candidate]:
        """Return the diagonals with most votes, each with at least such a share of the first's."""
        if not len(self.diagonals):
            return []
        ends = self.diagonals.searchsorted(self.diagonals + self.tolerance, side="right")
        weights = self.running[ends] - self.running[:-1]
        found: list[Candidate] = []
        while len(found) < most:
            top = int(weights.argmax())
            weight = int(weights[top])
            if weight <= 0 or (found and weight < share * found[0].weight):
                break
            end = int(ends[top])
            found.append(Candidate(int(self.diagonals[(top + end) // 2]), weight))
            low = int(self.diagonals.searchsorted(self.diagonals[top] - self.tolerance))
            weights[low:end] = 0
        return found

    def within(self, low: int, high: int) -> Votes:
        """Return the votes for diagonals from `low` to below `high`."""
        first, last = self.diagonals.searchsorted((low, high)).tolist()
        return Votes(
            self.diagonals[first:last], self.running[first : last + 1], self.tolerance, self.whole
        )


def vote(index: GramIndex, stream: Stream) -> Votes:
    """Return the votes of a quotation's letters."""
    step = 1 + max(len(stream) - GRAM, 0) // _SAMPLE
    begins, found = index.rows(stream, step)
    present = np.flatnonzero(found)
    order = present[found[present].argsort()]
    counts = np.minimum(found[order], _MOST_PLACES)
    ends = counts.cumsum()
    kept = min(max(int(ends.searchsorted(_BUDGET)), _FEWEST_RUNS), _MOST_RUNS, len(order))
    if not kept:
        return Votes(np.empty(0, np.int64), np.zeros(1, np.int64), 0, 0)
    order, counts, ends = order[:kept], counts[:kept], ends[:kept]
    weights = (np.log2(len(index.positions) / counts) * _WEIGHT_UNIT).astype(np.int64)
    rows = np.arange(int(ends[-1])) + (begins[order] - (ends - counts)).repeat(counts)
    # Diagonal and weight in one number, which sorts faster than one by the other.
    votes: NDArray[np.int64] = index.positions[rows].astype(np.int64)
    votes += (len(stream) - order * step).repeat(counts)
    votes <<= _WEIGHT_BITS
    votes |= weights.repeat(counts)
    votes.sort()
    running = np.zeros(len(votes) + 1, dtype=np.int64)
    (votes & _WEIGHT_MASK).cumsum(out=running[1:])
    diagonals = (votes >> _WEIGHT_BITS) - len(stream)
    return Votes(diagonals, running, 6 + len(stream) // 12, int(weights.sum()))
