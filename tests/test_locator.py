"""What a locator means, what is wrong with it, and that no text can break its reading."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.locator import (
    SCHEMES,
    Fault,
    Locator,
    LocatorError,
    PageRange,
    PageTotal,
    format_locator,
    pages,
    pages_normal,
    parse,
    parse_pagetotal,
    parse_ranges,
    volumes,
)

CORPUS = json.loads((Path(__file__).parent / "locators.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = CORPUS["cases"]
VALID = [case for case in CASES if "error" not in case]
REFUSED = [case for case in CASES if "error" in case]


def written_fault(fault: Fault) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": fault.kind, "column": fault.column}
    return found | ({"fix": fault.fix.text} if fault.fix else {})


def fixed(text: str, locator: Locator) -> str:
    fixes = [fault.fix for fault in locator.faults if fault.fix]
    for fix in sorted(fixes, key=lambda fix: fix.start, reverse=True):
        text = text[: fix.start] + fix.text + text[fix.end :]
    return text


def refusal(read: Callable[[str], object], text: str) -> LocatorError | None:
    """Why a text is refused; None where it is read. Any other exception fails the test."""
    try:
        read(text)
    except LocatorError as error:
        return error
    return None


def holds(text: str) -> Locator | None:
    """The locator, after holding it to all that is promised of any text."""
    error = refusal(parse, text)
    if error:
        assert 1 <= error.column <= len(text) + 1
        assert error.message
        return None
    locator = parse(text)
    normal = format_locator(locator)
    again = parse(normal)
    assert again == locator
    assert format_locator(again) == normal
    assert {fault.kind for fault in again.faults} <= {"inverted-range", "undeclared-scheme"}
    assert pages_normal(again) == pages_normal(locator)
    assert pages_normal(locator).isascii()
    assert volumes(again) == volumes(locator)
    repaired = parse(fixed(text, locator))
    assert repaired == locator
    assert not any(fault.fix for fault in repaired.faults)
    return locator


def test_the_corpus_is_the_first_version_and_names_each_text_once() -> None:
    assert CORPUS["version"] == 1
    assert len({case["text"] for case in CASES}) == len(CASES) >= 220


@pytest.mark.parametrize("case", VALID, ids=lambda case: ascii(case["text"]))
def test_a_locator_that_is_understood(case: dict[str, Any]) -> None:
    locator = parse(case["text"])
    assert format_locator(locator) == case["normal"]
    assert pages_normal(locator) == case["pages"]
    assert list(volumes(locator)) == case.get("volumes", [])
    assert [written_fault(fault) for fault in locator.faults] == case.get("faults", [])
    assert holds(case["text"]) == locator


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: ascii(case["text"]))
def test_a_locator_that_cannot_be_told(case: dict[str, Any]) -> None:
    with pytest.raises(LocatorError) as caught:
        parse(case["text"])
    assert (caught.value.kind, caught.value.column) == (case["error"], case["column"])


def test_parts_say_what_was_typed_and_where() -> None:
    volume, page = parse("Vol. III; pp. xii–xv, 183-90").parts
    assert (volume.label, volume.typed, volume.number, volume.column) == (
        "volume",
        "Vol.",
        "singular",
        1,
    )
    assert (page.label, page.typed, page.number, page.column) == ("page", "pp.", "plural", 11)
    roman, arabic = page.items
    assert (roman.first.value, roman.first.system, roman.column) == (12, "roman", 15)
    assert arabic.last is not None
    assert (arabic.last.value, arabic.last.text, arabic.last.column) == (190, "90", 27)
    (bare,) = parse("44").parts
    assert (bare.label, bare.typed, bare.number) == ("page", "", "both")


def test_the_same_places_are_equal_however_they_are_typed() -> None:
    assert parse("p. 183-90") == parse("pages 183 – 190")
    assert parse("183–90") != parse("183–191")
    assert parse("p. 40f.") != parse("p. 40ff.")
    assert parse("fol. 3r") != parse("fol. 3v")


def test_a_note_belongs_to_its_page() -> None:
    (page,) = parse("p. 44 n. 3").parts
    note = page.items[0].note
    assert note is not None
    assert (note.label, note.column, note.items[0].first.value) == ("note", 7, 3)


def test_the_pages_of_a_locator() -> None:
    assert pages(parse("vol. 2, pp. xii–xv, 40f., 52ff., A3, 9a")) == (
        PageRange(first=12, last=15, sequence="roman"),
        PageRange(first=40, last=41, sequence="arabic"),
        PageRange(first=52, last=None, sequence="arabic"),
        PageRange(first=3, last=3, sequence="A"),
        PageRange(first=9, last=9, sequence="arabic"),
    )
    assert pages(parse("chap. 2")) == ()


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("100", [(100, 100, "arabic")]),
        ("19--21", [(19, 21, "arabic")]),
        ("19–21", [(19, 21, "arabic")]),
        ("i--iii, 1--310", [(1, 3, "roman"), (1, 310, "arabic")]),
        ("183--90", [(183, 190, "arabic")]),
        ("12+", [(12, None, "arabic")]),
        ("12--20, 35+", [(12, 20, "arabic"), (35, None, "arabic")]),
        ("e123", [(123, 123, "e")]),
        ("S12--S19", [(12, 19, "S")]),
        ("12:1--12:9", [(1, 9, "12:")]),
        ("12-1--12-8", [(1, 8, "12-")]),
    ],
)
def test_the_pages_of_an_entry(text: str, ranges: list[tuple[int, int | None, str]]) -> None:
    read = parse_ranges(text)
    assert [(r.first, r.last, r.sequence) for r in read.ranges] == ranges
    assert read.faults == ()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("19-21", [{"kind": "hyphen-in-range", "column": 3, "fix": "--"}]),
        ("19—21", [{"kind": "hyphen-in-range", "column": 3, "fix": "--"}]),
        ("21--19", [{"kind": "inverted-range", "column": 1}]),
        ("i--iii, 9--4", [{"kind": "inverted-range", "column": 9}]),
    ],
)
def test_faulty_pages_of_an_entry(text: str, faults: list[dict[str, Any]]) -> None:
    assert [written_fault(fault) for fault in parse_ranges(text).faults] == faults


@pytest.mark.parametrize(
    "text",
    ["", "n/a", "12--", "vol. 3", "3:44", "passim", "44n", "12:1--13:9", "xii--15", "12 (x)"],
)
def test_an_entry_whose_pages_cannot_be_told(text: str) -> None:
    with pytest.raises(LocatorError):
        parse_ranges(text)


@pytest.mark.parametrize(
    ("text", "roman", "arabic"),
    [
        ("240", None, 240),
        ("240 p.", None, 240),
        ("240 pp.", None, 240),
        ("240 pages", None, 240),
        ("xiv", 14, None),
        ("xiv, 296", 14, 296),
        ("XIV, 296", 14, 296),
        ("xiv + 296 p.", 14, 296),
        ("xiv p., 296 p.", 14, 296),
        ("[8], 240, [2] p.", None, 240),
        ("[240]", None, 240),
        ("296, 32", None, 296),
    ],
)
def test_the_total_of_a_book(text: str, roman: int | None, arabic: int | None) -> None:
    assert parse_pagetotal(text) == PageTotal(roman=roman, arabic=arabic)


@pytest.mark.parametrize("text", ["", "many", "2 vols.", "1,234", "240 p. : ill.", "12–14", "xiiv"])
def test_a_total_that_cannot_be_told(text: str) -> None:
    with pytest.raises(LocatorError):
        parse_pagetotal(text)


# Pieces of locators, good and bad, so that generated texts reach every branch.
WORDS = (
    "p. pp. vol. vols. chap. chaps. s.v. § §§ n. nn. nn n f. ff. fol. passim and & at esp. here"
    " preface appendix app. et seq. sq recto , ; . : ( x) – - -- — 12 14 3 44 183 90 xii iv IV"
    " v l c A12 e5 12a 3r [3] 2/1 3:44 Cheka did Civil to act no. ¶ № ʳ"
)
PHRASES = ["The Party", "et passim", "emphasis added", "\u00a0", "V. L.", "vol. 3, p. 44"]
PIECES = st.sampled_from([*WORDS.split(), *PHRASES])
JOINTS = st.sampled_from(["", " ", " ", ", ", "\u2009"])
LOCATORISH = st.lists(st.tuples(PIECES, JOINTS), max_size=9).map(
    lambda pairs: "".join(piece + joint for piece, joint in pairs)
)
ROMAN_OR_ARABIC = st.one_of(st.integers(1, 3000).map(str), st.sampled_from(["ii", "xiv", "xl"]))
PAGE_LISTS = st.lists(
    st.one_of(
        ROMAN_OR_ARABIC,
        st.tuples(st.integers(1, 3000), st.integers(1, 3000)).map(
            lambda ends: "–".join(map(str, ends))
        ),
        ROMAN_OR_ARABIC.map(lambda number: f"{number}ff."),
    ),
    min_size=1,
    max_size=5,
).map(", ".join)


@given(LOCATORISH)
def test_the_normal_form_means_the_same(text: str) -> None:
    holds(text)


@given(st.text(alphabet=st.characters()))
def test_any_text_is_read_or_refused(text: str) -> None:
    holds(text)


@given(st.one_of(LOCATORISH, st.text(alphabet=st.characters())))
def test_any_field_of_an_entry_is_read_or_refused(text: str) -> None:
    for read in (parse_ranges, parse_pagetotal):
        error = refusal(read, text)
        assert error is None or 1 <= error.column <= len(text) + 1


@given(PAGE_LISTS)
def test_every_list_of_pages_is_understood(text: str) -> None:
    locator = holds(text)
    assert locator is not None
    assert [part.label for part in locator.parts] == ["page"]
    assert len(pages(locator)) == text.count(",") + 1


@given(st.integers(10, 99_999), st.integers(10, 99_999))
def test_the_second_number_may_be_shortened(one: int, other: int) -> None:
    first, last = sorted((one, other))
    whole, end = str(first), str(last)
    if len(whole) != len(end):
        return
    shared = 0
    while shared < len(end) - 1 and whole[shared] == end[shared]:
        shared += 1
    for kept in range(shared + 1):
        assert pages(parse(f"{first}–{end[kept:]}")) == (
            PageRange(first=first, last=last, sequence="arabic"),
        )


def lines_run(text: str) -> int:
    """How many lines of Python the reading of a text takes."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        refusal(parse, text)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    ("opening", "piece", "closing"),
    [
        ("", "1, ", "1"),
        ("", "1", ""),
        ("", "i", ""),
        ("", "§ 1", ""),
        ("", "1n", ""),
        ("p. ", " ", "x"),
        ("chap. ", " a", ""),
        ("chap. a", ", p. ", ""),
        ("chap. a", " passim", "x"),
        ("s.v. ", "et ", ""),
        ("vol. ", "1/", "x"),
        ("44 nn. ", "3, ", "3"),
        ("", "[", ""),
        ("1 (", "(", ")"),
        ("", "esp. at ", ""),
    ],
)
def test_the_work_grows_with_the_text_and_no_faster(opening: str, piece: str, closing: str) -> None:
    small, large = (lines_run(opening + piece * n + closing) for n in (200, 800))
    assert large <= 4.2 * small + 50


@pytest.mark.parametrize(
    "piece", ["1", "x", "[", "(", " ", "1/", "§", "passim ", "p", "-", "\u0301"]
)
def test_a_megabyte_is_read_or_refused(piece: str) -> None:
    for opening in ("", "p. ", "chap. ", "s.v. x "):
        error = refusal(parse, opening + piece * (1_000_000 // len(piece)))
        assert error is None or len(error.message) < 200


# -- canonical references -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("stephanus", "275d"),
        ("stephanus", "Rep. 514a–520a"),
        ("stephanus", "Rep. VII, 514a"),
        ("stephanus", "cf. 275d (tr. Jowett)"),
        ("bekker", "1094a1–b5"),
        ("bekker", "Met. 980a21; 981b3"),
        ("book-line", "Il. 1.1–2"),
        ("book-line", "I, 44"),
        ("book-chapter-section", "Thuc. 1.22.4"),
        ("book-chapter-section", "Att. xvi. 6. 2"),
        ("book-chapter-section", "1. 7. 5–8"),
        ("act-scene-line", "III.ii.15–20"),
        ("chapter-verse", "Ps 23:4"),
        ("chapter-verse", "1 Cor. 13:4–7"),
        ("chapter-verse", "Gen. 1,1"),
        ("a-b", "A 51/B 75"),
        ("a-b", "B xvi–xvii"),
        ("fragment", "DK 22 B 12"),
        ("fragment", "fr. 31 Voigt"),
        ("signature", "A2v"),
        ("folio", "3ra–4vb"),
        ("timecode", "00:12:30–00:13:02"),
        ("date", "13 May 1861"),
        ("date", "13. 5. 1861"),
    ],
)
def test_a_declared_reference_is_a_place_and_no_page(scheme: str, text: str) -> None:
    assert scheme in SCHEMES
    locator = parse(text, (scheme,))
    assert [part.label for part in locator.parts] == ["place"]
    assert locator.faults == ()
    assert pages(locator) == ()
    assert parse(format_locator(locator), (scheme,)) == locator


@pytest.mark.parametrize(
    ("scheme", "text"),
    [("stephanus", "275q"), ("bekker", "1094"), ("a-b", "C 51"), ("timecode", "12.75")],
)
def test_a_declared_reference_with_a_misprint_is_refused(scheme: str, text: str) -> None:
    error = refusal(lambda typed: parse(typed, (scheme,)), text)
    assert error is None or SCHEMES[scheme].title in error.message
    assert error is not None or pages(parse(text, (scheme,)))  # a page, and held against pages


def test_pages_by_chapter() -> None:
    for sign in ":-":
        assert pages(parse(f"p. 12{sign}3", (f"chapter-pages{sign}",))) == (
            PageRange(first=3, last=3, sequence=f"12{sign}"),
        )


def test_a_label_says_what_bare_numbers_count() -> None:
    assert parse("44", ("column",)) == parse("col. 44")


@pytest.mark.parametrize("piece", ["1.", "A 1/", "1a–", "Il. ", "x:", "1, ", "(", "第1頁"])
def test_schemes_take_no_longer_than_the_text(piece: str) -> None:
    schemes = (*SCHEMES, "column")
    for text in (piece * 40, piece * 2_000):
        error = refusal(lambda typed: parse(typed, schemes), text)
        assert error is None or len(error.message) < 200


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("стор. 19", 19),
        ("sf. 19", 19),
        ("sayfa 19", 19),
        ("頁 19", 19),
        ("頁19", 19),
        ("页 19", 19),
        ("第19页", 19),
    ],
)
def test_a_page_is_read_by_the_label_of_its_language(text: str, page: int) -> None:
    [part] = parse(text).parts
    assert (part.label, part.items[0].first.value) == ("page", page)


@pytest.mark.parametrize("side", ["v", "verso", "v°", "vº", "vᵒ"])
def test_the_side_of_a_leaf_is_read_as_it_is_written(side: str) -> None:
    [part] = parse(f"fol. 3 {side}").parts
    assert part.items[0].first.leaf == parse("fol. 3v").parts[0].items[0].first.leaf
