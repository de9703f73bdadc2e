"""Where the pages of a book end: nothing is parted where a reader minds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image  # comes with pikepdf
from sphinx.cmd.build import build_main

pytestmark = pytest.mark.filterwarnings("ignore")

Made = Callable[..., list[str]]

HEAD = """\
extensions = ["edition.sphinx.typst", "myst_parser"]
myst_enable_extensions = ["attrs_inline"]
edition_pdf_book = {"date": "2026-03-31"}
project = "Book"
"""


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Build chapters; the text of each page after the contents, without its head and foot."""

    def make(preface: str, chapters: list[str], conf: str = "") -> list[str]:
        docs = tmp_path / "docs"
        docs.mkdir()
        (docs / "conf.py").write_text(HEAD + conf, encoding="utf-8")
        names = [f"c{number:02}" for number in range(len(chapters))]
        for name, chapter in zip(names, chapters, strict=True):
            (docs / f"{name}.md").write_text(chapter, encoding="utf-8")
        toctree = "\n".join(["```{toctree}", *names, "```"])
        (docs / "index.md").write_text(f"# Book\n\n{preface}\n\n{toctree}\n", encoding="utf-8")
        assert build_main(["-b", "typst", "-q", "-W", str(docs), str(tmp_path / "out")]) == 0
        with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
            texts = [page.get_textpage().get_text_range().replace("\r", "") for page in pdf]
        first = next(n for n, text in enumerate(texts) if "Line 1 " in text or "begins" in text)
        return texts[first:]

    return make


def lines(count: int) -> str:
    return "\n\n".join(f"Line {number} of {count}." for number in range(1, count + 1))


def test_no_last_page_has_less_than_five_lines(made: Made) -> None:
    pages = made(lines(32), [f"# Chapter\n\n{lines(count)}" for count in range(24, 62)])
    short = [page for page in pages if len(re.findall(r"Line \d+ of", page)) < 5]
    assert short == []


TABLE = """
| name | height |
|------|--------|
{}
| low  | lastrow |
"""


def test_no_last_row_of_a_table_is_alone(made: Made) -> None:
    rows = TABLE.format("\n".join(f"| {n} | row{n} |" for n in range(1, 7)))
    pages = made("It begins.", [f"# Chapter\n\n{lines(n)}\n{rows}" for n in range(14, 24)])
    held = [page for page in pages if "lastrow" in page]
    assert len(held) == 10
    assert all("row6" in page for page in held)


GROUPED = """
```{{eval-rst}}
+-----+-----+------+-----+-----+
| No. | Day | Tide | Sea | Sky |
+=====+=====+======+=====+=====+
{}
```
"""
ACROSS = "| {}                       |\n+-----+-----+------+-----+-----+"
ROW = "| n{0}  | d{0}  | t{0}   | s{0}  | k{0}  |\n+-----+-----+------+-----+-----+"


def grouped() -> str:
    body = []
    for group in "ABC":
        body += [ACROSS.format(f"Group{group}"), *(ROW.format(n) for n in range(1, 4))]
    return GROUPED.format("\n".join(body))


def test_the_heading_of_rows_is_on_the_page_of_the_first_of_them(made: Made) -> None:
    pages = made("It begins.", [f"# Chapter\n\n{lines(n)}\n{grouped()}" for n in range(8, 22)])
    assert not [page for page in pages if re.search(r"Group[ABC]\s*(\d+\s*)?$", page)]


def test_the_rows_of_large_print_have_the_heads_of_their_columns(made: Made) -> None:
    pages = made("It begins.", [f"# Chapter\n\n{grouped()}"], "edition_pdf_large_print = True\n")
    text = " ".join(" ".join(pages).split())
    row = "No.: n1 Day: d1 Tide: t1 Sea: s1 Sky: k1"
    assert text.count(row) == 3
    assert f"GroupB {row}" in text


def test_rows_too_high_to_be_read_across_are_set_one_below_the_other(made: Made) -> None:
    told = " ".join(["what the keeper of the harbour told"] * 12)
    low = "| Ship | Berth | Tide | Crew |\n|---|---|---|---|\n| Ann | b1 | t1 | c1 |\n"
    high = f"| Year | Mate | Tale | Doubt |\n|---|---|---|---|\n| 1901 | Hart | {told} | {told} |\n"
    text = " ".join(" ".join(made("It begins.", [f"# Chapter\n\n{low}\n{high}"])).split())
    assert "Ship Berth Tide Crew" in text
    assert "1901 Mate Hart Tale what the keeper" in text
    assert text.count("Doubt what the keeper") == 1


def test_rows_one_below_the_other_lose_no_word_and_no_head(made: Made) -> None:
    told, very = (" ".join(["what the keeper of the harbour told"] * n) for n in (12, 430))
    table = "| Year | Mate | Tale | Doubt |\n|---|---|---|---|\n"
    table += f"| | Mate | {very} end | {told} |\n| | | | |\n"
    table += f"| 1902 | | {told} | |\n| | Ness | {told} | |\n| | | | |\n"
    pages = made("It begins.", [f"# Chapter\n\n{table}"])
    text = " ".join(" ".join(pages).split())
    assert text.count("what the keeper") == 12 * 3 + 430
    assert "Mate Mate Tale what the keeper" in text
    assert "1902 Tale what the keeper" in text
    assert "told Mate Ness Tale what the keeper" in text
    assert max(page.count("keeper") for page in pages) < 100


def test_no_heading_is_left_behind_for_the_sake_of_a_note(made: Made) -> None:
    note = " ".join(["A long note on the tide."] * 30)
    text = " ".join(["Words of the text."] * 12)
    chapters = [
        f"# Chapter\n\n{lines(n)}\n\n## Headwords\n\n{text}[^a] Bodywords.\n\n[^a]: {note}\n"
        for n in range(10, 28)
    ]
    pages = made("It begins.", chapters)
    assert not [page for page in pages if re.search(r"Headwords\s*(\d+\s*)?$", page)]


@pytest.mark.parametrize("size", [(200, 2400), (3000, 60), (30, 20)])
def test_a_picture_is_as_large_as_on_a_screen_and_no_larger_than_its_page(
    made: Made, tmp_path: Path, size: tuple[int, int]
) -> None:
    Image.new("RGB", size, "navy").save(tmp_path / "picture.png")
    pages = made("It begins.", ["# Chapter\n\n![A plan](../picture.png)\n\nAfterwards.\n"])
    assert any("Chapter" in page and "Afterwards" in page for page in pages)
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        (picture,) = [o for page in pdf for o in page.get_objects(filter=[3])]
        left, bottom, right, top = picture.get_bounds()
    assert right - left <= min(size[0] * 0.75, 290) + 0.1
    assert top - bottom <= min(size[1] * 0.75, 350) + 0.1
