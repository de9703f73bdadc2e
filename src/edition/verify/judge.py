"""Quotations judged: placed in the corpus, compared word by word, given a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from edition.formats.page_labels import label_runs
from edition.verify.chapters import chapter_at
from edition.verify.comparison import Comparison, extent
from edition.verify.corpus import Corpus
from edition.verify.differences import Difference, words_of
from edition.verify.locate import place
from edition.verify.placement import Placement
from edition.verify.quotation_text import QuotedWords, read_lemma, read_quotation
from edition.verify.stand_off import (
    Ends,
    StandOff,
    begins_and_ends_nearly,
    find_digest,
    find_ends,
    has_right_count,
    is_likely,
)
from edition.verify.verdict import Judgement, Query, Verdict

_OTHERS = 5
_FEWEST_WORDS = 5
_MOST_OTHER = 5  # one word in so many may be another: `altered_named` of python bench/verify.py DIR
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
        keys = dict.fromkeys((asked.key, *(key for key, _ in asked.also)))
        of_work = [number for key in keys for number in self.corpus.numbers_of(key)]
        held = [number for number in of_work if self._is_held(asked, number)]
        if not held and not self.corpus.numbers_of(asked.key):
            return _nothing(asked, Verdict.NO_SOURCE)
        cited = self._cited(asked)
        judge = self._by_text if asked.text is not None else self._by_ends
        found = judge(asked, held, cited)
        if asked.text is None and found.basis == "text":  # nothing was found
            found = replace(found, basis="lemma")
        if found.verdict not in (Verdict.NOT_FOUND, Verdict.PARTLY):
            return found
        if not held:
            remark = f"there is no text of volume {asked.volume}"
            return _nothing(asked, Verdict.NO_SOURCE, remark)
        return found if cited else self._uncited(asked, found, held)

    def _uncited(self, asked: Query, found: Judgement, held: Sequence[int]) -> Judgement:
        """Return the verdict on words that are not found where the cited page is not at hand."""
        nowhere = found.verdict is Verdict.NOT_FOUND
        if nowhere and asked.labels and asked.is_possible and (pages := self._pages(held)):
            return _nothing(asked, Verdict.NO_PAGE, f"the source has {pages}")
        if extracts := self._extract(asked, held):
            return _nothing(asked, Verdict.NO_PAGE, extracts)
        if nowhere and asked.is_in_sibling:
            files = ", ".join(self.corpus.sources[number].path for number in held)
            remark = f"{asked.cited_key} itself has no source; its words are not in {files}"
            return _nothing(asked, Verdict.NO_SOURCE, remark)
        return found

    def _is_held(self, asked: Query, number: int) -> bool:
        source = self.corpus.sources[number]
        return asked.is_held_by(source.key, source.volume)

    def _cited(self, asked: Query) -> list[int]:
        """Return the cited pages of all sources that hold the work."""
        found = {
            page
            for key, volume in ((asked.key, asked.volume), *asked.also)
            for page in self.corpus.pages_labelled(key, volume, asked.labels)
        }
        sources = {page: self.corpus.source(page) for page in found}
        return sorted(p for p, s in sources.items() if asked.is_held_by(s.key, s.volume))

    def _pages(self, held: Sequence[int]) -> str:
        """Return the labels of the pages that some sources have."""
        labels = [p.label for number in held for p in self.corpus.sources[number].pages if p.label]
        return f"p. {label_runs(labels)}" if labels else ""

    def _extract(self, asked: Query, held: Sequence[int]) -> str:
        """Return what the extracts are, if there is no more of the work and not the cited page."""
        sources = [self.corpus.sources[number] for number in held]
        if any(s.extract is None or set(asked.labels) & set(s.extract) for s in sources):
            return ""
        return "; ".join(f"{s.path} is {s.taken_for.partition(',')[0]}" for s in sources)

    def _by_text(self, asked: Query, held: Sequence[int], cited: Sequence[int]) -> Judgement:
        wording, places = self._places(asked.text or "", self.corpus.stretch(cited))
        if not places:
            return _nothing(asked)
        best = self._preferred(places, asked, cited)
        if not self._is_held(asked, self.corpus.number_at(best.start)):
            best = self._word_for_word(wording, held, cited) or best
        return self._compared(asked, wording, best, places, cited)

    def _word_for_word(
        self, wording: QuotedWords, held: Sequence[int], cited: Sequence[int]
    ) -> Placement | None:
        """Return a place in the cited work that agrees word for word, if another one is nearer.

        The numbers of notes and the like make two places differ in letters, not in words.
        """
        stretch = self.corpus.stretch(cited)
        for source in self.corpus.ranges(held):
            for found in place(self.corpus.indexed, wording, stretch, source)[:1]:
                if found.found and not self.comparison.differences(wording, found):
                    return found
        return None

    def _places(
        self, text: str, stretch: tuple[int, int] | None
    ) -> tuple[QuotedWords, list[Placement]]:
        wording = read_quotation(text)
        places = place(self.corpus.indexed, wording, stretch)
        if wording.inserted and not (places and _letter_for_letter(places[0])):
            # The brackets may be the source's own.
            kept = read_quotation(text, keep_insertions=True)
            again = place(self.corpus.indexed, kept, stretch)
            if again and (not places or _letter_for_letter(again[0])):
                return kept, again
        return wording, places

    def _preferred(
        self, places: Sequence[Placement], asked: Query, cited: Sequence[int]
    ) -> Placement:
        """Return, of equally good places, one on the cited page, else one in the cited work."""
        on_page = set(cited)
        here = [p for p in places if on_page.intersection(self.corpus.pages_between(*extent(p)))]
        held = [p for p in places if self._is_held(asked, self.corpus.number_at(p.start))]
        return (here or held or places)[0]

    def _compared(
        self,
        asked: Query,
        wording: QuotedWords,
        best: Placement,
        places: Sequence[Placement],
        cited: Sequence[int],
        basis: str = "text",
    ) -> Judgement:
        differences = self.comparison.differences(wording, best)
        real = [d for d in differences if not d.damaged]
        found = best.found or _few_words(wording, real)
        found = found and self.corpus.number_at(best.start) == self.corpus.number_at(best.end - 1)
        if not found and not best.partly:
            return _nothing(asked)
        verdict, remark = self._on_page(asked, *extent(best), cited)
        if not found:
            verdict, remark = Verdict.PARTLY, ""
        elif real and verdict is not Verdict.ELSEWHERE:
            remark = remark or (str(verdict) if verdict is Verdict.UNPAGED else "")
            verdict = Verdict.DIFFERS
        elif basis == "lemma" and verdict is not Verdict.ELSEWHERE:
            verdict = Verdict.ENDS
        others = tuple(self.corpus.place_named(*extent(p)) for p in places if p is not best)
        shown = self.comparison.compared(best)
        return replace(
            self._judgement(asked, verdict, extent(best), shown, basis, remark),
            differences=tuple(differences),
            others=others[:_OTHERS],
            share=best.share,
        )

    def _by_ends(self, asked: Query, held: Sequence[int], cited: Sequence[int]) -> Judgement:
        """Return the verdict on a quotation of which the text is not at hand."""
        digests = tuple((asked.digest or "").casefold().split())
        ends = StandOff(asked.opening, asked.closing, asked.words, digests)
        cited_first = self.corpus.stretches(cited)
        ranges = [*cited_first, *self.corpus.ranges(held)]
        exact = find_digest(self.corpus, ranges, ends) if digests else None
        if exact:
            verdict, remark = self._on_page(asked, *exact, cited)
            return self._judgement(asked, verdict, exact, exact, "digest", remark)
        for stretches in (cited_first, self.corpus.ranges(held)):
            for place_of_ends in find_ends(self.corpus, stretches, ends):
                if is_likely(place_of_ends, ends):
                    return self._between(asked, ends, place_of_ends, cited)
        wording = read_lemma(asked.opening, asked.closing)
        placed = place(self.corpus.indexed, wording, self.corpus.stretch(cited))
        places = [p for p in placed if begins_and_ends_nearly(self.corpus, *extent(p), ends)]
        if not places:
            return _nothing(asked)
        best = self._preferred(places, asked, cited)
        return self._compared(asked, wording, best, places, cited, "lemma")

    def _between(
        self, asked: Query, known: StandOff, found: Ends, cited: Sequence[int]
    ) -> Judgement:
        """Return the verdict where the first and last words are found, letter for letter."""
        place_of_ends = (found.start, found.end)
        verdict, remark = self._on_page(asked, *place_of_ends, cited)
        basis, right = "lemma", True
        if known.digests:
            basis, right = "digest", False
            remark = "the letters are not those of the digest"
        elif known.words is not None:
            basis, right = "words", has_right_count(found, known.words)
            remark = f"{found.words} words in the source, {known.words} in the quotation"
        if verdict is not Verdict.ELSEWHERE:
            verdict = Verdict.ENDS if right else Verdict.DIFFERS
        return self._judgement(asked, verdict, place_of_ends, place_of_ends, basis, remark)

    def _on_page(
        self, asked: Query, start: int, end: int, cited: Sequence[int]
    ) -> tuple[Verdict, str]:
        """Return the verdict on a place where the words are, and what is to be said of it."""
        pages = self.corpus.pages_between(start, end)
        source = self.corpus.source(pages[0])
        if not asked.is_held_by(source.key, source.volume):
            return Verdict.ELSEWHERE, ""
        if not asked.labels:
            return self._without_page(asked, start)
        beyond = [page for page in pages if page not in set(cited)]
        if not beyond or (asked.open_end and cited and pages[0] >= min(cited)):
            return Verdict.VERIFIED, ""
        if len(beyond) < len(pages):
            begins = self.corpus.page(beyond[0]).label or "a page without a mark"
            if beyond[0] == pages[0]:
                return Verdict.VERIFIED, f"it begins on p. {begins}"
            return Verdict.VERIFIED, f"it goes on to p. {self.corpus.page(beyond[-1]).label or '?'}"
        if not any(self.corpus.page(page).label for page in pages):
            if not cited:
                return Verdict.UNPAGED, ""
            return Verdict.ELSEWHERE, "on a page without a mark"
        if not cited:
            return Verdict.ELSEWHERE, f"the source has no page {', '.join(asked.labels)}"
        return Verdict.ELSEWHERE, ""

    def _without_page(self, asked: Query, start: int) -> tuple[Verdict, str]:
        """Return the verdict on words that are found where no page is cited."""
        chapter = chapter_at(self.corpus, start) if asked.chapter else None
        if chapter and chapter != asked.chapter:
            return Verdict.ELSEWHERE, f"in chapter {chapter}, not {asked.chapter}"
        if chapter:
            return Verdict.FOUND, f"in chapter {chapter}"
        if asked.locator:
            return Verdict.FOUND, f"“{asked.locator}” is not a page"
        return Verdict.FOUND, "no page is cited"

    def _judgement(
        self,
        asked: Query,
        verdict: Verdict,
        found: tuple[int, int],
        shown: tuple[int, int],
        basis: str,
        remark: str,
    ) -> Judgement:
        """Return a judgement on the place `found`, with the words of the place `shown`."""
        source = self.corpus.source(self.corpus.page_at(found[0]))
        before, _, after = self.corpus.in_context(*shown, _AROUND)
        if asked.instead_of:
            second = f"at second hand: there is no text of {asked.instead_of} to look in"
            remark = f"{remark}; {second}" if remark else second
        return Judgement(
            verdict=verdict,
            key=source.key,
            volume=source.volume,
            found=self.corpus.labels(*found, asked.labels),
            passage=self.comparison.passage(*shown),
            before=before,
            after=after,
            basis=basis,
            remark=remark,
        )


def _nothing(asked: Query, verdict: Verdict = Verdict.NOT_FOUND, remark: str = "") -> Judgement:
    return Judgement(verdict=verdict, key=asked.key, remark=remark)


def _letter_for_letter(placement: Placement) -> bool:
    return placement.share == 0 and not placement.skipped


def _few_words(wording: QuotedWords, differences: Sequence[Difference]) -> bool:
    """Return whether most of five or more words agree, so that the place is right."""
    count = len(wording.text.split())
    if count < _FEWEST_WORDS or not differences:
        return False
    other = sum(max(len(words_of(d.quoted)), len(words_of(d.source))) for d in differences)
    return other <= max(1, count // _MOST_OTHER)
