"""Data flows one way, and each library has one user: held here against the imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "edition"

# What each room may import of the others. A room that is not named here may import nothing.
MAY_IMPORT = {
    "diagnostic": set(),
    "config": {"diagnostic"},
    "locator": set(),
    "writing": set(),
    "model": {"diagnostic"},
    "baseline": {"config", "diagnostic", "model"},
    "cache": {"", "diagnostic", "model", "writing"},
    "reading": {"cache", "diagnostic", "model", "project", "source"},
    "mending": {"diagnostic"},
    "standing": {"diagnostic", "model", "project"},
    "checking": {"baseline", "cache", "checks", "diagnostic", "load", "project", "standing"},
    "source": {"diagnostic", "locator", "model"},
    "bibliography": {"diagnostic", "model"},
    "project": {"config"},
    "anchors": {"diagnostic", "model"},
    "cite": set(),
    "load": {
        "anchors",
        "baseline",
        "bibliography",
        "config",
        "model",
        "project",
        "reading",
        "source",
        "standing",
        "witness",
    },
    "pagefacts": {"locator", "model"},
    "sources": {"locator", "model", "pagefacts", "writing"},
    "listing": {"bibliography", "locator", "model", "pagefacts"},
    "indexes": {"model"},
    "checks": {
        "anchors",
        "baseline",
        "bibliography",
        "config",
        "diagnostic",
        "indexes",
        "locator",
        "model",
        "pagefacts",
    },
    "witness": {"bibliography", "diagnostic", "locator", "model", "source", "writing"},
    "report": {"", "diagnostic"},
    "sphinx_ext": {
        "",
        "anchors",
        "bibliography",
        "checks",
        "cite",
        "config",
        "diagnostic",
        "indexes",
        "listing",
        "load",
        "locator",
        "model",
        "project",
        "sources",
        "witness",
        "writing",
    },
    "cli": {
        "",
        "anchors",
        "baseline",
        "bibliography",
        "checking",
        "checks",
        "cite",
        "config",
        "diagnostic",
        "listing",
        "load",
        "mending",
        "model",
        "project",
        "report",
        "source",
        "sources",
        "witness",
        "writing",
    },
    "__main__": {"cli"},
    "": set(),
}

# Who alone may use a library.
ONLY_USERS = {
    "msgspec": {"cache"},
    "markdown_it": {"source"},
    "mdit_py_plugins": {"source"},
    "myst_parser": {"source"},
    "pybtex": {"bibliography", "sphinx_ext"},
    "docutils": {"sphinx_ext"},
    "sphinx": {"sphinx_ext"},
    "sphinxcontrib": {"sphinx_ext"},
    "typst": {"sphinx_ext"},
    "pikepdf": {"anchors", "sphinx_ext"},
    "yaml": {"cite"},
    "mammoth": {"witness"},
    "merge3": {"witness"},
    "charset_normalizer": {"witness"},
    "numpy": {"sources"},
    "edlib": {"sources"},
    "rapidfuzz": {"sources"},
    "pypdfium2": {"sources"},
    "lxml": {"sources", "witness"},
    "tantivy": {"sources"},
    "click": {"cli"},
    "rich": {"cli", "report"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = room(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "edition":
            known = (PACKAGE / parts[1]).is_dir() or (PACKAGE / f"{parts[1]}.py").exists()
            other = parts[1] if len(parts) > 1 and known else ""
            assert other == own or other in MAY_IMPORT[own], f"{own} imports {name}"
        elif parts[0] in ONLY_USERS:
            assert own in ONLY_USERS[parts[0]], f"{own} uses {parts[0]}"


def test_no_room_for_everything() -> None:
    names = {part for path in modules() for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert not names & {"utils", "util", "helpers", "common", "core", "misc"}


def test_the_command_line_never_imports_sphinx() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from edition.cli import main\n"
        "for command in (['check'], ['list', 'quotations'], ['rules']):\n"
        "    assert CliRunner().invoke(main, command).exit_code in (0, 1), command\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in ('sphinx', 'typst')))\n"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parents[1], capture_output=True, text=True
    )
    assert shown.stderr == ""
    assert shown.stdout.strip() == "[]"
