"""An index of every run of six letters of a stream, with its places.

The runs are hashed; the index is one sorted array of positions and one table that says where
each hash begins in it (an inverted index in compressed sparse rows). Both are flat arrays, so
that they can lie on the disk and be mapped into memory.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edition.verify.letters import Stream

GRAM = 6
"""Letters in a run. Five find too much, seven survive too little noise."""

_CHUNK = 1 << 18
_FEWEST_BITS, _MOST_BITS = 12, 26
# Upper bits of a hash by which places are spread at most, and those kept for sorting, of which
# there may be 16.
_SPREAD, _SORTED = 10, 12
_UNUSED = np.uint64(8 * (8 - GRAM))
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio: spreads runs over the upper bits

Places = NDArray[np.uint32]
Hashes = NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class GramIndex:
    """`positions[starts[h]:starts[h + 1]]` are the places of the runs with hash `h`.

    `positions` is uint32 of the stream's length less GRAM - 1; `starts` is uint32 of
    2**bits + 1.
    """

    positions: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    bits: int

    def rows(self, stream: Stream, step: int = 1) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where every `step`-th run of a stream begins in `positions`, and its count."""
        hashes = gram_hashes(stream, self.bits)[::step].astype(np.int64)
        begins = self.starts[hashes].astype(np.int64)
        return begins, self.starts[hashes + 1] - begins


def gram_hashes(stream: Stream, bits: int) -> NDArray[np.uint64]:
    """Return the hash, of so many bits, of the run that begins at each letter."""
    count = max(len(stream) - GRAM + 1, 0)
    # Each run with the letters after it as one number: a window of eight bytes on every byte.
    padded = stream.tobytes() + bytes(8 - GRAM)
    hashes = np.ndarray((count,), "<u8", padded, strides=(1,)) << _UNUSED
    hashes *= _MIX
    hashes >>= np.uint64(64 - bits)
    return hashes


def build_index(stream: Stream) -> GramIndex:
    """Return the index of a stream of fewer than 2**32 letters; 11 bytes a letter while it is made.

    A radix sort: the places are spread over lists, a thousand at most, by the upper bits of
    their hashes, and each list, small enough for the processor's cache, is sorted by the rest.
    So the time grows as the stream does.
    """
    count = max(len(stream) - GRAM + 1, 0)
    bits = min(max(count.bit_length() - 2, _FEWEST_BITS), _MOST_BITS)
    spread = min(bits - _SORTED, _SPREAD)
    lists = _spread(stream, count, bits, spread)
    rest = bits - spread
    positions = np.empty(count, dtype=np.uint32)
    starts = np.zeros((1 << bits) + 1, dtype=np.uint32)
    at = 0
    for number, (places, lower) in enumerate(lists):
        hashes = np.concatenate(lower)
        positions[at : at + len(hashes)] = np.concatenate(places)[hashes.argsort(kind="stable")]
        ends = np.bincount(hashes, minlength=1 << rest).cumsum() + at
        starts[(number << rest) + 1 : ((number + 1) << rest) + 1] = ends
        at += len(hashes)
        places.clear()
        lower.clear()
    return GramIndex(positions, starts, bits)


def _spread(
    stream: Stream, count: int, bits: int, spread: int
) -> list[tuple[list[Places], list[Hashes]]]:
    """Return the places of all runs and the lower bits of their hashes, listed by the upper."""
    lists: list[tuple[list[Places], list[Hashes]]] = [
        ([np.empty(0, np.uint32)], [np.empty(0, np.uint16)]) for _ in range(1 << spread)
    ]
    rest = bits - spread
    for start in range(0, count, _CHUNK):
        hashes = gram_hashes(stream[start : start + _CHUNK + GRAM - 1], bits)
        upper = (hashes >> np.uint64(rest)).astype(np.uint16)
        order = upper.argsort(kind="stable")
        lower = (hashes & np.uint64((1 << rest) - 1)).astype(np.uint16)[order]
        places = order.astype(np.uint32)
        places += np.uint32(start)
        begin = 0
        for found, end in zip(
            lists, np.bincount(upper, minlength=1 << spread).cumsum().tolist(), strict=True
        ):
            found[0].append(places[begin:end])
            found[1].append(lower[begin:end])
            begin = end
    return lists
