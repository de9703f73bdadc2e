"""The cache: it saves work, and is never believed where it is not its own."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from edition.check import findings_of
from edition.loading.documents import read_sources
from edition.loading.load import load
from edition.project.cache import FOLDER, read_cache, state_of
from edition.project.layout import find_project
from tests_support import Write

WORKS = (Path(__file__).parent / "rules" / "works.bib").read_text(encoding="utf-8")
WRONG = "She says so {cite:p}`hart-letters{p. 541}`.\n"


def rules(root: Path) -> list[str]:
    return [f.rule for f in findings_of(find_project(root)) if f.severity > 1]


@pytest.fixture
def root(project: Write) -> Path:
    return project({"bibliography.bib": WORKS, "docs/a.md": WRONG, "docs/b.md": "Nothing.\n"})


def test_an_unchanged_project_is_not_checked_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = findings_of(find_project(root))
    monkeypatch.setattr("edition.loading.load.load", None)
    assert findings_of(find_project(root)) == before


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("docs/a.md", WRONG.replace("541", "19")),
        ("bibliography.bib", WORKS.replace("xiv, 240", "xiv, 600")),
        ("pyproject.toml", '[tool.edition]\nignore = ["page-beyond-book"]\n'),
    ],
)
def test_a_change_is_seen(root: Path, file: str, content: str) -> None:
    assert rules(root) == ["page-beyond-book"]
    (root / file).write_text(content, encoding="utf-8")
    assert rules(root) == []


def test_documents_come_back_as_they_were(root: Path) -> None:
    first = read_sources(find_project(root))
    assert read_sources(find_project(root)) == first
    assert load(find_project(root)).documents == tuple(first)


def test_only_the_present_files_are_kept(root: Path) -> None:
    project = find_project(root)
    read_sources(project)
    state = state_of(((sorted(project.config.extensions)), project.config.inline_words))
    assert len(read_cache(root, state)) == 2
    (root / "docs" / "b.md").unlink()
    read_sources(find_project(root))
    assert len(read_cache(root, state)) == 1


@pytest.mark.parametrize("name", ["documents", "findings"])
def test_a_damaged_cache_is_as_good_as_none(root: Path, name: str) -> None:
    before = findings_of(find_project(root))
    file = root / FOLDER / name
    whole = file.read_bytes()
    chance = random.Random(3)
    for _ in range(200):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        cut = chance.choice([len(damaged), chance.randint(0, len(damaged))])
        file.write_bytes(bytes(damaged[:cut]))
        assert findings_of(find_project(root)) == before


def test_a_foreign_cache_is_refused(root: Path) -> None:
    (root / FOLDER).mkdir()
    pickled = b"\x80\x04\x95cos\nsystem\n(S'true'\ntR."
    (root / FOLDER / "documents").write_bytes(hashlib.sha256(pickled).digest() + pickled)
    assert rules(root) == ["page-beyond-book"]


def test_a_folder_that_cannot_be_written_does_no_harm(root: Path) -> None:
    (root / FOLDER).write_text("in the way", encoding="utf-8")
    assert rules(root) == ["page-beyond-book"]


def test_git_does_not_see_it(root: Path) -> None:
    findings_of(find_project(root))
    assert (root / FOLDER / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_the_state_of_the_program_is_that_of_all_its_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edition.project import cache

    module = tmp_path / "edition" / "myst" / "reader.py"
    for file in (module, tmp_path / "edition" / "project" / "cache.py"):
        file.parent.mkdir(parents=True)
        file.write_text("", encoding="utf-8")
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "edition" / "project" / "cache.py"))
    state = cache.code_state.__wrapped__
    before = state()
    module.write_text("# changed\n", encoding="utf-8")
    assert state() != before
