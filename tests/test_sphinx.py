"""The Sphinx build: what a reader finds in the HTML, and what an editor is told."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from edition.check import check_edition
from edition.loading.load import load
from edition.model.diagnostic import Severity
from edition.project.layout import find_project

HARBOUR = Path(__file__).parent / "roots" / "harbour"


def build(root: Path, *options: str, builder: str = "html") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-q", "-b", builder, *options]
    command += [str(root / "docs"), str(root / "build" / builder)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def page(root: Path, name: str) -> html.HtmlElement:
    return html.parse(str(root / "build" / "html" / name)).getroot()


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(HARBOUR, tmp_path_factory.mktemp("built") / "harbour"))
    result = build(root, "-W", "--keep-going")
    assert (result.returncode, result.stderr) == (0, "")
    return root


SAME = "\n(ships-{})=\n## The same ships\n\n```{{table}} Ships\n| A |\n|---|\n| B |\n```\n"


def test_a_site_of_one_page_has_each_id_once(harbour: Path) -> None:
    for name in ("one", "two"):
        text = harbour / "docs" / "text" / f"{name}.md"
        text.write_text(text.read_text(encoding="utf-8") + SAME.format(name), encoding="utf-8")
    assert build(harbour, "-W", "-D", "numfig=1", builder="singlehtml").stderr == ""
    whole = html.parse(str(harbour / "build" / "singlehtml" / "index.html")).getroot()
    ids = whole.xpath("//@id")
    assert len(ids) == len({*ids})
    assert {"p1", "q1", "ships-one", "ships-two", "the-same-ships"} < {*ids}
    assert "text-two-the-same-ships" in ids
    links = whole.xpath("//a/@href[starts-with(., '#')]")
    assert len(links) > 10
    assert {link for link in links if link[1:] not in ids} <= {"#"}
    captions = [words(caption) for caption in whole.xpath("//caption")]
    assert sum("Table 1 Ships" in c for c in captions) == 1
    assert sum("Table 2 Ships" in c for c in captions) == 1


class TestPages:
    def test_no_page_leads_to_an_index_that_is_not_made(self, built: Path) -> None:
        pages = list((built / "build" / "html").rglob("*.html"))
        assert not [page for page in pages if page.name == "genindex.html"]
        assert not [page for page in pages if "genindex.html" in page.read_text(encoding="utf-8")]

    def test_passage_and_quotation_have_their_ids(self, built: Path) -> None:
        one = page(built, "text/one.html")
        (passage,) = one.xpath("//div[@id='p1']")
        assert "passage" in passage.get("class")
        (quotation,) = passage.xpath(".//figure[@id='q1']")
        assert "standoff" in quotation.get("class")
        assert (
            words(quotation.xpath("./blockquote")[0])
            == "“The tide went out and … never came back.”"
        )
        assert words(quotation.xpath("./figcaption")[0]) == "Hart, Letters from the Harbour, p. 19"

    def test_the_speaker_is_named_where_the_citation_does_not(self, built: Path) -> None:
        (caption,) = page(built, "text/two.html").xpath("//figure[@id='q2']/figcaption")
        assert words(caption) == (
            "A Pilot, in Hart, “The Harbour at Night”, Collected Works 3, p. 112"
        )

    def test_a_quotation_with_a_body_is_not_stand_off(self, built: Path) -> None:
        (figure,) = page(built, "text/two.html").xpath("//figure[@id='q2']")
        assert "standoff" not in figure.get("class")
        assert words(figure.xpath("./blockquote")[0]).startswith("No lamp was lit")

    def test_references_read_as_labels(self, built: Path) -> None:
        links = {
            a.get("href"): words(a) for a in page(built, "text/one.html").xpath("//p/a[@href]")
        }
        assert links["two.html#p2"] == "p2"
        assert links["two.html#q2"] == "the pilot"

    def test_a_link_without_words_reads_as_the_label_from_every_page(self, harbour: Path) -> None:
        for name in ("one", "two"):
            with (harbour / "docs" / "text" / f"{name}.md").open("a", encoding="utf-8") as file:
                file.write("\nSee [](#p1) and [](#q1); the sign is [#p1](#p1).\n")
        assert build(harbour).returncode == 0
        for name in ("one", "two"):
            paragraph = page(harbour, f"text/{name}.html").xpath("//p[starts-with(., 'See ')]")[-1]
            assert words(paragraph) == "See p1 and q1; the sign is #p1."

    def test_bibliography_has_stable_ids_and_no_labels(self, built: Path) -> None:
        entries = page(built, "index.html").xpath("//ul[contains(@class,'bibliography')]/li")
        assert [e.get("id") for e in entries] == ["cite-hart-letters", "cite-hart-harbour"]
        assert words(entries[0]) == (
            "Hart, Mary. Letters from the Harbour. 2nd ed. Whitby: Quay Press, 1931. "
            "Cited in p1, p3."
        )

    def test_register(self, built: Path) -> None:
        tree = page(built, "register.html")
        rows = tree.xpath("//table//tbody/tr[not(contains(@class, 'group'))]")
        cells = [[words(cell) for cell in row.xpath("./td")] for row in rows]
        assert sorted(row[0].split()[-1] for row in cells) == ["q1", "q2", "q3"]
        by_id = {row[0].split()[-1]: row for row in cells}
        assert [by_id[q][1] for q in ("q1", "q2", "q3")] == ["p1", "p2", "p3"]
        assert by_id["q1"][2] == "“The tide went out and … never came back.”"
        assert by_id["q1"][4] == "page 19 of xiv, 240 pages"
        assert by_id["q2"][4] == "page 112 of pp. 101–130"
        assert by_id["q1"][5] == by_id["q2"][5] == "page possible"
        assert rows[0].xpath(".//a/@href")[0] == "text/one.html#q1"
        heads = [words(row) for row in tree.xpath("//table//tr[contains(@class, 'group')]")]
        assert heads == [
            "Hart, Letters from the Harbour",
            "Hart, “The Harbour at Night”, Collected Works 3",
        ]

    def test_no_remote_asset(self, built: Path) -> None:
        for path in (built / "build" / "html").rglob("*.html"):
            tree = html.parse(str(path))
            loaded = tree.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href")
            assert not [url for url in loaded if re.match(r"(https?:)?//", url)]


class TestFindings:
    def test_the_build_says_what_the_command_says(self, harbour: Path) -> None:
        text = harbour / "docs" / "text" / "two.md"
        text.write_text(
            text.read_text(encoding="utf-8")
            .replace(":page: 112", ":page: 512")
            .replace("hart-letters{pp. 33–4}", "hart-leters{p. 33}"),
            encoding="utf-8",
        )
        told = check_edition(load(find_project(harbour)))
        found = [finding for finding in told if finding.severity is not Severity.NOTE]
        assert [f.rule for f in found] == ["page-outside-entry", "unknown-key"]
        result = build(harbour)
        for finding in found:
            place = f"{harbour / finding.location.path}:{finding.location.line}: WARNING: "
            assert place + f"{finding.rule}: {finding.message}" in result.stderr
        assert build(harbour, "-W").returncode != 0

    def test_bad_option_is_found_at_its_line(self, harbour: Path) -> None:
        text = harbour / "docs" / "text" / "one.md"
        text.write_text(
            text.read_text(encoding="utf-8").replace(":speaker:", ":speeker:"), encoding="utf-8"
        )
        assert f"{text}:11: WARNING: unknown-directive-option" in build(harbour).stderr

    @pytest.mark.parametrize(
        ("file", "content", "said"),
        [
            ("works.bib", None, "no bibliography"),
            ("pyproject.toml", "[tool.edition]\nsource = 3\n", "pyproject.toml:2"),
        ],
    )
    def test_a_project_that_cannot_be_built(
        self, harbour: Path, file: str, content: str | None, said: str
    ) -> None:
        if content is None:
            (harbour / file).unlink()
        else:
            (harbour / file).write_text(content, encoding="utf-8")
        result = build(harbour)
        assert result.returncode == 2
        assert said in result.stderr
        assert "Traceback" not in result.stderr

    def test_not_utf8(self, harbour: Path) -> None:
        text = harbour / "docs" / "text" / "two.md"
        text.write_bytes("# Zwei\n\nGrüße\n".encode("latin-1"))
        result = build(harbour)
        assert f"{text}:3: WARNING: unreadable-source" in result.stderr
        assert result.returncode == 2
        assert "Traceback" not in result.stderr

    @pytest.mark.parametrize(
        ("file", "old", "new", "said"),
        [
            ("works.bib", "Harbour},", "Harbour}", "works.bib:5: WARNING: bibliography-syntax"),
            ("works.bib", "{hart-harbour", "{hart-letters", "WARNING: duplicate-key"),
            (
                "docs/text/two.md",
                "{pp. 33–4}",
                "{fol. 3{r}}",
                "two.md:21: WARNING: brace-in-locator",
            ),
            ("docs/text/two.md", "{pp. 33–4}", " k", "two.md:21: WARNING: malformed-citation"),
        ],
    )
    def test_what_would_break_sphinx_ends_the_build_with_its_place(
        self, built: Path, harbour: Path, file: str, old: str, new: str, said: str
    ) -> None:
        shutil.copytree(built / "build", harbour / "build")
        before = (harbour / "build" / "html" / "text" / "two.html").read_bytes()
        path = harbour / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        result = build(harbour)
        assert result.returncode == 2
        assert said in result.stderr
        assert "Traceback" not in result.stderr
        assert (harbour / "build" / "html" / "text" / "two.html").read_bytes() == before


class TestBuilds:
    def test_parallel_and_serial_agree(self, built: Path, harbour: Path) -> None:
        assert build(harbour, "-W", "-j", "2").stderr == ""
        for path in sorted((built / "build" / "html").rglob("*.html")):
            other = harbour / path.relative_to(built)
            assert other.read_bytes() == path.read_bytes(), path.name

    def test_a_changed_passage_renews_the_register(self, harbour: Path) -> None:
        build(harbour)
        text = harbour / "docs" / "text" / "two.md"
        text.write_text(
            text.read_text(encoding="utf-8").replace(":page: 112", ":page: 113"), encoding="utf-8"
        )
        assert build(harbour, "-W").stderr == ""
        cited = page(harbour, "register.html").xpath("//span[@class='cited-page']")
        assert "113" in [words(cell) for cell in cited]

    def test_another_state_of_the_package_reads_every_page_again(self, harbour: Path) -> None:
        index = harbour / "build" / "html" / "text" / "one.html"
        build(harbour)
        before = index.stat().st_mtime_ns
        build(harbour)
        assert index.stat().st_mtime_ns == before
        program = (
            "import sys, edition.sphinx; edition.sphinx.code_state = lambda: '1'\n"
            "from sphinx.cmd.build import build_main; sys.exit(build_main(sys.argv[1:]))"
        )
        places = [str(harbour / "docs"), str(harbour / "build" / "html")]
        subprocess.run([sys.executable, "-c", program, "-q", *places], check=True, timeout=300)
        assert index.stat().st_mtime_ns > before

    def test_the_settings_of_a_second_build_are_those_of_the_first(self, harbour: Path) -> None:
        build(harbour)
        command = [sys.executable, "-m", "sphinx", "docs", "build/html"]
        told = subprocess.run(command, cwd=harbour, capture_output=True, text=True, timeout=300)
        assert "configuration has changed" not in told.stdout

    def test_a_changed_bibliography_renews_the_pages_that_cite(self, harbour: Path) -> None:
        build(harbour)
        works = harbour / "works.bib"
        works.write_text(
            works.read_text(encoding="utf-8").replace("Letters from", "Papers from"),
            encoding="utf-8",
        )
        assert build(harbour, "-W").stderr == ""
        (caption,) = page(harbour, "text/one.html").xpath("//figure[@id='q1']/figcaption")
        assert "Papers from the Harbour" in words(caption)


# MyST-NB in little: it takes `.md` with a parser of its own.
OTHER_READER = """
from myst_parser.parsers.sphinx_ import MystParser
from myst_parser.sphinx_ext.main import setup_sphinx


class Reader(MystParser):
    supported = ("myst-nb",)


def setup(app):
    setup_sphinx(app, load_parser=False)
    app.add_source_suffix(".md", "myst-nb")
    app.add_source_parser(Reader)
"""


@pytest.mark.parametrize("ours_first", [True, False])
def test_beside_an_extension_that_reads_the_texts(tmp_path: Path, ours_first: bool) -> None:
    extensions = ["edition.sphinx", "myst_nb"] if ours_first else ["myst_nb", "edition.sphinx"]
    files = {
        "conf.py": f'import sys\n\nsys.path.insert(0, ".")\nextensions = {extensions}\n'
        'html_theme = "basic"\n',
        "myst_nb.py": OTHER_READER,
        "index.md": "# Tides\n\n(p1)=\n:::{passage}\nThe ebb.\n:::\n",
        "works.bib": "",
    }
    for name, text in files.items():
        (tmp_path / "docs" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", ".", "_b"]
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=300, cwd=tmp_path / "docs"
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert 'id="p1"' in (tmp_path / "docs" / "_b" / "index.html").read_text(encoding="utf-8")
