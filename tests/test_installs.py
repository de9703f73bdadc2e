"""The wheel installed into fresh environments: bare, with `build`, with everything.

Each takes a minute and the package index, so they run only where EDITION_TEST_INSTALLS is set.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from edition.cli import COMMANDS

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    "EDITION_TEST_INSTALLS" not in os.environ,
    reason="EDITION_TEST_INSTALLS is not set: fresh environments take minutes and a network",
)


def done(
    command: Sequence[str | Path], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
    ]
    made = done([*build, "-w", folder, ROOT])
    assert made.returncode == 0, made.stderr
    return next(folder.glob("*.whl"))


@pytest.mark.parametrize("extra", ["", "[build]", "[all]"], ids=["bare", "build", "all"])
def test_install(extra: str, wheel: Path, tmp_path: Path) -> None:
    done([sys.executable, "-m", "venv", tmp_path / "env"])
    binaries = tmp_path / "env" / "bin"
    # The versions that the project is tested with; hashes only hold for whole requirement files.
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [x.split("\\")[0].strip() for x in lines if x[:1].isalpha()]
    (tmp_path / "pins").write_text("\n".join(pins), encoding="utf-8")
    pip: list[str | Path] = [
        binaries / "python",
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
    ]
    made = done([*pip, "-c", tmp_path / "pins", f"{wheel}{extra}"])
    assert made.returncode == 0, made.stderr
    edition = binaries / "edition"
    assert done([edition]).stderr.count("Traceback") == 0
    for arguments in (["--help"], *([name, "--help"] for name in COMMANDS), ["rules"]):
        shown = done([edition, *arguments])
        assert (shown.returncode, shown.stderr) == (0, ""), arguments
    assert done([binaries / "python", "-m", "edition", "--version"]).returncode == 0
    completion = done([edition], {**os.environ, "_EDITION_COMPLETE": "bash_source"})
    assert "_edition_completion" in completion.stdout
    checked = done([edition, "check", "--project", ROOT])
    assert checked.returncode == 0, checked.stdout
    if extra != "[all]":
        (tmp_path / "sources").mkdir()
        missing = done([edition, "verify", "--project", ROOT, "--sources", tmp_path / "sources"])
        assert missing.returncode == 2
        assert "sphinx-edition[verify]" in missing.stderr
    if extra == "[all]":
        begun = done(
            [edition, "new", tmp_path / "essay", "--title", "Tides", "--author", "A. Brod"]
        )
        assert begun.returncode == 0, begun.stderr
        at_once = done([edition, "build", "--project", tmp_path / "essay"])
        assert (at_once.returncode, at_once.stderr) == (0, ""), at_once.stdout
        assert "All checks passed." in at_once.stdout
        for output in ("edition.pdf", "edition.epub", "html/index.html"):
            assert (tmp_path / "essay" / "build" / output).stat().st_size > 1000
    if extra:
        html: list[str | Path] = [
            "-m",
            "sphinx",
            "-q",
            "-b",
            "html",
            ROOT / "tests" / "roots" / "harbour" / "docs",
        ]
        built = done([binaries / "python", *html, tmp_path / "html"])
        assert built.returncode == 0, built.stderr
