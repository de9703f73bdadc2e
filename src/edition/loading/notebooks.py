"""Notebooks: their Markdown cells, each line on its own line of the file."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from edition.model.diagnostic import Diagnostic
from edition.model.errors import EditionError
from edition.project.files import read_text_file

NOTEBOOK = ".ipynb"
_LABEL = re.compile(r"#\|\s*label:\s*(\S+)")
_SOURCE = re.compile(r'\s*"source": ?\[\s*')


def notebook_text(notebook: str) -> str:
    """Return the Markdown of a notebook; the line of a finding is that of the file.

    Jupyter writes each line of a cell on a line of its own; all other lines become empty. Where a
    program wrote the file in another way, the cells follow one another.
    Raises EditionError for what is no notebook.
    """
    shown: dict[int, str] = {}
    for at, (cell, first) in enumerate(_placed(notebook)):
        source = _lines(cell)
        if cell["cell_type"] != "markdown":
            labels = [_LABEL.match(line) for line in source]
            source = [f"({label[1]})=" if label else "" for label in labels]
        elif not at and "---" in source[:1]:  # front matter, which the program reads
            end = source.index("---", 1) + 1 if "---" in source[1:] else 0
            source = [""] * end + source[end:]
        shown |= dict(zip(range(first, first + len(source)), source, strict=True))
    size = max(notebook.count("\n"), *shown, 0) + 1
    return "\n".join(shown.get(number, "") for number in range(size))


def with_cells(root: Path, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return findings; those in notebooks say in which line of which cell they are."""
    cells: dict[str, dict[int, str]] = {}
    told = []
    for finding in findings:
        path, line = finding.location.path, finding.location.line
        if path.endswith(NOTEBOOK) and line:
            if path not in cells:
                cells[path] = _names_of_lines(root / path)
            if name := cells[path].get(line):
                finding = replace(finding, hint=f"{finding.hint} ({name})".strip())
        told.append(finding)
    return told


def _names_of_lines(file: Path) -> dict[int, str]:
    try:
        cells = _placed(read_text_file(file, "utf-8-sig"))
    except (OSError, UnicodeDecodeError, EditionError):
        return {}
    return {
        first + line: f"Cell {number}, line {line}."
        for number, (cell, first) in enumerate(cells, 1)
        for line in range(1, len(_lines(cell)) + 1)
    }


def _placed(notebook: str) -> list[tuple[dict[str, Any], int]]:
    """Return the cells, each with the line of the file, from 0, on which its text begins."""
    try:
        cells = json.loads(notebook)["cells"]
        sizes = [len(_lines(cell)) + 1 for cell in cells if cell["cell_type"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise EditionError("not a notebook", "Save it in Jupyter again.") from None
    starts = list(_starts(notebook.splitlines(), cells))
    if len(starts) < len(cells):
        starts = list(accumulate([0, *sizes]))
    return list(zip(cells, starts, strict=False))


def _starts(lines: list[str], cells: list[dict[str, Any]]) -> Iterator[int]:
    """Yield where each cell's text begins, up to the first that stands not line for line."""
    at = 0
    for cell in cells:
        source = _lines(cell)
        while source and at < len(lines) and not _stands_at(lines, at, source):
            at += 1
        if at == len(lines):
            return
        yield at
        at += len(source)


def _stands_at(lines: list[str], at: int, source: list[str]) -> bool:
    if not at or not _SOURCE.fullmatch(lines[at - 1]):
        return False
    try:
        there = [json.loads(line.strip().rstrip(",")) for line in lines[at : at + len(source)]]
    except ValueError:
        return False
    return [str(line).rstrip("\r\n") for line in there] == source


def _lines(cell: dict[str, Any]) -> list[str]:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    lines = text.removesuffix("\n").split("\n") if text else []
    return [line.removesuffix("\r") for line in lines]
