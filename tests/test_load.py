"""From a folder on disk to an edition: what is found, in which order, and every way it can fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edition.check import check_edition
from edition.loading.load import load
from edition.loading.reading_order import in_reading_order
from edition.model import Document
from edition.model.diagnostic import Severity
from edition.project.config import Config, ConfigError, read_config
from edition.project.layout import Project, ProjectError, find_project
from tests_support import Write

BOOK = "@book{log,\n  author = {Pilot, Ada},\n  title = {The Log},\n  year = {1931},\n}\n"
TABLE = "[tool.edition]\n"


def refusal(start: Path) -> ProjectError:
    with pytest.raises(ProjectError) as caught:
        load(find_project(start))
    assert caught.value.hint, "a refusal that does not say what to do"
    return caught.value


def order(root: Path) -> list[str]:
    return [document.path for document in load(find_project(root)).documents]


class TestFindingAProject:
    def test_without_settings(self, project: Write) -> None:
        root = project({"works.bib": BOOK, "docs/a.md": "A", "notes.md": "N"})
        found = find_project(root)
        assert (found.root, found.config.source) == (root, "docs")
        assert [found.path(f) for f in (*found.sources, *found.bibliography)] == [
            "docs/a.md",
            "works.bib",
        ]

    def test_without_docs_the_folder_itself_is_the_source(self, project: Write) -> None:
        root = project({"works.bib": BOOK, "a.md": "A", "b/c.md": "C"})
        found = find_project(root)
        assert [found.path(f) for f in found.sources] == ["a.md", "b/c.md"]

    def test_bibliography_beside_the_sources(self, project: Write) -> None:
        root = project({"docs/works.bib": BOOK, "docs/a.md": "A"})
        found = find_project(root)
        assert [found.path(f) for f in found.bibliography] == ["docs/works.bib"]

    def test_from_a_file_or_folder_within(self, project: Write) -> None:
        root = project({"pyproject.toml": TABLE, "bibliography.bib": BOOK, "docs/text/a.md": "A"})
        assert find_project(root / "docs" / "text" / "a.md").root == root
        assert find_project(root / "docs" / "text").root == root

    def test_another_programs_settings_are_passed_over(self, project: Write) -> None:
        root = project(
            {
                "pyproject.toml": TABLE,
                "bibliography.bib": BOOK,
                "docs/a.md": "A",
                "docs/pyproject.toml": "[tool.other]\nsource = 1\n",
            }
        )
        assert find_project(root / "docs").root == root

    def test_what_is_no_source(self, project: Write) -> None:
        root = project(
            {
                "pyproject.toml": TABLE + 'exclude = ["drafts", "*-old.md"]\n',
                "bibliography.bib": BOOK,
                "docs/a.md": "A",
                "docs/a-old.md": "",
                "docs/drafts/b.md": "",
                "docs/_build/c.md": "",
                "docs/.hidden/d.md": "",
                "docs/notes.txt": "",
            }
        )
        found = find_project(root)
        assert [found.path(f) for f in found.sources] == ["docs/a.md"]

    def test_a_folder_named_like_a_file(self, project: Write) -> None:
        root = project({"works.bib": BOOK, "old.bib/a.txt": "", "a.md": "A", "b.md/c.md": "C"})
        found = find_project(root)
        assert [found.path(f) for f in found.bibliography] == ["works.bib"]
        assert [found.path(f) for f in found.sources] == ["a.md", "b.md/c.md"]

    def test_a_bibliography_named_twice_is_read_once(self, project: Write) -> None:
        settings = TABLE + 'bibliography = ["works.bib", "./works.bib"]\n'
        root = project({"pyproject.toml": settings, "works.bib": BOOK, "docs/a.md": "A"})
        assert load(find_project(root)).bibliography.problems == ()


class TestRefusals:
    def test_no_such_path(self, tmp_path: Path) -> None:
        assert "no such file or folder" in refusal(tmp_path / "nowhere").message

    def test_empty_folder(self, tmp_path: Path) -> None:
        error = refusal(tmp_path)
        assert error.message.startswith("nothing to read: ")
        assert str(tmp_path) in error.message

    def test_bibliography_that_is_named_but_missing(self, project: Write) -> None:
        settings = TABLE + 'bibliography = ["works.bib"]\n'
        root = project({"pyproject.toml": settings, "docs/a.md": "A"})
        error = refusal(root)
        assert error.message == (
            f"no bibliography: {root / 'works.bib'} does not exist, so no citation can be checked"
        )

    def test_no_bibliography_named(self, project: Write) -> None:
        settings = TABLE + "bibliography = []\n"
        root = project({"pyproject.toml": settings, "docs/a.md": "A"})
        assert load(find_project(root)).bibliography.paths == ()

    def test_no_source_folder(self, project: Write) -> None:
        root = project({"pyproject.toml": TABLE, "bibliography.bib": BOOK})
        error = refusal(root)
        assert error.message == f"no sources: {root / 'docs'} is not a folder"
        assert "source =" in error.hint

    @pytest.mark.parametrize("files", [{}, {"docs/notes.txt": ""}])
    def test_nothing_to_read(self, project: Write, files: dict[str, str]) -> None:
        root = project({"pyproject.toml": TABLE, "bibliography.bib": BOOK, **files})
        (root / "docs").mkdir(exist_ok=True)
        assert refusal(root).message.startswith(f"nothing to read: {root / 'docs'}")

    @pytest.mark.parametrize("setting", ['source = "../docs"', 'bibliography = ["../works.bib"]'])
    def test_outside_of_the_project(self, project: Write, setting: str) -> None:
        outer = project(
            {
                "inner/pyproject.toml": TABLE + setting,
                "inner/bibliography.bib": BOOK,
                "inner/docs/a.md": "A",
                "docs/a.md": "A",
                "works.bib": BOOK,
            }
        )
        error = refusal(outer / "inner")
        assert "lies outside of the project" in error.message
        assert "“../" in error.message

    def test_broken_settings_are_placed(self, project: Write) -> None:
        root = project({"pyproject.toml": TABLE + "sorce = 1\n", "docs/a.md": "A"})
        assert refusal(root).message.startswith(f"{root / 'pyproject.toml'}:2: ")

    def test_settings_that_are_not_utf8(self, project: Write) -> None:
        root = project({"docs/a.md": "A"})
        (root / "pyproject.toml").write_bytes(TABLE.encode() + b'source = "d\xf6cs"\n')
        assert refusal(root).message == f"{root / 'pyproject.toml'}: not UTF-8"

    @pytest.mark.parametrize("name", ["pyproject.toml", "bibliography.bib"])
    def test_file_that_may_not_be_read(
        self, project: Write, name: str, forbid: Callable[[Path], None]
    ) -> None:
        root = project({"pyproject.toml": TABLE, "bibliography.bib": BOOK, "docs/a.md": "A"})
        forbid(root / name)
        error = refusal(root)
        assert error.message == f"{root / name}: Permission denied"

    def test_folder_that_may_not_be_read(
        self, project: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        root = project({"pyproject.toml": TABLE, "bibliography.bib": BOOK, "docs/in/a.md": "A"})
        scan = os.scandir

        def refuse(path: str) -> object:
            if Path(path).name == "in":
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)
        assert refusal(root).message.startswith(f"{root / 'docs' / 'in'}: Permission denied")


@pytest.fixture
def forbid(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes a file one that may not be opened, for root too."""
    opened = os.open

    def forbid(file: Path) -> None:
        def refuse(path: Any, *more: Any, **named: Any) -> int:
            if Path(os.fsdecode(path)) == file:
                raise PermissionError(13, "Permission denied", str(file))
            return opened(path, *more, **named)

        monkeypatch.setattr(os, "open", refuse)

    return forbid


class TestFilesThatCannotBeRead:
    """What concerns one file is a finding at that file; the others are checked all the same."""

    def findings(self, root: Path) -> list[str]:
        return [f"{f.location} {f.rule}" for f in check_edition(load(find_project(root)))]

    def test_source_in_another_encoding(self, project: Write) -> None:
        root = project({"works.bib": BOOK, "b.md": "{cite:t}`lgo`"})
        (root / "a.md").write_bytes("Erste Zeile.\nEs wäre {cite:t}`log`.".encode("latin-1"))
        assert self.findings(root) == ["a.md:2:5 unreadable-source", "b.md:1:10 unknown-key"]

    def test_byte_order_mark_is_none_of_the_text(self, project: Write) -> None:
        root = project({})
        (root / "works.bib").write_bytes(b"\xef\xbb\xbf" + BOOK.encode())
        (root / "a.md").write_bytes(b"\xef\xbb\xbf{cite:t}`lgo`")
        (root / "pyproject.toml").write_bytes(
            b"\xef\xbb\xbf" + TABLE.encode() + b'source = "."\nbibliography = ["works.bib"]'
        )
        assert self.findings(root) == ["a.md:1:10 unknown-key"]

    def test_source_that_may_not_be_read(
        self, project: Write, forbid: Callable[[Path], None]
    ) -> None:
        root = project({"works.bib": BOOK, "a.md": "A", "b.md": "{cite:t}`log`"})
        forbid(root / "a.md")
        finding = check_edition(load(find_project(root)))[0]
        assert (finding.location.path, finding.rule) == ("a.md", "unreadable-source")
        assert "Permission denied" in finding.message

    def test_link_that_leads_nowhere(self, project: Write) -> None:
        root = project({"works.bib": BOOK, "b.md": "{cite:t}`log`"})
        (root / "a.md").symlink_to(root / "gone.md")
        assert self.findings(root) == ["a.md unreadable-source"]

    def test_link_to_itself(self, project: Write) -> None:
        root = project({"works.bib": BOOK, "b.md": "{cite:t}`log`"})
        (root / "a.md").symlink_to(root / "a.md")
        assert self.findings(root) == ["a.md unreadable-source"]

    def test_folder_that_holds_itself(self, project: Write) -> None:
        root = project({"works.bib": BOOK, "text/a.md": "{cite:t}`log`"})
        (root / "text" / "again").symlink_to(root / "text", target_is_directory=True)
        assert order(root) == ["text/a.md"]

    @pytest.mark.parametrize(
        ("content", "place"),
        [
            (BOOK.encode() + b"% H\xe4fen\n", "works.bib:6:4"),
            (b"\xff\xfe" + BOOK.encode("utf-16-le"), "works.bib:1:1"),
            (BOOK.replace("Log", "L\0g").encode(), "works.bib:3:17"),
            (BOOK.replace("Pilot", "Pîlot").encode("cp1252"), "works.bib:2:14"),
        ],
    )
    def test_bibliography_in_another_encoding(
        self, project: Write, content: bytes, place: str
    ) -> None:
        root = project({"a.md": "{cite:t}`log`"})
        (root / "works.bib").write_bytes(content)
        assert self.findings(root) == [f"{place} bibliography-encoding"]

    def test_file_name_that_is_not_utf8(self, project: Write) -> None:
        root = project({"works.bib": BOOK, "b.md": "{cite:t}`log`"})
        Path(os.fsdecode(os.fsencode(root) + b"/a\xff.md")).write_text("{cite:t}`lgo`")
        assert self.findings(root) == ["a\\xff.md:1:10 unknown-key"]

    def test_utf8_in_every_script_is_no_fault(self, project: Write) -> None:
        root = project(
            {
                "works.bib": BOOK.replace("Pilot, Ada", "Лоцман, Ада").replace(
                    "Log", "日誌 \N{PILE OF POO}"
                ),
                "a.md": "Журнал {cite:t}`log`, 日誌.\r\nNaïve.",
            }
        )
        assert self.findings(root) == []


class TestReadingOrder:
    def test_down_the_tables_of_contents(self, project: Write) -> None:
        root = project(
            {
                "works.bib": BOOK,
                "index.md": "# T\n\n```{toctree}\npart-b/index\npart-a/index\n```\n",
                "part-a/index.md": "```{toctree}\ntwo\n./one.md\n```\n",
                "part-a/one.md": "1",
                "part-a/two.md": "2",
                "part-b/index.md": "```{toctree}\nThe last <../last>\n/first\n```\n",
                "first.md": "F",
                "last.md": "L",
                "aside.md": "A",
            }
        )
        assert order(root) == [
            "index.md",
            "part-b/index.md",
            "last.md",
            "first.md",
            "part-a/index.md",
            "part-a/two.md",
            "part-a/one.md",
            "aside.md",
        ]

    def test_patterns(self, project: Write) -> None:
        root = project(
            {
                "works.bib": BOOK,
                "docs/index.md": "```{toctree}\n:glob:\n\nlast\ntext/p*\n/a/**\n*\n```\n",
                "docs/text/p2.md": "2",
                "docs/text/p10.md": "10",
                "docs/text/deep/p1.md": "1",
                "docs/a/b/c.md": "C",
                "docs/a/b.md": "B",
                "docs/last.md": "L",
                "docs/zeal.md": "Z",
            }
        )
        assert order(root) == [
            "docs/index.md",
            "docs/last.md",
            "docs/text/p10.md",
            "docs/text/p2.md",
            "docs/a/b.md",
            "docs/a/b/c.md",
            "docs/zeal.md",
            "docs/text/deep/p1.md",
        ]

    def test_circles_and_what_is_no_document(self) -> None:
        entries = ("self", "https://example.org/a", "../up", "b", "gone", "a", "index")
        documents = [
            Document(path="index.md", toctree=entries),
            Document(path="a.md", toctree=("index", "b")),
            Document(path="b.md", toctree=("b", "a")),
        ]
        ordered = in_reading_order(reversed(documents), "index.md")
        assert [d.path for d in ordered] == ["index.md", "b.md", "a.md"]

    def test_table_of_contents_within_a_directive(self, project: Write) -> None:
        root = project(
            {
                "works.bib": BOOK,
                "index.md": "::::{admonition} Contents\n:::{toctree}\nb\na\n:::\n::::\n",
                "a.md": "A",
                "b.md": "B",
            }
        )
        assert order(root) == ["index.md", "b.md", "a.md"]

    def test_without_a_first_document_by_path(self) -> None:
        documents = [Document(path=p) for p in ("b.md", "a/z.md", "a.md")]
        assert [d.path for d in in_reading_order(documents, "index.md")] == [
            "a.md",
            "a/z.md",
            "b.md",
        ]


class TestSettings:
    def test_none(self) -> None:
        assert read_config("[project]\nname = 'x'\n") is None
        assert read_config("tool = 3\n") is None

    def test_all_by_default(self) -> None:
        assert read_config(TABLE) == Config()

    def test_each(self) -> None:
        config = read_config(
            TABLE
            + 'source = "text"\nbibliography = ["a.bib", "b.bib"]\nexclude = ["x/*"]\n'
            + 'extensions = []\ninline-words = 8\nfail_on = "error"\nselect = ["L101"]\n'
        )
        assert config == Config(
            source="text",
            bibliography=("a.bib", "b.bib"),
            exclude=("x/*",),
            extensions=(),
            inline_words=8,
            fail_on=Severity.ERROR,
            select=("L101",),
        )

    @pytest.mark.parametrize(
        ("text", "line", "message"),
        [
            ("[tool.edition]\nsource = \n", 2, "not valid TOML"),
            ("[project]\nname = 'x'\nname = 'y'\n", 3, "not valid TOML"),
            ("x = " + "[" * 5000, 0, "not valid TOML"),
            ("x = " + "9" * 5000, 0, "not valid TOML"),
            ("[tool]\nedition = 3\n", 0, "tool.edition is not a table"),
            ('[tool.edition]\nexclude = [\n  "a",\n]\nsorce = "x"\n', 5, "no setting “sorce”"),
            ('[tool.edition] # ours\nsorce = "x"\n', 2, "no setting “sorce”"),
            ('[ tool . "edition" ]\n"sorce" = "x"\n', 2, "no setting “sorce”"),
            ('[tool]\nedition.sorce = "x"\n', 2, "no setting “sorce”"),
            ('[tool]\nedition = { sorce = "x" }\n', 2, "no setting “sorce”"),
            ('[a]\nsorce = 1\n[tool.edition]\nsorce = "x"\n', 4, "no setting “sorce”"),
            ("[tool.edition]\nsource = 3\n", 2, "source wants a text that is not empty, not 3"),
            ('[tool.edition]\nsource = " "\n', 2, "source wants a text that is not empty"),
            ('[tool.edition]\nexclude = "a"\n', 2, "exclude wants a list of texts"),
            ("[tool.edition]\nbibliography = [1]\n", 2, "bibliography wants a list of texts"),
            ("[tool.edition]\ninline-words = 0\n", 2, "inline-words wants a whole number"),
            ("[tool.edition]\ninline_words = true\n", 2, "inline_words wants a whole number"),
            ("[tool.edition]\npage_marks = ['(']\n", 2, "wants regular expressions (here: "),
            ("[tool.edition]\npage_marks = ['(a{99999999999})']\n", 2, "wants regular expressions"),
            ("[tool.edition]\npage_marks = ['(?P<a>x)(?P<a>y)']\n", 2, "wants regular expressions"),
            ("[tool.edition]\npage_marks = ['=.=']\n", 2, "round brackets around the page"),
            ('[tool.edition]\nfail_on = "fatal"\n', 2, 'fail_on wants "note", "warning"'),
            ('[tool.edition]\nfail_on = "note"\nfail-on = "error"\n', 3, "gives “fail_on” twice"),
        ],
    )
    def test_faults(self, text: str, line: int, message: str) -> None:
        with pytest.raises(ConfigError) as caught:
            read_config(text)
        assert message in caught.value.message
        assert caught.value.line == line
        assert caught.value.hint

    def test_suggestion(self) -> None:
        with pytest.raises(ConfigError) as caught:
            read_config(TABLE + 'bibliografy = "x"\n')
        assert caught.value.hint == "Did you mean “bibliography”?"

    def test_without_a_suggestion_all_are_named(self) -> None:
        with pytest.raises(ConfigError) as caught:
            read_config(TABLE + "zzz = 1\n")
        assert "source, bibliography" in caught.value.hint


def test_paths_of_findings_are_from_the_root(project: Write) -> None:
    root = project(
        {"pyproject.toml": TABLE, "bibliography.bib": BOOK, "docs/in/a.md": "{cite}`lgo`"}
    )
    found: Project = find_project(root / "docs" / "in")
    assert [f.location.path for f in check_edition(load(found))] == ["docs/in/a.md"]
