"""The printed form of every entry type, in every style; the golden file was read by a person.

It was held against the Chicago Manual, 17th ed., chapters 14 and 15, and the MLA Handbook, 9th.
To renew it after a change that is meant: RENEW=1 pytest tests/test_citation_styles.py
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from edition.bibliography import read_bibliography
from edition.bibliography.datamodel import ENTRY_TYPES
from edition.bibliography.markup import Rich, text_of
from edition.bibliography.record import Record
from edition.sphinx.citations.library import Library
from edition.sphinx.citations.styles import Cited, Position, entry, words_of

GOLDEN = Path(__file__).parent / "golden" / "citations"
MARKS = {"italic": "*", "bold": "**", "sup": "^", "sub": "_", "code": "`", "smallcaps": "%"}


def library(text: str) -> Library:
    bibliography = read_bibliography([("works.bib", text.encode())])
    assert bibliography.problems == ()
    return Library(bibliography.works)


def shown(value: Rich) -> str:
    """Markup and links as marks, so that a person can read them."""
    found = ""
    for run in value:
        marks = "".join(MARKS[style] for style in sorted(run.styles))
        found += marks + (f"<{run.text}>" if run.link else run.text) + marks[::-1]
    return found.replace("\N{NO-BREAK SPACE}", " ")


def cited(works: Library, record: Record, style: str, position: Position = "first") -> str:
    linked, rest = words_of(style, works, Cited(record, "p. 12", "p", position))
    return shown(linked + rest)


def forms(works: Library) -> Iterator[str]:
    for record in works.all():
        yield f"@{record.work.type}{{{record.key}}}"
        yield f"  entry        {shown(entry('notes', works, record))}"
        yield f"  first note   {cited(works, record, 'notes')}."
        yield f"  later note   {cited(works, record, 'notes', 'later')}."
        yield f"  author-date  {shown(entry('author-date', works, record))}"
        yield f"               ({cited(works, record, 'author-date')})"
        yield f"  MLA          {shown(entry('mla', works, record))}"
        yield f"               ({cited(works, record, 'mla')})"
        yield f"  short title  ({cited(works, record, 'short-title')})"


@pytest.mark.parametrize(("entries", "forms_of"), [("works", "printed"), ("kinds", "kinds")])
def test_every_entry_is_printed_as_the_golden_file_has_it(entries: str, forms_of: str) -> None:
    """`works` has every type; `kinds` what biblatex, managers and catalogues put into fields."""
    works = library((GOLDEN / f"{entries}.bib").read_text(encoding="utf-8"))
    found = "\n".join(forms(works)) + "\n"
    golden = GOLDEN / f"{forms_of}.txt"
    if os.environ.get("RENEW"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", ["notes", "author-date", "mla"])
def test_no_command_of_latex_or_html_is_printed(style: str) -> None:
    works = library((GOLDEN / "kinds.bib").read_text(encoding="utf-8"))
    for record in works.all():
        printed = text_of(entry(style, works, record))
        assert not re.search(r"\\[A-Za-z]|</?\w+>|xdata=|&\w+;", printed), printed


def test_the_golden_file_has_every_type() -> None:
    works = library((GOLDEN / "works.bib").read_text(encoding="utf-8"))
    types = {record.work.type for record in works.all()}
    custom = {f"custom{letter}" for letter in "bcdef"}
    others = set("softwaremodule softwareversion codefragment control ieeetranbstctl".split())
    assert types == ENTRY_TYPES - custom - others - {"www", "xdata"}


def one(text: str, style: str = "notes") -> str:
    works = library(text)
    return shown(entry(style, works, next(iter(works.all()))))


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (r"\emph{Der} Trag{\"o}die {\textit{erster}} \& mehr", "*Der* Tragödie *erster* & mehr"),
        (r"{{The}} {H}ouse", "The House"),
        (r"1\textsuperscript{st} of $H_2O$, $\alpha^{2}$", "1^st^ of H_2_O, α^2^"),
        (r"\mkbibquote{So} said", "‘So’ said"),
        (r"A~B 1914\textendash{}18 1914--18", "A B 1914–18 1914–18"),
        (r"\href{https://example.org/a\_b}{Here}", "<Here>"),
        (r"\unknowncommand[x]{Kept} \textcolor{red}{too}", "Kept too"),
        (r"Newman's {``}Quaint{''} Homer", "Newman's ‘Quaint’ Homer"),
        (r"\textsc{bce} {\em Ebb} and \`a \c{c} \aa", "%bce% *Ebb* and à ç å"),
    ],
)  # fmt: skip
def test_latex_in_a_field_is_text_and_markup(typed: str, printed: str) -> None:
    text = f"@article{{a, author={{A, B}}, title={{{typed}}}, journal={{J}}, year=1900}}"
    found = one(text)
    assert f"“{printed}.” *J*, 1900." in found
    assert "\\" not in found
    assert "{" not in found


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://example.org/x_y", "<https://example.org/x_y>"),
        (r"{https://example.org/x\_y}", "<https://example.org/x_y>"),
        (r"\url{https://example.org}", "<https://example.org>"),
        ("www.example.org", "<www.example.org>"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_only_an_address_of_the_web_is_a_link(url: str, printed: str) -> None:
    text = f"@online{{a, author={{A, B}}, title={{T}}, year=1900, url={{{url}}}}}"
    assert one(text).rstrip(".") == f"A, B. “T.” 1900. {printed}".rstrip(".")


@pytest.mark.parametrize(
    ("edition", "printed"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("11", "11th"), ("22", "22nd"), ("Second", "2nd")],
)
def test_an_edition_is_an_ordinal(edition: str, printed: str) -> None:
    assert f" {printed} ed. " in one(
        f"@book{{a, title={{T}}, publisher={{P}}, year=1900, edition={{{edition}}}}}"
    )


@pytest.mark.parametrize("edition", ["2nd ed., rev", "rev. ed.", "2. Auflage"])
def test_an_edition_in_words_stays(edition: str) -> None:
    text = f"@book{{a, title={{T}}, publisher={{P}}, year=1900, edition={{{edition}}}}}"
    assert f"*T*. {edition[0].upper()}{edition[1:]}" in one(text)


@pytest.mark.parametrize(
    ("names", "printed"),
    [
        ("family=Goethe, given=Johann, prefix=von, useprefix=true", "von Goethe, Johann"),
        ("family=Goethe, given=J. W., prefix=von", "Goethe, J. W. von"),
        ("given={Ana}, family={de la Cruz} and Hart, Mary", "de la Cruz, Ana, and Mary Hart"),
        ("King, Jr., Martin Luther", "King, Martin Luther, Jr."),
        ("Martin Luther King, Jr.", "King, Martin Luther, Jr."),
        ("{{Tide Society}} and Hart, Mary", "Tide Society and Mary Hart"),
        ("Hart, Mary and others", "Hart, Mary, et al."),
    ],
)  # fmt: skip
def test_names_however_they_are_typed(names: str, printed: str) -> None:
    found = one(f"@book{{a, author={{{names}}}, title={{T}}, year=1900}}")
    assert found == f"{printed.removesuffix('.')}. *T*. 1900."


@pytest.mark.parametrize(
    ("pages", "printed"),
    [
        ("12-15", "12–15"),
        ("12--15, 18", "12–15, 18"),
        ("A1-A5, i-iv", "A1–A5, i–iv"),
        ("S. 12-15", "12–15"),
        ("pp. 12--15", "12–15"),
        ("S12--S18", "S12–S18"),
        ("A-12", "A-12"),
        ("e0123456", "e0123456"),
        ("043201", "043201"),
        ("12-1--12-8", "12-1–12-8"),
        ("4:1--4:56", "4:1–4:56"),
        ("10.1234/12-15", "10.1234/12-15"),
        (r"12\textendash{}18", "12–18"),
    ],
)
def test_pages_are_printed_as_pages(pages: str, printed: str) -> None:
    found = one(
        f"@article{{a, title={{T}}, journal={{J}}, volume=3, year=1900, pages={{{pages}}}}}"
    )
    assert found == f"“T.” *J* 3 (1900): {printed}."


def test_works_of_one_author_and_year_are_told_apart() -> None:
    works = library(
        "@book{x, author={Hart, M}, title={B}, year=1904}"
        "@book{y, author={Hart, M}, title={A}, year=1904}"
    )
    letters = {record.key: cited(works, record, "author-date") for record in works.all()}
    assert letters == {"x": "Hart 1904b, 12", "y": "Hart 1904a, 12"}


@pytest.mark.parametrize(
    ("note", "printed"),
    [("Publisher: Mill", False), ("Google-Books-ID: abc", False), ("With maps", True)],
)
def test_a_manager_s_own_notes_are_not_printed(note: str, printed: bool) -> None:
    assert (note in one(f"@book{{a, title={{T}}, year=1900, note={{{note}}}}}")) is printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("3-9", "3–9"), ("71--2", "71–72"), ("96--117", "96–117"), ("100--104", "100–104"),
        ("101--108", "101–8"), ("1103-1104", "1103–4"), ("505--517", "505–17"),
        ("321-28", "321–28"), ("498--532", "498–532"), ("1087--1089", "1087–89"),
        ("1496--1500", "1496–500"),
        ("12991--13001", "12991–3001"), ("123-9", "123–29"), ("1001–5", "1001–5"),
        ("12:1--12:8", "12:1–12:8"), ("S12--S15", "S12–S15"), ("xii--xv", "xii–xv"),
        ("213 - 228, 301", "213–28, 301"),
    ],
)  # fmt: skip
def test_ranges_of_pages_are_shortened_by_the_handbook(typed: str, printed: str) -> None:
    text = (
        f"@article{{a, author={{A, B}}, title={{T}}, journal={{J}}, year=1900, pages={{{typed}}}}}"
    )
    assert one(text).endswith(f"1900, {printed}.")


def test_the_mla_handbook_keeps_two_digits() -> None:
    text = "@article{a, author={A, B}, title={T}, journal={J}, year=1900, pages={1001--1005}}"
    assert one(text, "mla").endswith("1900, pp. 1001–05.")


@pytest.mark.parametrize(
    ("date", "printed"),
    [
        ("1920/1921", "1920–21"), ("1920-05?", "[1920?]"), ("1920~", "ca. 1920"),
        ("1920%", "[ca. 1920?]"), ("-0043", "44 BCE"), ("19XX", "1900–1999"), ("192X", "1920–29"),
        ("1920-XX", "1920"), ("1920-05-XX", "1920"), ("1920/", "1920–"), ("../1920", "–1920"),
        ("2001-23", "2001"), ("2016-05-04T14:04:00", "2016"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_biblatex_reads_it(date: str, printed: str) -> None:
    text = f"@book{{a, author={{A, B}}, title={{T}}, publisher={{P}}, date={{{date}}}}}"
    assert one(text) == f"A, B. *T*. P, {printed}."


@pytest.mark.parametrize(
    ("option", "listed", "cited_as"),
    [
        ("", "van Beethoven, Ludwig.", "van Beethoven, *Letters*"),
        ("options={useprefix=true},", "van Beethoven, Ludwig.", "van Beethoven, *Letters*"),
        ("options={useprefix=false},", "Beethoven, Ludwig van.", "Beethoven, *Letters*"),
    ],
)
def test_the_option_useprefix_decides_where_a_prefix_stands(
    option: str, listed: str, cited_as: str
) -> None:
    works = library(f"@book{{a, author={{van Beethoven, Ludwig}}, {option} title={{Letters}}}}")
    record = next(iter(works.all()))
    assert shown(entry("notes", works, record)).startswith(listed)
    assert cited(works, record, "notes", "later").startswith(cited_as)


def test_a_title_carries_the_language_of_its_work() -> None:
    works = library("@article{a, author={A, B}, title={Der Fluss}, langid={ngerman}, journal={J}}")
    runs = entry("notes", works, next(iter(works.all())))
    assert [(run.text, run.language) for run in runs if run.language] == [("Der Fluss", "de")]


def test_a_locator_that_is_no_page_follows_a_comma_in_mla() -> None:
    works = library("@book{a, author={Hart, Mary}, title={Tides}, date=1900}")
    record = next(iter(works.all()))
    for locator, printed in (
        ("p. 12", "Hart 12"),
        ("chap. 3", "Hart, chap. 3"),
        ("p. xi", "Hart xi"),
    ):
        linked, rest = words_of("mla", works, Cited(record, locator, "p"))
        assert shown(linked + rest) == printed
