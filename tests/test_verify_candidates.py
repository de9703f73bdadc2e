"""What is taken for a quotation's place, and what is not; how places are indexed."""

from __future__ import annotations

import numpy as np
import pytest

from edition.verify import index as index_room
from edition.verify.alignment import align
from edition.verify.corpus import Corpus, build_corpus
from edition.verify.index import GRAM, build_index, gram_hashes
from edition.verify.letters import letters
from edition.verify.locate import place
from edition.verify.noise import edge_evidence
from edition.verify.placement import Placement
from edition.verify.quotation_text import read_quotation
from verify_support import book, corpus, source, words

PAGES = book(60)


@pytest.fixture(scope="module")
def hart() -> Corpus:
    return corpus(PAGES)


def best(corpus: Corpus, text: str, *labels: str) -> Placement | None:
    cited = corpus.stretch(corpus.pages_labelled("hart", None, labels))
    places = place(corpus.indexed, read_quotation(text), cited)
    return places[0] if places and places[0].found else None


class TestIndex:
    @pytest.mark.parametrize("chunk", [64, 1000, 1 << 18])
    def test_the_places_of_each_run_in_order(
        self, chunk: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index_room, "_CHUNK", chunk)
        stream = letters(" ".join(words(3000))).stream
        index = build_index(stream)
        hashes = gram_hashes(stream, index.bits)
        assert len(hashes) == len(stream) - GRAM + 1
        assert index.positions.tolist() == hashes.argsort(kind="stable").tolist()
        counts = np.bincount(hashes.astype(np.int64), minlength=1 << index.bits)
        assert np.diff(index.starts).tolist() == counts.tolist()

    def test_a_run_is_six_letters_and_no_more(self) -> None:
        one, other = letters("harbour lights").stream, letters("harbour mist").stream
        assert gram_hashes(one, 20)[0] == gram_hashes(other, 20)[0]
        assert gram_hashes(one, 20)[2] != gram_hashes(other, 20)[2]


class TestLabels:
    def test_those_of_a_work_or_of_one_volume(self) -> None:
        both = build_corpus(
            [source(PAGES[:3], volume="1"), source(PAGES[3:6], volume="2"), source(PAGES, "serrin")]
        )
        assert both.pages_labelled("hart", None, ["2"]) == [1, 4]
        assert both.pages_labelled("hart", "2", ["3", "2"]) == [4, 5]
        assert both.pages_labelled("hart", "2", ["4"]) == []


class TestEdges:
    """Words put together from others agree up to an end, where other words follow."""

    text = " ".join(PAGES[11].split()[20:30])
    other = f"{text.rsplit(' ', 1)[0]} uncommonly"

    def test_the_words_themselves(self, hart: Corpus) -> None:
        for labels in (["12"], ["40"], []):
            assert best(hart, self.text, *labels)

    def test_another_last_word_on_the_cited_page(self, hart: Corpus) -> None:
        assert best(hart, self.other, "12")

    @pytest.mark.parametrize("labels", [["40"], []])
    def test_another_last_word_elsewhere(self, hart: Corpus, labels: list[str]) -> None:
        assert best(hart, self.other, *labels) is None

    @pytest.mark.parametrize(
        ("quoted", "doubted"),
        [
            ("the lamps along the quay were burning low that night", False),
            ("the larnps alomg the qnay were burnimg low thut night", False),
            ("the lamps along the quay were burning low exactly", True),
            ("perhaps along the quay were burning low that night", True),
        ],
    )
    def test_noise_is_spread_and_other_words_are_not(self, quoted: str, *, doubted: bool) -> None:
        page = letters("One saw that the lamps along the quay were burning low that night.").stream
        stream = letters(quoted).stream
        found = align(stream, page, (0, len(stream)), 0, len(page), len(stream))
        assert found is not None
        assert (edge_evidence(found) > 6) is doubted


class TestEllipses:
    def test_what_follows_may_stand_pages_on(self, hart: Corpus) -> None:
        first, last = PAGES[11].split()[20:50], PAGES[13].split()[70:100]
        found = best(hart, f"{' '.join(first)} … {' '.join(last)}", "12", "13", "14")
        assert found is not None
        assert (hart.page_at(found.start), hart.page_at(found.end - 1)) == (11, 13)

    def test_of_two_places_the_nearer(self) -> None:
        refrain = "and the lamps along the quay were burning low that night"
        again = corpus([f"{text}\n{refrain}\n{text[:80]}" for text in PAGES[:20]])
        opening = " ".join(PAGES[11].split()[80:110])
        found = best(again, f"{opening} … {refrain}", "12")
        assert found is not None
        assert (found.share, again.page_at(found.end - 1)) == (0, 11)
