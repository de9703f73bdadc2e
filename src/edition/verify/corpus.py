"""All sources as one stream of letters, and the way back from its places to pages and words."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edition.verify.index import build_index
from edition.verify.letters import Stream, letters
from edition.verify.locate import Space
from edition.verify.pages import Page, Source
from edition.verify.running_heads import body_spans

_GAP = 32  # letters that are none, between sources: no alignment goes across


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the corpus: of which source, the how manieth there, and its body's ends."""

    source: int
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Corpus:
    """The sources, their stream with its index, and where each page begins in it.

    `begins` has one place more than there are leaves: where the last one ends.
    """

    sources: tuple[Source, ...]
    space: Space
    leaves: tuple[Leaf, ...]
    begins: NDArray[np.int64]
    _labelled: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def page(self, leaf: int) -> Page:
        """The page of a leaf."""
        at = self.leaves[leaf]
        return self.sources[at.source].pages[at.number]

    def source(self, leaf: int) -> Source:
        """The source that a leaf belongs to."""
        return self.sources[self.leaves[leaf].source]

    def leaf(self, place: int) -> int:
        """The leaf on which a place of the stream lies."""
        return min(max(bisect_right(self.begins, place) - 1, 0), len(self.leaves) - 1)

    def leaves_of(self, start: int, end: int) -> range:
        """The leaves on which a stretch of the stream lies, those without text left out."""
        first, last = self.leaf(start), self.leaf(end - 1)
        return range(first, last + 1)

    def stretch(self, leaves: Sequence[int]) -> tuple[int, int] | None:
        """The places from the first to the last of some leaves; None where there are none."""
        if not leaves:
            return None
        return int(self.begins[min(leaves)]), int(self.begins[max(leaves) + 1])

    def find_leaves(self, key: str, volume: str | None, labels: Sequence[str]) -> list[int]:
        """The leaves with some labels, in a work or in one volume of it."""
        wanted = {label.casefold() for label in labels}
        return sorted(
            leaf
            for label in wanted
            for leaf in self._labelled.get((key, label), ())
            if volume in (None, self.source(leaf).volume)
        )

    def text(self, start: int, end: int) -> str:
        """The words of the sources between two places, whole words at the ends."""
        parts = []
        for leaf in self.leaves_of(start, end):
            at = self.leaves[leaf]
            body = self.page(leaf).text[at.start : at.end]
            offsets = letters(body).offsets
            first = max(start - int(self.begins[leaf]), 0)
            last = min(end - int(self.begins[leaf]), len(offsets))
            if first >= last:
                continue
            low, high = int(offsets[first]), int(offsets[last - 1]) + 1
            while low > 0 and not body[low - 1].isspace():
                low -= 1
            while high < len(body) and not body[high].isspace():
                high += 1
            parts.append(body[low:high])
        return "\n".join(parts)


def build_corpus(sources: Sequence[Source]) -> Corpus:
    """Read the letters of all pages, without running heads and page numbers, and index them."""
    stream, leaves, begins = read_leaves(sources)
    return assemble(sources, Space(stream, build_index(stream)), leaves, begins)


def assemble(
    sources: Sequence[Source], space: Space, leaves: Sequence[Leaf], begins: NDArray[np.int64]
) -> Corpus:
    """A corpus from its parts."""
    labelled: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, leaf in enumerate(leaves):
        source = sources[leaf.source]
        label = source.pages[leaf.number].label
        if label:
            labelled[source.key, label.casefold()].append(number)
    return Corpus(tuple(sources), space, tuple(leaves), begins, dict(labelled))


def read_leaves(sources: Sequence[Source]) -> tuple[Stream, list[Leaf], NDArray[np.int64]]:
    """The stream of all sources, their leaves, and where each leaf begins."""
    parts: list[Stream] = []
    leaves: list[Leaf] = []
    begins = [0]
    at = 0
    for number, source in enumerate(sources):
        spans = body_spans([page.text for page in source.pages])
        for page, (start, end) in enumerate(spans):
            stream = letters(source.pages[page].text[start:end]).stream
            parts.append(stream)
            leaves.append(Leaf(number, page, start, end))
            at += len(stream)
            begins.append(at)
        if parts:
            parts[-1] = np.append(parts[-1], np.zeros(_GAP, dtype=np.uint8))
            at += _GAP
            begins[-1] = at
    stream = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint8)
    return stream, leaves, np.array(begins, dtype=np.int64)
