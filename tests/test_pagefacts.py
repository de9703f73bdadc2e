"""What an entry says of its pages, and what follows for a page that is cited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.bibliography import read_bibliography
from edition.bibliography.pages import (
    Possible,
    cited_pages,
    cited_volumes,
    facts_of,
    first_standing,
    possible,
    wrong_volume,
)
from edition.locator import PageRange, PageTotal
from edition.model import Citation, Quotation, QuotationForm, Work
from edition.model.diagnostic import Location

PLACE = Location("text.md", 1, 1)


def work(fields: str, kind: str = "incollection", parent: str = "") -> Work:
    """An entry with those fields; `parent` is the whole entry of its collection."""
    crossref = "crossref = {parent}, " if parent else ""
    text = f"@{kind}{{work, {crossref}{fields}}}\n{parent}"
    return read_bibliography([("works.bib", text.encode())]).works["work"]


def citation(locator: str | None, volume: str | None = None) -> Citation:
    return Citation(key="work", role="cite:p", location=PLACE, locator=locator, volume=volume)


def answer(locator: str | None, entry: Work, volume: str | None = None) -> Possible:
    """Whether a quotation with that reference can be right."""
    quotation = Quotation(
        form=QuotationForm.INLINE, location=PLACE, citations=(citation(locator, volume),)
    )
    return possible(quotation, {"work": facts_of(entry)})


def pages(first: int, last: int | None, sequence: str = "arabic") -> PageRange:
    return PageRange(first=first, last=last, sequence=sequence)


class TestFacts:
    @pytest.mark.parametrize(
        "typed", ["e0123456", "043201", "123456", "E1234", "106108--3", "LL16-04"]
    )
    def test_the_number_of_an_article_is_no_page(self, typed: str) -> None:
        entry = work(f"pages = {{{typed}}}", "article")
        assert facts_of(entry).ranges == ()
        assert answer("p. 3", entry) == "unknown"

    @pytest.mark.parametrize(
        ("typed", "inside", "outside"),
        [
            ("S12--S18", "p. S13", "p. S19"),
            ("D480", "p. D480", "p. D481"),
            ("A1-A5", "p. A3", "p. A6"),
            (r"12\textendash{}18", "p. 13", "p. 19"),
            ("12~--~18", "p. 13", "p. 19"),
            ("{12--18}", "p. 13", "p. 19"),
            (r"{xii}--{xx}", "p. xiii", "p. xxi"),
        ],
    )
    def test_pages_however_they_are_typed(self, typed: str, inside: str, outside: str) -> None:
        entry = work(f"pages = {{{typed}}}", "article")
        assert (answer(inside, entry), answer(outside, entry)) == ("yes", "no")

    @pytest.mark.parametrize("typed", ["10.1234/abc-1", "n/a", "https://doi.org/10.1234/12-15"])
    def test_what_is_no_page_says_nothing(self, typed: str) -> None:
        assert facts_of(work(f"pages = {{{typed}}}", "article")).ranges == ()

    def test_a_union_keeps_roman_and_arabic_apart(self) -> None:
        facts = facts_of(work("pages = {i--iii, 1--310}"))
        assert facts.ranges == (pages(1, 3, "roman"), pages(1, 310))

    def test_ranges_that_touch_or_overlap_are_one(self) -> None:
        facts = facts_of(work("pages = {11--20, 1--10, 15--30, 40}"))
        assert facts.ranges == (pages(1, 30), pages(40, 40))

    def test_an_open_end_swallows_what_follows(self) -> None:
        assert facts_of(work("pages = {12+, 40--50}")).ranges == (pages(12, None),)

    def test_an_inverted_range_is_no_measure(self) -> None:
        assert facts_of(work("pages = {130--101, 140--150}")).ranges == (pages(140, 150),)

    @pytest.mark.parametrize("field", ["pages = {some}", "pagetotal = {some}", "volumes = {few}"])
    def test_what_cannot_be_read_gives_no_fact(self, field: str) -> None:
        facts = facts_of(work(field))
        assert (facts.ranges, facts.total, facts.volumes) == ((), None, None)

    def test_the_total_counts_front_matter_and_text(self) -> None:
        facts = facts_of(work("pagetotal = {xiv, 296}", "book"))
        assert facts.total == PageTotal(roman=14, arabic=296)

    @pytest.mark.parametrize(
        ("written", "total"),
        [
            ("310", PageTotal(roman=None, arabic=310)),
            ("310 pp.", PageTotal(roman=None, arabic=310)),
            ("xiv, 296", PageTotal(roman=14, arabic=296)),
        ],
    )
    def test_pages_of_a_book_without_a_range_count_its_pages(
        self, written: str, total: PageTotal
    ) -> None:
        facts = facts_of(work(f"pages = {{{written}}}", "book"))
        assert (facts.ranges, facts.total) == ((), total)

    def test_pages_of_a_book_with_a_range_are_its_pages(self) -> None:
        facts = facts_of(work("pages = {1--310}", "book"))
        assert (facts.ranges, facts.total) == ((pages(1, 310),), None)

    def test_a_count_in_pages_gives_way_to_the_total(self) -> None:
        facts = facts_of(work("pages = {310}, pagetotal = {xiv, 310}", "book"))
        assert (facts.ranges, facts.total) == ((), PageTotal(roman=14, arabic=310))

    def test_a_part_of_one_page_has_that_page(self) -> None:
        assert facts_of(work("pages = {310}")).ranges == (pages(310, 310),)

    def test_the_collection_lends_its_total_and_volume_but_not_its_pages(self) -> None:
        parent = "@collection{parent, pagetotal = {xx, 400}, volume = {3}, pages = {1--400}}"
        facts = facts_of(work("title = {A Part}", parent=parent))
        assert facts.ranges == ()
        assert facts.total == PageTotal(roman=20, arabic=400)
        assert facts.volume == "3"


class TestPossible:
    @pytest.mark.parametrize(
        ("locator", "expected"),
        [
            ("p. 1", "yes"),
            ("p. 310", "yes"),
            ("pp. 309f.", "yes"),
            ("pp. 300ff.", "yes"),
            ("p. iii", "yes"),
            ("pp. ii, 12–14", "yes"),
            ("p. 311", "no"),
            ("pp. 310f.", "no"),
            ("pp. 311ff.", "no"),
            ("p. iv", "no"),
            ("pp. 12, 311", "no"),
            ("p. A12", "unknown"),
            ("pp. 12, A12", "unknown"),
            ("pp. 14–12", "no"),
            ("chap. 2", "unknown"),
            ("p. twelve", "unknown"),
            (None, "unknown"),
        ],
    )
    def test_by_the_pages_of_the_entry(self, locator: str | None, expected: Possible) -> None:
        assert answer(locator, work("pages = {i--iii, 1--310}")) == expected

    @pytest.mark.parametrize(
        ("locator", "expected"),
        [
            ("p. 296", "yes"),
            ("p. xiv", "yes"),
            ("pp. 296ff.", "yes"),
            ("p. 297", "no"),
            ("pp. 290–297", "no"),
            ("p. xv", "no"),
        ],
    )
    def test_by_the_total_of_the_book(self, locator: str, expected: Possible) -> None:
        assert answer(locator, work("pagetotal = {xiv, 296}", "book")) == expected

    def test_a_range_that_spans_two_that_touch(self) -> None:
        assert answer("pp. 8–14", work("pages = {1--10, 11--20}")) == "yes"
        assert answer("pp. 8–14", work("pages = {1--10, 12--20}")) == "no"

    def test_an_open_end_of_the_entry_holds_all_that_follows(self) -> None:
        assert answer("p. 5000", work("pages = {12+}")) == "yes"
        assert answer("p. 11", work("pages = {12+}")) == "no"

    def test_roman_pages_are_unknown_where_no_roman_pages_are_given(self) -> None:
        assert answer("p. xii", work("pages = {101--130}")) == "unknown"
        assert answer("p. xii", work("pagetotal = {240}", "book")) == "unknown"

    def test_arabic_pages_are_wrong_where_all_pages_are_roman(self) -> None:
        assert answer("p. 12", work("pages = {ix--xxv}")) == "no"

    def test_front_matter_is_known_by_the_total_beside_arabic_ranges(self) -> None:
        entry = work("pages = {1--240}, pagetotal = {xiv, 240}", "book")
        assert answer("p. xiv", entry) == "yes"
        assert answer("p. xv", entry) == "no"

    def test_the_total_of_a_part_is_no_measure_beside_its_pages(self) -> None:
        assert answer("p. 112", work("pages = {101--130}, pagetotal = {30}", "article")) == "yes"

    def test_without_facts_nothing_is_known(self) -> None:
        assert answer("p. 12", work("title = {Untold}")) == "unknown"
        assert possible(Quotation(form=QuotationForm.INLINE, location=PLACE), {}) == "unknown"

    def test_a_wrong_volume_cannot_be_right_whatever_the_page(self) -> None:
        entry = work("pages = {101--130}, volume = {3}")
        assert answer("vol. 9, p. 112", entry) == "no"
        assert answer("vol. 3, p. 112", entry) == "yes"

    def test_one_wrong_reference_makes_a_quotation_impossible(self) -> None:
        facts = {"work": facts_of(work("pages = {101--130}"))}
        both = (citation("p. 112"), citation("p. 131"))
        quotation = Quotation(form=QuotationForm.INLINE, location=PLACE, citations=both)
        assert possible(quotation, facts) == "no"


class TestVolumes:
    @pytest.mark.parametrize(
        ("cited", "stated"),
        [
            ("vol. 26", "26"),
            ("vol. XXVI", "26"),
            ("vol. 26", "XXVI"),
            ("vol. 26", "026"),
            ("vol. 2", "1--3"),
            ("vol. 26/1", "26"),
            ("vol. 26", "26, pt. 1"),
            ("vol. 4", "New Series, vol. IV"),
            ("vol. 2a", "2A"),
        ],
    )
    def test_one_volume_in_two_spellings(self, cited: str, stated: str) -> None:
        assert wrong_volume(citation(cited), facts_of(work(f"volume = {{{stated}}}"))) is None

    @pytest.mark.parametrize(
        ("cited", "stated", "found"),
        [
            ("vol. 31", "26", "31"),
            ("vols. 26, 31", "26", "31"),
            ("vol. IV", "1--3", "4"),
            ("vol. 2b", "2a", "2b"),
            ("vol. 3", "A", "3"),
        ],
    )
    def test_another_volume(self, cited: str, stated: str, found: str) -> None:
        assert wrong_volume(citation(cited), facts_of(work(f"volume = {{{stated}}}"))) == found

    def test_a_volume_that_the_work_does_not_have(self) -> None:
        facts = facts_of(work("volumes = {2}", "book"))
        assert wrong_volume(citation("vol. 2, p. 3"), facts) is None
        assert wrong_volume(citation("vol. III, p. 3"), facts) == "3"

    def test_nothing_is_known_of_a_work_without_volumes(self) -> None:
        assert wrong_volume(citation("vol. 3"), facts_of(work("title = {One}", "book"))) is None

    @pytest.mark.parametrize("option", ["III", "3", "vol. 3"])
    def test_the_option_goes_before_the_locator(self, option: str) -> None:
        facts = facts_of(work("volume = {3}"))
        assert wrong_volume(citation("p. 12", option), facts) is None
        assert wrong_volume(citation("p. 12", option), facts_of(work("volume = {4}"))) is not None
        assert len(cited_volumes(citation("vol. 9, p. 12", option))) == 1


ranges = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 9)).map(lambda t: (t[0], t[0] + t[1])),
    min_size=1,
    max_size=5,
)


@given(ranges, st.integers(1, 70), st.integers(0, 5))
def test_a_range_is_held_if_and_only_if_each_of_its_pages_is(
    entry: list[tuple[int, int]], first: int, more: int
) -> None:
    facts = facts_of(work(f"pages = {{{', '.join(f'{a}--{b}' for a, b in entry)}}}"))
    held = {page for a, b in entry for page in range(a, b + 1)}
    cited = (pages(first, first + more),)
    inside = held.issuperset(range(first, first + more + 1))
    assert (first_standing("outside", cited, facts) is None) == inside
    assert first_standing("beyond", cited, facts) is None
    assert first_standing("unknown", cited, facts) is None


@given(st.text(max_size=20), st.text(alphabet="0123456789ivxlp-–+, []", max_size=12))
def test_any_locator_and_any_fields_get_an_answer(locator: str, field: str) -> None:
    entry = work(f"pages = {{{field}}}, pagetotal = {{{field}}}, volume = {{{field}}}", "book")
    assert answer(locator, entry) in ("yes", "no", "unknown")
    assert all(r.last is None or r.first <= r.last for r in cited_pages(citation(locator)))
