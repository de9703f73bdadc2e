"""Quotations judged: placed in the corpus, compared word by word, given a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from edition.verify.alignment import ADDED, EQUAL, LACKED, SKIP, Aligned
from edition.verify.corpus import Corpus
from edition.verify.differences import Difference, word_differences, words_of
from edition.verify.letters import letters
from edition.verify.locate import Placement, place
from edition.verify.quotation_text import Wording, read_lemma, read_wording
from edition.verify.search import in_context
from edition.verify.verdict import Asked, Judgement, Verdict
from edition.verify.vocabulary import Vocabulary

_OTHERS = 5
_FEWEST_WORDS = 5
_MOST_OTHER = 5  # one word in so many may be another
_BESIDE = 24  # letters: a word or two on either side
_AROUND = 90  # letters: a sentence or so on either side, to be shown
_SURE = 6  # letters in a row that agree by no chance
_AT_EDGE = 4  # letters that an alignment may miss a page's edge by


@dataclass
class Judge:
    """Verifies quotations in one corpus."""

    corpus: Corpus
    _vocabularies: dict[str, Vocabulary] = field(default_factory=dict)

    def judge(self, asked: Asked) -> Judgement:
        """The verdict on a quotation."""
        if not any(source.key == asked.key for source in self.corpus.sources):
            return Judgement(verdict=Verdict.NO_SOURCE, key=asked.key)
        cited = self.corpus.find_leaves(asked.key, asked.volume, asked.labels)
        stretch = self.corpus.stretch(cited)
        wording, places = self._places(asked, stretch)
        if not places:
            return Judgement(verdict=Verdict.NOT_FOUND, key=asked.key)
        best = self._preferred(places, asked)
        if asked.text is None:
            return self._by_lemma(asked, best, places, cited)
        return self._by_text(asked, wording, best, places, cited)

    def _places(
        self, asked: Asked, stretch: tuple[int, int] | None
    ) -> tuple[Wording, list[Placement]]:
        if asked.text is None:
            wording = read_lemma(asked.opening, asked.closing)
            return wording, place(self.corpus.space, wording, stretch)
        wording = read_wording(asked.text)
        places = place(self.corpus.space, wording, stretch)
        if wording.inserted and not (places and _letter_for_letter(places[0])):
            # The brackets may be the source's own.
            kept = read_wording(asked.text, keep_insertions=True)
            again = place(self.corpus.space, kept, stretch)
            if again and (not places or _letter_for_letter(again[0])):
                return kept, again
        return wording, places

    def _preferred(self, places: Sequence[Placement], asked: Asked) -> Placement:
        """Of equally good places, one in the work that is cited."""
        first = self.corpus.source(self.corpus.leaf(places[0].start))
        if first.key == asked.key and asked.volume in (None, first.volume):
            return places[0]
        for placement in places:
            source = self.corpus.source(self.corpus.leaf(placement.start))
            if source.key == asked.key:
                return placement
        return places[0]

    def _by_text(
        self,
        asked: Asked,
        wording: Wording,
        best: Placement,
        places: Sequence[Placement],
        cited: Sequence[int],
    ) -> Judgement:
        differences = self._differences(wording, best)
        real = [d for d in differences if not d.damaged]
        found = best.found or _few_words(wording, real)
        if not found and not best.partly:
            return Judgement(verdict=Verdict.NOT_FOUND, key=asked.key)
        if not found:
            verdict = Verdict.PARTLY
        elif not self._agrees(asked, best, cited):
            verdict = Verdict.ELSEWHERE
        else:
            verdict = Verdict.DIFFERS if real else Verdict.VERIFIED
        remark = self._remark(asked, cited, verdict)
        return self._judgement(verdict, best, places, tuple(differences), "text", remark)

    def _by_lemma(
        self, asked: Asked, best: Placement, places: Sequence[Placement], cited: Sequence[int]
    ) -> Judgement:
        passage = self.corpus.text(best.start, best.end)
        basis, remark = "lemma", "only the first and last words are known"
        count = len(words_of(passage))
        agrees = best.found
        if asked.digest:
            agrees = agrees and text_digest(passage) == asked.digest.casefold()
            basis, remark = "digest", "" if agrees else "the letters are not those of the digest"
        elif asked.words is not None:
            basis = "words"
            agrees = agrees and abs(count - asked.words) <= max(1, asked.words // 50)
            remark = f"{count} words in the source, {asked.words} in the quotation"
        if not best.found and not best.partly:
            return Judgement(verdict=Verdict.NOT_FOUND, key=asked.key)
        if not best.found:
            verdict = Verdict.PARTLY
        elif not self._agrees(asked, best, cited):
            verdict = Verdict.ELSEWHERE
        else:
            verdict = Verdict.VERIFIED if agrees else Verdict.DIFFERS
        return self._judgement(verdict, best, places, (), basis, remark)

    def _agrees(self, asked: Asked, best: Placement, cited: Sequence[int]) -> bool:
        found = set(self.corpus.leaves_of(*_extent(best)))
        if not found - set(cited):
            return True
        return asked.open_end and bool(cited) and min(found) >= min(cited)

    def _remark(self, asked: Asked, cited: Sequence[int], verdict: Verdict) -> str:
        if verdict is Verdict.ELSEWHERE and not asked.labels:
            return "no page is cited"
        if verdict is Verdict.ELSEWHERE and not cited:
            return f"the source has no page {', '.join(asked.labels)}"
        if asked.instead_of:
            return f"at second hand: there is no text of {asked.instead_of} to look in"
        return ""

    def _judgement(
        self,
        verdict: Verdict,
        best: Placement,
        places: Sequence[Placement],
        differences: tuple[Difference, ...],
        basis: str,
        remark: str,
    ) -> Judgement:
        source = self.corpus.source(self.corpus.leaf(best.start))
        others = [self.place_named(*_extent(p)) for p in places if p is not best][:_OTHERS]
        start, end = self._compared(best)
        before, _, after = in_context(self.corpus, start, end, _AROUND)
        return Judgement(
            verdict=verdict,
            key=source.key,
            volume=source.volume,
            found=self.labels(*_extent(best)),
            differences=differences,
            others=tuple(others),
            passage=self._passage(start, end),
            before=before,
            after=after,
            share=best.share,
            basis=basis,
            remark=remark,
        )

    def labels(self, start: int, end: int) -> tuple[str, ...]:
        """The labels of the first and the last page of a stretch, one where they are one."""
        leaves = self.corpus.leaves_of(start, end)
        ends = (leaves[0],) if len(leaves) == 1 else (leaves[0], leaves[-1])
        return tuple(self.corpus.page(leaf).label or "?" for leaf in ends)

    def place_named(self, start: int, end: int) -> str:
        """A stretch as words: key, volume, pages."""
        source = self.corpus.source(self.corpus.leaf(start))
        volume = f" vol. {source.volume}" if source.volume else ""
        return f"{source.key}{volume}, p. {'–'.join(self.labels(start, end))}"

    def _compared(self, best: Placement) -> tuple[int, int]:
        """Where a placement begins and ends, with what its first and last words may stand for."""
        first = min(best.pieces, key=lambda piece: piece.start)
        last = max(best.pieces, key=lambda piece: piece.end)
        low, high = _surplus(first, backwards=False), _surplus(last, backwards=True)
        start = best.start - low - _BESIDE // 2 if low else best.start
        end = best.end + high + _BESIDE // 2 if high else best.end
        leaf = self.corpus.leaf(best.start)
        source = self.corpus.source(leaf)
        while (
            start < best.start and self.corpus.source(self.corpus.leaf(max(start, 0))) is not source
        ):
            start += 1
        while end > best.end and self.corpus.source(self.corpus.leaf(end - 1)) is not source:
            end -= 1
        return max(start, 0), end

    def _passage(self, start: int, end: int) -> tuple[tuple[str, str], ...]:
        """The words between two places, each page's with its label."""
        found = []
        for leaf in self.corpus.leaves_of(start, end):
            low = max(start, int(self.corpus.begins[leaf]))
            high = min(end, int(self.corpus.begins[leaf + 1]))
            if low < high:
                words = self.corpus.text(low, high)
                found.append((self.corpus.page(leaf).label or "?", words))
        return tuple(found)

    def _differences(self, wording: Wording, best: Placement) -> list[Difference]:
        """Piece by piece, so that what an ellipsis passes over is no omission."""
        vocabulary = self._vocabulary(self.corpus.source(self.corpus.leaf(best.start)).key)
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
        """The stretches of the source under pieces that no ellipsis divides, and between them."""
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
        """The stretches of the source under a piece, without notes and heads between pages.

        What stands at a page's end or beginning, and the quotation lacks, is taken for such.
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
    """The pieces in the quotation's order; those that follow each other without a cut together."""
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


def _extent(placement: Placement) -> tuple[int, int]:
    """Where a placement begins and ends, a first or last word that is another left out."""
    first = min(placement.pieces, key=lambda piece: piece.start)
    last = max(placement.pieces, key=lambda piece: piece.end)
    start = first.start + _unlike(first, backwards=False)
    end = last.end - _unlike(last, backwards=True)
    return (start, end) if start < end else (placement.start, placement.end)


def _surplus(piece: Aligned, *, backwards: bool) -> int:
    """How many letters of the quotation, at one end, the source does not have."""
    count, kind = piece.runs[-1 if backwards else 0]
    return count if kind == ADDED else 0


def _unlike(piece: Aligned, *, backwards: bool) -> int:
    """How many letters of the source come before the first, or after the last, that agree."""
    passed = 0
    for count, kind in reversed(piece.runs) if backwards else piece.runs:
        if kind == EQUAL and count >= _SURE:
            return passed
        passed += count if kind != ADDED else 0
    return 0


def _letter_for_letter(placement: Placement) -> bool:
    return placement.share == 0 and not placement.skipped


def _few_words(wording: Wording, differences: Sequence[Difference]) -> bool:
    """Whether of five words or more most agree: the place is right, whatever the others are."""
    count = len(wording.text.split())
    if count < _FEWEST_WORDS or not differences:
        return False
    other = sum(max(len(words_of(d.quoted)), len(words_of(d.source))) for d in differences)
    return other <= max(1, count // _MOST_OTHER)


def _added(wording: Wording, first: int, last: int) -> list[Difference]:
    if first >= last:
        return []
    offsets = wording.letters.offsets
    return [Difference("added", "", wording.text[offsets[first] : offsets[last - 1] + 1])]


def text_digest(text: str) -> str:
    """The digest of a text's letters: the first 16 hexadecimal digits of their SHA-256."""
    return sha256(letters(text).stream.tobytes()).hexdigest()[:16]
