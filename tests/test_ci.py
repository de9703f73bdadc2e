"""The checker where changes are made: at the commit, on GitHub and GitLab, while one writes."""

from __future__ import annotations

import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

import page_validators
from edition.cli import main
from edition.cli.new import templates
from tests_support import Write

ROOT = Path(__file__).parents[1]
WORKS = "@book{hart, author={Hart, Mary}, title={Letters}, year=1831, pagetotal=90}\n"
WRONG = "# Tide\n\nIt is so {cite:p}`hart{p. 99}`.\n"


@pytest.fixture
def two_editions(project: Write) -> Path:
    files = {
        f"{name}/{path}": text
        for name in ("de", "en")
        for path, text in {
            "pyproject.toml": "[tool.edition]\n",
            "bibliography.bib": WORKS,
            "docs/index.md": WRONG,
        }.items()
    }
    root = project(files)
    (root / ".git").mkdir()
    return root


def check(*words: str) -> str:
    return CliRunner().invoke(main, ["check", *words]).stdout


class TestPaths:
    def test_services_get_them_from_the_repository(self, two_editions: Path) -> None:
        project = ["--project", str(two_editions / "de")]
        assert "file=de/docs/index.md,line=3" in check(*project, "--format", "github")
        report = json.loads(check(*project, "--format", "sarif"))
        (result,) = report["runs"][0]["results"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert place["uri"] == "de/docs/index.md"
        (issue,) = json.loads(check(*project, "--format", "gitlab"))
        assert issue["location"] == {"path": "de/docs/index.md", "lines": {"begin": 3}}

    def test_people_and_programs_get_them_from_the_project(self, two_editions: Path) -> None:
        project = ["--project", str(two_editions / "de")]
        assert check(*project).startswith("docs/index.md:3")
        assert json.loads(check(*project, "--format", "json"))["diagnostics"][0]["path"] == (
            "docs/index.md"
        )

    def test_a_worktree_of_git_has_a_file_in_place_of_the_folder(self, two_editions: Path) -> None:
        (two_editions / ".git").rmdir()
        (two_editions / ".git").write_text("gitdir: elsewhere\n")
        assert "file=en/docs" in check("--project", str(two_editions / "en"), "--format", "github")

    def test_without_a_repository_the_project_is_the_root(self, two_editions: Path) -> None:
        (two_editions / ".git").rmdir()
        assert "file=docs/" in check("--project", str(two_editions / "en"), "--format", "github")


class TestGitLab:
    def test_a_finding_keeps_its_name_when_its_line_moves(self, two_editions: Path) -> None:
        page = two_editions / "de/docs/index.md"
        words = ["--project", str(two_editions / "de"), "--format", "gitlab"]
        page.write_text(WRONG + "\nAnd again {cite:p}`hart{p. 99}`.\n")
        first = json.loads(check(*words))
        page.write_text("# Tide\n\nMore.\n" + WRONG[6:] + "\nAnd again {cite:p}`hart{p. 99}`.\n")
        second = json.loads(check(*words))
        names = [issue["fingerprint"] for issue in first]
        assert len(set(names)) == 2
        assert names == [issue["fingerprint"] for issue in second]
        assert {issue["severity"] for issue in first} <= {"info", "minor", "major"}


class TestWatch:
    def test_it_checks_again_after_a_change(self, two_editions: Path) -> None:
        root = two_editions / "de"
        with subprocess.Popen(
            [sys.executable, "-m", "edition", "check", "--watch"],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                self.until(process, "Found 1 error.")
                page = root / "docs/index.md"
                page.write_text(WRONG.replace("99", "9"))
                self.until(process, "All checks passed.")
                (root / "docs/more.md").write_text("# More\n\n{cite:p}`hart{p. 91}`\n")
                self.until(process, "p. 91")
                (root / "bibliography.bib").unlink()
                self.until(process, "no bibliography")
                (root / "bibliography.bib").write_text(WORKS.replace("90", "100"))
                self.until(process, "All checks passed.")
            finally:
                process.kill()

    def test_it_only_shows(self, two_editions: Path) -> None:
        for option in (["--fix"], ["--diff"], ["--write-baseline"], ["--format", "json"]):
            words = ["check", "--watch", *option, "--project", str(two_editions / "de")]
            assert CliRunner().invoke(main, words).exit_code == 2

    @staticmethod
    def until(process: subprocess.Popen[str], words: str) -> None:
        end = time.monotonic() + 30
        assert process.stdout is not None
        while time.monotonic() < end:
            line = process.stdout.readline()
            if words in line:
                return
            assert line, f"it ended before “{words}”"
        raise AssertionError(words)


class TestHooks:
    @pytest.mark.parametrize("index", [0, 1])
    def test_each_runs_on_the_files_that_matter(self, index: int, two_editions: Path) -> None:
        hook = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))[index]
        for path in ("text.md", "works.bib", "de/pyproject.toml", "anchors.lock", "x/_toc.yml"):
            assert re.search(hook["files"], path)
        for path in ("docs/conf.py", "notes.mdx", "xpyproject.toml"):
            assert not re.search(hook["files"], path)
        name, *words = shlex.split(hook["entry"])
        assert name == "edition"
        result = CliRunner().invoke(main, [*words, "--project", str(two_editions / "de")])
        assert (result.exit_code, "page-beyond-book" in result.output) == (1, True)


def actionlint(text: str, name: str) -> list[str]:
    """What actionlint has against a workflow, each `line: message`."""
    module = page_validators.module("actionlint/node.cjs")
    script = (
        "const make = require(process.argv[1]).createLinter;"
        "let text = ''; process.stdin.on('data', d => text += d);"
        "process.stdin.on('end', () => make().then(lint =>"
        "{ console.log(JSON.stringify(lint(text, process.argv[2]))); process.exit(0) }))"
    )
    done = subprocess.run(
        ["node", "-e", script, str(module), name],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    messages = [f"{found['line']}: {found['message']}" for found in json.loads(done.stdout)]
    # This build of actionlint is older than the scope.
    return [line for line in messages if 'unknown permission scope "attestations"' not in line]


class TestWorkflows:
    def test_every_one_is_valid(self) -> None:
        files = {f.name: f.read_text("utf-8") for f in (ROOT / ".github/workflows").glob("*.yml")}
        files["new.yml"] = templates()[".github/workflows/edition.yml"]
        assert len(files) > 2
        for name, text in files.items():
            assert actionlint(text, f".github/workflows/{name}") == [], name

    def test_a_planted_fault_is_found(self) -> None:
        text = templates()[".github/workflows/edition.yml"]
        found = actionlint(text.replace("needs: check", "needs: nobody"), "x.yml")
        assert any("nobody" in line for line in found)


class TestRelease:
    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        for name in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md"):
            shutil.copy(ROOT / name, tmp_path / name)
        (tmp_path / ".ci").mkdir()
        shutil.copy(ROOT / ".ci/release.py", tmp_path / ".ci")
        return tmp_path

    def run(self, root: Path, tag: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(root / ".ci/release.py"), tag]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_a_tag_agrees_with_everything_or_is_refused(self, root: Path) -> None:
        version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
        changelog = root / "CHANGELOG.md"
        first, _, rest = changelog.read_text("utf-8").partition(f"## {version}")
        _, _, rest = rest.partition("\n")
        changelog.write_text(f"{first}## {version} (unreleased)\n{rest}", "utf-8")
        assert "no date" in self.run(root, f"v{version}").stderr
        changelog.write_text(f"{first}## {version} (2026-12-01)\n{rest}", "utf-8")
        good = self.run(root, f"v{version}")
        assert (good.returncode, good.stderr) == (0, "")
        assert good.stdout.strip()
        assert good.stdout.strip() in rest
        bad = self.run(root, "v9.9.9")
        assert bad.returncode == 1
        assert bad.stderr.count("9.9.9") == 3


def test_the_package_s_page_needs_nothing_beside_it() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = (ROOT / table["readme"]).read_text("utf-8")
    prose = re.sub(r"^(`{3,})[\s\S]*?^\1$", "", text, flags=re.M)
    for target in re.findall(r"\]\(([^)]+)\)|(?:src|href)=\"([^\"]+)\"", prose):
        assert re.match(r"https://|data:", target[0] or target[1]), target
    for extra in re.findall(r"sphinx-edition\[(\w+)\]", text):
        assert extra in table["optional-dependencies"]


class TestAction:
    def steps(self) -> list[dict[str, Any]]:
        action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
        return [s for s in action["runs"]["steps"] if s.get("name") in ("Write SARIF", "Check")]

    def test_its_steps_annotate_and_write_sarif(self, two_editions: Path) -> None:
        if not shutil.which("bash"):
            pytest.skip("bash is not installed")
        command = two_editions / "edition/bin/edition"
        command.parent.mkdir(parents=True)
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m edition "$@"\n')
        command.chmod(0o755)
        given = {"PROJECT": "de", "SARIF": "out.sarif", "FAIL_ON": "", "RUNNER_TEMP": "."}
        said = []
        for step in self.steps():
            assert set(step["env"]) <= given.keys()
            done = subprocess.run(
                ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
                cwd=two_editions,
                capture_output=True,
                text=True,
                check=False,
                env=os.environ | given,
            )
            said.append((done.returncode, done.stdout))
        assert said[0] == (0, "")
        assert json.loads((two_editions / "out.sarif").read_text())["runs"][0]["results"]
        assert said[1][0] == 1
        assert said[1][1].startswith("::error file=de/docs/index.md,line=3")

    def test_no_input_is_pasted_into_a_script(self) -> None:
        action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
        for step in action["runs"]["steps"]:
            assert "${{" not in step.get("run", "")


def test_only_an_advisory_fails_the_audit() -> None:
    known = runpy.run_path(str(ROOT / ".ci/audit.py"))["known"]
    row = {"name": "a", "version": "1", "vulns": []}
    bad = {**row, "vulns": [{"id": "PYSEC-1"}]}
    skipped = {"name": "b", "skip_reason": "not found"}
    assert known(json.dumps({"dependencies": [row, skipped]})) == ([], 1, 1)
    assert known(json.dumps({"dependencies": [row, bad]})) == (["a 1: PYSEC-1"], 2, 0)
    assert known("no connection") == ([], 0, 0)
