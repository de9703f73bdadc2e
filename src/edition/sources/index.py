"""An index of every run of six letters of a stream: where each stands.

The runs are hashed; the index is one sorted array of positions and one table that says where
each hash begins in it (an inverted index in compressed sparse rows). Both are flat arrays, so
that they can lie on the disk and be mapped into memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edition.sources.letters import Stream

GRAM = 6
"""Letters in a run. Five find too much, seven survive too little noise."""

_CHUNK = 1 << 20
_FEWEST_BITS, _MOST_BITS = 10, 26
_MIX = np.uint32(0x9E3779B1)  # 2^32 / golden ratio: spreads sums over the upper bits
_FACTORS = [np.uint32(pow(0x01000193, power, 1 << 32)) for power in range(GRAM)]


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
        """Where each run of a quotation's letters begins in `positions`, and how many it has.

        Of the runs, every `step`-th.
        """
        hashes = gram_hashes(stream, self.bits)[::step].astype(np.int64)
        begins = self.starts[hashes].astype(np.int64)
        return begins, self.starts[hashes + 1].astype(np.int64) - begins


def gram_hashes(stream: Stream, bits: int) -> NDArray[np.uint32]:
    """The hash, of so many bits, of the run that begins at each letter."""
    count = max(len(stream) - GRAM + 1, 0)
    wide = stream.astype(np.uint32)
    total = np.zeros(count, dtype=np.uint32)
    for power, factor in enumerate(_FACTORS):
        total += wide[power : power + count] * factor
    total *= _MIX
    total >>= np.uint32(32 - bits)
    return total


def build_index(stream: Stream) -> GramIndex:
    """The index of a stream of fewer than 2**32 letters; 13 bytes a letter while it is made."""
    count = max(len(stream) - GRAM + 1, 0)
    bits = min(max(count.bit_length() - 2, _FEWEST_BITS), _MOST_BITS)
    # Hash and place in one number: sorting numbers is several times faster than sorting by key.
    packed = np.empty(count, dtype=np.uint64)
    for start in range(0, count, _CHUNK):
        hashes = gram_hashes(stream[start : start + _CHUNK + GRAM - 1], bits)
        part = packed[start : start + len(hashes)]
        part[:] = hashes
        part <<= np.uint64(32)
        part |= np.arange(start, start + len(hashes), dtype=np.uint64)
    packed.sort()
    # The positions move to the front of the same memory: a place is half as wide as the pair.
    positions = packed.view(np.uint32)
    starts = np.zeros((1 << bits) + 1, dtype=np.uint32)
    for start in range(0, count, _CHUNK):
        part = packed[start : start + _CHUNK].copy()
        hashes = (part >> np.uint64(32)).astype(np.int64)
        low, high = int(hashes[0]), int(hashes[-1])
        starts[low + 1 : high + 2] += np.bincount(hashes - low).astype(np.uint32)
        positions[start : start + len(part)] = part
    np.cumsum(starts, out=starts)
    positions = positions[:count].copy()
    return GramIndex(positions, starts, bits)
