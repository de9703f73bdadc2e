"""All sources as one stream of letters, and the way back from its places to pages and words."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from edition.formats.pages import Page, Source
from edition.model.text_folding import letters_of
from edition.verify.index import build_index
from edition.verify.letters import Offsets, Stream, letters
from edition.verify.placement import IndexedStream
from edition.verify.running_heads import body_spans

_LETTERED = re.compile(r"\d+[a-z]")
_KEPT = 512  # pages whose places are kept
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
    _offsets: dict[int, Offsets] = field(default_factory=dict)

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

    def number_at(self, place: int) -> int:
        """Return the number of the source in which a place of the stream is."""
        return self.spans[self.page_at(place)].source

    def pages_between(self, start: int, end: int) -> range:
        """Return the indices of the pages on which a stretch of the stream lies."""
        first, last = self.page_at(start), self.page_at(end - 1)
        return range(first, last + 1)

    def stretches(self, pages: Sequence[int]) -> list[tuple[int, int]]:
        """Return, for each source, the stretch of the stream that some of its pages take up."""
        by_source: dict[int, list[int]] = defaultdict(list)
        for page in pages:
            by_source[self.spans[page].source].append(page)
        return [
            (int(self.begins[min(inside)]), int(self.begins[max(inside) + 1]))
            for inside in by_source.values()
        ]

    def stretch(self, pages: Sequence[int]) -> tuple[int, int] | None:
        """Return the stretch that some pages of the first source take up; None without pages."""
        return next(iter(self.stretches(pages)), None)

    def pages_labelled(self, key: str, volume: str | None, labels: Sequence[str]) -> list[int]:
        """Return the indices of pages with some labels, in a work or one volume of it.

        A source without a volume serves them all. A side of a leaf (`12r`) is on the leaf where
        the source numbers leaves, and a leaf has both sides where it numbers sides.
        """
        found: set[int] = set()
        for label in {label.casefold() for label in labels}:
            forms = [(label,), (f"{label}r", f"{label}v")]
            if _LETTERED.fullmatch(label):
                forms = [(label,), (label[:-1],)]
            for form in forms:
                pages = [index for one in form for index in self._labelled.get((key, one), ())]
                fits = [
                    i for i in pages if volume is None or self.source(i).volume in (None, volume)
                ]
                found.update(fits)
                if fits:
                    break
        return sorted(found)

    def ranges(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        """Return the stretches of the stream that some sources take up."""
        return [
            (int(self.begins[self._first[n]]), int(self.begins[self._first[n + 1]]))
            for n in numbers
        ]

    def numbers_of(self, key: str) -> list[int]:
        """Return the numbers of the sources of a work."""
        return self._numbers.get(key, [])

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, source in enumerate(self.sources):
            found[source.key].append(number)
        return found

    @cached_property
    def _first(self) -> list[int]:
        """The first page of each source, and the number of all pages."""
        return list(accumulate((len(source.pages) for source in self.sources), initial=0))

    def body(self, index: int) -> str:
        """Return a page's text without its running head and foot."""
        at = self.spans[index]
        return self.page(index).text[at.start : at.end]

    def offsets(self, index: int) -> Offsets:
        """Return the places of a page's letters in its body; those of the last pages are kept."""
        if index not in self._offsets:
            if len(self._offsets) >= _KEPT:
                self._offsets.clear()
            self._offsets[index] = letters(self.body(index)).offsets
        return self._offsets[index]

    def labels(self, start: int, end: int, cited: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the labels of the first and the last page of a stretch, one where they are one.

        Of a page with labels in several editions the cited one is given.
        """
        pages = self.pages_between(start, end)
        labels = []
        for page in (pages[0], pages[-1]):
            known = self.page(page)
            named = (label for label in known.others if label in cited and known.label not in cited)
            labels.append(next(named, known.label) or "?")
        return tuple(dict.fromkeys(labels)) if len(pages) > 1 else (labels[0],)

    def place_named(self, start: int, end: int) -> str:
        """Return a stretch as words: key, volume, pages, or the file where it has no pages."""
        page = self.page_at(start)
        source = self.source(page)
        volume = f" vol. {source.volume}" if source.volume else ""
        labels = self.labels(start, end)
        file = self.page(page).file
        shown = file if file and set(labels) == {"?"} else f"p. {'–'.join(labels)}"
        return f"{source.key}{volume}, {shown}"

    def text(self, start: int, end: int, *, whole_words: bool = True) -> str:
        """Return the words of the sources between two places, by default whole at the ends."""
        parts = []
        for index in self.pages_between(start, end):
            body, offsets = self.body(index), self.offsets(index)
            first = max(start - int(self.begins[index]), 0)
            last = min(end - int(self.begins[index]), len(offsets))
            if first >= last:
                continue
            low, high = int(offsets[first]), int(offsets[last - 1]) + 1
            while whole_words and low > 0 and not body[low - 1].isspace():
                low -= 1
            while whole_words and high < len(body) and not body[high].isspace():
                high += 1
            parts.append(body[low:high])
        return "\n".join(parts)

    def in_context(self, start: int, end: int, around: int) -> tuple[str, str, str]:
        """Return the words before a place, those in it, and those after it, on one line each."""
        inside = self.text(start, end).split()
        exact = self.text(start, end, whole_words=False).split()
        before = self.text(max(start - around, 0), start).split()
        after = self.text(end, end + around).split()
        # Where a place begins or ends within a word, that word is on both sides.
        if before[-1:] == inside[:1] and _are_parts(inside[:1], exact[:1]):
            before = before[:-1]
        if after[:1] == inside[-1:] and _are_parts(inside[-1:], exact[-1:]):
            after = after[1:]
        return " ".join(before), " ".join(inside), " ".join(after)


def _are_parts(whole: list[str], exact: list[str]) -> bool:
    return letters_of("".join(whole)) != letters_of("".join(exact))


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
    number = 0
    for source in sources:
        for page in source.pages:
            for known in {page.label or "", *page.others} - {""}:
                labelled[source.key, known.casefold()].append(number)
            number += 1
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
