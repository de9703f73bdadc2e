"""The place of a quotation in the stream of all sources, and how much of it differs there."""

from dataclasses import dataclass

from edition.verify.alignment import Aligned
from edition.verify.index import GramIndex
from edition.verify.letters import Stream

# Both were set with python bench/verify.py DIR --table; bench/README.md has what others cost.
LIMIT = 0.30
"""Differing letters, as a share of the quotation's: a text with more is another text."""

CHANGED = 0.12
"""The share of a quotation that other words may make up."""


@dataclass(frozen=True)
class Placement:
    """The place of a quotation: its pieces in the order of the quotation.

    `share` is the share of its letters that differ or are found nowhere, which may be at most
    `limit`; `foreign` the letters of stretches that the place does not have, of which there may
    be a share of `changed`; `size` all its letters.
    """

    pieces: tuple[Aligned, ...]
    size: int
    share: float
    foreign: int
    limit: float = LIMIT
    changed: float = CHANGED

    @property
    def start(self) -> int:
        """The first place in the stream."""
        return min(piece.start for piece in self.pieces)

    @property
    def end(self) -> int:
        """The place after the last."""
        return max(piece.end for piece in self.pieces)

    @property
    def skipped(self) -> int:
        """How many letters of the source the pieces pass over."""
        return sum(piece.skipped for piece in self.pieces)

    @property
    def found(self) -> bool:
        """Whether this is the quotation's place, if perhaps with words changed."""
        return self.share <= self.limit and self.foreign <= self.changed * self.size

    @property
    def partly(self) -> bool:
        """Whether a good part of the quotation is here."""
        # In other words a third of the letters agree by chance.
        strange = max(self.foreign, 1.5 * self.share * self.size)
        return self.size - strange >= max(0.4 * self.size, 25)


@dataclass(frozen=True, slots=True)
class IndexedStream:
    """What is searched: a stream and its index."""

    stream: Stream
    index: GramIndex
