"""Odd files, odd settings, two writers at once: a message in time, nothing lost, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import fields
from pathlib import Path

import pytest
from myst_parser.config.main import MdParserConfig

from edition.project.atomic import replace_file
from edition.project.config import MYST_EXTENSIONS, Config
from tests_support import Write

WORKS = "@book{hart, author = {Hart, Mary}, title = {Letters}, year = {1931}, pagetotal = {240}}\n"
TEXT = "(p1)=\nThe harbour lay still.\n\n(p2)=\nThe tide went out and never came back again.\n"
SECONDS = 20


def edition(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "edition", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        env={**os.environ, **environment},
    )


def answered(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode in (0, 1, 2), done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def root(project: Write) -> Path:
    return project(
        {"bibliography.bib": WORKS, "docs/index.md": TEXT, "pyproject.toml": "[tool.edition]\n"}
    )


FILES = [
    "docs/x.md",
    "docs/x.rst",
    "docs/x.ipynb",
    "docs/conf.py",
    "anchors.lock",
    "edition-baseline.json",
    "CITATION.cff",
    "verified.json",
    "apparatus/T.toml",
    "apparatus/T.json",
    "witness/T.md",
    ".edition-cache/documents",
    ".edition-cache/findings",
    "bibliography.bib",
    "pyproject.toml",
]
COMMANDS = [("check",), ("list", "anchors"), ("anchors", "lock"), ("cite", "p1")]


@pytest.mark.parametrize("name", FILES)
def test_a_pipe_named_like_a_file_is_not_waited_for(root: Path, name: str) -> None:
    file = root / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    for command in COMMANDS:
        answered(edition(root, *command))


@pytest.mark.parametrize("name", FILES)
def test_a_link_to_an_endless_device_is_not_read(root: Path, name: str) -> None:
    file = root / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    file.symlink_to("/dev/zero")
    for command in COMMANDS:
        answered(edition(root, *command))


def test_a_file_past_the_limit_is_named(root: Path) -> None:
    with (root / "docs" / "large.md").open("wb") as file:
        file.truncate(100_000_001)
    done = edition(root, "check")
    assert done.returncode == 1
    assert "docs/large.md" in done.stdout
    assert "larger than 100 MB" in done.stdout


def test_two_decisions_at_once_are_both_kept(root: Path) -> None:
    names = [f"p{n}" for n in range(1, 9)]
    text = "".join(f"({name})=\nThe passage of {name} that is first.\n\n" for name in names)
    (root / "docs" / "index.md").write_text(text, encoding="utf-8")
    assert edition(root, "anchors", "lock").returncode == 0
    (root / "docs" / "index.md").write_text("Nothing is left.\n", encoding="utf-8")
    done: list[subprocess.CompletedProcess[str]] = []
    threads = [
        threading.Thread(
            target=lambda name=name: done.append(
                edition(root, "anchors", "retire", name, "--reason", "Cut.")
            )
        )
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [d.returncode for d in done] == [0] * len(names)
    lock = (root / "anchors.lock").read_text(encoding="utf-8")
    entries = [json.loads(x) for x in lock.splitlines() if x.startswith("{")]
    assert {e["id"] for e in entries if e["status"] == "retired"} == set(names)


SHAPES = [
    "1",
    "[[]]",
    "[[1]]",
    "{}",
    "{a = 1}",
    "1979-05-27",
    "1e400",
    "nan",
    '""',
    '"~"',
    '"~/x"',
    '"/"',
    '".."',
    '"a\\u0000b"',
    '["*" , 1]',
    '["\\u0000"]',
    "true",
    '["no-such-extension"]',
    '["(a{99999999999})"]',
    '["(a+)+$"]',
    '["["]',
]
SETTINGS = [setting.name for setting in fields(Config)]


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_of_any_shape_is_answered(root: Path, setting: str) -> None:
    for shape in SHAPES:
        (root / "pyproject.toml").write_text(
            f"[tool.edition]\n{setting} = {shape}\n", encoding="utf-8"
        )
        done = edition(root, "check")
        answered(done)
        if done.returncode == 2 and "pyproject.toml" in done.stderr:
            assert "  " in done.stderr, shape


@pytest.mark.parametrize(
    "text",
    [
        "tool = 1",
        "tool.edition = 1",
        "[[tool.edition]]",
        "tool.edition.source.deep = 1",
        "[tool.edition]\n'' = 1",
        "[tool.edition]\nsource.x = 1",
        "[tool.edition]\na = " + "[" * 3000,
        "[tool.edition]\na = " + "9" * 10_000,
    ],
)
def test_a_table_of_any_shape_is_answered(root: Path, text: str) -> None:
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    answered(edition(root, "check"))


@pytest.mark.parametrize("epoch", ["²", "9" * 400, "253402300800", "-1", "1.5", "x"])
def test_an_odd_epoch(root: Path, epoch: str) -> None:
    (root / "sources").mkdir()
    done = edition(root, "verify", "--sources", "sources", SOURCE_DATE_EPOCH=epoch)
    answered(done)


@pytest.mark.parametrize("locale", ["C", "de_DE.ISO-8859-1", "POSIX"])
def test_a_locale_without_unicode(root: Path, locale: str) -> None:
    (root / "docs" / "index.md").write_text("Ein „Wort‟ 書 {cite:p}`nobody`\n", encoding="utf-8")
    for form in ("text", "json", "github", "sarif"):
        answered(
            edition(root, "check", "--format", form, LC_ALL=locale, PYTHONIOENCODING="latin-1")
        )


def test_without_assertions(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "edition", "check"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    answered(done)


@pytest.mark.parametrize("end", [">&-", "> /dev/full", "2>&-", "| head -c 1"])
def test_closed_and_full_outputs(root: Path, end: str) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m edition check --format json {end}"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1, 2)


LOCKS = {
    "deep": '{"id": "p1", "kind": ' + "[" * 1000 + "]" * 1000 + "}",
    "digits": '{"id": "p1", "kept": ' + "9" * 5000 + "}",
    "surrogate": '{"id": "\\ud800", "kind": "passage", "status": "live", "file": "\\udfff",'
    ' "digest": "", "sketch": ""}',
    "nothing": "{}",
    "list": "[]",
}
CITATIONS = {
    "deep": "a: " + "[" * 1000 + "]" * 1000,
    "month": "title: A\nversion: 1\nauthors: [{name: B}]\ndate-released: 2026-13-01",
    "year": "title: A\nversion: 1\nauthors: [{name: B}]\ndate-released: 0000-01-01",
    "version": f"title: A\nversion: {'9' * 5000}\nauthors: [{{name: B}}]",
    "surrogate": 'title: "\\ud800"\nversion: 1\nauthors: [{name: B}]',
    "alias": "a: &a [*a]\ntitle: *a\nversion: 1\nauthors: [{name: B}]",
}


def baseline(count: int, rule: str = "unknown-key") -> str:
    row = {"path": "docs/index.md", "rule": rule, "message": "m", "count": count}
    return json.dumps({"version": 1, "findings": [row]})


BASELINES = {
    "count": baseline(1_000_000_000),
    "negative": baseline(-1),
    "deep": '{"version": 1, "findings": ' + "[" * 5000 + "]" * 5000 + "}",
    "rule": baseline(1, "no-such-rule"),
}
ODD = {
    **{f"lock-{name}": ("anchors.lock", text) for name, text in LOCKS.items()},
    **{f"citation-{name}": ("CITATION.cff", text) for name, text in CITATIONS.items()},
    **{f"baseline-{name}": ("edition-baseline.json", text) for name, text in BASELINES.items()},
}


@pytest.mark.parametrize("name", ODD)
def test_our_own_files_when_odd(root: Path, name: str) -> None:
    file, text = ODD[name]
    (root / file).write_text(text, encoding="utf-8")
    for command in COMMANDS:
        answered(edition(root, *command))


def test_the_names_of_myst_s_extensions_are_those_installed() -> None:
    MdParserConfig(enable_extensions=set(MYST_EXTENSIONS))


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/stdin"])
def test_a_device_is_not_imported(root: Path, device: str) -> None:
    done = edition(root, "import", device)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_what_a_link_leads_to_is_replaced_only_if_it_is_a_file(root: Path, tmp_path: Path) -> None:
    device = tmp_path / "device"
    os.mkfifo(device)
    (root / "anchors.lock").symlink_to(device)
    with pytest.raises(OSError, match="not a regular file"):
        replace_file(root / "anchors.lock", b"")
    done = edition(root, "check", "--write-baseline")
    assert done.returncode in (0, 2)
    assert device.is_fifo()


def test_no_cache_is_laid_into_a_folder_of_others(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept").write_bytes(b"kept")
    (root / ".edition-cache").symlink_to(other)
    answered(edition(root, "check"))
    assert [file.name for file in other.iterdir()] == ["kept"]


def test_the_runs_of_make_fuzz() -> None:
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, tests / "hostile.py", "--runs", "60", "--minutes", "2", "--seed", "1917"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tests), *sys.path])},
    )
    assert done.returncode == 0, done.stdout + done.stderr
