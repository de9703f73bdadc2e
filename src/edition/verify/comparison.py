"""The words of a quotation beside those of the place where it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from edition.verify.alignment import ADDED, EQUAL, LACKED, SKIP, Aligned
from edition.verify.corpus import Corpus
from edition.verify.differences import Difference, word_differences
from edition.verify.placement import Placement
from edition.verify.quotation_text import QuotedWords
from edition.verify.search import in_context
from edition.verify.vocabulary import Vocabulary

_BESIDE = 24  # letters: a word or two on either side
_SURE = 6  # letters in a row that agree by no chance
_AT_EDGE = 4  # letters that an alignment may miss a page's edge by


@dataclass
class Comparison:
    """Compares quotations with the pages of a corpus, word by word."""

    corpus: Corpus
    _vocabularies: dict[str, Vocabulary] = field(default_factory=dict)

    def compared(self, best: Placement) -> tuple[int, int]:
        """Return where a placement begins and ends, with what its end words may replace."""
        first = min(best.pieces, key=lambda piece: piece.start)
        last = max(best.pieces, key=lambda piece: piece.end)
        low, high = _surplus(first, backwards=False), _surplus(last, backwards=True)
        start = best.start - low - _BESIDE // 2 if low else best.start
        end = best.end + high + _BESIDE // 2 if high else best.end
        page = self.corpus.page_at(best.start)
        source = self.corpus.source(page)
        while (
            start < best.start
            and self.corpus.source(self.corpus.page_at(max(start, 0))) is not source
        ):
            start += 1
        while end > best.end and self.corpus.source(self.corpus.page_at(end - 1)) is not source:
            end -= 1
        return max(start, 0), end

    def passage(self, start: int, end: int) -> tuple[tuple[str, str], ...]:
        """Return the words between two places, each page's with its label."""
        found = []
        for page in self.corpus.pages_between(start, end):
            low = max(start, int(self.corpus.begins[page]))
            high = min(end, int(self.corpus.begins[page + 1]))
            if low < high:
                words = self.corpus.text(low, high)
                found.append((self.corpus.page(page).label or "?", words))
        return tuple(found)

    def differences(self, wording: QuotedWords, best: Placement) -> list[Difference]:
        """Piece by piece, so that what an ellipsis passes over is no omission."""
        vocabulary = self._vocabulary(self.corpus.source(self.corpus.page_at(best.start)).key)
        offsets = wording.letters.offsets
        found: list[Difference] = []
        at = 0
        for run in _runs(best.pieces, wording.cuts):
            first, last = run[0].first, run[-1].last
            found += _added(wording, at, first)
            quoted = wording.text[int(offsets[first]) : int(offsets[last - 1]) + 1]
            source = "\n".join(self.corpus.text(*stretch) for stretch in self._stretches(run))
            start, end = run[0].start, run[-1].end
            before, _, after = in_context(self.corpus, start, end, _BESIDE)
            found += word_differences(quoted, source, vocabulary.is_damage, before, after)
            at = last
        return found + _added(wording, at, len(offsets))

    def _stretches(self, run: Sequence[Aligned]) -> list[tuple[int, int]]:
        """Return the stretches of the source under and between pieces that no ellipsis divides."""
        found = self._read(run[0])
        for piece in run[1:]:
            gap = (found[-1][1], piece.start)
            begin = piece.start if gap[0] < gap[1] and self._is_edge(*gap) else gap[0]
            first, *others = self._read(piece)
            if begin == found[-1][1]:  # else a word on both sides would be read twice
                found[-1] = (found[-1][0], first[1])
            else:
                found.append(first)
            found += others
        return found

    def _read(self, piece: Aligned) -> list[tuple[int, int]]:
        """Return the stretches of the source under a piece, without notes and heads between pages.

        Text at a page's end or beginning that the quotation lacks is taken for such.
        """
        if not piece.skipped:
            return [(piece.start, piece.end)]
        found = []
        start = place = piece.start
        for count, kind in piece.runs:
            if kind == LACKED and count >= SKIP and self._is_edge(place, place + count):
                found.append((start, place))
                start = place + count
            place += count if kind != ADDED else 0
        return [*found, (start, piece.end)]

    def _is_edge(self, start: int, end: int) -> bool:
        edges = self.corpus.begins
        first, last = edges.searchsorted((start - _AT_EDGE, end + _AT_EDGE)).tolist()
        return any(
            abs(int(edge) - start) <= _AT_EDGE or abs(int(edge) - end) <= _AT_EDGE
            for edge in edges[first:last]
        )

    def _vocabulary(self, key: str) -> Vocabulary:
        if key not in self._vocabularies:
            sources = (source for source in self.corpus.sources if source.key == key)
            texts = tuple(page.text for source in sources for page in source.pages)
            self._vocabularies[key] = Vocabulary(texts)
        return self._vocabularies[key]


def _runs(pieces: Sequence[Aligned], cuts: Sequence[int]) -> list[list[Aligned]]:
    """Return the pieces in the quotation's order, those without a cut between them together."""
    found: list[list[Aligned]] = []
    for piece in sorted(pieces, key=lambda piece: piece.first):
        last = found[-1][-1] if found else None
        if (
            last
            and last.last == piece.first
            and piece.first not in cuts
            and last.end <= piece.start
        ):
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def extent(placement: Placement) -> tuple[int, int]:
    """Return where a placement begins and ends, a first or last word that is another left out."""
    first = min(placement.pieces, key=lambda piece: piece.start)
    last = max(placement.pieces, key=lambda piece: piece.end)
    start = first.start + _unlike(first, backwards=False)
    end = last.end - _unlike(last, backwards=True)
    return (start, end) if start < end else (placement.start, placement.end)


def _surplus(piece: Aligned, *, backwards: bool) -> int:
    """Return how many letters of the quotation, at one end, the source does not have."""
    count, kind = piece.runs[-1 if backwards else 0]
    return count if kind == ADDED else 0


def _unlike(piece: Aligned, *, backwards: bool) -> int:
    """Return how many letters of the source precede the first, or follow the last, that agree."""
    passed = 0
    for count, kind in reversed(piece.runs) if backwards else piece.runs:
        if kind == EQUAL and count >= _SURE:
            return passed
        passed += count if kind != ADDED else 0
    return 0


def _added(wording: QuotedWords, first: int, last: int) -> list[Difference]:
    if first >= last:
        return []
    offsets = wording.letters.offsets
    return [Difference("added", "", wording.text[offsets[first] : offsets[last - 1] + 1])]
