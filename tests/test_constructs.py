"""What scholars type beside plain paragraphs, in the book and the e-book."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from lxml import etree
from sphinx.cmd.build import build_main

from edition.myst.index_marks import entry_key
from edition.sphinx.mathml import FormulaError, read_formula
from edition.sphinx.typst.formulas import formula

ROOT = Path(__file__).parent / "roots" / "constructs"
NAMES = {"h": "http://www.w3.org/1999/xhtml", "m": "http://www.w3.org/1998/Math/MathML"}

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("constructs")
    shutil.copytree(ROOT, folder / "root")
    for builder in ("typst", "epub"):
        arguments = ["-b", builder, "-q", "-W", str(folder / "root" / "docs")]
        assert build_main([*arguments, str(folder / builder)]) == 0
    return folder


@pytest.fixture(scope="module")
def pages(built: Path) -> list[str]:
    with pypdfium2.PdfDocument(built / "typst" / "edition.pdf") as pdf:
        return [page.get_textpage().get_text_range().replace("\r", "") for page in pdf]


@pytest.fixture(scope="module")
def chapters(built: Path) -> dict[str, Any]:
    with ZipFile(built / "epub" / "edition.epub") as book:
        return {
            Path(name).stem: etree.fromstring(book.read(name))
            for name in book.namelist()
            if name.endswith(".xhtml")
        }


def test_lines_end_where_the_source_ends_them(pages: list[str]) -> None:
    book = "\n".join(pages)
    assert "Firstline of a letter,\nsecondline of it,\nthirdline of it.\n" in book
    assert "Quotedlineone of a poem,\nquotedlinetwo of it.\n" in book
    assert "itemone\nitemcontinued\n" in book


def test_nothing_is_outside_the_paper(built: Path) -> None:
    with pypdfium2.PdfDocument(built / "typst" / "edition.pdf") as pdf:
        for page in pdf:
            text = page.get_textpage()
            boxes = [text.get_charbox(n) for n in range(text.count_chars())]
            assert all(right <= page.get_width() - 30 for _left, _bottom, right, _top in boxes)


def test_the_notes_of_titles_captions_and_tables_are_on_the_page_of_their_call(
    pages: list[str],
) -> None:
    assert "Titlenote" in pages[0]
    for word, note in (
        ("Harbours after", "Headingnote"),
        ("Tablecaption", "Captionnote"),
        ("celltwo", "Cellnote"),
        ("Figurecaption", "Figurenote"),
        ("verseline four", "Versenote"),
    ):
        assert any(word in page and note in page for page in pages), note


def test_verse_is_numbered_quoted_by_line_and_registered(
    pages: list[str], chapters: dict[str, Any]
) -> None:
    (page,) = [page for page in pages if "Verseline three" in page]
    assert re.search(r"verseline five is numbered;\s*5\n", page)
    assert "p. 44, ll. 3–9" in page.replace("\N{NO-BREAK SPACE}", " ")
    verse = chapters["verse"]
    (block,) = verse.xpath(
        "//h:figure[@id='q1']/h:blockquote/h:div[@class='line-block']", namespaces=NAMES
    )
    assert block.xpath("count(.//h:div[@class='line-block'])", namespaces=NAMES) == 3
    assert block.xpath("string(.//h:span[@class='line-number'])", namespaces=NAMES).strip() == "5"
    row = verse.xpath("//h:table//h:tbody", namespaces=NAMES)[0]
    assert "44, ll.\N{NO-BREAK SPACE}3–9" in "".join(row.itertext())


def test_formulas_are_set_and_numbered(pages: list[str], chapters: dict[str, Any]) -> None:
    (page,) = [page for page in pages if "numbered formula" in page]
    assert "\\frac" not in page
    assert page.count("(1)") == 2  # beside the formula, and in the reference to it
    formulas = chapters["chapter"].xpath("//m:math", namespaces=NAMES)
    assert len(formulas) == 3
    assert all(f.get("alttext") for f in formulas)


def test_every_number_of_a_passage_or_quotation_is_shown(
    pages: list[str], chapters: dict[str, Any]
) -> None:
    (page,) = [page for page in pages if "Plainpassage" in page]
    shown = "".join(
        chapters["verse"].xpath("//h:*[contains(@class, '-number')]//text()", namespaces=NAMES)
    )
    for number in ("q1", "p2", "q2", "q3"):
        assert re.search(rf"\b{number}\b", page)
        assert number in shown


@pytest.mark.parametrize("tex", [r"\nobodyknows{x}", r"\frac{a"])
def test_a_formula_that_cannot_be_read_is_refused(tex: str) -> None:
    with pytest.raises(FormulaError):
        read_formula(tex)


@pytest.mark.parametrize(
    ("tex", "set_"),
    [
        (r"\text{a #b $c}", '"a #b $c"'),
        (r"\mathrm{H_2}", 'attach(upright(H), b: "2")'),
        (r"a < b", r"a \< b"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", r"a &  \= b \ c &  \= d"),
    ],
)
def test_formulas_in_typst(tex: str, set_: str) -> None:
    assert formula(read_formula(tex)).split() == set_.split()


def test_listings_and_tasks(pages: list[str], chapters: dict[str, Any]) -> None:
    book = "\n".join(pages)
    assert "Listing 1" in book
    assert "☑\N{NO-BREAK SPACE}donetask" in book.replace("☑ ", "☑\N{NO-BREAK SPACE}")
    text = "".join(chapters["chapter"].itertext())
    assert "☑" in text
    assert "☐" in text


def test_pictures_with_blanks_and_umlauts_are_in_both_books(built: Path) -> None:
    with pikepdf.open(built / "typst" / "edition.pdf") as pdf:
        pictures = [image for page in pdf.pages for image in page.images]
    assert pictures
    with ZipFile(built / "epub" / "edition.epub") as book:
        assert any("der-Fluß-bei-Nacht.png" in name for name in book.namelist())


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Serge, Víctor", "serge-victor"),
        ("Троцкий, Лев", "trotskii-lev"),
        ("Ἀριστοτέλης", "aristotelis"),
        ("孫文", "u5b6b-u6587"),
    ],
)
def test_a_name_in_any_script_has_a_key(name: str, key: str) -> None:
    assert entry_key(name) == key
