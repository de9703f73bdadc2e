"""The e-book: what its reader, a library and an editor who builds it rely on."""

from __future__ import annotations

import os
import re
import shutil
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sphinx.cmd.build import build_main

from edition.loading.load import load
from edition.project.layout import find_project
from edition.sphinx.epub.accessibility import statements
from edition.sphinx.epub.archive import write_archive
from edition.sphinx.epub.contents import Entry, nest
from edition.sphinx.epub.package import is_language_tag, language_tag
from edition.sphinx.epub.pages import read_book, read_page
from validators import epubcheck

PROJECT = Path(__file__).parents[1]
FERRY = Path(__file__).parent / "roots" / "epub"
EPOCH = "1767225600"  # 1 January 2026

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Build = Callable[..., tuple[int, str]]


@dataclass(frozen=True)
class Book:
    """An e-book as its tests see it."""

    path: Path

    @property
    def names(self) -> list[str]:
        with ZipFile(self.path) as archive:
            return archive.namelist()

    def read(self, name: str) -> str:
        with ZipFile(self.path) as archive:
            return archive.read(name).decode()

    def tree(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self.read(name))

    @property
    def pages(self) -> dict[str, ElementTree.Element]:
        return {name: self.tree(name) for name in self.names if name.endswith(".xhtml")}

    @property
    def ids(self) -> set[str]:
        return {
            e.attrib["id"] for page in self.pages.values() for e in page.iter() if "id" in e.attrib
        }

    def metadata(self, name: str) -> list[str]:
        """The texts of a Dublin Core element, or of a `meta` with that property."""
        package = self.tree("content.opf")
        metas = [m for m in package.iter(f"{OPF}meta") if m.get("property") == name]
        return [str(e.text) for e in [*package.iter(DC + name.removeprefix("dc:")), *metas]]

    def landmarks(self) -> dict[str, str]:
        nav = next(e for e in self.tree("nav.xhtml").iter() if e.get(TYPE) == "landmarks")
        return {str(a.get(TYPE)): str(a.get("href")) for a in nav.iter(f"{XHTML}a")}


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def run(source: Path, out: Path, *options: str) -> int:
    command = ["-b", "epub", "-q", "--no-color", *options, str(source), str(out)]
    with warnings.catch_warnings():
        # What Sphinx says to the authors of extensions about versions to come.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        return build_main(command)


@pytest.fixture(autouse=True)
def _epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture(scope="session")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The test book, built once, without a warning."""
    out = tmp_path_factory.mktemp("ferry")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        assert run(FERRY / "docs", out, "-W") == 0
    return Book(out / "letters.epub")


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """This project's own edition, built once, without a warning."""
    out = tmp_path_factory.mktemp("edition")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        assert run(PROJECT / "docs", out, "-W") == 0
    return Book(out / "edition.epub")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the test book's project, to change."""
    return Path(shutil.copytree(FERRY, tmp_path / "project"))


@pytest.fixture
def build(capfd: pytest.CaptureFixture[str]) -> Build:
    """Build a project; the exit code and what was said."""

    def building(project: Path, *options: str) -> tuple[int, str]:
        capfd.readouterr()
        code = run(project / "docs", project / "out", *options)
        return code, capfd.readouterr().err

    return building


class TestValidity:
    def test_the_test_book(self, ferry: Book) -> None:
        assert epubcheck(ferry.path) == []

    def test_the_edition(self, edition: Book) -> None:
        assert epubcheck(edition.path) == []

    def test_a_book_without_rights_and_version(self, source: Path, build: Build) -> None:
        conf = source / "docs" / "conf.py"
        kept = [r for r in conf.read_text().split("\n") if not re.match("release|copyright", r)]
        conf.write_text("\n".join(kept))
        assert build(source, "-W") == (0, "")
        assert epubcheck(source / "out" / "letters.epub") == []
        package = Book(source / "out" / "letters.epub").read("content.opf")
        assert "dc:rights" not in package
        assert "unknown" not in package

    def test_pictures_whose_names_have_blanks(self, source: Path, build: Build) -> None:
        for name in ("old rope.png", "old-rope.png"):
            shutil.copy(source / "docs" / "rope.png", source / "docs" / name)
        with (source / "docs" / "letters.md").open("a", encoding="utf-8") as page:
            page.write("\n![A rope](<old rope.png>)\n\n![Another](old-rope.png)\n")
        assert build(source)[0] == 0
        book = Book(source / "out" / "letters.epub")
        assert epubcheck(book.path) == []
        assert sum("old-rope" in name for name in book.names) == 2

    def test_a_planted_fault_is_found(self, ferry: Book, tmp_path: Path) -> None:
        entries = {name: ferry.read(name).encode() for name in ferry.names if ".png" not in name}
        del entries["mimetype"]
        with ZipFile(ferry.path) as archive:
            for name in ("_images/rope.png", "_static/edition-cover.png"):
                entries[name] = archive.read(name)
        entries["letters.xhtml"] = entries["letters.xhtml"].replace(b'id="p2"', b'id="p1"')
        write_archive(tmp_path / "bad.epub", entries, int(EPOCH))
        found = epubcheck(tmp_path / "bad.epub")
        assert any("letters.xhtml" in message and "ERROR" in message for message in found)

    def test_a_book_with_a_cover_and_an_index(self, source: Path, build: Build) -> None:
        letters = source / "docs" / "letters.md"
        letters.write_text(letters.read_text() + "\n```{index} rope\n```\n")
        (source / "docs" / "_static").mkdir()
        shutil.copy(source / "docs" / "rope.png", source / "docs" / "_static" / "cover.png")
        with (source / "docs" / "conf.py").open("a") as conf:
            conf.write('html_static_path = ["_static"]\n')
            conf.write('epub_cover = ("_static/cover.png", "epub-cover.html")\n')
        assert build(source, "-W") == (0, "")
        book = Book(source / "out" / "letters.epub")
        assert book.landmarks()["index"] == "genindex.xhtml"
        items = book.tree("content.opf").iter(f"{OPF}item")
        covers = [e.get("href") for e in items if e.get("properties") == "cover-image"]
        assert covers == ["_static/cover.png"]
        assert epubcheck(book.path) == []


class TestAnchors:
    def test_every_passage_and_quotation_of_the_edition_can_be_linked_to(
        self, edition: Book
    ) -> None:
        sources = load(find_project(PROJECT))
        anchors = {p.id for p in sources.passages} | {q.id for q in sources.quotations if q.id}
        assert len(anchors) > 100
        assert anchors <= edition.ids

    def test_the_number_is_shown_and_calls_the_note_on_its_passage(self, ferry: Book) -> None:
        page = ferry.tree("letters.xhtml")
        numbers = [e for e in page.iter() if str(e.get("class")).endswith("-number")]
        assert [words(e) for e in numbers] == ["p1", "p2", "q1"]
        calls = [[str(a.get("href")) for a in e.iter(f"{XHTML}a")] for e in numbers]
        assert calls == [["#note-on-p1"], [], []]

    def test_every_link_arrives(self, edition: Book) -> None:
        ids = {
            name: {e.get("id") for e in page.iter() if e.get("id")}
            for name, page in edition.pages.items()
        }
        for name, page in edition.pages.items():
            for link in page.iter(f"{XHTML}a"):
                target, _, fragment = str(link.get("href")).partition("#")
                if "://" in target or not fragment:
                    continue
                folder = Path("/", name).parent
                file = (folder / target).resolve().relative_to("/").as_posix() if target else name
                assert fragment in ids[file], f"{name}: {link.get('href')}"


class TestLanguage:
    def test_the_package_both_contents_and_every_page_say_it(self, ferry: Book) -> None:
        assert ferry.tree("content.opf").get(XML_LANG) == "en-GB"
        assert ferry.metadata("dc:language") == ["en-GB"]
        assert ferry.tree("toc.ncx").get(XML_LANG) == "en-GB"
        assert len(ferry.pages) == 6
        for page in ferry.pages.values():
            assert (page.get("lang"), page.get(XML_LANG)) == ("en-GB", "en-GB")

    def test_a_foreign_phrase(self, ferry: Book) -> None:
        (phrase,) = [e for e in ferry.tree("letters.xhtml").iter(f"{XHTML}span") if e.get("lang")]
        assert phrase.text == "паром"
        assert (phrase.get("lang"), phrase.get(XML_LANG)) == ("ru", "ru")

    @pytest.mark.parametrize(
        ("name", "tag"),
        [
            ("en", "en"),
            ("en_GB", "en-GB"),
            ("zh-Hant", "zh-Hant"),
            ("sr@latin", "sr-Latn"),
            ("sr_RS@cyrillic", "sr-Cyrl-RS"),
            ("ca@valencia", "ca-valencia"),
        ],
    )
    def test_sphinx_name_to_tag(self, name: str, tag: str) -> None:
        assert language_tag(name) == tag
        assert is_language_tag(tag)

    @pytest.mark.parametrize("name", ["english", "e", "en_gb", "en-GB.UTF-8", ""])
    def test_what_is_no_tag(self, name: str) -> None:
        assert not is_language_tag(language_tag(name))

    def test_a_wrong_language_is_told(self, source: Path, build: Build) -> None:
        _code, said = build(source, "-D", "epub_language=British")
        assert "'British' is not a language tag" in said

    def test_a_phrase_in_no_language_is_told_with_its_place(
        self, source: Path, build: Build
    ) -> None:
        letters = source / "docs" / "letters.md"
        letters.write_text(letters.read_text() + "\nA [ferry]{.language-english}.\n")
        last = len(letters.read_text().splitlines())
        _code, said = build(source)
        assert f"letters.md:{last}: WARNING: “english” is not a language tag" in said


class TestNotes:
    def test_references_and_notes_are_marked(self, ferry: Book) -> None:
        page = ferry.tree("letters.xhtml")
        notes = {e.get("id"): e for e in page.iter() if e.get(TYPE) == "footnote"}
        references = [e for e in page.iter() if e.get(TYPE) == "noteref"]
        assert [words(e) for e in references] == ["p1", "1", "2", "1"]
        assert [e.get("role") for e in references] == ["doc-noteref"] * 4
        assert {str(e.get("href"))[1:] for e in references} == set(notes)
        assert all(
            (e.tag, e.get("role")) == (f"{XHTML}aside", "doc-footnote") for e in notes.values()
        )

    def test_a_note_leads_back_to_each_reference(self, ferry: Book) -> None:
        page = ferry.tree("letters.xhtml")
        here = [str(e.get("id")) for e in page.iter() if e.get(TYPE) == "noteref"]
        back = [str(e.get("href"))[1:] for e in page.iter() if e.get("role") == "doc-backlink"]
        assert sorted(back) == sorted(here)

    def test_each_note_on_a_passage_has_a_call(self, source: Path, build: Build) -> None:
        text = source / "docs" / "letters.md"
        first = ":::{commentary}\nThe year"
        second = f":::{{commentary}}\nA note before it.\n:::\n\n{first}"
        text.write_text(text.read_text("utf-8").replace(first, second), "utf-8")
        assert build(source, "-W") == (0, "")
        book = Book(source / "out" / "letters.epub")
        page = book.tree("letters.xhtml")
        calls = {e.get("href"): words(e) for e in page.iter() if e.get(TYPE) == "noteref"}
        notes = [f"#{e.get('id')}" for e in page.iter() if e.get(TYPE) == "footnote"]
        assert [calls["#note-on-p1"], calls["#note-on-2-p1"]] == ["p1", "(2)"]
        assert len(calls) == len(notes)
        assert "p1\N{EN SPACE}The first letter" in book.read("nav.xhtml")
        assert epubcheck(book.path) == []


class TestMetadata:
    def test_old_and_new_reading_systems_see_one_identifier(self, ferry: Book) -> None:
        (identifier,) = ferry.metadata("dc:identifier")
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", identifier)
        heads = {m.get("name"): m.get("content") for m in ferry.tree("toc.ncx").iter(f"{NCX}meta")}
        assert heads["dtb:uid"] == identifier
        assert heads["dtb:depth"] == "3"

    def test_titles_people_rights_and_dates(self, ferry: Book) -> None:
        assert ferry.metadata("dc:title") == ["Letters of a Ferryman", "With notes <and> queries"]
        assert ferry.metadata("dc:creator") == ["Two editors & a friend"]
        assert ferry.metadata("dc:contributor") == ["A friend"]
        assert ferry.metadata("dc:rights") == ["1999, nobody"]
        assert ferry.metadata("dc:date") == ["2026-01-01"]
        assert ferry.metadata("dcterms:modified") == ["2026-01-01T00:00:00Z"]

    def test_what_nobody_set_is_not_said(self, edition: Book) -> None:
        assert edition.metadata("dc:contributor") == []
        assert ">unknown<" not in edition.read("content.opf")

    def test_accessibility_of_a_book_with_a_described_picture(self, ferry: Book) -> None:
        assert ferry.metadata("schema:accessMode") == ["textual", "visual"]
        assert ferry.metadata("schema:accessModeSufficient") == ["textual"]
        assert "alternativeText" in ferry.metadata("schema:accessibilityFeature")
        assert ferry.metadata("schema:accessibilityHazard") == ["none"]
        (summary,) = ferry.metadata("schema:accessibilitySummary")
        assert "other languages" in summary
        assert ferry.metadata("dcterms:conformsTo") == []

    def test_conformance_is_claimed_only_where_somebody_is_named(
        self, ferry: Book, source: Path, build: Build
    ) -> None:
        assert "conformsTo" not in ferry.read("content.opf")
        assert build(source, "-W", "-D", "edition_epub_certifier=Hart & Rowe") == (0, "")
        book = Book(source / "out" / "letters.epub")
        assert book.metadata("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
        assert book.metadata("a11y:certifiedBy") == ["Hart & Rowe"]
        (summary,) = book.metadata("schema:accessibilitySummary")
        assert "Assessed against WCAG 2.2, level AA: Hart & Rowe." in summary

    def test_accessibility_of_a_book_without_pictures(self) -> None:
        page = read_page("a.xhtml", f'<html xmlns="{XHTML[1:-1]}"><p>Words.</p></html>')
        said = list(statements([page], []))
        assert ("schema:accessMode", "visual") not in said
        assert ("schema:accessibilityFeature", "alternativeText") not in said

    def test_a_cover_is_not_counted_among_the_pictures(self) -> None:
        cover = read_page(
            "a.xhtml",
            f'<html xmlns="{XHTML[1:-1]}" xmlns:epub="http://www.idpf.org/2007/ops">'
            '<section epub:type="cover"><img src="b.png" alt="A book"/></section></html>',
        )
        assert ("schema:accessMode", "visual") not in list(statements([cover], ["b.png"]))

    def test_an_undescribed_picture_is_not_passed_over(self) -> None:
        page = read_page(
            "a.xhtml", f'<html xmlns="{XHTML[1:-1]}"><img src="b.png" alt="b.png"/></html>'
        )
        said = dict(statements([page], ["b.png"]))
        assert said["schema:accessModeSufficient"] == "textual,visual"
        assert "no alternative text" in said["schema:accessibilitySummary"]

    def test_what_moves_is_not_called_harmless(self) -> None:
        page = read_page(
            "a.xhtml", f'<html xmlns="{XHTML[1:-1]}"><img src="b.gif" alt="x"/></html>'
        )
        assert dict(statements([page], ["b.gif"]))["schema:accessibilityHazard"] == "unknown"


class TestContents:
    def test_title_page(self, ferry: Book) -> None:
        page = ferry.tree("epub-titlepage.xhtml")
        assert [words(e) for e in page.iter() if e.tag in {f"{XHTML}h1", f"{XHTML}p"}] == [
            "Letters of a Ferryman",
            "With notes <and> queries",
            "Two editors & a friend",
            "Release 2.1, 1 January 2026",
            "1999, nobody",
        ]

    def test_contents_in_reading_order_with_hidden_chapters(self, ferry: Book) -> None:
        nav = next(e for e in ferry.tree("nav.xhtml").iter() if e.get(TYPE) == "toc")
        shown = [(e.get("href"), words(e)) for e in nav.iter(f"{XHTML}a")]
        assert shown == [
            ("index.xhtml", "Letters of a Ferryman"),
            ("letters.xhtml", "The letters"),
            ("letters.xhtml#p1", "p1 The first letter tells of …"),
            ("letters.xhtml#of-the-crossing", "Of the crossing"),
            ("letters.xhtml#p2", "p2 He quotes a neighbour at …"),
            ("works.xhtml", "Works"),
        ]
        old = [e.get("src") for e in ferry.tree("toc.ncx").iter(f"{NCX}content")]
        assert old == [href for href, _ in shown]

    def test_landmarks(self, ferry: Book) -> None:
        assert ferry.landmarks() == {
            "titlepage": "epub-titlepage.xhtml",
            "toc": "index.xhtml",
            "bodymatter": "letters.xhtml",
            "bibliography": "works.xhtml",
        }

    def test_captions_have_a_rank_among_the_headings(self, ferry: Book) -> None:
        (caption,) = [e for e in ferry.tree("index.xhtml").iter() if e.get("role") == "heading"]
        assert caption.get("aria-level") == "2"

    def test_the_book_holds_what_it_uses_and_nothing_else(self, ferry: Book) -> None:
        assert ferry.names == [
            "mimetype",
            "META-INF/container.xml",
            "_images/rope.png",
            "_static/edition-cover.png",
            "_static/epub.css",
            "content.opf",
            "epub-cover.xhtml",
            "epub-titlepage.xhtml",
            "index.xhtml",
            "letters.xhtml",
            "nav.xhtml",
            "toc.ncx",
            "works.xhtml",
        ]
        assert not any("script" in ferry.read(name) for name in ferry.pages)

    def test_the_design_sets_no_colour_of_its_own(self, ferry: Book) -> None:
        style = ferry.read("_static/epub.css")
        for colour in re.findall(r"color:\s*([^;]+);", style):
            assert colour == "inherit" or "currentColor" in colour
        assert "background" not in style

    def test_documents_can_be_left_out(self, source: Path, build: Build) -> None:
        assert build(source, "-W", "-D", "edition_epub_exclude=works*") == (0, "")
        book = Book(source / "out" / "letters.epub")
        assert "works.xhtml" not in book.names
        assert "works.xhtml" not in "".join(map(book.read, book.pages))
        assert "Ilyina, The Ferry at Low Water, p. 41" in words(book.tree("letters.xhtml"))

    @given(st.lists(st.tuples(st.integers(1, 5), st.text("ab", max_size=2)), max_size=12))
    def test_every_heading_stands_once_and_in_order(self, rows: list[tuple[int, str]]) -> None:
        headings = [(level, text, f"#{n}") for n, (level, text) in enumerate(rows)]

        def flat(entries: list[Entry]) -> list[str]:
            return [href for e in entries for href in (e.href, *flat(e.children))]

        wanted = [href for level, text, href in headings if text and level <= 3]
        tree = nest(headings, 3)
        assert flat(tree) == wanted
        assert max((e.depth() for e in tree), default=0) <= 3


class TestFile:
    def test_a_reading_system_can_tell_what_it_is(self, ferry: Book) -> None:
        assert ferry.path.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
        with ZipFile(ferry.path) as archive:
            assert archive.infolist()[0].compress_type == ZIP_STORED
            assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}

    def test_the_same_from_another_folder(self, ferry: Book, source: Path, build: Build) -> None:
        assert build(source)[0] == 0
        assert (source / "out" / "letters.epub").read_bytes() == ferry.path.read_bytes()

    def test_a_changed_style_is_in_the_next_book(self, source: Path, build: Build) -> None:
        style = source / "docs" / "_static" / "own.css"
        style.parent.mkdir()
        style.write_text("p { color: inherit }")
        with (source / "docs" / "conf.py").open("a") as conf:
            conf.write('html_static_path = ["_static"]\nepub_css_files = ["own.css"]\n')
        assert build(source, "-W") == (0, "")
        style.write_text("p { color: currentColor }")
        now = style.stat().st_mtime + 2
        os.utime(style, (now, now))
        assert build(source, "-W") == (0, "")
        book = Book(source / "out" / "letters.epub")
        assert book.read("_static/own.css") == "p { color: currentColor }"

    def test_small(self, edition: Book) -> None:
        assert edition.path.stat().st_size < 1_000_000

    def test_times_that_an_archive_cannot_tell(self, tmp_path: Path) -> None:
        write_archive(tmp_path / "a.epub", {"x": b"y"}, 0)
        with ZipFile(tmp_path / "a.epub") as archive:
            assert archive.getinfo("x").date_time == (1980, 1, 1, 0, 0, 0)


class TestFaults:
    @pytest.mark.parametrize(
        ("added", "told"),
        [
            ("One <b>line.", "letters.md:31: ERROR: the page is not well-formed XML"),
            ('<img src="gone.png" alt="x" />', "shows gone.png, which is not in the book"),
            (
                '<img src="https://example.org/boat.png" alt="A boat" />',
                "would fetch https://example.org/boat.png",
            ),
            ('<a href="gone.xhtml">There</a>', "leads to gone.xhtml, which is not in the book"),
        ],
    )
    def test_a_page_that_no_book_may_hold(
        self, source: Path, build: Build, added: str, told: str
    ) -> None:
        assert build(source)[0] == 0
        good = (source / "out" / "letters.epub").read_bytes()
        letters = source / "docs" / "letters.md"
        text = letters.read_text()
        letters.write_text(text.replace("[^name]: So", f"{added}\n\n[^name]: So"))
        for _ in range(2):  # a second attempt does not pass over it
            code, said = build(source)
            assert code == 1
            assert told in said
            assert "letters.md" in said
            assert "Traceback" not in said
            assert (source / "out" / "letters.epub").read_bytes() == good
        letters.write_text(text)
        assert build(source)[0] == 0
        assert (source / "out" / "letters.epub").read_bytes() == good
        assert list((source / "out").glob(".*.epub.*")) == []

    def test_what_extensions_and_docutils_write_is_xml(self, source: Path, build: Build) -> None:
        letters = source / "docs" / "letters.md"
        added = """```{raw} html
<svg width="9" height="9"><path d="M0 0"></path></svg><input type="checkbox" checked><hr>
```

```{eval-rst}
A note [#]_ that MyST does not bind, in a paragraph.

.. [#] The note.

.. glossary::

   sounder : a kind
      A thing.
```

```{eval-rst}
|once| and |twice|.

.. contents::
   :local:
```
"""
        text = letters.read_text().replace("[^name]: So", f"{added}\n\n[^name]: So")
        letters.write_text(text)
        code, said = build(source)
        assert code == 0
        assert "Traceback" not in said
        book = Book(source / "out" / "letters.epub")
        for name in book.pages:
            page = book.read(name)
            ElementTree.fromstring(page)
            ids = re.findall(r' id="([^"]*)"', page)
            assert len(ids) == len(set(ids))
            assert not [found for found in ids if " " in found]
        page = book.read("letters.xhtml")
        assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
        assert "The note." in page
        assert '<span class="problematic">|once|</span>' in page

    def test_a_picture_on_another_site_is_told_and_its_words_lead_there(
        self, source: Path, build: Build
    ) -> None:
        address = "https://example.org/boat.png"
        letters = source / "docs" / "letters.md"
        text = letters.read_text().replace(
            "[^name]: So", f"![A boat]({address}) rows.\n\n![A pier]({address})\n\n[^name]: So"
        )
        letters.write_text(text)
        code, said = build(source)
        assert code == 0
        assert said.count(f"the book cannot hold a picture from another site: {address}") == 2
        page = Book(source / "out" / "letters.epub").read("letters.xhtml")
        assert f'<a href="{address}">A boat</a> rows.' in page
        assert f'<a href="{address}">A pier</a>' in page

    def test_a_cover_that_is_not_there(self, source: Path, build: Build) -> None:
        with (source / "docs" / "conf.py").open("a") as conf:
            conf.write('epub_cover = ("_static/cover.png", "")\n')
        code, said = build(source)
        assert code == 1
        assert "there is no cover _static/cover.png" in said

    def test_a_style_sheet_brings_its_fonts(self) -> None:
        files = {
            "text/a.xhtml": f'<html xmlns="{XHTML[1:-1]}"><link href="../s/own.css"/></html>',
            "s/own.css": "@font-face { src: url('serif.woff2') } p { background: url(data:x) }",
            "s/serif.woff2": "",
        }
        read = {name: text.encode() for name, text in files.items()}.get
        book = read_book(["text/a.xhtml"], read)
        assert book.resources == ("s/own.css", "s/serif.woff2")
        assert book.faults == ()

    def test_the_face_can_be_carried(self, source: Path, build: Build) -> None:
        code, said = build(source, "-D", "edition_epub_serif=embedded")
        assert (code, said) == (0, "")
        book = Book(source / "out" / "letters.epub")
        fonts = [name for name in book.names if name.endswith(".woff2")]
        assert len(fonts) >= 9
        assert "Libertinus Serif" in book.read("_static/embedded.css")
        assert epubcheck(book.path) == []


def test_words_that_run_the_other_way_than_the_book_say_so(source: Path, build: Build) -> None:
    with (source / "docs" / "letters.md").open("a", encoding="utf-8") as page:
        page.write("\n[Tide]{.language-en} and [גאות]{.language-he}.\n\nגאות ושפל.\n")
    for language, marked, side in (("he", "Tide ltr", None), ("en", "גאות rtl", "rtl")):
        assert build(source, "-E", "-D", f"language={language}")[0] == 0
        shown = Book(source / "out" / "letters.epub").pages["letters.xhtml"]
        found = [f"{words(e)} {e.get('dir')}" for e in shown.iter(f"{XHTML}span") if e.get("dir")]
        assert marked in found
        assert {line.split()[-1] for line in found} == {marked.split()[-1]}
        (block,) = [e for e in shown.iter(f"{XHTML}p") if "ושפל" in words(e)]
        assert block.get("dir") == side


def test_code_is_read_from_the_left_and_cells_name_their_heads(source: Path, build: Build) -> None:
    with (source / "docs" / "letters.md").open("a", encoding="utf-8") as page:
        page.write("\n`a.b()`\n\n```python\na.b()\n```\n")
        page.write('\n| Kind | The "age" |\n|---|---|\n| rope | 3 |\n')
    assert build(source, "-E", "-D", "language=he")[0] == 0
    book = Book(source / "out" / "letters.epub")
    shown = book.pages["letters.xhtml"]
    code = [e.get("dir") for e in shown.iter() if "literal" in (e.get("class") or "")]
    assert code == ["ltr"]
    listings = [e for e in shown.iter(f"{XHTML}div") if "highlight-" in (e.get("class") or "")]
    assert [e.get("dir") for e in listings] == ["ltr"]
    heads = [cell.get("data-head") for cell in shown.iter(f"{XHTML}td")]
    assert '\N{FIRST STRONG ISOLATE}The "age"\N{POP DIRECTIONAL ISOLATE}' in heads
    assert epubcheck(book.path) == []
