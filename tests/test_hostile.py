"""Odd files, odd settings, two writers at once: a message in time, nothing lost, no traceback."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from dataclasses import fields
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest
from myst_parser.config.main import MdParserConfig

import hostile_files
from edition.formats.pages import Page
from edition.project.config import MYST_EXTENSIONS, Config
from edition.project.files import replace_file
from edition.project.worker import TooLongError, read_apart
from edition.verify.folder import find_sources
from edition.verify.reading import read_sources
from tests_support import Write, needs_pandoc

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


def endless(place: Path) -> Path:
    """A device without an end: for root one of its own, since /dev itself is root's to replace."""
    if os.getuid():
        return Path("/dev/zero")
    os.mknod(place, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    return place


@pytest.mark.parametrize("name", FILES)
def test_a_link_to_an_endless_device_is_not_read(root: Path, name: str) -> None:
    file = root / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    file.symlink_to(endless(root.parent / f"{root.name}-zero"))
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


def at_once(root: Path, commands: list[list[str]]) -> list[int]:
    started = [
        subprocess.Popen([sys.executable, "-m", "edition", *c], cwd=root, stdout=subprocess.DEVNULL)
        for c in commands
    ]
    return [process.wait(timeout=6 * SECONDS) for process in started]


def test_two_imports_at_once_keep_both_drafts(root: Path) -> None:
    names = ["Marlow", "Quill", "Tarn"]
    for name in names:
        text = f"The boats had gone.\n\nNobody came ({name}, A., “Notes of {name}”, 1912, p. 7).\n"
        (root / f"{name}.txt").write_text(text, encoding="utf-8")
    commands = [["import", f"{n}.txt", "--as", n, "--draft-bibliography"] for n in names]
    assert at_once(root, commands) == [0, 0, 0]
    drafts = (root / "draft.bib").read_text(encoding="utf-8")
    assert [name for name in names if name not in drafts] == []


def test_mending_and_writing_digests_at_once(root: Path) -> None:
    quotation = (
        ":::{quotation} hart\n:name: q1\n:page: 20\n:opening: The tide\n:closing: again.\n:::\n"
    )
    text = f"# A\n\nOf it {{cite:p}}`hart{{pp. 21-22}}` speaks.\n\n{quotation}"
    (root / "docs/index.md").write_text(text, encoding="utf-8")
    (root / "words.txt").write_text("The tide never came back again.", encoding="utf-8")
    at_once(root, [["check", "--fix"], ["digest", "q1", "--words", "words.txt"]])
    written = (root / "docs/index.md").read_text(encoding="utf-8")
    assert "{pp. 21–22}" in written
    assert ":digest:" in written


def test_two_beginnings_in_one_folder_are_not_mixed(root: Path) -> None:
    titles = ["First title", "Second title"]
    codes = at_once(root, [["new", "fresh", "--no-ask", "--title", title] for title in titles])
    assert sorted(codes) == [0, 2]
    texts = [f.read_text("utf-8", "replace") for f in (root / "fresh").rglob("*") if f.is_file()]
    assert len({title for title in titles for text in texts if title in text}) == 1


def test_what_was_left_unfinished_is_swept_away_when_it_is_old(tmp_path: Path) -> None:
    old, young = (tmp_path / f".a.{n}.edition-unfinished" for n in ("0123abcd", "4567abcd"))
    others = tmp_path / ".a.01234567"
    for file in (old, young, others):
        file.write_bytes(b"half")
    folder = tmp_path / ".b.89abcdef.edition-unfinished"
    (folder / "inside").mkdir(parents=True)
    for file in (old, folder, others):
        os.utime(file, (0, 0))
    replace_file(tmp_path / "a", b"whole")
    assert sorted(tmp_path.iterdir()) == sorted([others, young, tmp_path / "a"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_command_that_is_asked_to_end_ends_quietly(root: Path, number: int) -> None:
    command = [sys.executable, "-u", "-m", "edition", "check", "--watch"]
    # A shell's background job ignores Ctrl-C, and so does all that it starts, these tests too.
    heeds = partial(signal.signal, number, signal.SIG_DFL)
    process = subprocess.Popen(
        command,
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeds,
    )
    assert process.stdout is not None
    process.stdout.readline()  # it is at work
    process.send_signal(number)
    _, told = process.communicate(timeout=SECONDS)
    assert (process.returncode, told) == (130, "")


def test_the_folder_of_locks_is_kept_out_of_git_and_holds_the_cache(root: Path) -> None:
    assert edition(root, "anchors", "lock").returncode == 0
    names = {file.name for file in (root / ".edition-cache").iterdir()}
    assert {".gitignore", "CACHEDIR.TAG", "documents", "locks"} <= names


def test_a_file_is_read_in_little_memory(root: Path) -> None:
    for _ in range(2):  # the second time the cache is read
        line = f"ulimit -v 700000; {sys.executable} -m edition check"
        done = subprocess.run(["bash", "-c", line], cwd=root, capture_output=True, text=True)
        answered(done)


def endless_reader(name: str, data: bytes) -> list[Page]:
    while True:
        data = data[::-1]


def hungry_reader(name: str, data: bytes, marks: list[str]) -> list[Page]:
    return [Page("1", f"{len(bytes(150_000_000))} letters")]


def test_the_system_ends_a_worker_that_has_no_master(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edition.project.worker._SECONDS", 0.5)
    monkeypatch.setattr("edition.project.worker._PATIENCE", 100)
    (tmp_path / "a").write_bytes(b"a")
    with pytest.raises(TooLongError):
        read_apart(f"{__name__}:endless_reader", tmp_path / "a", list[Page])


def test_a_text_that_wants_more_than_its_part_of_the_memory_is_read_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edition.project.worker.MEGABYTES", 250)
    monkeypatch.setattr("edition.verify.reading.READER", f"{__name__}:hungry_reader")
    for name in ("hart.txt", "pope.txt"):
        (tmp_path / name).write_text(f"The tide of {name}.", encoding="utf-8")
    found, _ = find_sources(tmp_path, ["hart", "pope"])
    sources, problems = read_sources(found, workers=2)
    assert problems == []
    assert [source.key for source in sources] == ["hart", "pope"]


def framed(*messages: object) -> bytes:
    bodies = [json.dumps(m).encode() for m in messages]
    return b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(b), b) for b in bodies)


ASKED = {"textDocument": {"uri": "file:///proc/self/cwd/docs/index.md"}}
SENT = {
    "no message": b"x" * 5_000_000,
    "no JSON": b"Content-Length: 5\r\n\r\nhello",
    "no object": framed([], 1, {}, {"jsonrpc": "2.0", "method": 3}),
    "half": framed({"jsonrpc": "2.0", "id": 1, "method": "initialize"})[:-5],
    "huge": b"Content-Length: 99999999999\r\n\r\n{}",
    "digits": b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}",
    "before the greeting": framed(
        {"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover",
         "params": ASKED | {"position": {"line": 0, "character": 1}}},
        {"jsonrpc": "2.0", "id": 2, "method": "textDocument/documentSymbol", "params": ASKED},
    ),
}  # fmt: skip


@pytest.mark.skipif(find_spec("pygls") is None, reason="pygls is not installed")
@pytest.mark.parametrize("name", SENT)
def test_what_no_editor_sends(root: Path, name: str) -> None:
    command = [sys.executable, "-m", "edition", "lsp"]
    done = subprocess.run(command, cwd=root, input=SENT[name], capture_output=True, timeout=SECONDS)
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr
    assert b"report" not in done.stderr


@needs_pandoc
def test_a_style_that_goes_round_for_ever_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edition.sphinx.citations.csl import style_fault

    monkeypatch.setattr("edition.sphinx.citations.csl._TRIED", 2)
    file = tmp_path / "a.csl"
    file.write_text(hostile_files.CSL, encoding="utf-8")
    assert style_fault(file) == ""
    circle = hostile_files.CSL.replace("<names", "<text macro='a'/><names")
    file.write_text(circle, encoding="utf-8")
    assert "does a macro of it name itself?" in style_fault(file)
    file.write_bytes(b"\xff\xfe<style")
    assert "no CSL style" in style_fault(file)


def test_a_pipe_among_the_pages_of_a_website(root: Path) -> None:
    (root / "site").mkdir()
    os.mkfifo(root / "site" / "a.html")
    os.mkfifo(root / "b.html")
    for output in ("site", "b.html"):
        answered(edition(root, "anchors", "diff", output))


def test_the_runs_of_make_fuzz() -> None:
    tests = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, tests / "hostile.py", "--runs", "60", "--minutes", "2", "--seed", "1917"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tests), *sys.path])},
    )
    assert done.returncode == 0, done.stdout + done.stderr
