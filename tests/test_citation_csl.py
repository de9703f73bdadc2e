"""Citations in a style that comes as a file of the Citation Style Language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from edition.bibliography.markup import rich, text_of
from edition.sphinx.citations.csl import Part, Style
from edition.sphinx.citations.csl_items import item
from edition.sphinx.citations.library import Library
from test_citation_notes import WORKS, build, edition, page, words
from test_citation_styles import library
from tests_support import Write

pytest.importorskip("pypandoc")

NAMES = """<names variable="author"><name form="{form}" and="text"/>
  <substitute><names variable="editor"/><text variable="title"/></substitute></names>"""
PLACE = """<group delimiter=" "><label variable="locator" form="short"/>
  <text variable="locator"/></group>"""
ENTRY = f"""<bibliography><sort><key variable="issued"/></sort><layout suffix=".">
  <group delimiter=", ">{NAMES.format(form="long")}
  <text variable="title" font-style="italic"/><text variable="container-title"/>
  <date variable="issued"><date-part name="year"/></date></group></layout></bibliography>"""
IN_TEXT = f"""<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Ours</title><id>ours</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout prefix="&lt;" suffix="&gt;" delimiter=" + "><group delimiter=" / ">
  {NAMES.format(form="short")}<date variable="issued"><date-part name="year"/></date>{PLACE}
  </group></layout></citation>{ENTRY}</style>"""
IN_NOTES = f"""<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>Ours</title><id>ours</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  <citation><layout suffix="." delimiter="; "><choose>
  <if position="ibid-with-locator"><group delimiter=", "><text term="ibid"/>{PLACE}</group></if>
  <else-if position="subsequent"><group delimiter=", ">{NAMES.format(form="short")}{PLACE}
  </group></else-if><else><group delimiter=", ">{NAMES.format(form="long")}
  <text variable="title" font-style="italic"/>{PLACE}</group></else></choose></layout></citation>
  {ENTRY}</style>"""


def in_style(project: Write, style: str, text: str = "") -> Path:
    root = edition(project, 'edition_citation_style = "own.csl"\n', *([text] if text else []))
    (root / "docs" / "own.csl").write_text(style, encoding="utf-8")
    return root


def test_a_style_that_cites_in_the_text(project: Write) -> None:
    root = in_style(project, IN_TEXT)
    build(root)
    one = page(root, "one.html")
    shown = words(one.xpath("//article")[0])
    assert "She wrote so <see Hart / 1831 / p. 12>. He agreed <Hart / 1831 / p. 13>" in shown
    assert "<Hart / 1831 / p. 4 + Hart / 1838 / vol. 3, p. 112>" in shown
    assert "See Of <Hart / 1838 / p. 112> and A table after" in shown
    assert "{p." not in shown
    links = one.xpath("//span[@class='bibtex-citation']//a/@href")
    assert {"works.html#cite-letters", "works.html#cite-night"} <= set(links)
    listed = page(root, "works.html").xpath("//ul[contains(@class, 'bibliography')]/li")
    assert [words(entry) for entry in listed] == [
        "Mary Hart, Letters from the Harbour, 1831.",
        "Mary Hart, The Harbour at Night, Collected Works, 1838.",
        "Tom Aves, Voyages, 1927.",
    ]
    assert listed[0].xpath(".//em")[0].text == "Letters from the Harbour"


def test_a_style_that_cites_in_notes(project: Write) -> None:
    text = (
        "# One\n\nSo {cite:p}`letters{p. 12}`. And {cite:p}`letters{p. 13}`; "
        "{cite:t}`aves{chap. 2}` says no {cite:p}`letters{p. 14}`.\n"
    )
    root = in_style(project, IN_NOTES, text)
    build(root)
    one = page(root, "one.html")
    assert "Aves[3] says no.[4]" in words(one.xpath("//article")[0])
    notes = [words(note) for note in one.xpath("//aside[contains(@class, 'footnote')]/p")]
    notes = notes or [words(note) for note in one.xpath("//aside//p")]
    assert notes == [
        "Mary Hart, Letters from the Harbour, p. 12.",
        "Ibid., p. 13.",
        "Tom Aves, Voyages, chap. 2.",
        "Hart, p. 14.",
    ]


@pytest.mark.parametrize(
    ("style", "message"),
    [
        (None, "cannot be read"),
        ('<style><info><link rel="independent-parent" href="x"/></info></style>', "names another"),
        ("no style", "is no CSL style that pandoc can read"),
    ],
)
def test_a_file_that_is_no_style_is_told(project: Write, style: str | None, message: str) -> None:
    root = in_style(project, style or "")
    if style is None:
        (root / "docs" / "own.csl").unlink()
    command = [sys.executable, "-m", "sphinx", "-q", str(root / "docs"), str(root / "build")]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert result.returncode == 2
    assert message in result.stderr


def one_item(text: str) -> dict[str, Any]:
    return item(next(iter(library(text).all())))


def test_works_are_items_of_csl() -> None:
    part = item(next(work for work in library(WORKS).all() if work.key == "night"))
    assert part["type"] == "chapter"
    assert part["container-title"] == "Collected Works"
    assert part["author"] == [{"family": "Hart", "given": "Mary"}]
    assert part["issued"] == {"date-parts": [[1838]]}
    letter = one_item(
        "@letter{a, author={{Tide Society} and others}, title={On \\emph{Ebb} & $x^2$}, "
        "date={1831-05-06/1831-05-08}, editor={van Dam, Jo}, urldate={2020-01-02}, "
        "url={https://example.org}}".replace("&", r"\&")
    )
    assert letter["title"] == "On <i>Ebb</i> &amp; x<sup>2</sup>"
    assert letter["author"] == [{"literal": "Tide Society"}, {"literal": "others"}]
    assert letter["editor"][0]["non-dropping-particle"] == "van"
    assert letter["issued"] == {"date-parts": [[1831, 5, 6], [1831, 5, 8]]}
    assert one_item("@book{a, title={T}, date={1819~}}")["issued"]["circa"] is True
    assert one_item("@book{a, title={T}, date={-0043}}")["issued"] == {"date-parts": [[-44]]}
    assert one_item("@book{a, title={T}, pubstate={forthcoming}}")["issued"]["literal"]


def test_of_very_many_works_those_of_the_names_cited_are_handed_on() -> None:
    style = Path(__file__)  # any file: nothing is printed
    few = library("".join(f"@book{{k{n}, title={{T}}}}\n" for n in range(3)))
    many = library(
        "".join(f"@book{{k{n}, title={{T}}, author={{Hart{n % 60}, A}}}}\n" for n in range(120))
    )
    assert len(Style(style, few, "en")._beside({"k0"})) == 3
    assert [work.key for work in Style(style, many, "en")._beside({"k7"})] == ["k7", "k67"]


def test_all_of_very_many_works_can_be_listed(tmp_path: Path) -> None:
    (tmp_path / "own.csl").write_text(IN_TEXT, encoding="utf-8")
    many = "".join(f"@book{{k{n}, title={{T{n}}}, author={{Hart{n}, A}}}}\n" for n in range(120))
    style = Style(tmp_path / "own.csl", library(many), "en")
    assert len(style.entries) == 120
    assert text_of(style.entries["k119"]) == "A Hart119, T119."


def test_labels_are_of_the_language_and_canonical_places_no_pages(tmp_path: Path) -> None:
    file = tmp_path / "own.csl"
    file.write_text(IN_TEXT, encoding="utf-8")
    typed = {
        "en": ["p. 12", "327a", "1.23", "chap. 3", "pp. xi-xii"],
        "de": ["S. 12", "Kap. 3", "327a"],
    }
    shown = {
        language: [
            text_of(words).removeprefix("<Aves / 1927")
            for words in Style(file, library(WORKS), language).citations(
                [[Part("aves", "", locator)] for locator in locators]
            )
        ]
        for language, locators in typed.items()
    }
    assert shown == {
        "en": [" / p. 12>", ", 327a>", ", 1.23>", " / chap. 3>", " / pp. xi–xii>"],
        "de": [" / S. 12>", " / Kap. 3>", ", 327a>"],
    }


NUMBERS = IN_TEXT.replace(
    f"{NAMES.format(form='short')}<date", '<text variable="citation-number"/><date'
)


def styled(tmp_path: Path, style: str, text: str, *listed: str) -> Style:
    file = tmp_path / "own.csl"
    file.write_text(style, encoding="utf-8")
    works = library(text)._works
    return Style(file, Library(works, dict.fromkeys(listed) if listed else None), "en")


def test_a_style_has_the_language_that_it_is_written_for(tmp_path: Path) -> None:
    german = IN_TEXT.replace('class="in-text"', 'class="in-text" default-locale="de-DE"')
    style = styled(tmp_path, german, WORKS)
    assert style.language == "de-DE"
    assert "Hart, Mary und Aves" not in text_of(style.entries["letters"])
    (cited,) = style.citations([[Part("aves", "", "S. 12")]])
    assert text_of(cited) == "<Aves / 1927 / S. 12>"


def test_a_style_in_numbers_counts_works_as_they_are_first_cited(tmp_path: Path) -> None:
    style = styled(tmp_path, NUMBERS, WORKS, "night", "aves")
    assert style.in_numbers
    assert not styled(tmp_path, IN_TEXT, WORKS).in_numbers
    (cited,) = style.citations([[Part("aves", "", "p. 3")]])
    assert text_of(cited) == "<2 / 1927 / p. 3>"
    assert set(style.entries) == {"night", "aves"}


def test_names_and_years_are_the_style_s_own(tmp_path: Path) -> None:
    style = styled(tmp_path, IN_TEXT.replace(" / ", " "), WORKS)
    assert style.pieces(["aves"])["aves"][0] == rich("Aves")
    assert styled(tmp_path, NUMBERS, WORKS).pieces(["aves"]) == {}


def test_a_style_shortens_ranges_and_titles_itself() -> None:
    part = one_item(
        "@incollection{a, title={T}, subtitle={S}, booktitle={B}, pages={101--120}, year={1900}}"
    )
    assert part["page"] == "101–120"
    assert (part["title"], part["title-short"]) == ("T: S", "T")


def test_names_are_repeated_where_the_order_is_not_the_style_s(tmp_path: Path) -> None:
    dashed = IN_TEXT.replace("<bibliography>", '<bibliography subsequent-author-substitute="——">')
    file = tmp_path / "own.csl"
    file.write_text(dashed, encoding="utf-8")
    for repeated, begins in ((False, "——"), (True, "Mary Hart")):
        style = Style(file, library(WORKS), "en", names_repeated=repeated)
        assert text_of(style.entries["night"]).startswith(begins)


def test_letters_tell_the_listed_works_apart_alone() -> None:
    works = library(
        "".join(
            f"@book{{{key}, author={{Hart, M}}, title={{{key}}}, year={{1900}}}}" for key in "abc"
        )
    )._works
    letters = [
        Library(works, listed).letter(r)
        for listed in (None, {"b": None, "c": None})
        for r in Library(works).all()
    ]
    assert letters == ["a", "b", "c", "", "a", "b"]
