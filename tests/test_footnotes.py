"""Footnotes and their marks find each other, or the check says which does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.check import check_edition
from edition.loading.load import load
from edition.myst.reader import read_document
from edition.project.layout import find_project

NOTE = "\n\n[^a]: She kept a log."


def problems(text: str) -> list[str]:
    found = read_document(text, "a.md").problems
    return [f"{p.location.line}:{p.location.column} {p.rule}" for p in found]


@pytest.mark.parametrize(
    "text",
    [
        f"The tide.[^a]{NOTE}",
        f"The tide.[^a] And again.[^a]{NOTE}",
        f"# The tide[^a]{NOTE}",
        f"| a[^a] |\n|---|\n| b |{NOTE}",
        f"> The tide.[^a]{NOTE}",
        f"![The tide[^a]](a.png){NOTE}",
        f"```{{figure}} a.png\n:alt: a\nThe tide.[^a]\n```{NOTE}",
        f"```{{note}} Title[^a]\nText.\n```{NOTE}",
        f":::{{passage}}\nThe tide.[^a]\n:::{NOTE}",
        "The tide.[^a]\n\n[^a]: See the other.[^b]\n\n[^b]: The other.",
        "`[^zz]` and\n\n```\n[^zz]\n```",
    ],
)
def test_a_note_with_its_mark_is_no_fault(text: str) -> None:
    assert problems(text) == []


def test_the_check_tells_each_of_them(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.edition]\n", encoding="utf-8")
    (tmp_path / "bibliography.bib").write_text("", encoding="utf-8")
    text = f"Mark.[^b]{NOTE}{NOTE}\n"
    (tmp_path / "docs" / "a.md").write_text(text, encoding="utf-8")
    found = [f"{f.location.line} {f.code}" for f in check_edition(load(find_project(tmp_path)))]
    assert found == ["1 A104", "3 A104", "5 A101"]


def test_a_mark_without_a_note_is_told() -> None:
    assert problems("The tide.[^b]") == ["1:10 dangling-reference"]


def test_a_note_without_a_mark_is_told() -> None:
    assert problems(f"The tide.{NOTE}") == ["3:1 dangling-reference"]


def test_a_second_note_of_one_mark_is_told() -> None:
    assert problems(f"The tide.[^a]{NOTE}{NOTE}") == ["5:1 duplicate-anchor"]
