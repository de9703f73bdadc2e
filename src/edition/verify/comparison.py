"""The words of a quotation beside those of the place where it was found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from edition.verify.alignment import ADDED, EQUAL, LACKED, SKIP, Aligned
from edition.verify.corpus import Corpus
from edition.verify.differences import Difference, word_differences
from edition.verify.letters import Offsets
from edition.verify.placement import Placement
from edition.verify.quotation_text import QuotedWords
from edition.verify.vocabulary import Vocabulary

_BESIDE = 24  # letters: a word or two on either side
_SURE = 6  # letters in a row that agree by no chance
_AT_EDGE = 4  # letters that an alignment may miss a page's edge by
_HEAD = 60  # letters of a running head or foot: one line
_NOTE = re.compile(r"\s*(?:[*†‡§¶]|[(\[]?\d{1,3}(?!\d)|[(\[]?[a-z][)\]])")


@dataclass
class Comparison:
    """Compares quotations with the pages of a corpus, word by word."""

    corpus: Corpus
    _vocabularies: dict[str, Vocabulary] = field(default_factory=dict)

    def compared(self, best: Placement) -> tuple[int, int]:
        """Return where a placement begins and ends, with what its end words may replace."""
        first = min(best.pieces, key=lambda piece: piece.start)
        last = max(best.pieces, key=lambda piece: piece.end)
        # Letters of the quotation, at either end, that the source does not have.
        low, high = (count * (kind == ADDED) for count, kind in (first.runs[0], last.runs[-1]))
        start = best.start - low - _BESIDE // 2 if low else best.start
        end = best.end + high + _BESIDE // 2 if high else best.end
        [(low, high)] = self.corpus.ranges([self.corpus.number_at(best.start)])
        return max(start, low), max(min(end, high), best.end)

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
            before, _, after = self.corpus.in_context(start, end, _BESIDE)
            found += word_differences(quoted, source, vocabulary.is_damage, before, after)
            at = last
        return found + _added(wording, at, len(offsets))

    def _stretches(self, run: Sequence[Aligned]) -> list[tuple[int, int]]:
        """Return the stretches of the source under and between pieces that no ellipsis divides."""
        found = self._read(run[0])
        for piece in run[1:]:
            gap = (found[-1][1], piece.start)
            begin = piece.start if gap[0] < gap[1] and self._is_passed_over(*gap) else gap[0]
            first, *others = self._read(piece)
            if begin == found[-1][1]:  # else a word on both sides would be read twice
                found[-1] = (found[-1][0], first[1])
            else:
                found.append(first)
            found += others
        return found

    def _read(self, piece: Aligned) -> list[tuple[int, int]]:
        """Return the stretches of the source under a piece, without notes and heads between pages.

        Text at a page's end or beginning that the quotation lacks may be such.
        """
        if not piece.skipped:
            return [(piece.start, piece.end)]
        found = []
        start = place = piece.start
        for count, kind in piece.runs:
            if kind == LACKED and count >= SKIP and self._is_passed_over(place, place + count):
                found.append((start, place))
                start = place + count
            place += count if kind != ADDED else 0
        return [*found, (start, piece.end)]

    def _is_passed_over(self, start: int, end: int) -> bool:
        """Return whether a stretch that a quotation lacks is no text: a note, a head, a plate.

        A note ends its page and begins a line with its mark; a head or foot is one short line at
        an edge of its page; a plate is a page without a label. Anything else is left out.
        """
        pages = self.corpus.pages_between(start, end)
        return all(self._is_no_text(page, start, end, alone=len(pages) == 1) for page in pages)

    def _is_no_text(self, page: int, start: int, end: int, *, alone: bool) -> bool:
        body, offsets = self.corpus.body(page), self.corpus.offsets(page)
        begin = int(self.corpus.begins[page])
        low, high = max(start - begin, 0), min(end - begin, len(offsets))
        if high - low <= _AT_EDGE and not alone:
            return True
        at_start, at_end = low <= _AT_EDGE, high >= len(offsets) - _AT_EDGE
        short = high - low <= _HEAD
        if at_start and at_end:
            return short or self.corpus.page(page).label is None
        if at_end:
            line = _line_near(body, offsets, low)
            return line is not None and (short or _NOTE.match(line) is not None)
        return at_start and short and _line_near(body, offsets, high) is not None

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


def _line_near(body: str, offsets: Offsets, letter: int) -> str | None:
    """Return the line that begins within some letters of one; None where none does."""
    for near in sorted(
        range(letter - _AT_EDGE, letter + _AT_EDGE + 1), key=lambda n: abs(n - letter)
    ):
        if 0 < near < len(offsets):
            begins = body.rfind("\n", int(offsets[near - 1]), int(offsets[near]))
            if begins >= 0:
                return body[begins + 1 :].partition("\n")[0]
    return None


def extent(placement: Placement) -> tuple[int, int]:
    """Return where a placement begins and ends, a first or last word that is another left out."""
    first = min(placement.pieces, key=lambda piece: piece.start)
    last = max(placement.pieces, key=lambda piece: piece.end)
    start = first.start + _unlike(first, backwards=False)
    end = last.end - _unlike(last, backwards=True)
    return (start, end) if start < end else (placement.start, placement.end)


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
