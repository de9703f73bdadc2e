"""All sources as one stream of letters, and the way back from its places to pages and words."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edition.formats.pages import Page, Source
from edition.verify.index import build_index
from edition.verify.letters import Stream, letters
from edition.verify.placement import IndexedStream
from edition.verify.running_heads import body_spans

_GAP = 32  # letters that are none, between sources: no alignment goes across


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A page of the corpus: its source, its number there, and where its text begins and ends."""

    source: int
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Corpus:
    """The sources, their stream with its index, and where each page begins in it.

    `begins` has one place more than there are pages: where the last one ends.
    """

    sources: tuple[Source, ...]
    indexed: IndexedStream
    spans: tuple[PageSpan, ...]
    begins: NDArray[np.int64]
    _labelled: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def page(self, index: int) -> Page:
        """Return the page with an index."""
        at = self.spans[index]
        return self.sources[at.source].pages[at.number]

    def source(self, index: int) -> Source:
        """Return the source of a page."""
        return self.sources[self.spans[index].source]

    def page_at(self, place: int) -> int:
        """Return the index of the page on which a place of the stream lies."""
        return min(max(bisect_right(self.begins, place) - 1, 0), len(self.spans) - 1)

    def pages_between(self, start: int, end: int) -> range:
        """Return the indices of the pages on which a stretch of the stream lies."""
        first, last = self.page_at(start), self.page_at(end - 1)
        return range(first, last + 1)

    def stretch(self, pages: Sequence[int]) -> tuple[int, int] | None:
        """Return the stretch of the stream that some pages take up; None without pages."""
        if not pages:
            return None
        return int(self.begins[min(pages)]), int(self.begins[max(pages) + 1])

    def pages_labelled(self, key: str, volume: str | None, labels: Sequence[str]) -> list[int]:
        """Return the indices of pages with some labels, in a work or one volume of it."""
        wanted = {label.casefold() for label in labels}
        return sorted(
            index
            for label in wanted
            for index in self._labelled.get((key, label), ())
            if volume in (None, self.source(index).volume)
        )

    def text(self, start: int, end: int) -> str:
        """Return the words of the sources between two places, whole words at the ends."""
        parts = []
        for index in self.pages_between(start, end):
            at = self.spans[index]
            body = self.page(index).text[at.start : at.end]
            offsets = letters(body).offsets
            first = max(start - int(self.begins[index]), 0)
            last = min(end - int(self.begins[index]), len(offsets))
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
    stream, spans, begins = read_spans(sources)
    return assemble(sources, IndexedStream(stream, build_index(stream)), spans, begins)


def assemble(
    sources: Sequence[Source],
    indexed: IndexedStream,
    spans: Sequence[PageSpan],
    begins: NDArray[np.int64],
) -> Corpus:
    """Return a corpus from its parts."""
    labelled: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, span in enumerate(spans):
        source = sources[span.source]
        label = source.pages[span.number].label
        if label:
            labelled[source.key, label.casefold()].append(number)
    return Corpus(tuple(sources), indexed, tuple(spans), begins, dict(labelled))


def read_spans(sources: Sequence[Source]) -> tuple[Stream, list[PageSpan], NDArray[np.int64]]:
    """Return the stream of all sources, their pages, and where each page begins."""
    parts: list[Stream] = []
    spans: list[PageSpan] = []
    begins = [0]
    at = 0
    for number, source in enumerate(sources):
        bodies = body_spans([page.text for page in source.pages])
        for page, (start, end) in enumerate(bodies):
            stream = letters(source.pages[page].text[start:end]).stream
            parts.append(stream)
            spans.append(PageSpan(number, page, start, end))
            at += len(stream)
            begins.append(at)
        if parts:
            parts[-1] = np.append(parts[-1], np.zeros(_GAP, dtype=np.uint8))
            at += _GAP
            begins[-1] = at
    stream = np.concatenate(parts) if parts else np.zeros(0, dtype=np.uint8)
    return stream, spans, np.array(begins, dtype=np.int64)
