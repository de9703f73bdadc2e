"""The command line as a whole: every command's help, its project, a misspelt name, an extra."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click import Group
from click.testing import CliRunner

from edition.cli import COMMANDS, EXTRAS, main
from tests_support import PANDOC, Write


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_has_each_command_s_own_words(name: str) -> None:
    command = main.get_command(
        main.make_context("edition", ["--version"], resilient_parsing=True), name
    )
    assert command is not None
    assert command.get_short_help_str(limit=200) == COMMANDS[name]


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"rules", "new", "lsp"}))
def test_every_command_takes_a_project(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])
    if name == "anchors":
        shown = CliRunner().invoke(main, [name, "lock", "--help"])
    assert shown.exit_code == 0
    assert "--project" in shown.stdout


def test_a_misspelt_command_is_answered_with_the_nearest() -> None:
    shown = CliRunner().invoke(main, ["chek"])
    assert shown.exit_code == 2
    assert "there is no command “chek”" in shown.stderr
    assert "Did you mean “check”?" in shown.stderr


def test_the_catalogue_as_json() -> None:
    rows = json.loads(CliRunner().invoke(main, ["rules", "--format", "json"]).stdout)
    assert {"code": "L104", "name": "page-outside-entry", "severity": "error"}.items() <= next(
        row for row in rows if row["code"] == "L104"
    ).items()


# What an install without extras lacks; sphinx and its own come with myst-parser.
WITHOUT = (
    "import sys\n"
    f"for name in {sorted(EXTRAS)}: sys.modules[name] = None\n"
    "from edition.__main__ import run\n"
    "sys.argv[0] = 'edition'\n"
    "run()\n"
)


def bare(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_needs_no_extra(name: str) -> None:
    shown = bare(name, "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("Usage: edition")


def test_a_command_names_the_extra_that_it_lacks(project: Write) -> None:
    root = project({"bibliography.bib": "@book{a, title = {A}}", "docs/index.md": "Text.\n"})
    shown = bare("verify", "--sources", str(root), "--project", str(root))
    assert shown.returncode == 2
    assert "Run: pip install 'sphinx-edition[verify]'" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_group_s_commands_have_help() -> None:
    context = main.make_context("edition", ["--version"], resilient_parsing=True)
    group = main.get_command(context, "anchors")
    assert isinstance(group, Group)
    for name in group.commands:
        assert CliRunner().invoke(main, ["anchors", name, "--help"]).exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "edition"],
        capture_output=True,
        text=True,
        env={"_EDITION_COMPLETE": f"{shell}_source", "PATH": ""},
    )
    assert "edition" in done.stdout, done.stderr


def test_each_extra_s_library_is_known() -> None:
    # What `make` does not install, 155 MB, is in CI.
    here = set(EXTRAS) if PANDOC else set(EXTRAS) - {"pypandoc"}
    assert [name for name in here if find_spec(name) is None] == []
