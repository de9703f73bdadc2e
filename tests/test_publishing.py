"""What readers of the outputs rely on: pages without a bar, downloads, notes, page numbers."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

import page_validators
from edition.sphinx.epub.pagelist import PrintedPage, beginnings, marked
from edition.sphinx.html_pages import MENDS, mended

pytestmark = [
    pytest.mark.filterwarnings("ignore:'myst_parser:PendingDeprecationWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

Site = Callable[..., Path]

PAGE = """\
# The ferry

```{toctree}
:caption: The letters
other
```

The rope broke twice.[^rope] The water fell.

[^rope]: In March, and again in May.

    The second paragraph of the note.

A line between.

| Year | Boats |
|---|---|
| 1901 | 3[^boats] |

[^boats]: One of them a wreck.
"""
OTHER = "# Downloads\n\n```{downloads}\n```\n\nThe pilot’s letters, and the ropes that he sold.\n"


@pytest.fixture
def site(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Site:
    def build(conf: str = "", builder: str = "html", **pages: str) -> Path:
        docs = tmp_path / "docs"
        docs.mkdir(exist_ok=True)
        (tmp_path / "pyproject.toml").write_text("[tool.edition]\n", encoding="utf-8")
        (tmp_path / "bibliography.bib").write_text("", encoding="utf-8")
        (docs / "conf.py").write_text(
            'project = "The Ferry"\nextensions = ["edition.sphinx"]\nhtml_theme = "furo"\n'
            'html_show_search_summary = False\nlanguage = "en"\n'
            'author = "Ana Brod"\ncopyright = "2031, Ana Brod"\nrelease = version = "1"\n'
            'edition_downloads = {"The book": "../book.pdf"}\n' + conf,
            encoding="utf-8",
        )
        for name, text in {"index": PAGE, "other": OTHER, **pages}.items():
            (docs / f"{name}.md").write_text(text, encoding="utf-8")
        out = tmp_path / "out" / builder
        code = build_main(["-q", "-W", "-b", builder, str(docs), str(out)])
        assert (code, capfd.readouterr().err) == (0, "")
        return out

    return build


def test_every_fault_of_the_theme_is_found_and_mended(site: Site) -> None:
    page = (site() / "index.html").read_text(encoding="utf-8")
    assert 'role="heading" aria-level="2"' in page
    assert page.count('<nav class="sidebar-drawer" aria-label="Edition">') == 1
    assert page.count('<nav class="toc-drawer') == 1
    assert 'tabindex="0" class="table-wrapper' in page
    body = page[page.index("<body") :]
    assert mended(body) == body
    for pattern, _instead in MENDS:
        assert not pattern.search(page)


def test_a_note_follows_the_block_that_refers_to_it_whole(site: Site) -> None:
    page = (site() / "index.html").read_text(encoding="utf-8")
    order = ["The rope broke", "In March", "second paragraph", "A line between", "1901", "a wreck"]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert page.index("</table>") < page.index("a wreck")
    assert [page.count(words) for words in order] == [1] * len(order)


def test_downloads_tell_size_and_digest_and_go_with_the_site(site: Site, tmp_path: Path) -> None:
    before = (site() / "other.html").read_text(encoding="utf-8")
    assert "have not been built yet" in before
    content = b"%PDF-" + b"x" * 12_345
    (tmp_path / "book.pdf").write_bytes(content)
    out = site()
    page = (out / "other.html").read_text(encoding="utf-8")
    assert 'href="book.pdf"' in page
    assert "12 kB" in page
    assert hashlib.sha256(content).hexdigest() in page
    assert (out / "book.pdf").read_bytes() == content


def test_the_search_has_the_words_of_every_page(site: Site) -> None:
    written = (site() / "edition-records.js").read_text(encoding="utf-8")
    records = json.loads(written.removeprefix("window.EDITION_RECORDS = ").removesuffix(";\n"))
    assert {record["page"] for record in records} == {"index.html", "other.html"}
    assert any("The rope broke twice." in record["text"] for record in records)


def test_a_search_from_the_disk_shows_excerpts(site: Site) -> None:
    out = site()
    with page_validators.browser() as browser:
        page = browser.new_page()
        page.goto((out / "search.html").as_uri() + "?q=rope")
        page.wait_for_selector("#edition-results mark")
        assert "rope" in page.inner_text("#edition-results p.context").lower()


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (1400, "dark"), (320, "light")])
def test_no_page_bars_anyone(site: Site, width: int, scheme: str) -> None:
    pages = sorted(site().glob("*.html"))
    with page_validators.browser() as browser:
        assert page_validators.axe(browser, pages, width=width, scheme=scheme) == []


def test_axe_finds_a_planted_fault(tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text('<html lang="en"><title>A</title><main><h1>A</h1><img src="a.png"></main>')
    with page_validators.browser() as browser:
        found = page_validators.axe(browser, [bad], width=800, scheme="light")
    assert any(line.startswith("bad.html image-alt") for line in found)


def test_every_page_is_valid_html(site: Site) -> None:
    assert page_validators.vnu(site()) == []


def test_vnu_finds_a_planted_fault(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text("<!doctype html><title>A</title><p id=a><p id=a><blink>")
    assert any("Duplicate ID" in line for line in page_validators.vnu(tmp_path))


def test_ace_passes_the_book_and_finds_a_planted_fault(site: Site, tmp_path: Path) -> None:
    book = next(site(builder="epub").glob("*.epub"))
    assert page_validators.ace(book) == []
    spoilt, folder = tmp_path / "spoilt.epub", tmp_path / "spoilt"
    shutil.unpack_archive(book, folder, "zip")
    page = folder / "epub-cover.xhtml"
    page.write_text(re.sub(r' alt="[^"]*"', "", page.read_text(encoding="utf-8")), "utf-8")
    shutil.make_archive(str(spoilt), "zip", folder)
    found = page_validators.ace(Path(f"{spoilt}.zip").rename(spoilt))
    assert any("image-alt" in line for line in found)


def test_a_printed_page_begins_at_its_first_anchor_or_in_the_one_that_runs_on() -> None:
    pages = [
        PrintedPage("i", ()),
        PrintedPage("1", ("p1", "elsewhere")),
        PrintedPage("2", ()),
        PrintedPage("3", ("p2", "p3")),
    ]
    found = beginnings(pages, {"p1": "a.xhtml", "p2": "b.xhtml", "p3": "b.xhtml"})
    assert [(b.label, b.file, b.element) for b in found] == [
        ("1", "a.xhtml", "p1"),
        ("2", "a.xhtml", "p1"),
        ("3", "b.xhtml", "p2"),
    ]
    text = marked('<p class="x" id="p1">One</p><p id="p11">Two</p>', found[:2])
    assert re.findall(r'id="([^"]+)"', text) == ["p1", "page-1", "page-2", "p11"]


@pytest.mark.parametrize(
    ("conf", "size"),
    [
        ("", (419.5, 595.3)),
        ('edition_pdf_paper = "us-trade"\n', (432, 648)),
        ("edition_pdf_large_print = True\nedition_pdf_line_numbers = True\n", (595.3, 841.9)),
        ('edition_pdf_paper = "a5"\nedition_pdf_chapters_right = True\n', (419.5, 595.3)),
    ],
)
def test_the_book_has_the_paper_that_was_chosen(
    site: Site, conf: str, size: tuple[float, float]
) -> None:
    import pikepdf

    with pikepdf.open(site(conf, builder="typst") / "edition.pdf") as pdf:
        box = [float(n) for n in pdf.pages[0].mediabox]
    assert box[2:] == pytest.approx(size, abs=0.5)
