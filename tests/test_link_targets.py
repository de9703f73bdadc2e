"""Files beside the sources: symbolic links, inclusions and links, and what a check remembers."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.check import findings_of
from edition.loading.load import load
from edition.model.diagnostic import Diagnostic
from edition.project.layout import ProjectError, find_project
from tests_support import Write

BIB = "@book{hart, author = {Hart}, title = {Letters}, year = {1931}, publisher = {Quay}}\n"


def check(root: Path) -> list[Diagnostic]:
    return [f for f in findings_of(find_project(root)) if f.rule != "unused-entry"]


def rules(root: Path) -> list[str]:
    return [f"{f.location} {f.rule}" for f in check(root)]


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.md").write_text("Secret {cite:p}`nobody`.\n", encoding="utf-8")
    return folder


def test_a_linked_file_that_leads_out_is_not_read(project: Write, outside: Path) -> None:
    root = project({"works.bib": BIB, "docs/index.md": "See [](linked.md#secret).\n"})
    (root / "docs/linked.md").symlink_to(outside / "secret.md")
    assert rules(root) == ["docs/linked.md outside-project"]
    assert "secret.md" in check(root)[0].message


def test_a_linked_folder_that_leads_out_is_not_entered(project: Write, outside: Path) -> None:
    root = project({"works.bib": BIB, "docs/index.md": "The tide.\n"})
    (root / "docs/more").symlink_to(outside, target_is_directory=True)
    assert rules(root) == ["docs/more outside-project"]
    assert [d.path for d in load(find_project(root)).documents if d.prose] == ["docs/index.md"]


def test_an_inclusion_through_a_link_that_leads_out(project: Write, outside: Path) -> None:
    text = "```{include} part.txt\n```\n"
    root = project({"works.bib": BIB, "index.md": text})
    (root / "part.txt").symlink_to(outside / "secret.md")
    assert rules(root) == ["index.md:1:14 outside-project"]


def test_a_source_folder_that_leads_out_is_refused(project: Write, outside: Path) -> None:
    root = project({"works.bib": BIB})
    (root / "docs").symlink_to(outside, target_is_directory=True)
    with pytest.raises(ProjectError, match="leads out of the project"):
        find_project(root)


def test_links_within_the_project_are_followed_once(project: Write) -> None:
    root = project(
        {
            "works.bib": BIB,
            "docs/index.md": "The tide.\n",
            "shared/notes.md": "Notes {cite:p}`nobody`.\n",
        }
    )
    (root / "docs/shared").symlink_to(root / "shared", target_is_directory=True)
    (root / "docs/again").symlink_to(root / "docs", target_is_directory=True)
    (root / "shared/up").symlink_to(root, target_is_directory=True)
    assert rules(root) == ["docs/shared/notes.md:1:16 unknown-key"]


def test_a_dangling_link_is_a_file_that_cannot_be_read(project: Write) -> None:
    root = project({"works.bib": BIB, "index.md": "The tide.\n"})
    (root / "lost.md").symlink_to(root / "nowhere.md")
    assert rules(root) == ["lost.md unreadable-source"]


def test_what_is_remembered_ends_with_the_files_that_were_looked_up(project: Write) -> None:
    text = "```{include} part.txt\n```\n\nSee [the picture](other.md).\n"
    root = project({"works.bib": BIB, "index.md": text, "part.txt": "A part.\n"})
    assert rules(root) == ["index.md:4:5 dangling-reference"]
    (root / "part.txt").unlink()
    (root / "other.md").write_text("The other.\n", encoding="utf-8")
    assert rules(root) == ["index.md:1:14 missing-include"]
    (root / "part.txt").write_text("A part.\n", encoding="utf-8")
    assert rules(root) == []
    (root / "part.txt").unlink()
    assert rules(root) == ["index.md:1:14 missing-include"]
