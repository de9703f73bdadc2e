"""Texts from elsewhere: included files and substitutions, read where they are used."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.check import check_edition, findings_of
from edition.cli.fix import fixed_files
from edition.loading.load import load
from edition.project.layout import find_project

BIB = """@book{b, author={Hart, Mary}, title={Tides}, publisher={Q}, address={W}, year={1831},
  pagetotal={400}}
"""
CONFIG = '[tool.edition]\nextensions = ["colon_fence", "substitution", "attrs_inline"]\n'
QUOTATION = "“the tide went out and never came back”"


def found(root: Path, files: dict[str, str]) -> list[str]:
    files = {"bibliography.bib": BIB, "pyproject.toml": CONFIG, **files}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return [f"{f.location} {f.code}" for f in check_edition(load(find_project(root)))]


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        ("", ["1", "3", "5"]),
        (":start-line: 2\n", ["3", "5"]),
        (":end-line: 3\n", ["1", "3"]),
        (":start-after: one\n", ["3", "5"]),
        (":end-before: two\n", ["1", "3"]),
        (":literal:\n", []),
    ],
)
def test_an_included_file_is_read_where_it_is_included(
    tmp_path: Path, options: str, lines: list[str]
) -> None:
    part = (
        "{cite:p}`b{p. 901}` one\n\n{cite:p}`b{p. 902}` two\n\n{cite:p}`b{p. 903}` three\n"
        if options
        else "{cite:p}`b{p. 901}`\n\n{cite:p}`b{p. 902}`\n\n{cite:p}`b{p. 903}`\n"
    )
    text = f"{{cite:p}}`b{{p. 1}}`\n\n```{{include}} _parts/part.md\n{options}```\n"
    places = found(tmp_path, {"docs/index.md": text, "docs/_parts/part.md": part})
    assert places == [f"docs/_parts/part.md:{line}:12 L105" for line in lines]


def test_anchors_and_links_of_an_included_file_are_the_documents(tmp_path: Path) -> None:
    text = "```{include} _parts/part.md\n```\n\n[the part](#px), [the tide](#the-tide)\n"
    part = "# The tide\n\n(px)=\nText {cite:p}`b{p. 3}`.\n"
    assert found(tmp_path, {"docs/index.md": text, "docs/_parts/part.md": part}) == []


def test_an_included_file_includes_from_its_own_folder(tmp_path: Path) -> None:
    files = {
        "docs/index.md": "```{include} _a/one.md\n```\n",
        "docs/_a/one.md": "```{include} two.md\n```\n\n{cite:p}`b{p. 3}`\n",
        "docs/_a/two.md": "{cite:p}`b{p. 999}`\n\n```{include} one.md\n```\n",
    }
    assert found(tmp_path, files) == ["docs/_a/two.md:1:12 L105", "docs/_a/two.md:3:1 S107"]


def test_a_quotation_is_bound_across_the_border(tmp_path: Path) -> None:
    files = {
        "docs/index.md": f"She wrote {QUOTATION}.[^a]\n\n```{{include}} _parts/notes.md\n```\n",
        "docs/_parts/notes.md": "[^a]: {cite:t}`b{p. 3}`\n",
    }
    assert found(tmp_path, files) == []


def test_a_change_of_the_included_file_is_seen(tmp_path: Path) -> None:
    files = {
        "docs/index.md": "```{include} _parts/part.md\n```\n",
        "docs/_parts/part.md": "{cite:p}`b{p. 3}`\n",
    }
    assert found(tmp_path, files) == []
    project = find_project(tmp_path)
    assert findings_of(project) == []
    (tmp_path / "docs/_parts/part.md").write_text("{cite:p}`b{p. 999}`\n", encoding="utf-8")
    assert [f.code for f in findings_of(project)] == ["L105"]


def test_an_included_file_is_mended(tmp_path: Path) -> None:
    files = {
        "docs/index.md": "```{include} _parts/part.md\n```\n",
        "docs/_parts/part.md": "{cite:p}`b{pp. 3-4}`\n",
    }
    assert found(tmp_path, files) == ["docs/_parts/part.md:1:17 L108"]
    project = find_project(tmp_path)
    [mended], left_out = fixed_files(project, load(project), lambda finding: True)
    assert (mended.path, mended.after) == ("docs/_parts/part.md", "{cite:p}`b{pp. 3–4}`\n")
    assert left_out == []


@pytest.mark.parametrize("name", ["../outside.md", "/etc/hostname", "missing.md", "."])
def test_what_is_no_file_of_the_project_is_not_read(tmp_path: Path, name: str) -> None:
    root = tmp_path / "project"
    (tmp_path / "outside.md").write_text("{cite:p}`b{p. 999}`\n", encoding="utf-8")
    text = f"{{cite:p}}`b{{p. 3}}`\n\n```{{include}} {name}\n```\n"
    assert not [place for place in found(root, {"docs/index.md": text}) if "L105" in place]


def test_the_citations_of_substitutions(tmp_path: Path) -> None:
    text = (
        '---\nmyst:\n  substitutions:\n    src: "{cite:p}`b{p. 999}`"\n---\n\n'
        f"She wrote {QUOTATION} {{{{ src }}}}.\n"
    )
    assert found(tmp_path, {"docs/index.md": text}) == ["docs/index.md:4:22 L105"]


def test_references_typed_by_hand_are_mended_where_the_key_is_certain(tmp_path: Path) -> None:
    text = (
        "The tide is old [@b, p. 3], as @b [pp. 4-5] and Hart (1831, p. 6) say (Hart 1831: 7).\n\n"
        "Nobody [@nobody, p. 3] knows \\autocite[8]{b}, and {cite:p}`b{p. 9}` does.\n"
    )
    found(tmp_path, {"docs/index.md": text})
    project = find_project(tmp_path)
    [mended], _left_out = fixed_files(project, load(project), lambda finding: True)
    assert mended.after == (
        "The tide is old {cite:p}`b{p. 3}`, as {cite:t}`b{pp. 4–5}` and {cite:t}`b{p. 6}` say "
        "{cite:p}`b{p. 7}`.\n\n"
        "Nobody [@nobody, p. 3] knows {cite:p}`b{p. 8}`, and {cite:p}`b{p. 9}` does.\n"
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"docs/a.md": "```{include} a.md\n```\n"}, ["docs/a.md:1:1 S107"]),
        (
            {
                "docs/a.md": "```{include} _b.txt\n```\n",
                "docs/_b.txt": "```{include} a.md\n```\n",
            },
            ["docs/_b.txt:1:1 S107"],
        ),
        ({"docs/a.md": "One.\n\n```{include} a.md\n:end-line: 1\n```\n"}, []),
    ],
)
def test_files_that_include_each_other_are_told(
    tmp_path: Path, files: dict[str, str], expected: list[str]
) -> None:
    assert [f for f in found(tmp_path, files) if "B116" not in f] == expected


@pytest.mark.parametrize(
    ("matter", "faults"),
    [
        ("title: T", []),
        ("", []),
        ("title: A: B", ["docs/a.md:2:1 S104"]),
        ("title: T\na: [", ["docs/a.md:3:1 S104"]),
        ("only words", ["docs/a.md:2:1 S104"]),
        ("day: 2020-99-99", ["docs/a.md:2:1 S104"]),
    ],
)
def test_front_matter_that_the_build_cannot_read_is_told(
    tmp_path: Path, matter: str, faults: list[str]
) -> None:
    files = {"docs/a.md": f"---\n{matter}\n---\n\nText.\n"}
    assert [f for f in found(tmp_path, files) if "B116" not in f] == faults
