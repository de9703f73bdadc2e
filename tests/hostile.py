"""Run the commands on hostile files, in hostile places, and see that each ends as it should.

    python tests/hostile.py [--minutes 60] [--runs N] [--seed S] [--only KIND] [--keep DIR]

Every run has a project of its own, one command and a seed, which is printed with the kind of run
where it fails, and kept in --keep: `--only KIND --seed S --runs 1` repeats it. A failure is an exit status other than
0, 1, 2 and 3, a traceback, more than ten seconds or 1.5 GB, or a file of ours that was lost or
half written. The commands run in children that are forked off this process, which has imported
them: a run takes some hundredths of a second.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import hostile_files as files
from edition.__main__ import run as run_command
from edition.cli import COMMANDS, main

OPEN: list[int] = []
SECONDS = 10
WAIT = 40  # seconds of the clock: another process may have the machine
MEGABYTES = 1500
COMMAND_LINES: list[list[str]] = [
    ["check"],
    ["check", "--format", "sarif"],
    ["check", "--format", "github"],
    ["check", "--format", "gitlab"],
    ["check", "--diff"],
    ["check", "--fix"],
    ["check", "--write-baseline"],
    ["list", "quotations"],
    ["list", "citations", "--format", "csv"],
    ["list", "anchors", "--format", "json"],
    ["list", "works"],
    ["anchors", "lock"],
    ["anchors", "diff"],
    ["anchors", "diff", "HEAD"],
    ["anchors", "accept", "p1", "--reason", "r"],
    ["cite", "p1"],
    ["cite", "q1", "--format", "bibtex"],
    ["digest"],
    ["rules"],
    ["verify", "--dry-run"],
    ["verify"],
    ["verify", "--format", "html"],
    ["sources"],
    ["find", "the tide"],
    ["import", "in.txt"],
    ["new", "fresh", "--no-ask"],
]


@dataclass
class Run:
    """One command in one project. `before` and `during` do what no file can."""

    files: dict[str, bytes]
    command: list[str]
    before: Callable[[Path], None] = lambda _root: None
    environment: dict[str, str] = field(default_factory=dict)
    shell: str = ""
    python: list[str] = field(default_factory=list)
    killed: float = 0.0
    signal: int = signal.SIGKILL
    beside: list[str] = field(default_factory=list)
    accepted: set[int] = field(default_factory=lambda: {0, 1, 2})


def any_file(chance: random.Random) -> Run:
    """One file of a project is damaged as bytes, or put together from pieces of its kind."""
    made = dict(files.PROJECT)
    name = chance.choice(sorted(made))
    made[name] = files.damaged(name, made[name], chance)
    return Run(made, chance.choice(COMMAND_LINES))


def settings(chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    made["pyproject.toml"] = files.settings(chance)
    return Run(made, chance.choice(COMMAND_LINES))


def records(chance: random.Random) -> Run:
    """Our own files, still JSON, YAML or TOML, with odd values."""
    made = dict(files.PROJECT)
    name = chance.choice(files.RECORDS)
    made[name] = files.odd_record(name, made[name], chance)
    return Run(made, chance.choice(COMMAND_LINES))


def source(chance: random.Random) -> Run:
    made = {n: d for n, d in files.PROJECT.items() if not n.startswith("sources/")}
    name, data = files.odd_source(chance)
    made[f"sources/hart{name}"] = data
    command = chance.choice(
        [["verify"], ["sources"], ["find", "tide went"], ["verify", "--suggest"]]
    )
    return Run(made, command)


def imported(chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    name, data = files.odd_document(chance)
    made[name] = data
    extra = chance.choice(
        [[], ["--references", "cite"], ["--draft-bibliography"], ["--fingerprints"]]
    )
    return Run(made, ["import", name, "--as", "B", *extra])


def texts(chance: random.Random) -> Run:
    made = dict(files.PROJECT)
    made["docs/index.md"] = files.odd_text(chance)
    made["bibliography.bib"] = files.odd_works(chance)
    return Run(made, chance.choice(COMMAND_LINES))


def no_file(chance: random.Random) -> Run:
    """A file that is a pipe, a link to a device, a folder, a loop, closed, or endless."""
    made = dict(files.PROJECT)
    name = chance.choice([*made, *files.READ])
    made.pop(name, None)
    kind = chance.choice(files.NO_FILES)
    command = chance.choice(COMMAND_LINES)
    if name == "in.txt":
        command = ["import", "in.txt"]
    return Run(made, command, before=lambda root: kind(root / name))


def names(chance: random.Random) -> Run:
    """Odd names of files and folders, and odd words on the command line."""
    made = dict(files.PROJECT)
    odd = files.odd_name(chance)
    command = chance.choice(COMMAND_LINES)
    where = chance.choice(
        [
            "docs/{}.md",
            "docs/{}/index.md",
            "sources/{}.txt",
            "{}.bib",
            "sources/hart/{}.txt",
            "apparatus/{}.toml",
        ]
    )

    def before(root: Path) -> None:
        target = os.fsencode(root) + b"/" + os.fsencode(where).replace(b"{}", odd)
        try:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as out:
                out.write(made["docs/index.md"])
        except (OSError, ValueError):
            return

    shown = os.fsdecode(odd)
    if chance.random() < 0.5 and b"\0" not in odd:
        command = chance.choice(
            [["cite", shown], ["verify", shown], ["check", shown], ["import", shown], ["find", shown],
             ["anchors", "diff", shown], ["anchors", "retire", shown, "--reason", shown], ["list", shown],
             ["import", "in.txt", "--as", shown], ["import", "in.txt", "--into", shown],
             ["check", "--select", shown], ["new", shown, "--no-ask"], ["rules", shown], ["sources", "--sources", shown],
             ["build", "--into", shown], ["check", "--project", shown], ["digest", "q1", "--words", shown], [shown]]
        )  # fmt: skip
    return Run(made, command, before)


def places(chance: random.Random) -> Run:
    """Locales, interpreters, outputs and clocks that are not the usual ones."""
    command = chance.choice([c for c in COMMAND_LINES if c[0] != "new"])
    environment = chance.choice(
        [{"LC_ALL": "C"}, {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii"},
         {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, {"COLUMNS": "0"}, {"COLUMNS": "²"},
         {"COLUMNS": "1"}, {"TERM": "", "NO_COLOR": "1"}, {"FORCE_COLOR": "1", "COLUMNS": "7"}, {"HOME": "/dev/null/x"},
         {"XDG_CACHE_HOME": "/dev/null"}, {"XDG_CACHE_HOME": "/proc"}, {"TMPDIR": "/dev/null/x"}, {"PATH": ""}, {"TZ": "x"},
         *({"SOURCE_DATE_EPOCH": epoch} for epoch in files.EPOCHS)]
    )  # fmt: skip
    python = chance.choice(
        [[], [], ["-O"], ["-OO"], ["-X", "utf8=0"], ["-W", "error"], ["-X", "dev"]]
    )
    shell = chance.choice(
        [
            "",
            "",
            ">&-",
            "> /dev/full",
            "2>&-",
            "2> /dev/full",
            "> /dev/full 2>&1",
            "| head -c 1",
            "| true",
            "<&-",
            ">&- 2>&- <&-",
            "< /dev/zero",
        ]
    )
    return Run(
        dict(files.PROJECT), command, environment=environment, shell=shell or " ", python=python
    )


WRITERS = [
    ["check", "--fix"],
    ["check", "--write-baseline"],
    ["check"],
    ["anchors", "lock"],
    ["anchors", "accept", "p1", "--reason", "r"],
    ["anchors", "retire", "gone", "--reason", "r"],
    ["verify"],
    ["import", "in.txt", "--as", "B"],
    ["import", "in.txt", "--as", "B", "--fingerprints", "--draft-bibliography"],
    ["digest"],
]


def killed(chance: random.Random) -> Run:
    """A writing command is ended at a random moment."""
    how = chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGINT])
    command = chance.choice(WRITERS)
    return Run(dict(files.PROJECT), command, killed=chance.uniform(0.001, 0.8), signal=how)


def two_writers(chance: random.Random) -> Run:
    one, other = chance.choice(WRITERS), chance.choice(WRITERS)
    return Run(dict(files.PROJECT), one, beside=other)


def no_right(chance: random.Random) -> Run:
    """A file or folder without the right to read or write it, for a user who is not root."""
    made = dict(files.PROJECT)
    name = chance.choice(
        [
            *made,
            "docs",
            "apparatus",
            "witness",
            "witness/.base",
            "sources",
            ".edition-cache",
            ".edition-cache/locks",
            "",
        ]
    )
    mode = chance.choice([0o000, 0o200, 0o400, 0o444, 0o500, 0o555])

    def before(root: Path) -> None:
        file = root / name
        if not file.exists():
            file.mkdir(parents=True)
        file.chmod(mode)

    run = Run(made, chance.choice(COMMAND_LINES + WRITERS), before)
    run.environment["EDITION_NO_RIGHT"] = "1"
    return run


def full_disk(chance: random.Random) -> Run:
    """No file may grow past so many bytes: the writing ends as on a full disk."""
    run = Run(dict(files.PROJECT), chance.choice(WRITERS))
    run.environment["EDITION_ROOM"] = str(chance.choice([0, 1, 40, 200, 1000, 4000]))
    return run


def caches(chance: random.Random) -> Run:
    """What was read and found before is damaged, cut off or emptied."""
    run = Run(
        dict(files.PROJECT), chance.choice([["verify"], ["sources"], ["find", "tide"], ["check"]])
    )

    def before(root: Path) -> None:
        first = Run({}, ["verify", "--dry-run"])
        first.environment["TMPDIR"] = run.environment["TMPDIR"]
        ended(child(first, root, first.command, root.parent / "o2"), time.monotonic())
        kept = [
            p
            for f in (root.parent / "cache", root / ".edition-cache")
            for p in f.rglob("*")
            if p.is_file()
        ]
        for file in chance.sample(sorted(kept), min(len(kept), chance.choice([1, 1, 3]))):
            file.write_bytes(files.bytes_damaged(file.read_bytes(), chance))

    run.before = before
    return run


def built(chance: random.Random) -> Run:
    """An odd text is built; what stops a build, the check has found."""
    made = {name: files.PROJECT[name] for name in ("docs/part.md", "bibliography.bib")}
    made["pyproject.toml"] = b'[tool.edition]\nexclude = ["part.md"]\n'
    made["docs/conf.py"] = files.CONF.encode() + b'exclude_patterns = ["part.md"]\n'
    made["docs/index.md"] = files.odd_text(chance, files.BUILDABLE)
    if chance.random() < 0.4:
        made["bibliography.bib"] = files.odd_works(chance)
    output = chance.choice(["html", "epub", "pdf"])
    run = Run(made, ["build", output, "--no-check", "--allow-warnings"])

    def before(root: Path) -> None:
        checked = child(Run({}, ["check"]), root, ["check"], root.parent / "o2")
        status, *_ = ended(checked, time.monotonic())
        run.accepted = {0} if os.waitstatus_to_exitcode(status) == 0 else {0, 1, 2}

    run.before = before
    run.environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    return run


KINDS: dict[str, tuple[int, Callable[[random.Random], Run]]] = {
    "file": (10, any_file),
    "settings": (6, settings),
    "records": (10, records),
    "source": (10, source),
    "import": (10, imported),
    "texts": (14, texts),
    "caches": (6, caches),
    "no-file": (8, no_file),
    "names": (8, names),
    "places": (4, places),
    "killed": (5, killed),
    "two-writers": (4, two_writers),
    "no-right": (4, no_right),
    "full-disk": (4, full_disk),
    "built": (3, built),
}


def child(run: Run, root: Path, command: list[str], out: Path) -> int:
    """Fork a process that runs the command with its outputs in files; return its id."""
    room = run.environment.get("EDITION_ROOM")
    if room is not None:  # what is told goes where there is always room
        os.mkfifo(out / "err")
        OPEN.append(os.open(out / "err", os.O_RDWR))
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        sys.setrecursionlimit(1000)
        os.chdir(root)
        for number, name in ((1, "out"), (2, "err")):
            place = out / name if room is None or number == 2 else Path(os.devnull)
            os.dup2(os.open(place, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o666), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdout, sys.stderr = (open(n, "w", closefd=False) for n in (1, 2))  # noqa: SIM115
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (6_000_000_000, 6_000_000_000))
        os.environ.update(
            {"HOME": str(root.parent / "home"), "XDG_CACHE_HOME": str(root.parent / "cache")}
        )
        if room is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
        os.environ.update(run.environment)
        if "EDITION_NO_RIGHT" in run.environment:
            without_rights()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.argv = ["edition", *command]
        code = 0
        try:
            run_command()
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else 1
        except BaseException:
            import traceback

            traceback.print_exc()
            code = 1
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            code = code or 1
        os._exit(code)
    finally:
        os._exit(98)


def without_rights() -> None:
    """Give up root's right to pass over the rights of files (capset(2), version 3)."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capset(header, data)


def ended(pid: int, began: float) -> tuple[int, float, float, float]:
    """Wait for a process; return its status, the seconds and megabytes that it took, by clock."""
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        spent = time.monotonic() - began
        if done:
            return status, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, spent
        if spent > WAIT:
            os.killpg(pid, signal.SIGKILL)
            _, status, used = os.wait4(pid, 0)
            return -1, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, spent
        time.sleep(0.002 if spent < 0.2 else 0.02)


def execute(run: Run, folder: Path) -> str:
    """Carry a run out in a folder; return what is wrong, or nothing."""
    root = folder / "the project"
    for name, data in run.files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for name in ("home", "cache", "tmp", "o1", "o2"):
        (folder / name).mkdir()
    run.environment.setdefault("TMPDIR", str(folder / "tmp"))
    (folder / "elsewhere").mkdir()
    os.environ["HOSTILE"] = str(folder / "elsewhere")
    run.before(root)
    held = {n: d for n, d in run.files.items() if n in files.WRITTEN and (root / n).is_file()}
    if run.shell:
        return process(run, root)
    began = time.monotonic()
    pids = [child(run, root, run.command, folder / "o1")]
    if run.beside:
        pids.append(child(run, root, run.beside, folder / "o2"))
    if run.killed:
        time.sleep(run.killed)
        with suppress(ProcessLookupError):
            os.kill(pids[0], run.signal)
    wrong = []
    for number, pid in enumerate(pids, 1):
        status, cpu, megabytes, spent = ended(pid, began)
        file = folder / f"o{number}" / "err"
        told = ""
        if file.exists():  # else it was ended before it began
            with os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
                told = (stream.read(60_000) or b"").decode("utf-8", "replace")
        code = os.waitstatus_to_exitcode(status) if status >= 0 else 99
        wrong.append(judged(code, cpu, megabytes, spent, told, run))
    while OPEN:
        os.close(OPEN.pop())
    wrong.append(lost(root, held, run))
    return "; ".join(filter(None, wrong))


def judged(code: int, cpu: float, megabytes: float, spent: float, told: str, run: Run) -> str:
    wrong = []
    expected = {*run.accepted, *((-run.signal, 130) if run.killed else ())}
    if re.search("Traceback .most recent|Exception ignored|traceback has been saved", told):
        wrong.append(f"traceback: {told[-600:]}")
    elif code == 3:
        wrong.append(f"crash report: {report_of(told)}")
    elif code not in expected:
        wrong.append(f"exit {code}: {told[-300:]}")
    if spent > WAIT or cpu > SECONDS:
        wrong.append(f"{cpu:.0f} s of the processor, {spent:.0f} s")
    if megabytes > MEGABYTES:
        wrong.append(f"{megabytes:.0f} MB")
    return "; ".join(wrong)


def report_of(told: str) -> str:
    found = re.search(r"developers: (\S+)", told)
    try:
        return Path(found[1]).read_text("utf-8")[-700:] if found else told[-300:]
    except OSError:
        return told[-300:]


def process(run: Run, root: Path) -> str:
    """Run the command as a process of its own, by a shell that changes its outputs."""
    words = " ".join(f"'{word}'" for word in run.command)
    line = f"{sys.executable} {' '.join(run.python)} -m edition {words} {run.shell}"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **run.environment}
    started = subprocess.Popen(
        ["/bin/bash", "-c", "set -o pipefail; " + line], cwd=root, env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        _, told = started.communicate(timeout=WAIT)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, signal.SIGKILL)
        started.communicate()
        return f"hangs: {line}"
    code = started.returncode
    shown = told.decode("utf-8", "replace")
    if "Traceback" in shown or "Exception ignored" in shown or code not in (0, 1, 2, 141, 127):
        return f"exit {code}: {line} {run.environment}: {report_of(shown)} {shown[-500:]}"
    return ""


def lost(root: Path, held: dict[str, bytes], run: Run) -> str:
    """Return which of the files that commands write is gone, half written or left behind."""
    if "EDITION_NO_RIGHT" in run.environment:
        for path in [root, *root.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755)
    wrong = []
    for name, old in held.items():
        file = root / name
        if not file.exists() and not file.is_symlink():
            wrong.append(f"{name} is gone")
        elif file.is_file() and (fault := files.fault_of(name, file, old)):
            wrong.append(f"{name}: {fault}")
    if not run.killed:
        wrong += [
            f"{p} is left"
            for p in root.rglob(".*.????????")
            if p.is_file() and re.search(r"\.[0-9a-f]{8}$", p.name)
        ]
    return "; ".join(wrong)


def repeat(kind: str, seed: str) -> Run:
    return KINDS[kind][1](random.Random(f"{kind} {seed}"))


def main_() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--runs", type=int, default=0)
    parser.add_argument("--seed", default=str(int(time.time())))
    parser.add_argument("--only", choices=sorted(KINDS))
    parser.add_argument(
        "--keep", type=Path, default=Path("build/hostile"), help="where failures are kept"
    )
    given = parser.parse_args()
    for name in COMMANDS:  # imported once, before the forks
        main.get_command(None, name)  # type: ignore[arg-type]
    files.warm()
    sys.setrecursionlimit(10_000)
    chance = random.Random(given.seed)
    weights = [weight for weight, _ in KINDS.values()]
    counts: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    until = time.monotonic() + 60 * given.minutes
    number = 0
    signal.signal(signal.SIGINT, signal.default_int_handler)
    while time.monotonic() < until and (not given.runs or number < given.runs):
        kind = given.only or chance.choices(list(KINDS), weights)[0]
        seed = given.seed if given.runs == 1 else f"{given.seed}.{number}"
        number += 1
        with tempfile.TemporaryDirectory(prefix="hostile") as folder:
            os.chmod(folder, 0o755)
            wrong = execute(repeat(kind, seed), Path(folder))
            if wrong:
                failures[kind] += 1
                place = given.keep / f"{kind}-{seed}"
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir()
                (place / "wrong.txt").write_text(
                    f"{' '.join(repeat(kind, seed).command)!r}\n{wrong}\n", errors="replace"
                )
                shown = f"{kind} --seed {seed} {repeat(kind, seed).command}: {wrong}"
                print(shown.encode(errors="replace").decode(), flush=True)
        counts[kind] += 1
    told = ", ".join(f"{kind} {counts[kind]}" for kind in KINDS if counts[kind])
    print(f"seed {given.seed}: {number} runs ({told}), {failures.total()} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main_())
