"""The edition's own outputs in build/, as readers get them, against every validator.

That each of these gates closes on a fault is shown in `test_gates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import lxml.html
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

import lighthouse
import link_validators
import page_validators
import validators
from edition.loading.load import load
from edition.project.layout import find_project
from tests_support import built

PROJECT = Path(__file__).parents[1]
# What a reader sees first, reads, looks up, searches and takes away.
KINDS = (
    "index.html",
    "text/victor-serge.html",
    "quotations.html",
    "persons.html",
    "search.html?q=Serge",
    "download.html",
)


@pytest.fixture(scope="module")
def pages() -> list[Path]:
    return [p for p in sorted(built("html").rglob("*.html")) if "_static" not in p.parts]


@pytest.mark.parametrize(
    ("width", "scheme"), [(1400, "light"), (1400, "dark"), (320, "light"), (320, "dark")]
)
def test_axe_has_nothing_against_any_page(pages: list[Path], width: int, scheme: str) -> None:
    with page_validators.browser() as browser:
        assert page_validators.axe(browser, pages, width=width, scheme=scheme) == []


def test_the_pages_are_valid() -> None:
    assert page_validators.vnu(built("html")) == []


def test_lighthouse_gives_every_kind_of_page_full_marks() -> None:
    assert lighthouse.faults(built("html"), KINDS) == []


# The narrowest screen, and those where the bars come beside the text and the notes beside both.
@pytest.mark.parametrize("width", [320, 390, 1008, 1024, 1280, 1312, 1376, 1440, 1920, 2560])
def test_no_page_is_wider_than_the_screen(pages: list[Path], width: int) -> None:
    with page_validators.browser() as browser:
        page = browser.new_page(viewport={"width": width, "height": 640})
        for path in pages:
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


def test_the_first_page_is_light_and_asks_nobody_else() -> None:
    asked: list[str] = []
    with page_validators.browser() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((built("html") / "index.html").as_uri(), wait_until="networkidle")
    assert all(url.startswith(("file:", "data:")) for url in asked)
    files = {unquote(url.removeprefix("file://")).partition("?")[0] for url in asked}
    assert sum(Path(f).stat().st_size for f in files if f.startswith("/")) < 200_000


def test_every_internal_link_leads_somewhere() -> None:
    assert link_validators.in_site(built("html")) == []
    assert link_validators.in_epub(built("edition.epub")) == []
    assert link_validators.in_pdf(built("edition.pdf")) == []


def test_every_passage_and_quotation_is_a_destination_of_the_book() -> None:
    sources = load(find_project(PROJECT))
    anchors = {p.id for p in sources.passages} | {q.id for q in sources.quotations if q.id}
    assert len(anchors) > 100
    assert anchors <= link_validators.destinations_of(built("edition.pdf"))


def test_the_book_is_accessible() -> None:
    assert validators.verapdf(built("edition.pdf")) == []


def test_no_page_of_the_book_is_nearly_empty_and_no_heading_is_at_its_foot() -> None:
    book = built("edition.pdf")
    with (
        pikepdf.open(book) as pdf,
        pypdfium2.PdfDocument(book) as shown,
        pdf.open_outline() as tree,
    ):
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        labels = [str(page.label) for page in pdf.pages]
        texts = [page.get_textpage() for page in shown]
        begin = labels.index("1")
        for text, label in list(zip(texts, labels, strict=True))[begin:]:
            lines = [line for line in text.get_text_range().split("\r\n") if line.strip()]
            assert len(lines) > 5, label  # one of them is a running head or a folio
        headings = [item for item in descendants(tree.root) if not re.match(r"p\d", item.title)]
        assert len(headings) > 20
        for heading in headings:
            place: Any = heading.destination
            number, top = pages[place[0].objgen], float(place[3])
            text, feet = texts[number], []
            for n in range(text.count_chars()):
                size = pypdfium2.raw.FPDFText_GetFontSize(text.raw, n)
                feet += [text.get_charbox(n)[1]] * (size > 5 and not 8.25 < size < 8.75)
            # Two lines of text at least below the heading and the space under it; notes and the
            # folio have letters of 8.3 to 8.6 points.
            assert min(feet) < top - 45, (heading.title, labels[number])


def descendants(items: Iterable[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    """Yield bookmarks and those below them."""
    for item in items:
        yield item
        yield from descendants(item.children)


def test_the_e_book_is_valid_accessible_and_light() -> None:
    book = built("edition.epub")
    assert validators.epubcheck(book) == []
    assert page_validators.ace(book) == []
    assert book.stat().st_size < 1_000_000


def test_axe_has_nothing_against_any_page_of_the_e_book(tmp_path: Path) -> None:
    with ZipFile(built("edition.epub")) as book:
        book.extractall(tmp_path)
    pages = sorted(tmp_path.rglob("*.xhtml"))
    found: list[str] = []
    with page_validators.browser() as browser:
        for scheme in ("light", "dark"):
            found += page_validators.axe(browser, pages, width=390, scheme=scheme)
    # A page break may have a name (DPUB-ARIA 1.1), which axe does not know; pages of a book are
    # not in landmarks, and those that continue a chapter begin below its rank.
    of_sites = ("region", "landmark-one-main", "page-has-heading-one", "heading-order")
    known = re.compile(rf"\S+ (?:aria-prohibited-attr #page-|(?:{'|'.join(of_sites)}) )")
    assert [line for line in found if not known.match(line)] == []


# What a reader may set (WCAG 2.2, 1.4.12).
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
word-spacing: .16em !important } p { margin-bottom: 2em !important }"""


@pytest.mark.parametrize("style", ["", SPACED], ids=["reflow", "spacing"])
def test_what_the_e_book_claims_is_so(tmp_path: Path, style: str) -> None:
    """Hold, with the two tests before, the claim of WCAG 2.2, AA, in its metadata."""
    with ZipFile(built("edition.epub")) as book:
        book.extractall(tmp_path)
    said = (tmp_path / "content.opf").read_text(encoding="utf-8")
    assert ">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>" in said
    with page_validators.browser() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 640})
        for path in sorted(tmp_path.rglob("*.xhtml")):
            page.goto(path.as_uri())
            page.add_style_tag(content=style or "*{}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path.name
            assert page.evaluate("document.documentElement.lang || 'cover'"), path.name
            # 1.4.1: links within text are told by more than their colour.
            assert page.evaluate(PLAIN_LINKS) == [], path.name


PLAIN_LINKS = """[...document.querySelectorAll("p a[href]:not([role])")].filter((link) => {
  const style = getComputedStyle(link);
  return style.textDecorationLine === "none" && style.borderBottomStyle === "none"
    && link.closest("p").textContent.trim() !== link.textContent.trim();
}).map((link) => link.outerHTML)"""


def test_no_sentence_of_the_bibliography_ends_twice() -> None:
    page = lxml.html.parse(str(built("html") / "bibliography.html"))
    works = [li.text_content() for li in page.iterfind('.//ul[@class="bibliography simple"]/li')]
    assert works
    assert [work for work in works if ".." in work or ".”." in work] == []
