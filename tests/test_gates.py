"""Every gate closes: a fault planted in a copy of what `make` built is found, and by its name.

`test_built.py` holds the outputs themselves against these gates.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

import lighthouse
import link_validators
import page_validators
import validators
from edition.sphinx.epub.archive import write_archive
from tests_support import built

PROJECT = Path(__file__).parents[1]
PAGE = "quotations.html"
_META = r"\s*<meta property="

SpoiltPage = Callable[[str, str], Path]
SpoiltBook = Callable[[str, str, str], Path]
SpoiltPdf = Callable[[Callable[[pikepdf.Pdf], None]], Path]


@pytest.fixture
def site(tmp_path: Path) -> SpoiltPage:
    """A copy of one page and what it is styled by, with words exchanged."""

    def spoil(pattern: str, instead: str) -> Path:
        folder = Path(shutil.copytree(built("html") / "_static", tmp_path / "site" / "_static"))
        page = folder.parent / PAGE
        page.write_text(_exchanged((built("html") / PAGE).read_text("utf-8"), pattern, instead))
        return page

    return spoil


@pytest.fixture
def book(tmp_path: Path) -> SpoiltBook:
    """A copy of the e-book, with words exchanged in one of its files."""

    def spoil(name: str, pattern: str, instead: str) -> Path:
        with ZipFile(built("edition.epub")) as archive:
            entries = {n: archive.read(n) for n in archive.namelist() if n != "mimetype"}
        entries[name] = _exchanged(entries[name].decode(), pattern, instead).encode()
        write_archive(tmp_path / "spoilt.epub", entries, 1_767_225_600)
        return tmp_path / "spoilt.epub"

    return spoil


@pytest.fixture
def pdf(tmp_path: Path) -> SpoiltPdf:
    """A copy of the book, with something done to it."""

    def spoil(what: Callable[[pikepdf.Pdf], None]) -> Path:
        with pikepdf.open(built("edition.pdf")) as good:
            what(good)
            good.save(tmp_path / "spoilt.pdf")
        return tmp_path / "spoilt.pdf"

    return spoil


def _exchanged(text: str, pattern: str, instead: str) -> str:
    spoilt, count = re.subn(pattern, instead, text, count=1)
    assert count == 1, f"nothing to plant the fault in: {pattern}"
    return spoilt


class TestEpubcheck:
    @pytest.mark.parametrize(
        ("name", "pattern", "instead", "found"),
        [
            ("text/opening.xhtml", r'id="p2"', 'id="p1"', "RSC-005"),
            ("content.opf", r"<dc:language>.*?</dc:language>", "", "RSC-005"),
            ("nav.xhtml", r'href="text/opening.xhtml"', 'href="text/closing.xhtml"', "RSC-007"),
        ],
    )
    def test_finds(
        self, book: SpoiltBook, name: str, pattern: str, instead: str, found: str
    ) -> None:
        messages = validators.epubcheck(book(name, pattern, instead))
        assert any(m.startswith(found) and name in m for m in messages)


class TestAce:
    @pytest.mark.parametrize(
        ("name", "pattern", "instead", "found"),
        [
            ("epub-cover.xhtml", r' alt="[^"]*"', "", "image-alt"),
            ("content.opf", rf'({_META}"schema:accessMode">[^<]*</meta>)+', "", "accessmode"),
        ],
    )
    def test_finds(
        self, book: SpoiltBook, name: str, pattern: str, instead: str, found: str
    ) -> None:
        lines = page_validators.ace(book(name, pattern, instead))
        assert any(found in line for line in lines)


class TestVeraPdf:
    def test_finds_a_book_whose_tags_are_gone(self, pdf: SpoiltPdf) -> None:
        def untag(book: pikepdf.Pdf) -> None:
            del book.Root.StructTreeRoot

        assert any(rule.startswith("7.1-11 ") for rule in validators.verapdf(pdf(untag)))

    def test_finds_a_book_that_is_in_no_language(self, pdf: SpoiltPdf) -> None:
        def silence(book: pikepdf.Pdf) -> None:
            del book.Root.Lang

        assert any(rule.startswith("7.2-") for rule in validators.verapdf(pdf(silence)))


class TestAxe:
    @pytest.mark.parametrize(
        ("planted", "scheme", "found"),
        [
            ('<img src="rope.png">', "light", "image-alt"),
            ('<p style="color: #202020">A line that night hides.</p>', "dark", "color-contrast"),
            ('<input type="text">', "light", "label"),
        ],
    )
    def test_finds(self, site: SpoiltPage, planted: str, scheme: str, found: str) -> None:
        page = site(r"(?<=</h1>)", planted)
        with page_validators.browser() as browser:
            lines = page_validators.axe(browser, [page], width=1400, scheme=scheme)
        assert any(line.startswith(f"{PAGE} {found}") for line in lines)

    def test_finds_what_only_a_narrow_screen_shows(self, site: SpoiltPage) -> None:
        hidden = "<style>@media (min-width: 400px) { .planted { display: none } }</style>"
        page = site(r"(?<=</h1>)", f'{hidden}<input class="planted" type="text">')
        with page_validators.browser() as browser:
            assert page_validators.axe(browser, [page], width=1400, scheme="light") == []
            assert page_validators.axe(browser, [page], width=320, scheme="light") != []


def test_vnu_finds_an_id_that_stands_twice(site: SpoiltPage) -> None:
    page = site(r"(?<=</h1>)", '<p id="twice"></p><p id="twice"></p>')
    assert any(PAGE in line and "twice" in line for line in page_validators.vnu(page.parent))


def test_lighthouse_finds_a_script_that_fails(site: SpoiltPage) -> None:
    page = site(r"(?<=</h1>)", "<script>nothing.here()</script>")
    found = lighthouse.faults(page.parent, [PAGE])
    assert any(line.startswith(f"{PAGE} errors-in-console") for line in found)


class TestLinks:
    def test_of_a_page_to_an_anchor_and_to_a_file(self, tmp_path: Path) -> None:
        site = Path(shutil.copytree(built("html"), tmp_path / "site"))
        page = site / PAGE
        text = page.read_text(encoding="utf-8")
        text = _exchanged(text, r'href="text/victor-serge.html#p\d+"', 'href="index.html#p999"')
        text = _exchanged(text, r'href="persons.html"', 'href="nobody.html"')
        page.write_text(text, encoding="utf-8")
        found = [f"{PAGE} → index.html#p999", f"{PAGE} → nobody.html"]
        assert sorted(link_validators.in_site(site)) == found

    @pytest.mark.parametrize(
        ("name", "pattern", "instead"),
        [
            ("quotations.xhtml", r'href="text/lenins-goal.xhtml#p\d+"', 'href="persons.xhtml#p0"'),
            ("nav.xhtml", r'href="text/opening.xhtml"', 'href="text/closing.xhtml"'),
            ("nav.xhtml", r"#page-1\"", '#page-none"'),
            ("content.opf", r'href="persons.xhtml"', 'href="nobody.xhtml"'),
            ("toc.ncx", r'src="persons.xhtml"', 'src="nobody.xhtml"'),
        ],
    )
    def test_of_the_e_book(self, book: SpoiltBook, name: str, pattern: str, instead: str) -> None:
        (found,) = link_validators.in_epub(book(name, pattern, instead))
        assert found.startswith(f"{name} → ")

    def test_of_the_book(self, pdf: SpoiltPdf) -> None:
        def tear_out(book: pikepdf.Pdf) -> None:
            del book.pages[12]

        found = link_validators.in_pdf(pdf(tear_out))
        assert any(line.startswith("destination ") for line in found)
        assert any(line.endswith(": a link") for line in found)

    def test_a_destination_that_is_lost(self, pdf: SpoiltPdf) -> None:
        def lose(book: pikepdf.Pdf) -> None:
            del pikepdf.NameTree(book.Root.Names.Dests)["p12"]

        lost = pdf(lose)
        everything = link_validators.destinations_of(built("edition.pdf"))
        assert everything - link_validators.destinations_of(lost) == {"p12"}


def test_reproducibility_finds_an_output_that_depends_on_the_order_of_hashing(
    tmp_path: Path,
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (tmp_path / "src").mkdir()
    for name in ("Makefile", "requirements.lock", "CITATION.cff"):
        shutil.copy2(PROJECT / name, tmp_path / name)
    (tmp_path / "pyproject.toml").write_text("[tool.edition]\n", encoding="utf-8")
    (tmp_path / "bibliography.bib").write_text("", encoding="utf-8")
    with (PROJECT / "anchors.lock").open(encoding="utf-8") as lock:
        (tmp_path / "anchors.lock").write_text(lock.readline(), encoding="utf-8")
    (tmp_path / ".venv").symlink_to(PROJECT / ".venv")
    (docs / "index.md").write_text("# Ferries\n\nThey sail.\n", encoding="utf-8")
    conf = (
        'project = "Ferries"\nauthor = "Nobody"\nextensions = ["edition.sphinx"]\n'
        'copyright = "Nobody"\nversion = release = "1"\n'
        'html_theme = "furo"\nepub_basename = "edition"\n'
        'html_title = "".join({chr(n) for n in range(97, 123)})\n'
    )
    (docs / "conf.py").write_text(conf, encoding="utf-8")
    done = subprocess.run(
        ["make", "-o", ".venv/.ready", "verify-reproducible"],
        cwd=tmp_path,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "SOURCE_DATE_EPOCH": "1767225600"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert re.search(r"index\.html.* differ", done.stdout), done.stdout + done.stderr
    assert "the same to the byte" not in done.stdout
