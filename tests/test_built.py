"""The edition's own outputs in build/, as readers get them, against every validator."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

import page_validators
import validators

BUILD = Path(__file__).parents[1] / "build"


def built(name: str) -> Path:
    if not (BUILD / name).exists():
        validators.absent(f"build/{name} is not there; make")
    return BUILD / name


@pytest.fixture(scope="module")
def pages() -> list[Path]:
    site = built("html")
    return [p for p in sorted(site.rglob("*.html")) if "_static" not in p.parts]


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (1400, "dark"), (320, "light")])
def test_axe_has_nothing_against_any_page(pages: list[Path], width: int, scheme: str) -> None:
    with page_validators.browser() as browser:
        assert page_validators.axe(browser, pages, width=width, scheme=scheme) == []


def test_the_pages_are_valid() -> None:
    assert page_validators.vnu(built("html")) == []


def test_no_page_is_wider_than_the_narrowest_screen(pages: list[Path]) -> None:
    with page_validators.browser() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 640})
        for path in pages:
            page.goto(path.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path.name


def test_the_first_page_is_light_and_asks_nobody_else() -> None:
    asked: list[str] = []
    with page_validators.browser() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((built("html") / "index.html").as_uri(), wait_until="networkidle")
    assert all(url.startswith(("file:", "data:")) for url in asked)
    files = {unquote(url.removeprefix("file://")).partition("?")[0] for url in asked}
    assert sum(Path(f).stat().st_size for f in files if f.startswith("/")) < 200_000


def dangling(site: Path) -> list[str]:
    """Links of a website's pages to files and anchors of its own that are not there."""
    texts = {p: p.read_text(encoding="utf-8") for p in site.rglob("*.html")}
    ids = {p: set(re.findall(r'\bid="([^"]+)"', text)) for p, text in texts.items()}
    found = []
    for page, text in texts.items():
        for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', text):
            if re.match(r"[a-z][a-z+.-]*:", link):
                continue
            path, _, anchor = unquote(link).partition("#")
            target = (page.parent / path).resolve() if path else page
            if not target.exists() or (anchor and target in ids and anchor not in ids[target]):
                found.append(f"{page.relative_to(site)} → {link}")
    return found


def test_every_internal_link_leads_somewhere() -> None:
    assert dangling(built("html").resolve()) == []


def test_a_planted_dangling_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="b.html#x">b</a><a href="c.html">c</a><p id="y">')
    (tmp_path / "b.html").write_text('<p id="z"><a href="a.html#y">a</a>')
    assert dangling(tmp_path) == ["a.html → b.html#x", "a.html → c.html"]


def test_the_book_is_accessible() -> None:
    assert validators.verapdf(built("edition.pdf")) == []


def test_the_e_book_is_valid_accessible_and_light() -> None:
    book = built("edition.epub")
    assert validators.epubcheck(book) == []
    assert page_validators.ace(book) == []
    assert book.stat().st_size < 1_000_000


def test_no_sentence_of_the_bibliography_ends_twice() -> None:
    page = lxml.html.parse(str(built("html") / "bibliography.html"))
    works = [li.text_content() for li in page.iterfind('.//ul[@class="bibliography simple"]/li')]
    assert works
    assert [work for work in works if ".." in work or ".”." in work] == []
