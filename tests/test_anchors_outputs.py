"""Old addresses in the built edition: every id that was published, in HTML, EPUB and PDF.

A small edition is published, edited in every way that is allowed, and built again; then the
three files are opened, and every address of the first release is looked for.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urldefrag

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from jsonschema import Draft7Validator
from lxml import html
from sphinx.cmd.build import build_main

from edition.anchors.lockfile import read_lock
from edition.cli import main
from edition.model import AnchorStatus, LockedAnchor

CONF = """\
project = "Letters from the Harbour"
author = "Mary Hart"
release = version = "{release}"
copyright = "2031, Mary Hart"
extensions = ["edition.sphinx"]
html_theme = "basic"
epub_title = project
epub_author = author
epub_basename = "edition"
epub_show_urls = "no"
bibtex_default_style = "edition"
bibtex_reference_style = "short_title"
edition_formats = {{"PDF": "edition.pdf", "EPUB": "edition.epub"}}
"""
CFF = """\
cff-version: 1.2.0
message: Please name the release.
title: Letters from the Harbour
authors:
  - family-names: Hart
    given-names: Mary
version: {release}
date-released: 2031-05-04
url: https://harbour.example/letters/
license: CC-BY-4.0
"""
WORKS = """\
@book{hart-letters,
  author = {Hart, Mary}, title = {Letters}, publisher = {Quay}, address = {Whitby},
  year = {1931}, pagetotal = {240},
}
"""
ONE = """\
(one)=
# The first letter

(p1)=
::::{passage}
The harbour lay still that evening, and the boats were drawn up high on the sand below the wall.

:::{quotation} hart-letters
:name: q1
:page: 19
:opening: The tide went out and
:closing: never came back.
:::
::::

(p2)=
::::{passage}
Nobody in the town could say when the pilot had gone out, or whether anyone had gone with him.
His lamp was found the next morning on the third step, filled and trimmed but never lit.
::::

(p3)=
Hart gives the hour of the tide from memory, and she is wrong by a whole night.

(p4)=
Her own almanac, which she kept by the window, shows as much to anyone who cares to look.

(p5)=
Of the printer nothing is known beyond his name and the year in which he died.
"""
TWO = """\
(two)=
# The second letter

(p6)=
The second letter takes all of this back and blames the printer, who had been dead for a year.

(q2)=
> Nobody came down to the quay that night.
>
> {cite:t}`hart-letters{p. 33}`

(p7)=
It was never sent, as far as can be told from the folds of the paper.
"""
EDITED_ONE = (
    ONE.replace("(p1)=", "(p8)=\n::::{passage}\nA passage found later stands first.\n::::\n\n(p1)=")
    .replace("His lamp", "::::\n\n(p9)=\n::::{passage}\nHis lamp")
    .replace("night.\n\n(p4)=\n", "night.\n")
    .replace("Of the printer nothing is known beyond", "There was a printer, and we have")
    .replace("and the year in which he died", "on one title page, no more")
)
MOVED = TWO[TWO.index("(p7)=") :]
EDITED_TWO = TWO.replace(MOVED, "")


def run(root: Path, *arguments: str) -> None:
    result = CliRunner().invoke(main, ["anchors", *arguments, "--project", str(root)])
    assert result.exit_code == 0, result.output


def check(root: Path) -> list[str]:
    result = CliRunner().invoke(main, ["check", str(root), "--format", "json"])
    found = json.loads(result.stdout)["diagnostics"]
    return [f["rule"] for f in found if f["severity"] != "note"]


def write(root: Path, release: str, texts: dict[str, str]) -> None:
    index = "\n".join(f"text/{name}" for name in texts)
    files = {
        "pyproject.toml": '[tool.edition]\nbibliography = ["works.bib"]\n',
        "works.bib": WORKS,
        "CITATION.cff": CFF.format(release=release),
        "docs/conf.py": CONF.format(release=release),
        "docs/index.md": f"# The letters\n\n```{{toctree}}\n{index}\n```\n\n"
        "```{bibliography}\n```\n",
    } | {f"docs/text/{name}.md": text for name, text in texts.items()}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def build(root: Path) -> None:
    for builder in ("html", "typst", "epub"):
        out = root / "build" / builder
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", builder]
        command += ["-d", str(root / "build" / f"work-{builder}"), str(root / "docs"), str(out)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr


def html_ids(page: Path) -> list[str]:
    return [str(ident) for ident in html.parse(str(page)).xpath("//body//@id")]


def epub_ids(root: Path) -> list[str]:
    found: list[str] = []
    with zipfile.ZipFile(root / "build" / "epub" / "edition.epub") as book:
        for name in book.namelist():
            if name.endswith(".xhtml") and name != "nav.xhtml":
                tree = html.document_fromstring(book.read(name))
                found += [e.get("id", "") for e in tree.iter("*")]
    return found


def pdf_pages(root: Path) -> dict[str, str]:
    """The named destinations, each with the number of its page, from 0."""
    with pikepdf.open(root / "build" / "typst" / "edition.pdf") as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        tree = pikepdf.NameTree(pdf.Root.Names.Dests)
        return {str(name): str(pages[tree[name][0].objgen]) for name in tree}


def locked(root: Path) -> dict[str, LockedAnchor]:
    return dict(read_lock((root / "anchors.lock").read_text(encoding="utf-8")).anchors)


def promised(root: Path) -> list[str]:
    """Every id that has to stand in each output: anchors, their second names, tombstones."""
    entries = locked(root).values()
    own = [e.id for e in entries if e.status is not AnchorStatus.MERGED]
    return sorted({*own, *(alias for e in entries for alias in e.aliases)})


def of_the_lock(ids: list[str]) -> list[str]:
    return sorted(ident for ident in ids if re.fullmatch(r"[pq]\d+|one|two", ident))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition in its second release; `first.json` has the addresses of the first."""
    root = tmp_path_factory.mktemp("letters")
    write(root, "0.1.0", {"one": ONE, "two": TWO})
    run(root, "lock")
    build(root)
    assert of_the_lock(list(pdf_pages(root))) == promised(root)
    pages = (root / "build" / "html").rglob("*.html")
    addresses = [
        f"{page.relative_to(root / 'build' / 'html').as_posix()}#{ident}"
        for page in pages
        for ident in of_the_lock(html_ids(page))
    ]
    (root / "first.json").write_text(json.dumps(addresses), encoding="utf-8")

    # One is renamed, with an insertion, a split, a merge and a text written anew; of two a
    # passage goes to the first letter, and a quotation is given up.
    (root / "docs" / "text" / "one.md").unlink()
    later = EDITED_TWO[: EDITED_TWO.index("(q2)=")]
    write(root, "0.2.0", {"first": f"{EDITED_ONE}\n{MOVED}", "two": later})
    # The outputs of an earlier build are gone, as they are on a server that is filled anew.
    for old in (root / "build" / "html" / "text").iterdir():
        old.unlink()
    assert check(root) == ["lost-anchor", "lost-anchor", "replaced-anchor"]
    run(root, "retire", "q2", "--reason", "It is a forgery.", "--see", "q1")
    run(root, "accept", "p5", "--reason", "Written anew.")
    run(root, "lock")
    assert check(root) == []
    build(root)
    return root


class TestThreeFormats:
    def test_the_lock_knows_what_happened(self, root: Path) -> None:
        entries = locked(root)
        assert {e.id: str(e.status) for e in entries.values() if e.status.value != "live"} == {
            "one": "moved",
            "p1": "moved",
            "p2": "split",
            "p3": "moved",
            "p4": "merged",
            "p5": "moved",
            "p7": "moved",
            "q1": "moved",
            "q2": "retired",
        }
        assert entries["p2"].successors == ("p9",)
        assert entries["p3"].aliases == ("p4",)

    def test_html(self, root: Path) -> None:
        found: list[str] = []
        for path in (root / "build" / "html").rglob("*.html"):
            page = html.parse(str(path)).getroot()
            found += [
                element.get("id", "")
                for element in page.iter("*")
                if "departed" not in element.get("class", "").split()
            ]
        assert of_the_lock(found) == promised(root)

    def test_epub(self, root: Path) -> None:
        assert of_the_lock(epub_ids(root)) == promised(root)

    def test_pdf(self, root: Path) -> None:
        assert of_the_lock(list(pdf_pages(root))) == promised(root)

    def test_pdf_destinations_are_where_the_text_is(self, root: Path) -> None:
        pages = pdf_pages(root)
        assert pages["p4"] == pages["p3"]
        assert int(pages["p1"]) <= int(pages["p6"])

    @pytest.mark.parametrize(
        ("ident", "words"),
        [("q1", "The tide went out and"), ("p4", "Her own almanac"), ("q2", "It is a forgery")],
    )
    def test_a_pdf_link_lands_where_the_words_are(self, root: Path, ident: str, words: str) -> None:
        tool = shutil.which("pdftotext")
        if tool is None:
            assert not os.environ.get("EDITION_REQUIRE_VALIDATORS"), "no pdftotext"
            pytest.skip("pdftotext (poppler-utils) is not installed")
        page = str(int(pdf_pages(root)[ident]) + 1)
        book = str(root / "build" / "typst" / "edition.pdf")
        command = [tool, "-f", page, "-l", page, book, "-"]
        shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
        assert words in " ".join(shown.stdout.split())

    @pytest.mark.parametrize("output", ["html", "typst/edition.pdf", "epub/edition.epub"])
    def test_the_command_finds_them_too(self, root: Path, output: str) -> None:
        run(root, "diff", str(root / "build" / output))


class TestOldAddresses:
    def test_every_one_is_found(self, root: Path) -> None:
        site = root / "build" / "html"
        addresses = json.loads((root / "first.json").read_text(encoding="utf-8"))
        assert len(addresses) == 11
        for address in addresses:
            page, ident = urldefrag(address)
            (place,) = html.parse(str(site / page)).xpath(f"//*[@id='{ident}']")
            if "departed" not in (place.get("class") or "").split():
                continue
            (link,) = place.xpath(".//a/@href")
            there, fragment = urldefrag(link)
            assert fragment == ident
            assert ident in html_ids((site / page).parent / there), address

    def test_a_page_in_the_place_of_a_file_that_was_renamed(self, root: Path) -> None:
        page = html.parse(str(root / "build" / "html" / "text" / "one.html"))
        links = dict(
            zip(
                page.xpath("//li[@class='departed']/@id"),
                page.xpath("//li[@class='departed']/a/@href"),
                strict=True,
            )
        )
        assert links["p1"] == "first.html#p1"
        assert links["p4"] == "first.html#p4"

    def test_a_note_where_a_passage_stood(self, root: Path) -> None:
        page = html.parse(str(root / "build" / "html" / "text" / "two.html"))
        (note,) = page.xpath("//p[@id='p7']")
        assert note.get("class") == "departed"
        assert note.xpath("./a/@href") == ["first.html#p7"]

    def test_a_tombstone_says_what_happened(self, root: Path) -> None:
        page = html.parse(str(root / "build" / "html" / "text" / "two.html"))
        (stone,) = page.xpath("//p[@id='q2']")
        assert " ".join(stone.text_content().split()) == (
            "q2 was retired in release 0.2.0: It is a forgery. See q1."
        )
        assert stone.xpath(".//a/@href") == ["first.html#q1"]


class TestMachines:
    def test_anchors_json(self, root: Path) -> None:
        found = json.loads((root / "build/html/anchors.json").read_text(encoding="utf-8"))
        assert found["release"] == "0.2.0"
        rows = {row["id"]: row for row in found["anchors"]}
        assert sorted(rows) == sorted(locked(root))
        assert rows["p3"]["url"] == "https://harbour.example/letters/text/first.html#p3"
        assert rows["p3"]["aliases"] == ["p4"]
        assert rows["q2"]["status"] == "retired"
        assert "address" not in rows["q2"]

    # What Zotero's "Embedded Metadata" reads: the fields and, for names, the ones it splits.
    ZOTERO = frozenset(
        "citation_title citation_author citation_publication_date citation_book_title "
        "citation_language citation_doi citation_public_url citation_pdf_url".split()
    )

    def test_meta_tags(self, root: Path) -> None:
        page = html.parse(str(root / "build" / "html" / "text" / "two.html"))
        tags = {m.get("name"): m.get("content") for m in page.xpath("//head/meta[@name]")}
        highwire = {name for name in tags if name.startswith("citation_")}
        assert highwire <= self.ZOTERO
        assert tags["citation_title"] == "The second letter"
        assert tags["citation_book_title"] == "Letters from the Harbour"
        assert tags["citation_author"] == "Hart, Mary"
        assert tags["citation_publication_date"] == "2031/05/04"
        assert tags["citation_public_url"] == "https://harbour.example/letters/text/two.html"
        assert tags["citation_pdf_url"] == "https://harbour.example/letters/edition.pdf"
        assert tags["DC.title"] == "The second letter"
        assert tags["DC.identifier"] == "https://harbour.example/letters/text/two.html"

    def test_every_page_has_them(self, root: Path) -> None:
        for path in (root / "build" / "html").rglob("*.html"):
            page = html.parse(str(path))
            assert page.xpath("//meta[@name='citation_title']/@content"), path
            (data,) = page.xpath("//script[@type='application/ld+json']/text()")
            assert json.loads(data)["isPartOf"]["name"] == "Letters from the Harbour"

    def test_json_ld_names_the_passages(self, root: Path) -> None:
        page = html.parse(str(root / "build" / "html" / "text" / "two.html"))
        (data,) = page.xpath("//script[@type='application/ld+json']/text()")
        found = json.loads(data)
        assert found["@context"] == "https://schema.org"
        assert [part["identifier"] for part in found["hasPart"]] == ["p6"]

    def test_the_card_says_what_the_command_says(self, root: Path) -> None:
        page = html.parse(str(root / "build" / "html" / "text" / "first.html"))
        (data,) = page.xpath("//script[@id='edition-citing']/text()")
        card = json.loads(data)
        for form, text in card["texts"]["quotation"].items():
            result = CliRunner().invoke(
                main, ["cite", "q1", "--format", form, "--project", str(root)]
            )
            shown = text.replace(card["placeholder"], "q1")
            if form in ("ris", "csl-json"):  # the build knows the language, too
                shown = re.sub(r'LA  - en\n|,\s+"language": "en"', "", shown)
            assert shown.rstrip("\n") == result.stdout.rstrip("\n")

    def test_other_projects_refer_by_intersphinx(self, root: Path, tmp_path: Path) -> None:
        (tmp_path / "conf.py").write_text(
            'project = "Another"\nextensions = ["myst_parser", "sphinx.ext.intersphinx"]\n'
            'html_theme = "basic"\nintersphinx_mapping = {"letters": '
            f'("https://harbour.example/letters/", "{root}/build/html/objects.inv")}}\n'
            "nitpicky = True\n",
            encoding="utf-8",
        )
        (tmp_path / "index.md").write_text(
            "# Another\n\n{external+letters:ref}`p6`, {external+letters:ref}`that <q1>`, "
            "{external+letters:ref}`p4`, {external+letters:ref}`q2` and "
            "[this](inv:letters#p3).\n",
            encoding="utf-8",
        )
        command = [sys.executable, "-m", "sphinx", "-q", "-W", str(tmp_path), str(tmp_path / "o")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stderr) == (0, "")
        links = html.parse(str(tmp_path / "o" / "index.html")).xpath(
            "//a[contains(@class,'external')]/@href"
        )
        base = "https://harbour.example/letters/text"
        assert links == [
            f"{base}/two.html#p6",
            f"{base}/first.html#q1",
            f"{base}/first.html#p4",
            f"{base}/two.html#q2",
            f"{base}/first.html#p3",
        ]

    def test_the_package_names_are_valid_csl(self, root: Path) -> None:
        schema = Path(__file__).with_name("csl-data-schema-1.0.2.json")
        result = CliRunner().invoke(
            main, ["cite", "q1", "--format", "csl-json", "--project", str(root)]
        )
        Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(
            json.loads(result.stdout)
        )


STAND_OFF = """\
(one)=
# The first letter

(p1)=
::::{passage}
The letter opens with the harbour at dusk, and quotes Hart.

:::{quotation} hart-letters
:name: q1
:page: 19
:opening: The tide went out and
:closing: that night, never came back.
:::
::::

(p2)=
::::{passage}
Then it turns to the pilot, of whom nothing more was heard.
::::
"""
WITNESS = """\
The harbour lay still that evening, and the boats were drawn up high on the sand. Hart says:

    The tide went out and, to the surprise of all who watched it
    that night, never came back. (Mary Hart, Letters, p. 19.)

Nobody in the town could say when the pilot had gone out, or whether anyone had gone with him.
"""


def test_the_build_with_a_witness_has_the_same_anchors(tmp_path: Path) -> None:
    write(tmp_path, "0.1.0", {"one": STAND_OFF})
    run(tmp_path, "lock")
    (tmp_path / "letters.txt").write_text(WITNESS, encoding="utf-8")
    command = ["-m", "edition", "import", "letters.txt"]
    done = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    build(tmp_path)
    page = tmp_path / "build" / "html" / "text" / "one.html"
    assert "the pilot had gone out, or whether" in page.read_text(encoding="utf-8")
    pages = (tmp_path / "build" / "html").rglob("*.html")
    assert of_the_lock([i for p in pages for i in html_ids(p)]) == promised(tmp_path)
    assert of_the_lock(epub_ids(tmp_path)) == promised(tmp_path)
    assert of_the_lock(list(pdf_pages(tmp_path))) == promised(tmp_path)


def test_a_list_that_is_a_passage_shows_its_number_in_every_output(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.edition]\nsource = "."\nbibliography = []\n')
    (tmp_path / "conf.py").write_text(
        'project = "Tides"\nextensions = ["edition.sphinx"]\nhtml_theme = "basic"\n'
        'edition_epub_pages = "typst/edition.pdf"\n'
    )
    (tmp_path / "index.md").write_text(
        "# Tides\n\n(p1)=\nThe boats lay still.\n\n(p2)=\n1. A rope\n2. A lamp\n\n(p3)=\n- A sail\n"
    )
    for builder in ("typst", "html", "epub"):
        code = build_main(["-q", "-W", "-b", builder, str(tmp_path), str(tmp_path / builder)])
        assert code == 0
    page = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="#(p\d)" data-cite="passage"', page) == ["p1", "p2", "p3"]
    with zipfile.ZipFile(tmp_path / "epub" / "Tides.epub") as book:
        words = book.read("index.xhtml").decode()
        assert re.findall(r'"passage-number">(p\d)<', words) == ["p1", "p2", "p3"]
        assert "index.xhtml#p3" in book.read("nav.xhtml").decode()
    with pypdfium2.PdfDocument(tmp_path / "typst" / "edition.pdf") as pdf:
        printed = " ".join(page.get_textpage().get_text_range() for page in pdf)
    assert {"p1", "p2", "p3"} <= set(printed.split())
