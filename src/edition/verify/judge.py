"""Quotations judged: placed in the corpus, compared word by word, given a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from edition.verify.comparison import Comparison, extent
from edition.verify.corpus import Corpus
from edition.verify.differences import Difference, words_of
from edition.verify.letters import letters
from edition.verify.locate import place
from edition.verify.placement import Placement
from edition.verify.quotation_text import QuotedWords, read_lemma, read_quotation
from edition.verify.search import in_context
from edition.verify.verdict import Judgement, Query, Verdict

_OTHERS = 5
_FEWEST_WORDS = 5
_MOST_OTHER = 5  # one word in so many may be another
_AROUND = 90  # letters: a sentence or so on either side, to be shown


@dataclass
class Judge:
    """Verifies quotations in one corpus."""

    corpus: Corpus

    @cached_property
    def comparison(self) -> Comparison:
        """The comparer of words."""
        return Comparison(self.corpus)

    def judge(self, asked: Query) -> Judgement:
        """Return the verdict on a quotation."""
        if not any(source.key == asked.key for source in self.corpus.sources):
            return Judgement(verdict=Verdict.NO_SOURCE, key=asked.key)
        cited = self.corpus.pages_labelled(asked.key, asked.volume, asked.labels)
        stretch = self.corpus.stretch(cited)
        wording, places = self._places(asked, stretch)
        if not places:
            return Judgement(verdict=Verdict.NOT_FOUND, key=asked.key)
        best = self._preferred(places, asked)
        if asked.text is None:
            return self._by_lemma(asked, best, places, cited)
        return self._by_text(asked, wording, best, places, cited)

    def _places(
        self, asked: Query, stretch: tuple[int, int] | None
    ) -> tuple[QuotedWords, list[Placement]]:
        if asked.text is None:
            wording = read_lemma(asked.opening, asked.closing)
            return wording, place(self.corpus.indexed, wording, stretch)
        wording = read_quotation(asked.text)
        places = place(self.corpus.indexed, wording, stretch)
        if wording.inserted and not (places and _letter_for_letter(places[0])):
            # The brackets may be the source's own.
            kept = read_quotation(asked.text, keep_insertions=True)
            again = place(self.corpus.indexed, kept, stretch)
            if again and (not places or _letter_for_letter(again[0])):
                return kept, again
        return wording, places

    def _preferred(self, places: Sequence[Placement], asked: Query) -> Placement:
        """Of equally good places, one in the work that is cited."""
        first = self.corpus.source(self.corpus.page_at(places[0].start))
        if first.key == asked.key and asked.volume in (None, first.volume):
            return places[0]
        for placement in places:
            source = self.corpus.source(self.corpus.page_at(placement.start))
            if source.key == asked.key:
                return placement
        return places[0]

    def _by_text(
        self,
        asked: Query,
        wording: QuotedWords,
        best: Placement,
        places: Sequence[Placement],
        cited: Sequence[int],
    ) -> Judgement:
        differences = self.comparison.differences(wording, best)
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
        self, asked: Query, best: Placement, places: Sequence[Placement], cited: Sequence[int]
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

    def _agrees(self, asked: Query, best: Placement, cited: Sequence[int]) -> bool:
        found = set(self.corpus.pages_between(*extent(best)))
        if not found - set(cited):
            return True
        return asked.open_end and bool(cited) and min(found) >= min(cited)

    def _remark(self, asked: Query, cited: Sequence[int], verdict: Verdict) -> str:
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
        source = self.corpus.source(self.corpus.page_at(best.start))
        others = [self.place_named(*extent(p)) for p in places if p is not best][:_OTHERS]
        start, end = self.comparison.compared(best)
        before, _, after = in_context(self.corpus, start, end, _AROUND)
        return Judgement(
            verdict=verdict,
            key=source.key,
            volume=source.volume,
            found=self.labels(*extent(best)),
            differences=differences,
            others=tuple(others),
            passage=self.comparison.passage(start, end),
            before=before,
            after=after,
            share=best.share,
            basis=basis,
            remark=remark,
        )

    def labels(self, start: int, end: int) -> tuple[str, ...]:
        """Return the labels of the first and the last page of a stretch, one where they are one."""
        pages = self.corpus.pages_between(start, end)
        ends = (pages[0],) if len(pages) == 1 else (pages[0], pages[-1])
        return tuple(self.corpus.page(page).label or "?" for page in ends)

    def place_named(self, start: int, end: int) -> str:
        """Return a stretch as words: key, volume, pages."""
        source = self.corpus.source(self.corpus.page_at(start))
        volume = f" vol. {source.volume}" if source.volume else ""
        return f"{source.key}{volume}, p. {'–'.join(self.labels(start, end))}"


def _letter_for_letter(placement: Placement) -> bool:
    return placement.share == 0 and not placement.skipped


def _few_words(wording: QuotedWords, differences: Sequence[Difference]) -> bool:
    """Return whether most of five or more words agree, so that the place is right."""
    count = len(wording.text.split())
    if count < _FEWEST_WORDS or not differences:
        return False
    other = sum(max(len(words_of(d.quoted)), len(words_of(d.source))) for d in differences)
    return other <= max(1, count // _MOST_OTHER)


def text_digest(text: str) -> str:
    """Return the digest of a text's letters: the first 16 hexadecimal digits of their SHA-256."""
    return sha256(letters(text).stream.tobytes()).hexdigest()[:16]
