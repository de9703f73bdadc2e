"""The command line: what it prints, its exit status, and how it takes bad input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edition.cli import main
from edition.rules import RULES
from tests_support import Write

WORKS = """\
@book{hart-letters,
  author = {Hart, Mary},
  title = {Letters from the Harbour},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1931},
  pagetotal = {240},
}
"""
GOOD = "(p1)=\n> The tide went out and never came back.\n>\n> {cite:p}`hart-letters{p. 19}`\n"
BAD = GOOD.replace("p. 19", "p. 541")


def edition(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


class TestCheck:
    def test_clean(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "docs/index.md": GOOD})
        result = edition("check", root)
        assert result.exit_code == 0
        assert result.stdout == "All checks passed.\n"

    def test_pages_that_are_not_read_are_counted(self, project: Write) -> None:
        files = {"bibliography.bib": WORKS, "docs/index.md": GOOD, "docs/a.rst": "A\n=\n"}
        result = edition("check", project({**files, "docs/b.ipynb": "{}"}))
        assert result.stdout.endswith("\n1 file checked, 1 .ipynb, 1 .rst not read.\n")
        conf = 'extensions = ["edition.sphinx_ext"]\n'
        result = edition("check", project({**files, "docs/conf.py": conf}))
        assert result.stdout.endswith("\n2 files checked, 1 .ipynb not read.\n")

    def test_finding(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "docs/index.md": BAD})
        result = edition("check", root)
        assert result.exit_code == 1
        assert "docs/index.md:4:25: L105 page-beyond-book [error]" in result.stdout
        assert "240" in result.stdout
        assert "bibliography.bib:7" in result.stdout
        assert result.stdout.endswith("Found 1 error.\n")

    def test_json(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "docs/index.md": BAD})
        result = edition("check", root, "--format", "json")
        assert result.exit_code == 1
        (finding,) = json.loads(result.stdout)["diagnostics"]
        assert finding["rule"] == "page-beyond-book"
        assert (finding["path"], finding["line"], finding["column"]) == ("docs/index.md", 4, 25)

    def test_fail_on(self, project: Write) -> None:
        missing = GOOD.replace("{p. 19}", "")
        root = project({"bibliography.bib": WORKS, "docs/index.md": missing})
        assert edition("check", root).exit_code == 1
        assert edition("check", root, "--fail-on", "error").exit_code == 0

    def test_select_and_ignore(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "docs/index.md": BAD})
        assert edition("check", root, "--ignore", "page-beyond-book").exit_code == 0
        assert edition("check", root, "--ignore", "L105").exit_code == 0
        assert edition("check", root, "--select", "unknown-key").exit_code == 0
        unknown = edition("check", root, "--select", "unknown-kee")
        assert unknown.exit_code == 2
        assert "Did you mean “unknown-key”?" in unknown.stderr

    def test_only_the_paths_given(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "docs/index.md": GOOD, "docs/b.md": BAD[5:]})
        assert edition("check", root / "docs" / "index.md").exit_code == 0
        assert edition("check", root / "docs" / "b.md").exit_code == 1
        assert edition("check", root / "docs").exit_code == 1


class TestWithoutBibliography:
    def test_a_text_that_cites_nothing(self, project: Write) -> None:
        root = project({"docs/index.md": "# Tides\n\n“So,” he said.\n"})
        assert edition("check", root).exit_code == 0

    def test_the_first_citation_says_so(self, project: Write) -> None:
        root = project({"docs/index.md": "# Tides\n\n{cite:p}`a{p. 3}` {cite:p}`b{p. 4}`\n"})
        result = edition("check", root, "--select", "C101")
        assert result.exit_code == 1
        assert result.stdout.count("C101") == 1
        assert "the project has no BibTeX file" in result.stdout

    @pytest.mark.parametrize("path", ["docs/index.md", "docs"])
    def test_a_page_may_include_what_is_beside_its_folder(self, project: Write, path: str) -> None:
        page = "# Tides\n\n```{include} ../part.md\n```\n"
        root = project({"docs/index.md": page, "docs/works.bib": WORKS, "part.md": "A part.\n"})
        assert "S105" not in edition("check", root / path).stdout


class TestCannotRun:
    @pytest.mark.parametrize(
        ("files", "said"),
        [
            ({}, "nothing to read"),
            ({"bibliography.bib": WORKS}, "nothing to read"),
            (
                {"pyproject.toml": "[tool.edition]\n", "docs/index.md": GOOD},
                "bibliography.bib does not exist",
            ),
            (
                {"pyproject.toml": "[tool.edition]\n", "bibliography.bib": WORKS},
                "no sources",
            ),
            (
                {"pyproject.toml": '[tool.edition]\nsorce = "docs"\n', "bibliography.bib": WORKS},
                "pyproject.toml:2: [tool.edition] has no setting “sorce”",
            ),
            ({"pyproject.toml": "[tool.edition\n", "bibliography.bib": WORKS}, "not valid TOML"),
        ],
    )
    def test_says_why_and_what_to_do(
        self, project: Write, files: dict[str, str], said: str
    ) -> None:
        result = edition("check", project(files))
        assert result.exit_code == 2
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == 2
        assert result.stdout == ""

    def test_no_such_path(self, tmp_path: Path) -> None:
        result = edition("check", tmp_path / "nowhere")
        assert result.exit_code == 2
        assert "no such file or folder" in result.stderr


class TestList:
    def test_json(self, project: Write) -> None:
        root = project({"bibliography.bib": WORKS, "docs/index.md": GOOD})
        (row,) = json.loads(edition("list", "quotations", root, "--format", "json").stdout)
        assert row == {
            "id": "p1",
            "key": "hart-letters",
            "volume": None,
            "pages": "19",
            "opening": "The tide went out and",
            "closing": "never came back.",
            "speaker": None,
            "path": "docs/index.md",
            "line": 2,
            "passage": None,
            "possible": "yes",
            "verified": "unchecked",
        }

    @pytest.mark.parametrize("what", ["quotations", "citations", "anchors", "works"])
    def test_csv_and_json_agree(self, project: Write, what: str) -> None:
        root = project({"bibliography.bib": WORKS, "docs/index.md": GOOD})
        rows = json.loads(edition("list", what, root, "--format", "json").stdout)
        read = list(
            csv.DictReader(io.StringIO(edition("list", what, root, "--format", "csv").stdout))
        )
        assert [{k: "" if v is None else str(v) for k, v in r.items()} for r in rows] == read
        assert len(rows) == 1


class TestRules:
    def test_catalogue(self) -> None:
        shown = edition("rules").stdout
        for rule in RULES:
            assert rule.name in shown
            assert rule.code in shown

    def test_page(self) -> None:
        by_name, by_code = edition("rules", "page-outside-entry"), edition("rules", "L104")
        assert by_name.stdout == by_code.stdout
        assert "Bad:" in by_name.stdout

    def test_unknown(self) -> None:
        result = edition("rules", "page-outside-entri")
        assert result.exit_code == 2
        assert "page-outside-entry" in result.stderr
