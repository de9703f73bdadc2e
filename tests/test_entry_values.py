"""What the fields of an entry may say: dates, ISBNs, DOIs, and the names of fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.bibliography.datamodel import (
    ENTRY_TYPES,
    FIELDS,
    NEEDED,
    edit_distance,
    misspelling,
    slip_of,
)
from edition.bibliography.date_fields import date_fault
from edition.bibliography.identifiers import bare_doi, is_doi, isbn13, isbn_fault, isbns

DATE_FIELDS = ("year", "month", "day", "date", "origdate", "eventdate", "urldate")

RIGHT = {
    "year": """1904|1904a|{1904}|0867|-0044|1917/1918|1917/18|1917--1918|1917–18|1904?|1904~|19XX
        |c. 1850|[1917]|[ca.~1917]|(about 1984)|[1917?]|n.d.|n. d.|[s.d.]|o. J.|forthcoming|in press
        |To appear|1905 [1902]|1964 (1972)|1917, reprinted 1972|1790s|18th century|44 BC|©1996
        |1865（清同治四年）|1865(清同治四年)|元末明初|平成元年|cop. 2002|June 1977
        |1931-05|1931-05-02|1917/|2001--|2001–|after 1917|1917 or 1918|""",
    "date": """1917|1917-10|1917-10-25|1917-10/1918-01|1904?|1904~|1904%|1904-05?|1917-21|1917/..
        |../1918|/1918|1917/|190X|19XX|1917-XX|1917-10-XX|1900-02-29|2020-05-12T10:00:00Z|1904a
        |n.d.|forthcoming|Y17000002""",
    "urldate": "2020|2020-05|2020-05-12|2020-05-12T10:00",
    "month": """1|01|12|jan|January|{March}|10~January|January~10|Jan--Feb|July/August
        |July and August|Spring|Sept.|7--8|Oktober|июль|Dec. 25|4th July""",
    "day": "1|31|10--12",
}
WRONG = {
    "year": """19O4|190|20199|twenty|1917-13|in 1917|19 17|1904aa|1918/1917|1918--1917
        |12.05.1917|??|0|6|1931-02-30|1931;19""",
    "date": """1917-13|1917-00|1917-02-30|1917-04-31|5 May 1917|1917-5|17-10-1917|1918/1917|1917/10
        |/|../..|1917.10.05|10/25/1917|1917-10-25/1917-10-24|1917--1918|yesterday|1900-02-30""",
    "urldate": "12.05.2020|n.d.|forthcoming|2020-5-1|2020a",
    "month": "13|0|Octuber|Foo|32 January|2019|-",
    "day": "32|0|x|-",
}


def cases(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, value.strip()) for name in table for value in table[name].split("|")]


@pytest.mark.parametrize(("name", "value"), cases(RIGHT))
def test_dates(name: str, value: str) -> None:
    assert date_fault(name, value) == ""


@pytest.mark.parametrize(("name", "value"), cases(WRONG))
def test_malformed_dates(name: str, value: str) -> None:
    assert date_fault(name, value)


@given(st.sampled_from(DATE_FIELDS), st.text("0123456789-/.?~XaT: ()[]{}n", max_size=40))
def test_any_text_is_read_as_a_date(name: str, value: str) -> None:
    assert isinstance(date_fault(name, value), str)


@given(st.dates(), st.dates())
def test_every_day_is_a_date_and_every_span_has_an_order(first: object, last: object) -> None:
    assert date_fault("date", f"{first}") == ""
    backwards = str(last) < str(first)
    assert bool(date_fault("date", f"{first}/{last}")) == backwards


ISBN_DIGITS = st.text("0123456789", min_size=9, max_size=9)


def isbn10(body: str) -> str:
    rest = sum((10 - i) * int(d) for i, d in enumerate(body)) % 11
    return body + "0X987654321"[rest]


@given(ISBN_DIGITS)
def test_one_digit_changed_shows(body: str) -> None:
    number = isbn10(body)
    assert isbn_fault(number) == ""
    assert isbn_fault(isbn13(number)) == ""
    changed = str((int(number[3]) + 1) % 10)
    assert isbn_fault(number[:3] + changed + number[4:])
    long = isbn13(number)
    assert isbn_fault(long[:6] + str((int(long[6]) + 1) % 10) + long[7:])


@given(
    st.lists(ISBN_DIGITS.map(isbn10), min_size=1, max_size=4),
    st.sampled_from("; |, | / | and | ".split("|")),
)
def test_isbns_side_by_side(numbers: list[str], between: str) -> None:
    assert isbns(between.join(numbers)) == numbers


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("978-0-582-05968-9", ["978-0-582-05968-9"]),
        ("978 0 582 05968 9 978 0 582 05967 2", ["978 0 582 05968 9", "978 0 582 05967 2"]),
        (
            "ISBN-13: 978-0-582-05968-9 (pbk.), e-ISBN 0306406152",
            ["978-0-582-05968-9", "0306406152"],
        ),
        ("unknown", ["unknown"]),
        ("", []),
    ],
)
def test_isbns(value: str, numbers: list[str]) -> None:
    assert isbns(value) == numbers


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("985-485-082-Х", ""),  # its X is Cyrillic
        ("0021-8979", "is the ISSN of a periodical"),
        ("0021-8978", "has 8 digits"),
    ],
)
def test_isbns_that_catalogues_have(number: str, fault: str) -> None:
    assert isbn_fault(number).startswith(fault)
    assert bool(isbn_fault(number)) == bool(fault)


@pytest.mark.parametrize(
    ("value", "bare", "right"),
    [
        ("10.1000/182", "10.1000/182", True),
        ("10.1000.10/(a)_b;2-2", "10.1000.10/(a)_b;2-2", True),
        (r"10.1000/a{\_}b", "10.1000/a_b", True),
        ("https://doi.org/10.1000/182", "10.1000/182", True),
        ("http://dx.doi.org/10.1000/182", "10.1000/182", True),
        ("DOI: 10.1000/182", "10.1000/182", True),
        ("10/f3bq", "10/f3bq", True),
        ("http://doi.acm.org/10.1145/1314276.131", "10.1145/1314276.131", True),
        ("https://doi-org.example.edu/10.1145/1", "10.1145/1", True),
        ("10.100/182", "10.100/182", False),
        ("10.1000", "10.1000", False),
        ("10.1000/a b", "10.1000/a b", False),
        ("https://example.org/10.1000/182", "https://example.org/10.1000/182", False),
    ],
)
def test_dois(value: str, bare: str, right: bool) -> None:
    assert bare_doi(value) == bare
    assert is_doi(bare) == right


@given(st.sampled_from(sorted(FIELDS)))
def test_a_known_field_is_no_slip(name: str) -> None:
    assert misspelling(name) is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("adress", "address"),
        ("titel", "title"),
        ("pubilsher", "publisher"),
        ("yaer", "year"),
        ("authros", "author"),
        ("note2", None),
        ("bdsk-url-12", None),
        ("harbour", None),
        ("x-adress", None),
        ("issnp", None),
        ("blogtitle", None),
        ("publishera", None),
        ("notee", "note"),
        *((name, None) for name in "collaborator library-id parts id pi etype publdate".split()),
    ],
)
def test_misspellings(name: str, meant: str | None) -> None:
    assert misspelling(name) == meant


WORD = st.text("abc", max_size=6)


@given(WORD, WORD)
def test_distance_is_one_way_or_the_other(first: str, second: str) -> None:
    assert edit_distance(first, second) == edit_distance(second, first)
    assert (edit_distance(first, second) == 0) == (first == second)


@given(WORD, st.lists(WORD))
def test_a_slip_is_never_far(name: str, known: list[str]) -> None:
    meant = slip_of(name, known)
    if meant is None:
        assert all(edit_distance(name, k) > 1 or k == name for k in known)
    else:
        assert 1 <= edit_distance(name, meant) <= 2


def test_what_is_needed_are_known_fields_of_known_types() -> None:
    assert set(NEEDED) <= ENTRY_TYPES
    needed = {
        name for needs in NEEDED.values() for need in needs for name in (*need.fields, *need.also)
    }
    assert needed <= FIELDS
