"""Where a quotation stands in the sources, and which of its words differ."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.model.quoted_words import text_digest
from edition.verify.corpus import Corpus
from edition.verify.differences import word_differences
from edition.verify.index import GRAM, build_index, gram_hashes
from edition.verify.judge import Judge
from edition.verify.letters import letters
from edition.verify.quotation_text import read_quotation
from edition.verify.running_heads import body_spans
from edition.verify.verdict import Judgement, Query, Verdict
from verify_support import book, corpus, source, words

PAGES = book(60)


@pytest.fixture(scope="module")
def hart() -> Corpus:
    return corpus(PAGES)


def judged(corpus: Corpus, text: str, *labels: str) -> Judgement:
    return Judge(corpus).judge(Query(key="hart", labels=labels, text=text))


def run(page: int, first: int, count: int) -> str:
    """So many words of a page, from its `first` on, across the page's end if need be."""
    inside = " ".join(PAGES[page - 1 :]).split()
    return " ".join(inside[first : first + count])


def spelt(text: str) -> str:
    return letters(text).stream.tobytes().hex()


class TestLetters:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Waſſer", "wasser"),
            ("ﬁnal ﬂow", "final flow"),
            ("Straße", "STRASSE"),
            ("Œuvre", "oeuvre"),
            ("Ἀθῆναι", "ΑΘΗΝΑΙ"),
            ("λόγος", "ΛΟΓΟΣ"),
            ("чёрный", "черный"),
            ("to-\nmorrow", "tomorrow"),
            ("“Don’t”", '"Don\'t"'),
        ],
    )
    def test_prints_of_one_text_agree(self, one: str, other: str) -> None:
        assert spelt(one) == spelt(other)

    @given(st.text())
    def test_every_letter_knows_its_character(self, text: str) -> None:
        found = letters(text)
        assert len(found.stream) == len(found.offsets)
        assert (np.diff(found.offsets) >= 0).all()
        assert found.stream.all()
        assert all(0 <= offset < len(text) for offset in found.offsets.tolist())

    @given(st.text(), st.text())
    def test_letters_of_two_texts_are_those_of_each(self, one: str, other: str) -> None:
        assert spelt(f"{one} {other}") == spelt(one) + spelt(other)


class TestIndex:
    def test_every_place_of_a_run_is_found(self) -> None:
        stream = letters(" ".join(words(800))).stream
        index = build_index(stream)
        assert sorted(index.positions.tolist()) == list(range(len(stream) - GRAM + 1))
        hashes = gram_hashes(stream, index.bits)
        begins, counts = index.rows(stream[40:60])
        for at, (begin, count) in enumerate(zip(begins.tolist(), counts.tolist(), strict=True)):
            rows = index.positions[begin : begin + count]
            assert 40 + at in rows
            assert (hashes[rows] == hashes[40 + at]).all()

    @pytest.mark.parametrize("text", ["", "a", "short"])
    def test_a_text_of_less_than_one_run(self, text: str) -> None:
        assert not len(build_index(letters(text).stream).positions)


class TestWording:
    @pytest.mark.parametrize("mark", ["...", ". . .", "…", "[...]", "[…]", ". . . ."])
    def test_an_ellipsis_divides(self, mark: str) -> None:
        wording = read_quotation(f"the pier {mark} the boat")
        assert wording.spans == [(0, 7), (7, 14)]

    def test_words_put_in_are_left_out(self) -> None:
        wording = read_quotation("[T]he pier [of the town] was word[s] (emphasis added)")
        assert spelt("the pier was words") == wording.letters.stream.tobytes().hex()
        assert wording.inserted

    def test_a_full_stop_is_no_ellipsis(self) -> None:
        assert read_quotation("The pier. The boat.").cuts == ()


class TestVerdicts:
    @pytest.mark.parametrize("count", [5, 12, 40, 300])
    def test_word_for_word_on_the_cited_page(self, hart: Corpus, count: int) -> None:
        found = judged(hart, run(7, 3, count), "7", "8", "9", "10")
        assert found.verdict is Verdict.VERIFIED
        assert found.found[0] == "7"

    def test_elsewhere_gives_the_page(self, hart: Corpus) -> None:
        found = judged(hart, run(20, 10, 25), "7")
        assert (found.verdict, found.found) == (Verdict.ELSEWHERE, ("20",))

    def test_across_pages_both_are_found(self, hart: Corpus) -> None:
        text = run(30, 110, 20)
        assert judged(hart, text, "30", "31").verdict is Verdict.VERIFIED

    @pytest.mark.parametrize(
        ("cited", "told"), [("30", "goes on to p. 31"), ("31", "begins on p. 30")]
    )
    def test_running_beyond_the_cited_page_is_said_and_no_fault(
        self, hart: Corpus, cited: str, told: str
    ) -> None:
        found = judged(hart, run(30, 110, 20), cited)
        assert (found.verdict, found.found) == (Verdict.VERIFIED, ("30", "31"))
        assert told in found.remark

    def test_a_page_that_the_source_does_not_have(self, hart: Corpus) -> None:
        found = judged(hart, run(20, 10, 25), "99")
        assert found.verdict is Verdict.ELSEWHERE
        assert "no page 99" in found.remark

    @pytest.mark.parametrize("at", [0, 4, 11, 19])
    def test_one_changed_word_is_named(self, hart: Corpus, at: int) -> None:
        text = run(12, 5, 20).split()
        old, text[at] = text[at], "lighthouse"
        found = judged(hart, " ".join(text), "12")
        assert found.verdict is Verdict.DIFFERS
        assert [(d.kind, d.source, d.quoted) for d in found.differences] == [
            ("changed", old, "lighthouse")
        ]

    def test_words_left_out_without_an_ellipsis(self, hart: Corpus) -> None:
        text = run(12, 5, 40).split()
        found = judged(hart, " ".join(text[:18] + text[24:]), "12")
        assert found.verdict is Verdict.DIFFERS
        assert "omitted" in {d.kind for d in found.differences}
        assert not any(d.kind == "added" for d in found.differences)

    def test_one_of_two_equal_words_left_out_before_the_last(self) -> None:
        text = PAGES[3].split()
        doubled = " ".join([*text[:40], text[39], *text[40:]])
        found = judged(corpus([*PAGES[:3], doubled]), " ".join(text[25:41]), "4")
        assert found.verdict is Verdict.DIFFERS

    def test_a_word_added(self, hart: Corpus) -> None:
        text = run(12, 5, 30).split()
        found = judged(hart, " ".join([*text[:15], "harbour", *text[15:]]), "12")
        assert found.verdict is Verdict.DIFFERS
        assert [(d.kind, d.quoted) for d in found.differences] == [("added", "harbour")]

    @pytest.mark.parametrize("gap", [10, 60])
    def test_an_ellipsis_is_no_difference(self, hart: Corpus, gap: int) -> None:
        inside = run(12, 2, 30 + gap).split()
        text = " ".join([*inside[:15], "[…]", *inside[15 + gap :]])
        assert judged(hart, text, "12", "13").verdict is Verdict.VERIFIED

    def test_brackets_of_the_source(self) -> None:
        pages = [*PAGES[:5], PAGES[5].replace("\n", " [with the lamps of the town] ", 1)]
        inside = " ".join(pages[5].split()[:20])
        assert judged(corpus(pages), inside, "6").verdict is Verdict.VERIFIED

    def test_emphasis_and_marks_are_no_difference(self, hart: Corpus) -> None:
        text = run(12, 5, 12).split()
        changed = f"“{text[0].capitalize()} *{text[1]}*, {' '.join(text[2:])}.”"
        assert judged(hart, changed, "12").verdict is Verdict.VERIFIED

    def test_invented_words_are_not_found(self, hart: Corpus) -> None:
        text = "every sailor knew that storms would follow when gulls flew low over chimneys"
        assert judged(hart, text, "12").verdict is Verdict.NOT_FOUND

    def test_words_of_several_places_are_not_taken_for_real(self, hart: Corpus) -> None:
        text = " ".join(run(page, page, 4) for page in (3, 9, 17, 28, 44, 51))
        assert judged(hart, text, "9").verdict in (Verdict.NOT_FOUND, Verdict.PARTLY)

    def test_half_a_quotation_is_partly_found(self, hart: Corpus) -> None:
        other = "every sailor knew that storms would follow when gulls flew low over chimneys"
        found = judged(hart, f"{run(12, 5, 16)} {other}", "12")
        assert (found.verdict, found.found) == (Verdict.PARTLY, ("12",))

    def test_without_a_source_nothing_passes(self, hart: Corpus) -> None:
        found = Judge(hart).judge(Query(key="other", labels=("7",), text=run(7, 3, 20)))
        assert found.verdict is Verdict.NO_SOURCE

    def test_of_several_places_the_cited_one(self) -> None:
        refrain = "lamps along the quay were burning low that night"
        pages = [f"{text}\n{refrain}\n{text[:80]}" for text in PAGES[:9]]
        found = judged(corpus(pages), refrain, "5")
        assert (found.verdict, found.found) == (Verdict.VERIFIED, ("5",))
        assert found.others

    def test_no_alignment_across_works(self) -> None:
        from edition.verify.corpus import build_corpus

        both = build_corpus([source(PAGES[:3]), source(PAGES[3:6], "serrin")])
        inside = PAGES[2].split()[-10:] + PAGES[3].split()[:10]
        found = Judge(both).judge(Query(key="hart", labels=("3",), text=" ".join(inside)))
        assert found.verdict is not Verdict.VERIFIED

    @given(st.integers(0, 10**6))
    def test_noise_does_not_hide_a_quotation(self, seed: int) -> None:
        chance = random.Random(seed)
        page = chance.randrange(1, 58)
        text = run(page, chance.randrange(60), chance.randrange(20, 80))
        noisy = "".join(chance.choice("bcdehilnot") if chance.random() < 0.08 else c for c in text)
        found = judged(_HART, noisy, str(page), str(page + 1))
        assert found.verdict in (Verdict.VERIFIED, Verdict.DIFFERS)


_HART = corpus(PAGES)


class TestStandOff:
    def test_by_lemma(self, hart: Corpus) -> None:
        inside = run(7, 3, 60).split()
        asked = Query(
            key="hart", labels=("7",), opening=" ".join(inside[:5]), closing=" ".join(inside[-5:])
        )
        found = Judge(hart).judge(asked)
        assert (found.verdict, found.basis) == (Verdict.ENDS, "lemma")

    @pytest.mark.parametrize(
        ("count", "verdict"), [(60, "opening and closing words found"), (45, "differs")]
    )
    def test_by_the_number_of_words(self, hart: Corpus, count: int, verdict: str) -> None:
        inside = run(7, 3, 60).split()
        opening, closing = " ".join(inside[:5]), " ".join(inside[-5:])
        asked = Query(key="hart", labels=("7",), opening=opening, closing=closing, words=count)
        assert str(Judge(hart).judge(asked).verdict) == verdict

    def test_by_digest(self, hart: Corpus) -> None:
        inside = run(7, 3, 60).split()
        opening, closing = " ".join(inside[:5]), " ".join(inside[-5:])
        for text, verdict in ((inside, "verified"), ([*inside[:20], "pier"], "differs")):
            digest = text_digest(" ".join(text))
            asked = Query(
                key="hart", labels=("7",), opening=opening, closing=closing, digest=digest
            )
            assert str(Judge(hart).judge(asked).verdict) == verdict


class TestPages:
    def test_running_heads_are_no_text(self) -> None:
        pages = [f"THE PIER {n}\n{text}\n{n}" for n, text in enumerate(PAGES[:20], 1)]
        inside = PAGES[4].split()[-10:] + PAGES[5].split()[:10]
        assert judged(corpus(pages), " ".join(inside), "5", "6").verdict is Verdict.VERIFIED

    def test_a_note_at_the_foot_is_passed_over(self) -> None:
        note = " ".join(words(30, seed=9))
        pages = [f"{text}\n1 {note}" if n == 4 else text for n, text in enumerate(PAGES[:20])]
        inside = PAGES[4].split()[-20:] + PAGES[5].split()[:20]
        assert judged(corpus(pages), " ".join(inside), "5", "6").verdict is Verdict.VERIFIED

    @pytest.mark.parametrize(
        ("before", "after", "last"),
        [
            (slice(60, 90), slice(0, 30), 11),  # the last lines of a page
            (slice(90, 120), slice(15, 45), 11),  # the first lines
            (slice(90, 120), slice(0, 30), 12),  # a whole page
        ],
    )
    def test_an_omission_at_the_edge_of_a_page_is_one(
        self, hart: Corpus, before: slice, after: slice, last: int
    ) -> None:
        inside = PAGES[9].split()[before] + PAGES[last - 1].split()[after]
        found = judged(hart, " ".join(inside), "10", str(last))
        assert found.verdict is Verdict.DIFFERS
        assert [d.kind for d in found.differences] == ["omitted"]

    def test_a_first_line_like_no_other_stays(self) -> None:
        assert body_spans(PAGES[:4]) == [(0, len(text)) for text in PAGES[:4]]


def never(_source: str, _quoted: str) -> bool:
    return False


class TestDifferences:
    def test_a_word_divided_otherwise_is_none(self) -> None:
        assert not word_differences("to day every one", "to-day every-\none", never)

    def test_a_damaged_word_of_the_source(self) -> None:
        (found,) = word_differences("the boat", "tbe boat", lambda *_: True)
        assert found.damaged

    def test_a_real_word_is_never_damage(self) -> None:
        (found,) = word_differences("now the boat", "not the boat", never)
        assert not found.damaged

    def test_a_stroke_that_a_scan_saw_for_a_word(self) -> None:
        assert not word_differences("and I said so", "and | said so", never)
        assert not word_differences("“I said so", "“| said so", never)
        (found,) = word_differences("and said so", "and | said so", never)
        assert (found.kind, found.source) == ("omitted", "I")

    @pytest.mark.parametrize("mark", ["peace.1", "peace,12", "peace”3", "peace1"])
    def test_the_number_of_a_note_is_no_word(self, mark: str) -> None:
        assert not word_differences("they had peace at last", f"they had {mark} at last", never)

    def test_a_number_is_a_word(self) -> None:
        (found,) = word_differences("vol. of the works", "vol.3 of the works", never)
        assert (found.source, found.quoted) == ("vol.3", "vol.")

    def test_each_word_is_set_beside_its_own(self) -> None:
        found = word_differences("the quiet old man slept", "the quict old rnan slept", never)
        assert [(d.source, d.quoted) for d in found] == [("quict", "quiet"), ("rnan", "man")]
        found = word_differences(
            "he sat by quiet men there", "he sat by the qui et rnen there", never
        )
        assert [(d.kind, d.source, d.quoted) for d in found] == [
            ("omitted", "the", ""),
            ("changed", "rnen", "men"),
        ]

    def test_a_word_put_behind_is_not_sought_further_on(self) -> None:
        source = "the boat was gone and nobody cared to ask"
        (found,) = word_differences("the boat was gone ask", source, never)
        assert (found.kind, found.quoted) == ("added", "ask")
