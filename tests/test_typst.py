"""The book: what a reader of the PDF, and an editor who builds it, rely on."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sphinx.cmd.build import build_main

from edition.rules.sources.scripts import WITHOUT_FACE
from edition.sphinx.typst import language
from edition.sphinx.typst.syntax import Markup, call, text, value

ROOT = Path(__file__).parent / "roots" / "typst"

# Sphinx 9 warns of what MyST still does; that is theirs to settle.
pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser:PendingDeprecationWarning")

Build = Callable[..., tuple[int, str]]


@dataclass(frozen=True)
class Book:
    """A PDF as its tests see it: destination names, with the number of their page."""

    path: Path

    @property
    def destinations(self) -> dict[str, int]:
        with pikepdf.open(self.path) as pdf:
            pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
            tree = pikepdf.NameTree(pdf.Root.Names.Dests)
            return {str(name): pages[spot[0].objgen] for name, spot in tree.items()}

    @property
    def text(self) -> str:
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext is not installed")
        done = subprocess.run(
            ["pdftotext", "-layout", str(self.path), "-"], capture_output=True, check=True
        )
        return " ".join(done.stdout.decode().split())


@pytest.fixture
def build(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Build:
    """Build a project with the builder `typst`; the exit code and what was said."""

    def run(source: Path, out: Path | None = None, *options: str) -> tuple[int, str]:
        capfd.readouterr()
        target = out or tmp_path / "out"
        code = build_main(["-b", "typst", "-q", "--no-color", *options, str(source), str(target)])
        return code, capfd.readouterr().err

    return run


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The test book, built once, without a warning."""
    out = tmp_path_factory.mktemp("book")
    assert build_main(["-b", "typst", "-q", "-W", str(ROOT), str(out)]) == 0
    return Book(out / "edition.pdf")


@pytest.fixture(autouse=True)
def _no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Write a project of one page."""

    def write(page: str, conf: str = "") -> Path:
        folder = tmp_path / "project"
        folder.mkdir(exist_ok=True)
        (folder / "conf.py").write_text(
            "extensions = ['myst_parser', 'edition.sphinx.typst']\n"
            "myst_enable_extensions = ['attrs_inline']\n"
            "edition_pdf_book = {'date': '2026-03-31'}\n" + conf,
            encoding="utf-8",
        )
        (folder / "index.md").write_text(page, encoding="utf-8")
        return folder

    return write


# -- what a reader of the PDF relies on ---------------------------------------------------


@pytest.mark.parametrize("place", ["foot", "passage"])
def test_a_note_on_a_passage_stands_where_the_passage_begins(
    build: Build, tmp_path: Path, place: str
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "conf.py").write_text(
        f"extensions = ['edition.sphinx']\nedition_pdf_commentary = {place!r}\n",
        encoding="utf-8",
    )
    (source / "pyproject.toml").write_text(
        '[tool.edition]\nsource = "."\nbibliography = ["works.bib"]\n', encoding="utf-8"
    )
    (source / "works.bib").touch()
    # Passages and notes of many lengths, so that pages end at every part of one or the other.
    passages = "".join(
        f"(p{n})=\n::::{{passage}}\nBegin{n} {'tide and harbour ' * (5 + n * 7 % 41)}\n\n"
        f":::{{commentary}}\nNoted{n} {'as the ledgers have it ' * (3 + n * 5 % 23)}\n:::\n::::\n\n"
        for n in range(1, 61)
    )
    (source / "index.md").write_text(f"# Tides\n\n## Part\n\n{passages}", encoding="utf-8")
    assert build(source)[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    found = {
        word: number
        for number, text in enumerate(pages)
        for word in re.findall(r"\b(?:Begin|Noted)\d+", text)
    }
    parted = [n for n in range(1, 61) if found[f"Begin{n}"] != found[f"Noted{n}"]]
    if place == "foot":
        # Only behind a longer note, which goes on overleaf, may one come a page late.
        assert len(parted) <= 3
        assert all(found[f"Noted{n}"] == found[f"Begin{n}"] + 1 for n in parted)
    else:
        assert all(found[f"Noted{n}"] >= found[f"Begin{n}"] for n in parted)


@pytest.mark.parametrize("length", [40, 55, 70])
def test_a_heading_is_on_the_page_of_the_passage_below_it(
    build: Build, edition: Callable[..., Path], tmp_path: Path, length: int
) -> None:
    passages = "".join(
        f"#### Over{n} it\n\n(p{n})=\n::::{{passage}}\nBegin{n} {'tide, lamp ' * (n * 9 % 119)}\n\n"
        f":::{{commentary}}\n{'as the ledgers have it ' * (length + n * 5 % 23)}\n:::\n::::\n\n"
        for n in range(1, 31)
    )
    assert build(edition(f"### Part\n\nFirst words.\n\n{passages}"))[0] == 0
    pages = [" ".join(page) for page in lines_of(tmp_path / "out" / "edition.pdf")[4:]]
    for page in pages:
        assert re.findall(r"Over(\d+)", page) == re.findall(r"Begin(\d+)", page)


@pytest.fixture
def edition(tmp_path: Path) -> Callable[[str], Path]:
    """Write an edition of one page without works."""

    def write(page: str, conf: str = "") -> Path:
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        (source / "conf.py").write_text(
            f"extensions = ['edition.sphinx']\n{conf}", encoding="utf-8"
        )
        (source / "pyproject.toml").write_text(
            '[tool.edition]\nsource = "."\nbibliography = ["works.bib"]\n', encoding="utf-8"
        )
        (source / "works.bib").touch()
        (source / "index.md").write_text(f"# Tides\n\n## Part\n\n{page}", encoding="utf-8")
        return source

    return write


# Ways for a passage to begin, each with the word `First…` in its first line.
BEGINNINGS = {
    "paragraph": "First tide.",
    "quotation": "```{epigraph}\nFirst tide.\n```",
    "list": "- First tide\n- and ebb",
    "table": "| First | tide |\n|---|---|\n| and | ebb |",
    "rubric": "```{rubric} First tide\n```",
    "listing": "```\nFirst tide\n```",
    "nested": "(inner)=\n:::{passage}\nFirst tide.\n:::",
}


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "bare"])
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_the_label_stands_beside_the_first_line_however_a_passage_begins(
    build: Build, edition: Callable[[str], Path], tmp_path: Path, beginning: str, noted: bool
) -> None:
    note = "\n\n:::{commentary}\nNoted.\n:::" if noted else ""
    page = f"A tide.\n\n(zz)=\n::::{{passage}}\n{BEGINNINGS[beginning]}{note}\n::::\n\nMore.\n"
    code, said = build(edition(page))
    assert code == 0, said
    label, first, before = heights(tmp_path / "out" / "edition.pdf", 5, "zz", "First", "A tide")
    assert abs(label - first) < 13.6  # less than a line
    assert before - first < 3.2 * 13.6  # no empty line goes before it


def test_the_label_of_a_passage_without_words_stands_above_the_next(
    build: Build, edition: Callable[[str], Path], tmp_path: Path
) -> None:
    source = edition(
        "A tide.\n\n(yy)=\n:::{passage}\n![Boat](boat.png)\n:::\n\n(zz)=\nLast tide.\n"
    )
    shutil.copy(ROOT / "pictures" / "river.png", source / "boat.png")
    code, said = build(source)
    assert code == 0, said
    upper, lower = heights(tmp_path / "out" / "edition.pdf", 5, "yy", "zz")
    assert upper - lower > 4


def heights(path: Path, page: int, *words: str) -> list[float]:
    """How far above the foot of a page the first of each of these words stands, in points."""
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[page - 1].get_textpage()
        places = [text.search(word, match_case=True).get_next() for word in words]
        return [text.get_charbox(place[0])[1] for place in places]


def test_labels_of_passages_that_begin_together_stand_below_each_other(
    build: Build, edition: Callable[[str], Path], tmp_path: Path
) -> None:
    def passage(name: str, inside: str) -> str:
        note = f"::::{{commentary}}\nOn {name.upper()}.\n::::\n"
        return f"({name})=\n:::::{{passage}}\n{inside}{note}:::::\n\n"

    inner = passage("xx", "First tide.\n\n").replace("::::", ":::")
    page = passage("ww", inner) + passage("yy", "") + passage("zz", "Last tide.\n\n")
    code, said = build(edition(page))
    assert code == 0, said
    found = heights(tmp_path / "out" / "edition.pdf", 5, "ww", "xx", "yy", "zz")
    assert all(upper - lower > 4 for upper, lower in itertools.pairwise(found))


def test_a_note_within_a_note_is_set_wherever_pages_end(
    build: Build, edition: Callable[[str], Path], tmp_path: Path
) -> None:
    passages = "".join(
        f"(p{n})=\n::::{{passage}}\nBegin{n} {'tide and harbour ' * (5 + n * 7 % 41)}\n\n"
        f":::{{commentary}}\nNoted{n} {'as the ledgers have it ' * (3 + n * 5 % 23)}[^n{n}] "
        f"{{sic}}`tihs{n} <this>`\n:::\n::::\n\n"
        f"[^n{n}]: Inner{n} {'as nobody says ' * (n % 9)}\n\n"
        for n in range(1, 61)
    )
    code, said = build(edition(passages))
    assert code == 0, said
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    for n in range(1, 61):
        assert len(re.findall(rf"Inner{n}\b", text)) == 1
        assert len(re.findall(rf"tihs{n}\]", text)) == 1


def test_a_picture_takes_label_and_anchor_with_it_to_the_next_page(
    build: Build, edition: Callable[[str], Path], tmp_path: Path
) -> None:
    note = ":::{commentary}\nOn the picture.\n:::\n"
    figure = (
        f"(zz)=\n::::{{passage}}\n```{{figure}} box.svg\n:alt: a box\n\nBox\n```\n\n{note}::::\n"
    )
    source = edition("Tide and harbour. " * 70 + f"\n\n{figure}")
    (source / "box.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><rect width="300" '
        'height="300"/></svg>',
        encoding="utf-8",
    )
    code, said = build(source)
    assert code == 0, said
    book = Book(tmp_path / "out" / "edition.pdf")
    with pypdfium2.PdfDocument(book.path) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    at = book.destinations["zz"]
    assert re.search(r"Box[^§]*On the picture\.", pages[at - 1])
    assert re.search(r"harbour", pages[at - 2])


def test_every_anchor_is_a_destination(book: Book) -> None:
    found = book.destinations
    passages = {"p1", "p2", "p3", "p4", "p5"}
    others = {"q1", "q2", "letters", "drought", "depths", "river", "notes", "cite-lodkina"}
    assert passages | others <= found.keys()
    assert found["p1"] < found["p4"] < found["p5"] < found["cite-lodkina"]


def test_an_id_that_two_files_use_is_found_under_both(book: Book) -> None:
    found = book.destinations
    assert found["count"] == found["letters#count"] < found["notes#count"]


def test_the_book_is_tagged_and_says_what_it_is(book: Book) -> None:
    with pikepdf.open(book.path) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        assert pdf.docinfo.Title == "The Ferry at Low Water"
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"] == "The Ferry at Low Water"
            assert xmp["dc:creator"] == ["Ana Brod"]
            assert xmp["dc:identifier"] == "urn:example:ferry:0.3"
            assert xmp["xmp:CreateDate"].startswith("2026-03-31")


def test_bookmarks_name_the_chapters_without_their_notes(book: Book) -> None:
    with pikepdf.open(book.path) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == [
            "The letters, and how they were kept",
            "Notes on the text",
            "Works cited",
            "Persons and subjects",
        ]


def test_every_font_is_embedded(book: Book) -> None:
    with pikepdf.open(book.path) as pdf:
        descriptors = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        assert all({"/FontFile2", "/FontFile3"} & set(d.keys()) for d in descriptors)


def test_the_words_are_all_there_and_each_once(book: Book) -> None:
    words = book.text
    for once in (
        "He counted forty-one",  # a note that is referred to twice
        "A note in a heading",
        "A note in a table",
        "Second paragraph of the same note",
        "This is the note of the second file",
        "The river in a dry year",
        "Seen in the book alone",
        "typed in Typst",
        "_ \\ @ < > [ ] { } ~ `",
    ):
        assert words.count(once) == 1, once
    for label in ("p1", "q1", "p2", "q2", "p2–p4"):
        assert f" {label} " in words, label
    for never in ("Nobody sees this", "not here", "@ferry", "N "):
        assert never not in words, never


# -- what an editor relies on ---------------------------------------------------------------


def test_the_same_source_gives_the_same_bytes(
    tmp_path: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    books = []
    for place in ("here", "a/longer/way off"):
        source = shutil.copytree(ROOT, tmp_path / place / "source")
        assert build(source, tmp_path / place / "out") == (0, "")
        books.append((tmp_path / place / "out" / "edition.pdf").read_bytes())
    assert books[0] == books[1]


def test_a_book_that_is_up_to_date_is_left_alone(
    tmp_path: Path, build: Build, project: Callable[..., Path]
) -> None:
    source = project("# One\n\nWords.\n")
    assert build(source) == (0, "")
    made = tmp_path / "out" / "edition.pdf"
    before = made.stat().st_ino
    assert build(source) == (0, "")
    assert made.stat().st_ino == before
    later = made.stat().st_mtime + 5
    os.utime(source / "index.md", (later, later))
    assert build(source) == (0, "")
    assert made.stat().st_ino != before


# An extension's node: one of docutils that no output meets in the body of a text.
UNKNOWN = """
from docutils import nodes

def add(app, tree):
    node = nodes.address("", {words!r}, code={code!r})
    node.source, node.line = tree["source"], 5
    tree[0] += node

def setup(app):
    app.connect("doctree-read", add)
"""


@pytest.mark.parametrize(
    ("words", "code", "shown", "told"),
    [
        ("Who goes there?", "", "Who goes there?", "its words"),
        ("", "graph {a -- b}", "graph {a -- b}", "its source"),
        ("", "", "Words.", "nothing"),
    ],
)
def test_an_unknown_node_is_told_and_what_it_holds_is_set(
    tmp_path: Path,
    build: Build,
    project: Callable[..., Path],
    words: str,
    code: str,
    shown: str,
    told: str,
) -> None:
    source = project("# One\n\nWords.\n", UNKNOWN.format(words=words, code=code))
    exit_code, said = build(source)
    assert exit_code == 0
    assert (
        f"index.md:5: WARNING: the book has no form for the node “address” and shows {told}" in said
    )
    assert shown in Book(tmp_path / "out" / "edition.pdf").text


def test_what_a_program_knows_by_name_is_set_and_can_be_found(
    tmp_path: Path, build: Build, project: Callable[..., Path]
) -> None:
    page = "# One\n\n```{py:function} tide(level, *, hours=3) -> float\n\nThe height.\n```\n"
    assert build(project(page)) == (0, "")
    made = Book(tmp_path / "out" / "edition.pdf")
    assert "tide(level, *, hours=3) → float The height." in made.text
    assert "tide" in made.destinations


def test_the_rule_names_the_scripts_that_no_font_has(
    build: Build, project: Callable[..., Path]
) -> None:
    """`script-without-face` in the core, which knows no fonts, says what the build would."""
    letters: dict[str, str] = {}
    for place in range(0x700, 0x1F000):
        script = unicodedata.name(chr(place), "").partition(" ")[0]
        if script in WITHOUT_FACE and unicodedata.category(chr(place)) in ("Lo", "Lu"):
            letters.setdefault(script, chr(place))
    assert letters.keys() == WITHOUT_FACE
    code, said = build(project("# One\n\n" + "\n\n".join(letters.values()) + "\n"))
    assert code == 0
    assert [letter for letter in letters.values() if f"U+{ord(letter):04X}" not in said] == []


def test_a_character_without_a_glyph_is_told_and_shown_by_its_number(
    build: Build, project: Callable[..., Path], tmp_path: Path
) -> None:
    code, said = build(project("# One\n\nWords.\n\nThe sign 漢 is\nin no font.\n"))
    assert code == 0
    assert "index.md:5: WARNING" in said
    assert "“漢” (U+6F22)" in said
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        assert any("U+6F22" in page.get_textpage().get_text_range() for page in pdf)


def test_marks_without_a_glyph_are_told_and_shown_by_their_numbers(
    build: Build, project: Callable[..., Path], tmp_path: Path
) -> None:
    code, said = build(project("# One\n\nThe old letter ѡ҆ 漢 ends the word.\n"))
    assert code == 0
    assert "“ѡ” (U+0461)" in said
    assert "(U+0486)" in said
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert all(number in words for number in ("U+0461", "U+0486", "U+6F22"))


def test_characters_without_a_glyph_are_told_once_for_each_script(
    build: Build, project: Callable[..., Path], tmp_path: Path
) -> None:
    code, said = build(project("# One\n\n子曰 and 吾輩.\n\nไทย, 學而.\n"))
    assert code == 0
    assert said.count("WARNING") == 2
    assert "index.md:3: WARNING: no font of the book has these 6 characters: “子曰吾輩學而”" in said
    assert "index.md:5: WARNING: no font of the book has these 3 characters: “ไทย” (U+0E44" in said
    assert "edition_pdf_fonts" in said
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        words = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert all(f"U+{ord(letter):04X}" in words for letter in "子曰吾輩學而ไทย")


def test_a_picture_without_alternative_text_is_told(
    build: Build, project: Callable[..., Path]
) -> None:
    source = project("# One\n\n```{image} river.png\n```\n")
    shutil.copyfile(ROOT / "pictures" / "river.png", source / "river.png")
    code, said = build(source)
    assert code == 0
    assert "index.md:3: WARNING: the picture river.png has no alternative text" in said


@pytest.mark.parametrize("author", ["Mary Hart", ""])
def test_a_picture_on_the_first_page_is_no_repeated_author(
    build: Build, project: Callable[..., Path], tmp_path: Path, author: str
) -> None:
    """A line with the author's name alone is on the title page already; a picture has no words."""
    source = project("# One\n\nMary Hart\n\n![](river.png)\n", f"author = {author!r}\n")
    shutil.copyfile(ROOT / "pictures" / "river.png", source / "river.png")
    assert build(source)[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        pictures = [
            o
            for page in pdf
            for o in page.get_objects()
            if o.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
        ]
    assert len(pictures) == 1


def test_a_missing_picture_does_not_stop_the_book(
    build: Build, project: Callable[..., Path]
) -> None:
    code, said = build(project("# One\n\n![A river](nowhere.png)\n"))
    assert code == 0
    assert "nowhere.png" in said


def test_what_is_no_language_tag_is_told(build: Build, project: Callable[..., Path]) -> None:
    code, said = build(project("# One\n\nThe [word]{.language-gibberish}.\n"))
    assert code == 0
    assert "“gibberish” is not a language tag" in said


def test_a_design_of_ones_own_replaces_what_it_names(
    tmp_path: Path, build: Build, project: Callable[..., Path]
) -> None:
    source = project("# One\n\nWords.\n", "edition_pdf_template = 'mine.typ'\n")
    (source / "mine.typ").write_text(
        '#import "template.typ": *\n'
        "#let book(title: none, ..rest, body) = {\n"
        "  set document(title: title + rest.named().release)\n"
        "  set page(width: 300pt, height: 400pt)\n"
        "  body\n}\n",
        encoding="utf-8",
    )
    assert build(source, None, "-D", "project=Mine", "-D", "release= 2")[0] == 0
    with pikepdf.open(tmp_path / "out" / "edition.pdf") as pdf:
        assert [float(x) for x in pdf.pages[0].mediabox] == [0, 0, 300, 400]
        assert pdf.docinfo.Title == "Mine 2"


def test_a_fault_in_a_design_is_told_with_its_line_and_the_last_book_stays(
    tmp_path: Path, build: Build, project: Callable[..., Path]
) -> None:
    assert build(project("# One\n\nWords.\n"))[0] == 0
    good = (tmp_path / "out" / "edition.pdf").read_bytes()
    source = project("# One\n\nWords.\n", "edition_pdf_template = 'mine.typ'\n")
    (source / "mine.typ").write_text('#import "template.typ": *\n#let book = nonsense\n')
    for _ in range(2):  # the second build must not take the old book for a new one
        code, said = build(source)
        assert code == 1
        assert "design.typ:2: ERROR: unknown variable: nonsense" in said
        assert "Traceback" not in said
    assert (tmp_path / "out" / "edition.pdf").read_bytes() == good


@pytest.mark.parametrize(
    ("conf", "told"),
    [
        ("edition_pdf_template = 'gone.typ'\n", "gone.typ"),
        ("edition_pdf_book = {'date': 'in spring'}\n", "in spring"),
        ("edition_pdf_book = {'cover': object}\n", "“cover”"),
        ("edition_pdf_book = {'a title': 'x'}\n", "“a title”"),
    ],
)
def test_a_wrong_setting_is_told(
    build: Build, project: Callable[..., Path], conf: str, told: str
) -> None:
    code, said = build(project("# One\n", conf))
    assert code == 2
    assert told in said


def test_documents_can_be_left_out(tmp_path: Path, build: Build) -> None:
    source = shutil.copytree(ROOT, tmp_path / "source")
    with (source / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write("\nedition_pdf_exclude = ['note*']\n")
    assert build(source) == (0, "")
    found = Book(tmp_path / "out" / "edition.pdf").destinations
    assert "p1" in found
    assert "p5" not in found


# -- Typst's syntax ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def evaluate() -> Iterator[Callable[[str], object]]:
    """Compile markup and give what Typst understood of the element labelled `it`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "it.typ"

        def query(markup: str) -> object:
            file.write_text(markup, encoding="utf-8", newline="")
            return json.loads(typst.query(str(file), "<it>", field="value", one=True))

        yield query


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.text(), min_size=1, max_size=8))
@example(words=['"', "\\", "\\u{41}", "\r\n", "#x", "];", "\x00", "\u2028", "*/", "${}"])
def test_any_text_comes_through_typst_unchanged(
    evaluate: Callable[[str], object], words: list[str]
) -> None:
    assert evaluate(f"#metadata({value(words)})<it>") == words


@settings(max_examples=60, deadline=None)
@given(words=st.text(min_size=1), after=st.text())
@example(words="a", after="(b)[c].d;")
def test_text_beside_a_call_stays_text(
    evaluate: Callable[[str], object], words: str, after: str
) -> None:
    markup = call("emph", text(words)) + text(after)
    content = evaluate(f"#metadata([{markup}])<it>")
    assert isinstance(content, dict)
    first = content["children"][0] if after else content
    assert first["func"] == "emph"
    assert first["body"]["text"] == words
    if after:
        assert [child["text"] for child in content["children"][1:]] == [after]


def test_a_call_is_written_as_typst_reads_it() -> None:
    assert call("a-b", "x", Markup("y"), an_option=True) == '#a-b("x", an-option: true)[y];'
    assert call("list", Markup("a"), Markup("b")) == "#list([a])[b];"
    assert value({"k": [None, 1]}) == '("k": (none, 1, ), )'


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ru", {"lang": "ru"}),
        ("pt_BR", {"lang": "pt", "region": "BR"}),
        ("sr-Latn-RS", {"lang": "sr", "script": "latn", "region": "RS"}),
        ("de-1996", {"lang": "de"}),
        ("gibberish", None),
        ("", None),
    ],
)
def test_language_tags(tag: str, expected: dict[str, str] | None) -> None:
    assert language.settings(tag) == expected


def test_bookmarks_lead_to_passages(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    passages = "".join(
        f"(p{n})=\n:::{{passage}}\nBegin{n} of a passage that has words.\n:::\n\n"
        for n in range(1, 31)
    )
    code, said = build(edition(f"{passages}\n## Two\n\n(p31)=\nPlain words.\n"))
    assert code == 0, said
    with pikepdf.open(tmp_path / "out" / "edition.pdf") as pdf, pdf.open_outline() as outline:
        (book,) = outline.root
        one, two = book.children
        assert [group.title for group in one.children] == ["p1–p10", "p11–p20", "p21–p30"]
        assert one.children[0].children[0].title == "p1  Begin1 of a passage that …"
        assert [item.title for item in two.children] == ["p31  Plain words. …"]


def lines_of(path: Path) -> list[list[str]]:
    """Return the lines of each page."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range().split("\r\n") for page in pdf]


@pytest.mark.parametrize("words", range(1500, 2400, 100))
def test_no_last_page_of_a_chapter_is_nearly_empty(
    build: Build, edition: Callable[..., Path], tmp_path: Path, words: int
) -> None:
    chapter = "The tide went out again. " * (words // 5)
    source = edition("Short.\n")
    (source / "index.md").write_text(
        f"# Tides\n\n## Part\n\n{chapter}\n\n## Other\n\nEnd of it. {chapter}\n", encoding="utf-8"
    )
    assert build(source)[0] == 0
    pages = lines_of(tmp_path / "out" / "edition.pdf")[4:]
    # A running head or a folio is one line, so five of text make six.
    assert [len(page) for page in pages if len(page) < 6] == []


def test_large_print_has_no_smaller_letter(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    source = edition(
        "(p1)=\n::::{passage}\nWords of *stress* with a note.[^n]\n\n"
        ":::{commentary}\nNoted.\n:::\n::::\n\n"
        "> Quoted words.\n\n```python\ncode(1)\n```\n\n"
        "| a | b | c | d | e |\n|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |\n\n"
        "```{rubric} Rubric\n```\n\n[^n]: Footnote.\n",
        "edition_pdf_large_print = True\n",
    )
    assert build(source)[0] == 0
    sizes = set()
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        for page in pdf:
            text = page.get_textpage()
            sizes |= {
                round(pypdfium2.raw.FPDFText_GetFontSize(text.raw, n), 1)
                for n in range(text.count_chars())
                if text.get_text_range(n, 1).strip()
            }
    # The call of a footnote is raised and smaller, as everywhere.
    assert min(size for size in sizes if size > 1) >= 16


def test_in_large_print_a_note_is_below_its_passage(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    passages = "".join(
        f"(p{n})=\n::::{{passage}}\nBegin{n}.\n\n"
        f":::{{commentary}}\nNoted{n}. {'As said. ' * 90}\n:::\n::::\n\n"
        for n in range(1, 5)
    )
    assert build(edition(passages, "edition_pdf_large_print = True\n"))[0] == 0
    words = " ".join(" ".join(page) for page in lines_of(tmp_path / "out" / "edition.pdf"))
    found = re.findall(r"Begin\d|Noted\d", words)
    assert found == [f"{word}{n}" for n in range(1, 5) for word in ("Begin", "Noted")]


def test_lines_of_the_base_text_alone_are_numbered(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    passages = "".join(
        f"(p{n})=\n:::{{passage}}\n{'Words of the base text. ' * 60}\n:::\n\n" for n in (1, 2)
    )
    source = edition("Short.\n", "edition_pdf_line_numbers = True\n")
    (source / "index.md").write_text(
        f"# Tides\n\n## Before\n\n{'Introduced. ' * 200}\n\n## Part\n\n{passages}", encoding="utf-8"
    )
    assert build(source)[0] == 0
    pages = lines_of(tmp_path / "out" / "edition.pdf")
    before = next(page for page in pages if any("Introduced" in line for line in page))
    (part,) = [page for page in pages if any("base text" in line for line in page)][:1]
    assert not any(line.startswith(("5 ", "10 ")) for line in before)
    assert any(line.startswith("5 ") or line == "5" for line in part)


def test_the_index_gives_the_pages_on_which_a_name_is(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    filler = "Words that fill the page. " * 120
    source = edition(
        f"(p1)=\nNamed is {{person}}`Rowe`. {{index}}`pilots`\n\n{filler}\n\n{filler}\n\n"
        f"{filler}\n\n"
        "(p2)=\nNamed is {person}`Rowe` again.\n\n## Persons\n\n"
        ":::{person} Rowe, Thomas\n:dates: 1850–1910\nMaster.\n:::\n"
    )
    assert build(source)[0] == 0
    pages = [" ".join(page) for page in lines_of(tmp_path / "out" / "edition.pdf")]
    numbers = [n - 3 for n, page in enumerate(pages) if re.search(r"Named is Rowe", page)]
    assert len(numbers) == 2
    last = pages[-1]
    assert "Persons and subjects" in last
    assert f"Rowe, Thomas, {numbers[0]}, {numbers[1]}" in last
    assert f"pilots, {numbers[0]}" in last


@pytest.mark.parametrize("count", [5, 60, 130])
def test_the_columns_of_the_index_end_level_and_hold_every_entry(
    build: Build, edition: Callable[..., Path], tmp_path: Path, count: int
) -> None:
    names = [f"{chr(97 + n % 20)}name{n}" for n in range(count)]
    entries = "".join(f"::::{{gloss}} {name}\nMeant.\n::::\n\n" for name in names)
    marks = " ".join(f"{{gloss}}`{name}`" for name in names)
    assert build(edition(f"(p1)=\n{marks}\n\n(p2)=\n{marks}\n\n## Terms\n\n{entries}"))[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        pages = [page.get_textpage() for page in pdf]
        titled = [n for n, page in enumerate(pages) if "Persons and" in page.get_text_range()]
        first = next(number for number in titled if number > 3)
        text = " ".join(page.get_text_range() for page in pages[first:])
        # PDFium parts some names before their last figure.
        assert sorted(re.findall(r"[a-t]name\d+(?=,)", "".join(text.split()))) == sorted(names)
        boxes = [pages[-1].get_rect(n) for n in range(pages[-1].count_rects())]
    feet = [
        min(
            bottom
            for left, bottom, _right, top in boxes
            if 60 < bottom < 500 and (left > 220) == right
        )
        for right in (False, True)
    ]
    assert abs(feet[0] - feet[1]) < 25  # two lines and a gap


def test_a_name_is_listed_as_it_is_sorted(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    people = (
        ":::{person} Mary Rowe\n:sort: Rowe, Mary\nMaster.\n:::\n\n:::{person} Nash\nMate.\n:::\n"
    )
    assert (
        build(edition(f"(p1)=\n{{person}}`Mary Rowe`, {{person}}`Nash`.\n\n## All\n\n{people}"))[0]
        == 0
    )
    text = " ".join(" ".join(page) for page in lines_of(tmp_path / "out" / "edition.pdf")[-2:])
    assert re.search(r"Nash Mate.*Rowe, Mary Master.*Nash, 1 Rowe, Mary, 1", text)


def test_line_numbers_count_no_front_matter_and_no_block_that_calls_a_note(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    note = ":::{commentary}\nNoted.\n:::\n"
    passages = "".join(
        f"(p{n})=\n::::{{passage}}\nOf the base text{n}.\n\n{note}::::\n\n" for n in range(1, 6)
    )
    source = edition("Short.\n", "edition_pdf_line_numbers = True\n")
    (source / "index.md").write_text(f"# Tides\n\n{passages}", encoding="utf-8")
    assert build(source)[0] == 0
    pages = lines_of(tmp_path / "out" / "edition.pdf")
    assert not any(line == "5" for page in pages[:4] for line in page)
    assert [n for n in range(1, 6) if level_with(tmp_path / "out" / "edition.pdf", n)] == [5]


def level_with(path: Path, number: int) -> bool:
    """Whether the number of a line stands beside a line of the base text."""
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[4].get_textpage()
        place = text.search(f"text{number}").get_next()[0]
        _left, foot, _right, top = text.get_charbox(place)
        return "5" in text.get_text_bounded(left=0, bottom=foot - 2, right=54, top=top + 2)


def test_chapters_have_the_numbers_of_a_numbered_contents(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    source = edition("Short.\n")
    (source / "index.md").write_text("# Tides\n\n```{toctree}\n:numbered:\n\none\n```\n")
    (source / "one.md").write_text("# Ebb\n\nWords.\n\n## Neap\n\nWords.\n")
    assert build(source)[0] == 0
    pages = lines_of(tmp_path / "out" / "edition.pdf")
    lines = [" ".join(line.split()) for page in pages for line in page]
    assert "1 Ebb" in lines
    assert "1.1 Neap" in lines


WIDE = {
    "sum": " + ".join(f"A_{{{n}}} x_{{{n}}}" for n in range(16)),
    "matrix": "\\begin{pmatrix} " + " & ".join(f"a_{{{n}}}" for n in range(30)) + " \\end{pmatrix}",
}


@pytest.mark.parametrize("kind", WIDE)
def test_a_formula_that_is_too_wide_stays_on_the_page(
    build: Build, edition: Callable[..., Path], tmp_path: Path, kind: str
) -> None:
    page = f"Words.\n\n```{{math}}\n:label: wide\n{WIDE[kind]}\n```\n\nSee {{eq}}`wide`.\n"
    assert build(edition(page))[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        text = pdf[4].get_textpage()
        sides = [text.get_charbox(n) for n in range(text.count_chars())]
        letters = [text.get_text_range(n, 1) for n in range(text.count_chars())]
    edges = [(left, right) for left, _, right, _ in sides if right > left]
    assert min(left for left, _ in edges) > 53  # the margins: 19 and 27.5 mm of 148
    assert max(right for _, right in edges) < 342.5
    number = next(n for n in range(len(letters)) if letters[n : n + 3] == ["(", "1", ")"])
    inside = [right for (_, _, right, _), c in zip(sides, letters, strict=True) if c in "aA𝑎𝐴"]
    assert sides[number][0] > max(inside)


def test_a_reference_gives_its_page_and_a_range_those_of_both(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    filler = "Words that fill the page. " * 150
    source = edition(
        "Ranges: ([p1](#p1) to [p3](#p3)), [p2](#p2), [the end](#end), (see [the end](#end)).\n\n"
        f"(p1)=\n{filler}\n\n(p2)=\n{filler}\n\n(p3)=\n{filler}\n\n(end)=\n### End\n\nWords.\n"
    )
    assert build(source)[0] == 0
    book = Book(tmp_path / "out" / "edition.pdf")
    first, second, third, end = (book.destinations[name] - 4 for name in ("p1", "p2", "p3", "end"))
    assert first < second < third
    places = f"p2 ({second}), the end (p. {end}), (see the end, p. {end})."
    assert f"Ranges: (p1 to p3 ({first}–{third})), {places}" in book.text


def test_a_long_title_takes_one_line_of_the_running_head(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    title = "A Study of Tides and Lamps: Measures, Models and Manners of the Coast"
    chapter = f"# Of *{title}*\n\n{'Words that fill the page. ' * 600}\n"
    source = edition("Short.\n", f"project = {title!r}\n")
    (source / "index.md").write_text("# Tides\n\n```{toctree}\n\none\n```\n")
    (source / "one.md").write_text(chapter)
    assert build(source)[0] == 0
    pages = lines_of(tmp_path / "out" / "edition.pdf")
    heads = [" ".join(page[:2]) for page in pages[6:9]]
    assert all("…" in head and "Coast" not in head for head in heads), heads


@pytest.mark.parametrize("length", range(1, 30, 3))
def test_the_source_of_a_quotation_has_no_line_of_one_word(
    build: Build, edition: Callable[..., Path], tmp_path: Path, length: int
) -> None:
    source = f"Hart, Letters of the Harbour and the Sound {'x' * length}, volume 2, p. 119"
    assert build(edition(f"```{{epigraph}}\nSlack water.\n\n-- {source}\n```\n"))[0] == 0
    lines = [line for page in lines_of(tmp_path / "out" / "edition.pdf")[4:] for line in page]
    assert any("119" in line for line in lines)
    assert not [line for line in lines if line.strip() in ("119", "p. 119", "2, p. 119")]


def test_a_stanza_is_on_one_page_and_its_lines_begin_level(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    stanzas = "".join(
        f"(p{n})=\n:::{{passage}}\nFirst{n} of the ebb\\\nthen the flood\\\nthen Last{n}\n:::\n\n"
        for n in range(1, 40)
    )
    assert build(edition(stanzas))[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        for page in list(pdf)[4:]:
            text = page.get_textpage()
            words = text.get_text_range()
            assert re.findall(r"First(\d+)", words) == re.findall(r"Last(\d+)", words)
            starts = [text.get_charbox(m.start())[0] for m in re.finditer("First|then", words)]
            assert max(starts) - min(starts) < 2


def test_a_figure_is_as_wide_as_it_says(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    caption = "A caption with words for more than one line."
    source = edition(f"```{{figure}} tide.png\n:alt: Tide\n:figwidth: 40%\n\n{caption}\n```\n")
    shutil.copy(next(ROOT.glob("**/*.png")), source / "tide.png")
    assert build(source)[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        text = pdf[4].get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
    held = [right - left for left, bottom, right, top in boxes if bottom > 60 and top < 450]
    assert 0 < max(held) < 0.45 * (148 - 46.5) / 25.4 * 72


def test_long_labels_leave_the_running_head_to_the_title(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    passages = "".join(f"(of-a-long-name-{n})=\n{'Words of it. ' * 60}\n\n" for n in range(1, 9))
    assert build(edition(passages))[0] == 0
    pages = lines_of(tmp_path / "out" / "edition.pdf")[5:]
    assert all(re.search(r"Tides|Project name", page[0]) for page in pages[:-1])
    assert not [line for page in pages for line in page if "–of-a-long" in line]


def test_a_table_keeps_its_caption(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    table = "```{table} Heights\n| Place | Height |\n|---|---|\n| Here | 3 |\n| There | 4 |\n```\n"
    for lines in range(24, 31):
        filler = "\n".join(f"Line {n}\\" for n in range(lines))
        assert build(edition(f"{filler}\n\n{table}"))[0] == 0
        pages = [" ".join(page) for page in lines_of(tmp_path / "out" / "edition.pdf")]
        assert [p for p in pages if "Heights" in p] == [p for p in pages if "Here" in p]


def test_a_table_breaks_no_word_that_has_room(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    long = "unquestionably revolutionary understandings of uncomfortable organisations "
    rows = "".join(f"| q{n} | {long * 2}| page unknown |\n" for n in range(9))
    table = f"| No. | Words | State |\n|---|---|---|\n{rows}"
    assert build(edition(table))[0] == 0
    lines = [line for page in lines_of(tmp_path / "out" / "edition.pdf")[4:] for line in page]
    assert any("unknown" in line for line in lines)
    assert not [line for line in lines if line.endswith(("-", "\xad", "\x02", "\ufffe"))]


def test_labels_stand_in_the_outer_margin_of_a_book_read_from_the_right(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    source = edition("(yy)=\nגאות ושפל.\n", "language = 'he'\n")
    assert build(source)[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        text = pdf[4].get_textpage()
        place = text.search("yy").get_next()[0]
        assert text.get_charbox(place + 1)[2] < 27.5 / 25.4 * 72


def test_a_label_that_the_margin_holds_is_in_one_line(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    source = edition("(wx-yz)=\nSlack water.\n\n(a-b)=\nEbb.\n")
    assert build(source)[0] == 0
    with pypdfium2.PdfDocument(tmp_path / "out" / "edition.pdf") as pdf:
        text = pdf[4].get_textpage()
        for label in ("wx-yz", "a-b"):
            place, length = text.search(label).get_next()
            feet = {round(text.get_charbox(place + n, loose=True)[1]) for n in range(length)}
            assert len(feet) == 1


@pytest.mark.parametrize("length", range(40, 100, 12))
def test_every_note_begins_on_the_page_of_its_call(
    build: Build, edition: Callable[..., Path], tmp_path: Path, length: int
) -> None:
    filler = "Words that fill the page. " * length
    blocks = "".join(
        f"{filler}\n\n:::{{admonition}} Box\nCalled{n} in a box.[^b{n}]\n:::\n\n"
        f"> Called{n}q in a quotation.[^q{n}]\n\n"
        for n in range(1, 9)
    )
    notes = "".join(f"[^b{n}]: Noted{n}.\n[^q{n}]: Noted{n}q.\n\n" for n in range(1, 9))
    assert build(edition(f"{blocks}\n{notes}"))[0] == 0
    pages = [" ".join(page) for page in lines_of(tmp_path / "out" / "edition.pdf")]
    for page in pages:
        assert set(re.findall(r"Called(\d+q?)", page)) == set(re.findall(r"Noted(\d+q?)", page))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux to measure memory")
def test_memory_does_not_grow_by_the_square(tmp_path: Path) -> None:
    """Hold 1,000 numbers in the margin in 250 MB: asking for all of them at each took 1,700."""
    passages = "".join(f"(p{n})=\nPassage {n} of a book.\n\n" for n in range(1000))
    for name, words in (
        ("pyproject.toml", '[tool.edition]\nsource = "."\nbibliography = ["works.bib"]\n'),
        ("works.bib", ""),
        ("conf.py", 'extensions = ["edition.sphinx"]\n'),
        ("index.md", f"# One\n\n{passages}"),
    ):
        (tmp_path / name).write_text(words, encoding="utf-8")
    measured = (
        "import resource, sys; from sphinx.cmd.build import build_main; "
        "code = build_main(sys.argv[1:]); "
        # Of the process that sets the book: what it takes is not given back before it ends.
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); "
        "sys.exit(code)"
    )
    arguments = ["-b", "typst", "-q", str(tmp_path), str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", measured, *arguments], capture_output=True, text=True, check=True
    )
    assert (tmp_path / "out" / "typst" / "book.typ").read_text().count("#mark(") == 1000
    assert 0 < int(done.stdout) < 250_000  # kilobytes


def test_no_page_begins_with_the_source_of_a_quotation_or_the_passages_of_an_entry(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    for lines in range(20, 30, 2):
        filler = "\n".join(f"Line {n}\\" for n in range(lines))
        quoted = "> One long sentence on the tide, which takes two lines of the page or more.\n"
        quotes = f"{quoted}>\n> (Pilots, p. 9)\n\n" * 6
        terms = "".join(f":::{{gloss}} t{n}\n{'Meant. ' * 14}\n:::\n" for n in range(9))
        marks = " ".join(f"{{gloss}}`t{n}`" for n in range(9))
        source = edition(f"(p1)=\n{marks}\n\n{filler}\n\n{quotes}\n## Terms\n\n{terms}")
        assert build(source)[0] == 0
        pages = [line for page in lines_of(tmp_path / "out" / "edition.pdf")[4:] for line in page]
        last = [at for at, line in enumerate(pages) if line.startswith(("(Pilots", "Passage"))]
        assert len(last) == 15
        assert {pages[at - 1].split()[-1] for at in last} == {"more.", "Meant."}


def test_a_range_of_pages_is_in_one_line_of_its_column(
    build: Build, edition: Callable[..., Path], tmp_path: Path
) -> None:
    words = "a quotation of many words that asks for all the room there is "
    rows = "".join(f"| Thomas Sukhanov | {words * 2}| 1129–1130 | page unknown |\n" for _ in "123")
    assert build(edition(f"| Speaker | Words | Page | State |\n|---|---|---|---|\n{rows}"))[0] == 0
    pages = lines_of(tmp_path / "out" / "edition.pdf")
    assert sum("1129–1130" in line for page in pages for line in page) == 3
