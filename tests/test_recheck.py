"""After an edit of one document the findings are those of a full check."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from edition.check import recheck, rule_findings, settle
from edition.loading.load import load, with_texts
from edition.model import Document, Edition
from edition.project.config import Config
from edition.project.layout import find_project
from edition.rules import RULES
from test_rules import CASES, WORKS, examples, write_example
from tests_support import Write

FOLDERS = sorted(f for f in CASES.glob("*/*") if f.is_dir())


def same_after_every_edit(edition: Edition) -> None:
    config = Config()
    whole = rule_findings(edition, config)
    for document in edition.documents:
        emptied = Document(path=document.path, entries=document.entries)
        others = tuple(emptied if d is document else d for d in edition.documents)
        before = replace(edition, documents=others)
        assert recheck(edition, config, document.path, rule_findings(before, config)) == whole
        # And back again, to where nothing is wrong in it.
        assert recheck(before, config, document.path, whole) == rule_findings(before, config)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_on_every_case(folder: Path, tmp_path: Path) -> None:
    import shutil

    root = shutil.copytree(folder, tmp_path / "case")
    if not list(root.glob("*.bib")):
        (root / "works.bib").write_text(WORKS, encoding="utf-8")
    same_after_every_edit(load(find_project(root)))


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
@pytest.mark.parametrize("heading", ["Bad", "Good"])
def test_on_every_example(rule, heading, tmp_path) -> None:  # type: ignore[no-untyped-def]
    example = examples(rule, heading)
    if not any(example):
        pytest.skip("the rule has no example")
    write_example(tmp_path, example)
    # A second page with the same again: what two documents have in common is seen. A name is told
    # once a passage, and two of one id are a fault of their own.
    if rule.name != "unmarked-name":
        (tmp_path / "second.md").write_text(example[0], encoding="utf-8")
    same_after_every_edit(load(find_project(tmp_path)))


def test_on_this_edition() -> None:
    same_after_every_edit(load(find_project(Path(__file__).parents[1])))


def test_texts_in_place_of_files(project: Write) -> None:
    root = project(
        {
            "works.bib": "@book{hart, author={Hart, M}, title={Letters}, year=1831, pagetotal=90}",
            "index.md": "# Tide\n\n```{toctree}\na\nb\n```\n",
            "a.md": "# A\n\n{cite:p}`hart{p. 9}`\n",
            "b.md": "# B\n\n[](#a1)\n",
        }
    )
    opened = find_project(root)
    edition = load(opened)
    texts = {
        "a.md": "# A\n\n(a1)=\n{cite:p}`hart{p. 91}`\n",
        "index.md": "# Tide\n\n```{toctree}\nb\na\n```\n",
    }
    for path, text in texts.items():
        (root / path).write_text(text, encoding="utf-8")
    assert with_texts(opened, edition, texts) == load(opened)
    works = (root / "works.bib").read_text().replace("90", "100")
    now = with_texts(opened, edition, {**texts, "works.bib": works})
    assert settle(now, opened.config, rule_findings(now, opened.config)) == []
    assert not re.search("100", (root / "works.bib").read_text())
