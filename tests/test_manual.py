"""The manual against the code: what it shows is tried, what the code offers is in it."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from unittest.mock import MagicMock
from zipfile import ZipFile

import click
import pytest
import yaml
from click.testing import CliRunner

from edition.check import check_edition
from edition.cli import COMMANDS, main
from edition.loading.load import load
from edition.locator import format_locator, pages_normal, parse
from edition.model.diagnostic import Severity
from edition.model.directive_options import DIRECTIVE_OPTIONS
from edition.project.config import Config, read_config
from edition.project.layout import find_project
from tests_support import Write, needs_pandoc

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "manual"

_FENCE = re.compile(
    r"^(?P<fence>`{3,})(?:\{code-block\} )?(?P<language>[a-z]+)\n"
    r"(?::caption: (?P<file>\S+)\n\n)?(?P<body>.*?)^(?P=fence)$",
    re.M | re.S,
)


def page(name: str) -> str:
    return (MANUAL / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """The code blocks of a page in one language, those that show a file left out."""
    found = _FENCE.finditer(page(name))
    return [m["body"] for m in found if m["language"] == language and not m["file"]]


def section(name: str, heading: str) -> str:
    """A page from one heading to the next of the same level."""
    level = heading.split()[0]
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^{level} |\Z)", page(name), re.M | re.S)
    assert found, f"{name} has no heading “{heading}”"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables in a text, their cells stripped."""
    lines = re.findall(r"^\|(.*)\|$", text, re.M)
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def commands(console: str) -> Iterator[tuple[list[str], str]]:
    """The commands of a console block, each with the output shown."""
    for part in re.split(r"^\$ ", console, flags=re.M)[1:]:
        line, _, output = part.partition("\n")
        yield shlex.split(line), output


def edition_says(words: list[str]) -> str:
    """What `edition` prints, run in the current folder; `words` begins with its name."""
    assert words[0] == "edition"
    result = CliRunner().invoke(main, words[1:], env={"COLUMNS": "100"})
    return result.output


@pytest.fixture
def tutorial(project: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tutorial's files as first shown, with the wrong page; the current folder."""
    files = {
        m["file"]: m["body"]
        for m in _FENCE.finditer(page("tutorial.md"))
        if m["file"] and m["language"] != "diff"
    }
    root = project(files)
    monkeypatch.chdir(root)
    return root


class TestVerifying:
    def test_the_example(self, project: Write, monkeypatch: pytest.MonkeyPatch) -> None:
        shown = {m["file"]: m["body"] for m in _FENCE.finditer(page("verify.md")) if m["file"]}
        root = project(
            {
                "pyproject.toml": '[tool.edition]\nsource = "docs"\nsources = "texts"\n',
                "bibliography.bib": "@book{pier, author={Hart}, title={The Pier}, year=1901}\n",
                **shown,
            }
        )
        monkeypatch.chdir(root)
        monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
        (console,) = blocks("verify.md", "console")
        command, said = console.split("\n", 1)
        result = CliRunner().invoke(main, command.split()[2:])
        assert result.stdout == said
        assert result.stderr in page("verify.md")
        assert result.stderr.startswith("pier  pier.txt: 3 pages")


class TestTutorial:
    def test_every_step(self, tutorial: Path) -> None:
        built = []
        for block in _FENCE.finditer(page("tutorial.md")):
            if block["language"] == "diff":
                self.change(tutorial / block["file"], block["body"])
            if block["language"] != "console":
                continue
            for words, output in commands(block["body"]):
                if words == [
                    "edition",
                    "new",
                    ".",
                ]:  # in a folder of its own: what follows is by hand
                    assert edition_says(["edition", "new", "begun"]).startswith("Written: ")
                    assert edition_says(["edition", "check", "--project", "begun"]) == (
                        "All checks passed.\n"
                    )
                    shutil.rmtree("begun")
                elif words[0] == "edition":
                    assert edition_says(words) == output
                elif words[:3] == ["python", "-m", "sphinx"]:
                    self.build(words[1:])
                    built.append(words[4])
        assert built == ["html", "typst", "epub"]
        for output in ("html/index.html", "typst/edition.pdf", "epub/edition.epub"):
            assert f"`build/{output}`" in page("tutorial.md")
            assert (tutorial / "build" / output).exists()
        assert 'id="p2"' in (tutorial / "build/html/text.html").read_text(encoding="utf-8")

    @staticmethod
    def change(file: Path, diff: str) -> None:
        before, after = (
            "\n".join(line[1:] for line in diff.splitlines() if line[0] == sign) for sign in "-+"
        )
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, after), encoding="utf-8")

    @staticmethod
    def build(arguments: list[str]) -> None:
        done = subprocess.run(
            [sys.executable, *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")


class TestSources:
    @pytest.mark.parametrize("name", ["sources.md", "tutorial.md"])
    def test_examples_pass(self, name: str, project: Write) -> None:
        examples = blocks(name, "md")
        assert examples
        for example in examples:
            works = "".join(blocks("sources.md", "bib"))
            root = project({"bibliography.bib": works, "text.md": example})
            found = check_edition(load(find_project(root)))
            assert [f for f in found if f.severity >= Severity.WARNING] == [], example

    def test_examples_of_quotations_are_bound(self, project: Write) -> None:
        works = "".join(blocks("sources.md", "bib"))
        text = section("sources.md", "## Quotations, and the citation of each")
        for number, example in enumerate(re.findall(r"^````md\n(.*?)^````$", text, re.M | re.S)):
            root = project({"bibliography.bib": works, "text.md": example})
            quotations = load(find_project(root)).quotations
            assert quotations, f"example {number} has no quotation"
            assert all(quotation.citations for quotation in quotations)

    def test_locators(self) -> None:
        shown = [row for row in rows(section("sources.md", "## Citations")) if "`" in row[0]]
        assert len(shown) > 10
        for typed, meaning, checked in shown:
            locator = parse(typed.strip("`"))
            assert format_locator(locator) == meaning.replace("\N{NO-BREAK SPACE}", " ")
            assert pages_normal(locator) == checked

    @pytest.mark.parametrize("directive", DIRECTIVE_OPTIONS)
    def test_every_directive_and_option(self, directive: str) -> None:
        text = page("sources.md")
        assert f"`{{{directive}}}`" in text
        missing = [option for option in DIRECTIVE_OPTIONS[directive] if f"`:{option}:`" not in text]
        assert missing == []


class TestCommands:
    def test_examples(self, tutorial: Path) -> None:
        shown = [pair for block in blocks("commands.md", "console") for pair in commands(block)]
        assert shown
        for words, output in shown:
            said = edition_says(words).replace(f"{tutorial}{os.sep}", "")
            assert said == output, shlex.join(words)

    def test_sarif(self, tutorial: Path) -> None:
        (example,) = blocks("commands.md", "json")
        report = json.loads(edition_says(["edition", "check", "--format", "sarif"]))
        (result,) = report["runs"][0]["results"]
        assert result.items() >= json.loads(example).items()

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_and_option(self, name: str) -> None:
        text = section("commands.md", f"## `edition {name}`")
        command = main.get_command(click.Context(main), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.opts[0] != "--project":
                named = re.compile(rf"`{parameter.opts[0]}[` ]")
                assert any(named.match(row[0]) for row in rows(text)), parameter
            if isinstance(parameter.type, click.Choice):
                missing = [c for c in parameter.type.choices if not re.search(rf"\b{c}\b", text)]
                assert missing == []


USES = sorted(file.name for file in MANUAL.glob("uses-*.md"))
IMPORTING = [
    pytest.param(n, marks=needs_pandoc) if ".docx" in (MANUAL / n).read_text("utf-8") else n
    for n in USES
]
# Tests of their own: test_installs.py, test_ci.py, test_build.py.
ELSEWHERE = re.compile(
    r"(pip|cd|edition build) |edition check --watch|.*--sources ~/|edition build$"
)


class TestUses:
    @pytest.mark.parametrize("page", IMPORTING)
    def test_every_command_line_runs(self, page: str, tutorial: Path) -> None:
        (tutorial / "essay.docx").write_bytes(minimal_docx())
        (tutorial / "letters.txt").write_text("The tide went out.\n", encoding="utf-8")
        (tutorial / "CITATION.cff").write_text(
            "cff-version: 1.2.0\nmessage: Cite it.\ntitle: Tides\nversion: 1.0\n"
            "authors:\n  - name: A\n",
            encoding="utf-8",
        )
        for name in ("de", "en"):
            shutil.copytree(tutorial / "docs", tutorial / name / "docs")
            for file in ("pyproject.toml", "bibliography.bib"):
                shutil.copy(tutorial / file, tutorial / name / file)
        (tutorial / "book").mkdir()
        (tutorial / "book" / "myst.yml").write_text("project: {title: T}\n", encoding="utf-8")
        (tutorial / "book" / "index.md").write_text("# Tides\n", encoding="utf-8")
        count = 0
        for block in blocks(page, "sh"):
            for line in block.splitlines():
                if not ELSEWHERE.match(line):
                    result = CliRunner().invoke(main, shlex.split(line)[1:])
                    assert result.exit_code in (0, 1), (line, result.output)
                    assert "Usage" not in result.output
                    count += 1
        assert count > 0

    def test_there_is_a_page_for_each_way_to_begin(self) -> None:
        assert len(USES) == 5
        for name in USES:
            assert name.removesuffix(".md") in page("uses.md")

    @pytest.mark.parametrize("page", USES)
    def test_the_settings_of_hooks_and_services_are_read(self, page: str) -> None:
        for block in blocks(page, "yaml"):
            assert yaml.safe_load(block)
        for block in blocks(page, "toml"):
            assert read_config(block)


def minimal_docx() -> bytes:
    """A document of one paragraph, as a word processor would save it."""
    main_part = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_part}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body>'
        "<w:p><w:r><w:t>The tide went out.</w:t></w:r></w:p></w:body></w:document>",
    }
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


class TestSettings:
    def test_every_setting_and_default(self) -> None:
        shown = {row[0]: row[1] for row in rows(section("settings.md", "## pyproject.toml"))}
        for setting in fields(Config):
            default = setting.default
            value = list(default) if isinstance(default, tuple) else default
            if setting.name == "locators":  # a table
                value = {}
            if isinstance(value, Severity):
                value = str(value)
            assert shown[f"`{setting.name}`"] == f"`{json.dumps(value)}`"
        assert len(shown) == len(fields(Config)) + 2  # the head and its rule

    def test_example_is_read(self) -> None:
        (example,) = blocks("settings.md", "toml")
        assert read_config(example) != Config()

    def test_every_setting_of_the_build(self) -> None:
        from edition.sphinx import citations, downloads, epub, typst
        from edition.sphinx import cite_card as citing
        from edition.sphinx import text as witness

        app = MagicMock()
        typst.setup(app)
        epub.setup(app)
        citing.add_settings(app)
        citations.add_settings(app)
        downloads.setup(app)
        witness.setup(app)
        declared = {f"`{c.args[0]}`": c.args[1] for c in app.add_config_value.call_args_list}
        shown = {
            name: cells[0]
            for name, *cells in rows(section("settings.md", "## conf.py"))
            if name.startswith("`edition_")
        }
        assert shown == {name: f"`{json.dumps(value)}`" for name, value in declared.items()}


def test_readme_names_targets_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", readme, re.M))
    assert {"test", "help"} <= {a or b for a, b in named}
    for target in (a or b for a, b in named):
        assert re.search(rf"^{target}:", makefile, re.M), f"make {target}"
    for path in re.findall(r"\]\(([^):]+)\)|src=\"([^\"]+)\"", readme):
        assert (ROOT / (path[0] or path[1])).exists(), path
