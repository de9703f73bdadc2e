"""What each tuned threshold does: half and twice its value, and which figures change.

    python bench/thresholds.py verify DIR [DIR …]
    python bench/thresholds.py essays

`verify` locates and judges the quotations of each DIR (see `verify.py`), `essays` reads those of
tests/importer/essays. Every number at the top of a module of the rooms concerned is tried, pairs
of numbers too. Prints a row for each that changes a figure, and names those that change none:
they bound what is rare, or what the set does not have. A number that a module builds another
constant of (a pattern) is not tried, as the pattern is built already.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FACTORS = (0.5, 0.8, 1.25, 2.0)
ROOMS = {"verify": "edition.verify", "essays": "edition.bibliography.references edition.importer"}
Figures = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=ROOMS)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--only", default="", help="a part of the names to try")
    given = parser.parse_args()
    if given.what == "verify" and not given.folders:
        parser.error("verify needs a folder with a set of quotations")
    measure = quotations(given.folders) if given.what == "verify" else essays()
    modules = [m for room in ROOMS[given.what].split() for m in modules_of(room)]
    before = measure()
    print("as it is:", shown(before), flush=True)
    idle = []
    for module, name, value in sorted(thresholds(modules)):
        if given.only not in f"{module}.{name}":
            continue
        changes = []
        for factor in FACTORS:
            with_other = scaled(value, factor)
            if with_other == value:
                continue
            after = tried(name, value, with_other, measure)
            if different := {k: v for k, v in after.items() if v != before.get(k)}:
                changes.append(f"{with_other}: {shown(different)}")
        if changes:
            print(f"{module}.{name} = {value}", *changes, sep="\n    ", flush=True)
        else:
            idle.append(f"{module.removeprefix('edition.')}.{name}")
    print("no figure changes:", ", ".join(idle))


def modules_of(room: str) -> Iterator[Any]:
    """The modules of a room, itself included."""
    package = importlib.import_module(room)
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{room}."):
        yield importlib.import_module(found.name)


def thresholds(modules: list[Any]) -> set[tuple[str, str, Any]]:
    """The numbers at the top of modules, each once, with the module that it is first met in."""
    found = {}
    for module in modules:
        for name, value in vars(module).items():
            if name.isupper() and is_number(value):
                found.setdefault((name, value), (module.__name__, name, value))
    return set(found.values())


def is_number(value: object) -> bool:
    if isinstance(value, tuple):
        return bool(value) and all(is_number(part) for part in value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def scaled(value: Any, factor: float) -> Any:
    """A threshold times a factor; whole numbers stay whole and change by one at least."""
    if isinstance(value, tuple):
        return tuple(scaled(part, factor) for part in value)
    if isinstance(value, float):
        return round(value * factor, 6)
    changed = round(value * factor)
    return changed if changed != value else value + (1 if factor > 1 else -1)


def tried(name: str, value: Any, other: Any, measure: Callable[[], Figures]) -> Figures:
    """The figures with another value of a threshold in every module that has it."""
    holders = [
        module
        for full, module in list(sys.modules.items())
        if full.startswith("edition") and vars(module).get(name) == value
    ]
    for module in holders:
        setattr(module, name, other)
    try:
        return measure()
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:  # an answer too
        return {"fails": 1.0, "error": hash(type(error).__name__) % 1000}
    finally:
        for module in holders:
            setattr(module, name, value)


def shown(figures: Figures) -> str:
    return ", ".join(f"{name} {value:.4g}" for name, value in figures.items())


def quotations(folders: list[Path]) -> Callable[[], Figures]:
    """Locate and judge the quotations of sets."""
    import verify

    sets = {
        folder.name: (
            verify.load(folder / "pages.json.gz"),
            [verify.completed(quote) for quote in verify.load(folder / "quotes.json.gz")],
        )
        for folder in folders
    }

    def measure() -> Figures:
        return {
            f"{figure} ({name})": value or 0.0
            for name, (pages, quotes) in sets.items()
            for figure, value in verify.ours(pages, quotes, 1)[0].items()
            if "ms" not in figure and not figure.endswith(("_s", "_mb"))
        }

    return measure


def essays() -> Callable[[], Figures]:
    """Read the essays of the tests: references wanted and right, quotations bound."""
    sys.path.insert(0, str(HERE.parent / "tests"))
    import test_importer_essays as tests

    def measure() -> Figures:
        tests.essay.cache_clear()
        figures = {"wanted": 0, "right": 0, "found": 0, "wrong keys": 0, "quotations": 0}
        for name in tests.ESSAYS:
            one = tests.essay(name)
            figures["wanted"] += len(one.wanted)
            figures["found"] += len(one.found)
            figures["right"] += tests.matched(one)
            figures["wrong keys"] += sum(
                found.key not in {w.key for w in one.wanted if overlap(w, found)}
                for found in one.found
            )
            figures["quotations"] += sum(
                quoted.reference is not None for quoted in one.imported.found.quotations
            )
        return {name: float(value) for name, value in figures.items()}

    def overlap(one: Any, other: Any) -> bool:
        return bool(one.start < other.end and other.start < one.end)

    return measure


if __name__ == "__main__":
    main()
