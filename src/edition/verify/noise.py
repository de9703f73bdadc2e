"""Other words, told from noise.

A bad scan damages letters everywhere; a changed or invented wording leaves most words whole and
some with little in common. So the noise of a quotation is estimated from the words that came
through whole, and a stretch with far more errors than that noise makes is made of other words.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

from edition.verify.alignment import Aligned
from edition.verify.letters import Offsets

# Set with python bench/verify.py DIR --table on sets of bench/quotation_sets.py.
_FEWEST = 4  # fewer errors than this are never other words
_WIDEST = 24
# By how noisy the quotation is at most: errors in a stretch of so many letters that are too many.
_LIMITS = (
    (0.07, ((6, 5), (8, 5), (12, 6), (16, 7), (24, 9))),
    (0.12, ((8, 7), (12, 8), (16, 9), (24, 11))),
    (1.00, ((16, 10), (24, 14))),
)


def other_word_letters(aligned: Aligned, offsets: Offsets) -> int:
    """Return how many letters of the quotation belong to other words than the source's.

    `offsets` are the places of all its letters in its text. One such word is a changed word, and
    counts nothing; from two on they count.
    """
    if aligned.distance - aligned.skipped < _FEWEST:
        return 0
    faults = aligned.faults
    if all(last - first >= _WIDEST for first, last in zip(faults, faults[_FEWEST:], strict=False)):
        return 0
    errors = aligned.errors
    running = np.zeros(len(errors) + 1, dtype=np.int64)
    errors.cumsum(out=running[1:])
    places = offsets[aligned.first : aligned.last]
    starts = np.concatenate(([0], (places[1:] - places[:-1] > 1).nonzero()[0] + 1))
    ends = np.append(starts[1:], len(places))
    wrong = running[ends] - running[starts]
    lengths = ends - starts
    strange = 2 * wrong >= lengths
    bad = _bad(running, _noise(wrong, lengths))
    strange &= np.add.reduceat(bad, starts) > 0
    return int(lengths[strange].sum()) if int(strange.sum()) > 1 else 0


def edge_evidence(aligned: Aligned) -> float:
    """Return how much likelier it is that a first or last word is another than that all is noise.

    The natural logarithm of the ratio of likelihoods: of errors that are spread evenly, and of
    errors that are more at an end than in the rest (a scan statistic; Kulldorff, Communications
    in Statistics 26, 1997). 0 where nothing tells of another word.
    """
    wrong = [False] * aligned.length
    for at in aligned.faults:
        wrong[at] = True
    size, all_errors = len(wrong), sum(wrong)
    evenly = _likelihood(all_errors, size)
    best = 0.0
    for letters in (wrong, wrong[::-1]):
        errors = 0
        for length, is_wrong in enumerate(letters[: size // 2], 1):
            errors += is_wrong
            if is_wrong and length > 1 and 2 * errors >= length:
                rest = _likelihood(all_errors - errors, size - length)
                best = max(best, _likelihood(errors, length) + rest - evenly)
    return best


def _likelihood(errors: int, size: int) -> float:
    """Return the logarithm of the likelihood of so many errors, by the rate that fits them best."""
    if not 0 < errors < size:
        return 0.0
    return errors * log(errors / size) + (size - errors) * log(1 - errors / size)


def _noise(wrong: NDArray[np.int64], lengths: NDArray[np.int64]) -> float:
    """Return the share of damaged letters under which so many words stay whole."""
    whole = int(lengths[wrong == 0].sum()) / int(lengths.sum())
    mean = int(lengths.sum()) / len(lengths)
    return float(1.0 - max(whole, 1e-9) ** (1.0 / mean))


def _bad(running: NDArray[np.int64], noise: float) -> NDArray[np.int64]:
    """Return per letter, whether it lies in a stretch with too many errors."""
    size = len(running) - 1
    edges = np.zeros(size + 1, dtype=np.int64)
    limits = next(limits for most, limits in _LIMITS if noise <= most)
    for width, most in limits:
        if size < width:
            continue
        at = (running[width:] - running[:-width] >= most).nonzero()[0]
        edges[at] += 1
        edges[at + width] -= 1
    return (edges.cumsum()[:-1] > 0).astype(np.int64)
