"""Data flows one way, and each library has one user: held here against the imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "edition"

# What each room may import of the others, from the bottom up.
MAY_IMPORT = {
    "": set(),
    "model": set(),
    "locator": {"model"},
    "cite": {"model"},
    "anchors": {"model"},
    "indexes": {"model"},
    "myst": {"locator", "model"},
    "bibliography": {"locator", "model"},
    "project": {"", "model"},
    "texts": {"model", "project"},
    "loading": {"anchors", "bibliography", "model", "myst", "project", "texts"},
    "rules": {"anchors", "bibliography", "indexes", "locator", "model"},
    "check": {"loading", "model", "project", "rules"},
    "report": {"", "bibliography", "locator", "model"},
    "formats": {"model"},
    "verify": {"bibliography", "formats", "locator", "model", "project"},
    "importer": {"bibliography", "formats", "locator", "model", "myst", "texts"},
    "sphinx": {
        "",
        "anchors",
        "bibliography",
        "check",
        "cite",
        "indexes",
        "loading",
        "locator",
        "model",
        "project",
        "report",
        "rules",
        "texts",
        "verify",
    },
    "sphinx_ext": {"sphinx"},  # the extension's former name
    "cli": {
        "",
        "anchors",
        "bibliography",
        "check",
        "cite",
        "importer",
        "indexes",
        "loading",
        "model",
        "myst",
        "project",
        "report",
        "rules",
        "texts",
        "verify",
    },
    "__main__": {"cli"},
}

# What nobody needs who checks, lists and cites alone.
BEYOND_THE_CORE = {"formats", "verify", "importer", "sphinx", "sphinx_ext"}
CORE = MAY_IMPORT.keys() - BEYOND_THE_CORE - {"cli", "__main__"}

# Who alone may use a library.
ONLY_USERS = {
    "filelock": {"project"},
    "msgspec": {"project"},
    "markdown_it": {"myst"},
    "mdit_py_plugins": {"myst"},
    "myst_parser": {"myst"},
    "pybtex": {"bibliography", "sphinx"},
    "docutils": {"myst", "sphinx"},
    "sphinx": {"sphinx", "sphinx_ext"},
    "sphinxcontrib": {"sphinx"},
    "typst": {"sphinx"},
    "pikepdf": {"anchors", "sphinx"},
    "yaml": {"cite", "myst", "project"},
    "pypandoc": {"importer", "sphinx"},
    "merge3": {"importer"},
    "charset_normalizer": {"importer"},
    "numpy": {"verify"},
    "edlib": {"verify"},
    "rapidfuzz": {"verify"},
    "pypdfium2": {"formats"},
    "lxml": {"formats", "importer"},
    "click": {"cli"},
    "lsprotocol": {"cli"},
    "pygls": {"cli"},
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


def test_no_arrow_goes_up_and_no_circle() -> None:
    seen: set[str] = set()
    left = dict(MAY_IMPORT)
    while left:
        free = [room for room, others in left.items() if others <= seen]
        assert free, f"a circle among {sorted(left)}"
        seen |= set(free)
        left = {room: others for room, others in left.items() if room not in seen}


def test_the_core_imports_no_other_room() -> None:
    assert not any(MAY_IMPORT[room] & BEYOND_THE_CORE for room in CORE)


def test_the_house_stays_small() -> None:
    rooms = MAY_IMPORT.keys() - {"", "__main__", "sphinx_ext"}
    assert len(rooms) <= 18
    assert sum(len(others - {""}) for others in MAY_IMPORT.values()) <= 70


def test_no_module_is_longer_than_300_lines() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: number for path, number in lines.items() if number > 300} == {}


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


def test_no_comprehension_hides_a_name_that_its_function_uses() -> None:
    """Python 3.12.0 and 3.12.1 take such a name of the module for the comprehension's own."""
    clashes = {}
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = own_names(tree)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                hidden, used = names_in(function, frozenset())
                if clash := hidden & used & own:
                    clashes[f"{path.name}: {function.name}"] = clash
    assert clashes == {}


def names_in(node: ast.AST, bound: frozenset[str]) -> tuple[set[str], set[str]]:
    """The names that comprehensions below a node bind, and those read where none binds them."""
    hidden: set[str] = set()
    used: set[str] = set()
    if isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        targets = (n for g in node.generators for n in ast.walk(g.target))
        hidden |= {n.id for n in targets if isinstance(n, ast.Name)}
        bound |= hidden
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in bound:
        used.add(node.id)
    for child in ast.iter_child_nodes(node):
        below = names_in(child, bound)
        hidden |= below[0]
        used |= below[1]
    return hidden, used


def own_names(tree: ast.Module) -> set[str]:
    """What a module defines or imports."""
    names = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    imports = (n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom))
    return names | {alias.asname or alias.name for node in imports for alias in node.names}
