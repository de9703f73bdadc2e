"""Books of Jupyter Book and mystmd, checked without their own programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from edition.cli import main
from tests_support import Write

WORKS = """\
@book{hart, author={Hart, Mary}, title={Letters}, publisher={Quay}, address={Whitby}, year=1831,
  pagetotal={xiv, 90}, pagesource={seen}}
@book{rowe, author={Rowe, Tom}, title={Tides}, publisher={Quay}, address={Whitby}, year=1840,
  pagetotal=30, pagesource={seen}}
"""
CELLS = [
    ("markdown", ["# One\n", "\n", "She says so {cite:p}`hart{p. 91}`.\n", "[](#later)"]),
    ("code", ["#| label: fig-tide\n", "text = '{cite:p}`nobody`'\n"]),
    ("markdown", ["(later)=\n", "## Two\n", "\n", "As {cite:t}`noone` and [](#fig-tide) say."]),
]


def notebook(*, indent: int | None = 1) -> str:
    cells: list[dict[str, object]] = [
        {"cell_type": kind, "metadata": {}, "source": lines}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for kind, lines in CELLS
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}, indent=indent)


def check(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, ["check", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def findings(root: Path) -> list[tuple[str, str, int]]:
    shown = json.loads(check(root, "--format", "json").stdout)["diagnostics"]
    return [(d["code"], d["path"], d["line"]) for d in shown if d["severity"] != "note"]


JUPYTER = {
    "_config.yml": "title: T\nbibtex_bibfiles:\n  - _static/works.bib\n"
    "sphinx:\n  extra_extensions: [sphinx_exercise]\n",
    "_toc.yml": "format: jb-book\nroot: intro\nparts:\n- chapters:\n  - file: b\n    sections:\n"
    "    - file: sub/a\n- chapters: [{glob: 'more/*'}]\n",
    "_static/works.bib": WORKS,
    "intro.md": "# I\n\n{cite:p}`hart{p. 9}`\n\n```{bibliography}\n```\n",
    "b.md": "# B\n\n````{grid-item-card}\nIt is so {cite:p}`rowe{p. 31}`.\n````\n\n"
    "```{exercise-start}\n:label: Ex_1\n```\n\n(sec_one)=\n## C\n\n{ref}`Ex_1`, {ref}`sec_one`\n",
    "sub/a.md": "{cite:p}`hart{p. 5}` ```{tableofcontents}\n```\n",
    "more/x.md": "{cite:p}`rowe{p. 6}`\n",
    "unlisted.md": "{cite:p}`nobody`\n",
}


def test_a_jupyter_book_is_read_by_its_own_settings(project: Write) -> None:
    root = project(JUPYTER)
    assert findings(root) == [("L105", "b.md", 4)]
    listed = CliRunner().invoke(main, ["list", "citations", str(root), "--format", "csv"])
    keys = [row.split(",")[1] for row in listed.stdout.splitlines()[1:]]
    assert keys == ["p. 9", "p. 31", "p. 5", "p. 6"], "the order of the table of contents"
    assert findings(root / "sub" / "a.md") == []


def test_a_book_below_the_folder_is_found(project: Write) -> None:
    root = project({f"book/{name}": text for name, text in JUPYTER.items()} | {"README.md": "x"})
    assert findings(root) == [("L105", "b.md", 4)]


def test_a_bibliography_beside_the_book(project: Write) -> None:
    files = {f"book/{name}": text for name, text in JUPYTER.items() if ".bib" not in name}
    files["book/_config.yml"] = "bibtex_bibfiles: ../works.bib\n"
    root = project(files | {"works.bib": WORKS})
    assert findings(root / "book") == [("L105", "book/b.md", 4)]


@pytest.mark.parametrize(
    ("form", "lines"), [(notebook(), (9, 30)), (notebook(indent=None), (3, 12))]
)
def test_markdown_cells_of_a_notebook_are_read(
    form: str, lines: tuple[int, int], project: Write
) -> None:
    root = project(JUPYTER | {"b.md": "x\n", "sub/a.md": ""})
    (root / "sub/a.md").unlink()
    (root / "sub/a.ipynb").write_text(form, encoding="utf-8")
    assert findings(root) == [
        ("L105", "sub/a.ipynb", lines[0]),
        ("C101", "sub/a.ipynb", lines[1]),
    ]
    if form == notebook():
        assert "{cite:t}`noone`" in form.splitlines()[lines[1] - 1]
    said = check(root).stdout
    assert "(Cell 1, line 3.)" in said
    assert "(Cell 3, line 4.)" in said
    assert "As {cite:t}`noone` and" in said, "the excerpt is the cell's line, not JSON"


def test_a_notebook_is_never_mended(project: Write) -> None:
    root = project(JUPYTER | {"b.md": "x\n", "sub/a.md": ""})
    (root / "sub/a.md").unlink()
    file = root / "sub/a.ipynb"
    file.write_text(notebook().replace("p. 91", "pp. 9"), encoding="utf-8")
    before = file.read_bytes()
    assert "a.ipynb is a notebook" in check(root, "--fix").stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"cells": [{"cell_type": 1}]}', "\0"])
def test_what_is_no_notebook_is_a_finding(broken: str, project: Write) -> None:
    root = project({"myst.yml": "project:\n  toc: [{file: a.ipynb}]\n", "a.ipynb": broken})
    assert findings(root) == [("S104", "a.ipynb", 0)]


MYST = {
    "myst.yml": "version: 1\nproject:\n  bibliography: [works.bib]\n  toc:\n  - file: index.md\n"
    "  - title: T\n    children:\n    - file: two\n",
    "works.bib": WORKS,
    "index.md": "---\nbibliography: more.bib\n---\n# I\n\nSee @hart [p. 91] and [see @rowe, p. 3; "
    "@nobody; -@hart], [@more], {cite:p}`hart{p. 9}; rowe`.\n",
    "more.bib": "@book{more, author={M}, title={T}, publisher={P}, year=1900}\n",
    "two.md": "# T\n\n:::{figure} two.svg\n:label: Fig_A\n:alt: a\nA tide.\n:::\n\n"
    "As @fig_a, [](#fig-a), ![](#Fig_A), @10.1093/nar/22.22.4673, me@example.org, and\n"
    "https://example.org/@name or [@link](https://example.org) show.\n\n"
    "$$ \\label{eq} a $$\n\n[](#eq), @Fig_A-b\n\n"
    ":::{aside}\n:label: x\nA.\n:::\n\n:::{tab-set}\n:sync: a\n:::\n",
    "two.svg": "<svg/>",
}


def test_mystmd_citations_as_in_pandoc_are_citations(project: Write) -> None:
    root = project(MYST)
    assert findings(root) == [("L105", "index.md", 6), ("C101", "index.md", 6)]
    said = check(root).stdout
    assert "index.md:6:12: L105" in said
    assert "index.md:6:42: C101" in said
    listed = CliRunner().invoke(main, ["list", "citations", str(root), "--format", "json"])
    rows = json.loads(listed.stdout)
    assert [(row["key"], row["locator"]) for row in rows] == [
        ("hart", "p. 91"),
        ("rowe", "p. 3"),
        ("nobody", None),
        ("hart", None),
        ("more", None),
        ("hart", "p. 9"),
        ("rowe", None),
    ]


def test_mystmd_without_contents_reads_every_page(project: Write) -> None:
    root = project({"myst.yml": "project:\n  exclude: [b.md]\n", "sub/a.md": "@b\n\n(b)=\n# B\n"})
    (root / "b.md").write_text("{cite}`nobody`", encoding="utf-8")
    (root / "_build").mkdir()
    (root / "_build" / "c.md").write_text("{cite}`nobody`", encoding="utf-8")
    assert findings(root) == []


def test_a_bibliography_on_another_site_is_not_missed(project: Write) -> None:
    settings = "project:\n  bibliography: ['https://example.org/a.bib']\n"
    assert findings(project({"myst.yml": settings, "a.md": "{cite}`anyone`\n"})) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"myst.yml": "project: [\n", "a.md": "x"}, "myst.yml:2: not valid YAML"),
        ({"_config.yml": "a: 1\n", "_toc.yml": "- file: gone\n"}, "names no chapter"),
        (
            {"_config.yml": "bibtex_bibfiles: [no.bib]\n", "_toc.yml": "root: a\n", "a.md": "x"},
            "no.bib",
        ),
        ({"_config.yml": "- 1\n", "_toc.yml": "- [../../a, {file: 3}]\n"}, "names no chapter"),
    ],
)
def test_settings_that_cannot_be_used_are_told(
    files: dict[str, str], said: str, project: Write
) -> None:
    result = check(project(files))
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_settings_of_the_project_come_first(project: Write) -> None:
    table = (
        '[tool.edition]\nsource = "."\nbibliography = ["_static/works.bib"]\nignore = ["L105"]\n'
    )
    assert findings(project(JUPYTER | {"pyproject.toml": table})) == []


def test_a_book_in_the_folders_of_another_project_is_its_own(project: Write) -> None:
    files = {f"book/{name}": text for name, text in JUPYTER.items()}
    files |= {"pyproject.toml": "[tool.edition]\n", "bibliography.bib": "", "docs/a.md": "# A\n"}
    root = project(files)
    assert findings(root) == []
    assert findings(root / "book") == [("L105", "b.md", 4)]
    assert findings(root / "docs") == []
