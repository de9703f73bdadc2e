"""Run the commands on hostile files, in hostile places, and see that each ends as it should.

    python tests/hostile.py [--minutes 60] [--runs N] [--seed S] [--only KIND] [--keep DIR]

Every run has a project of its own, one command (or several at once) and a seed, which is printed
with the kind of run where it fails, and kept in --keep: `--only KIND --seed S --runs 1` repeats it.
A failure is an exit status other than 0, 1 and 2, a traceback, more than ten seconds or 1.5 GB (a
command and all its workers together), a file of ours that was lost or half written, a decision
that another writer undid, or what is left behind: a file, or a process. The commands run in
children that are forked off this process, which has imported them: a run takes some hundredths of
a second.
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
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path

import hostile_files as files
from edition.__main__ import run as run_command
from edition.cli import COMMANDS, main
from hostile_runs import KINDS, Run

OPEN: list[int] = []
SECONDS = 10
WAIT = 40  # seconds of the clock: another process may have the machine
MEGABYTES = 1500
LEFT = re.compile(r"\.edition-unfinished$|^tmp[a-z0-9_]{8}$")
WORST: dict[str, list[tuple[float, str]]] = defaultdict(lambda: [(0.0, "")] * 3)


def child(run: Run, root: Path, command: list[str], out: Path) -> int:
    """Fork a process that runs the command with its outputs in files; return its id."""
    room = run.environment.get("EDITION_ROOM")
    if room is not None:  # what is told goes where there is always room
        os.mkfifo(out / "err")
        OPEN.append(os.open(out / "err", os.O_RDWR))
    (out / "in").write_bytes(run.stdin)
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
        os.dup2(os.open(out / "in", os.O_RDONLY), 0)
        sys.stdin, sys.stdout, sys.stderr = (open(n, "rww"[n], closefd=False) for n in range(3))  # noqa: SIM115
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (6_000_000_000, 6_000_000_000))
        os.environ.update(
            {"HOME": str(out.parent / "home"), "XDG_CACHE_HOME": str(out.parent / "cache")}
        )
        if room is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(room), int(room)))
        os.environ.update(run.environment)
        if "EDITION_NO_RIGHT" in run.environment:
            without_rights()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if run.shell:
            os.execv("/bin/bash", ["bash", "-c", line_of(run, command)])
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


def line_of(run: Run, command: list[str]) -> str:
    """Return the line by which a shell runs the command as a process of its own."""
    words = " ".join(f"'{word}'" for word in command)
    python = " ".join([sys.executable, *run.python])
    return f"set -o pipefail; {python} -m edition {words} {run.shell}"


def without_rights() -> None:
    """Give up root's right to pass over the rights of files (capset(2), version 3)."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capset(header, data)


def ended(pid: int, began: float) -> tuple[int, float, float, float]:
    """Wait for a process; return its status, the seconds and megabytes that it took, by clock.

    The megabytes are the most that it and the processes under it had at one time.
    """
    most, looked = 0.0, 0.0
    while True:
        done, status, used = os.wait4(pid, os.WNOHANG)
        spent = time.monotonic() - began
        if done:
            most = max(most, used.ru_maxrss / 1000)
            return status, used.ru_utime + used.ru_stime, most, spent
        if spent > WAIT:
            os.killpg(pid, signal.SIGKILL)
            _, status, used = os.wait4(pid, 0)
            return -1, used.ru_utime + used.ru_stime, most, spent
        if spent - looked > 0.1:
            looked = spent
            most = max(most, sum(map(megabytes_of, under(pid))))
        time.sleep(0.002 if spent < 0.2 else 0.02)


def under(pid: int) -> list[int]:
    try:
        inside = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(p for one in inside for p in under(int(one)))]


def megabytes_of(pid: int) -> float:
    """Return a process's memory; what it shares with others counts as its part of it."""
    with suppress(OSError):
        shares = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
        return int(shares[1]) / 1000 if shares else 0.0
    return 0.0


def execute(kind: str, run: Run, folder: Path) -> str:
    """Carry a run out in a folder; return what is wrong, or nothing."""
    root = folder / run.place
    root.mkdir(parents=True)
    for name in ("home", "cache", "tmp", "elsewhere"):
        (folder / name).mkdir()
    os.environ["HOSTILE"] = str(folder / "elsewhere")
    run.environment.setdefault("TMPDIR", str(folder / "tmp"))
    run.environment.setdefault("HOSTILE_RUN", str(folder))
    try:
        run.mount(root)
        for name, data in run.files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        run.before(root)
        held = {n: old for n in files.WRITTEN if (old := content(root / n)) is not None}
        wrong = carried_out(kind, run, root, [run.command, *run.beside], folder)
        if run.killed and run.signal == signal.SIGKILL:
            wrong += lost(root, held, run)
            grown_old(folder)
            run.killed = 0.0
            again = Run({}, ["check"], environment=dict(run.environment))
            wrong += carried_out(kind, again, root, [["check"]], folder)
            wrong += carried_out(kind, again, root, [run.command], folder)
        wrong += lost(root, held, run)
        wrong += [f"{path} is left" for path in left_behind(folder)]
        if not run.killed:
            wrong += [run.kept(root)]
        wrong += left_running(folder)
    finally:
        run.after(root)
    return "; ".join(filter(None, wrong))


def content(file: Path) -> bytes | None:
    """Return what a file holds; None where it is none of ours."""
    ours = file.is_file() and file.stat().st_size < 10_000_000
    return file.read_bytes() if ours and os.access(file, os.R_OK) else None


def carried_out(
    kind: str, run: Run, root: Path, commands: list[list[str]], folder: Path
) -> list[str]:
    """Run commands at once; return what is wrong with each."""
    outs = [Path(tempfile.mkdtemp(prefix="o", dir=folder)) for _ in commands]
    began = time.monotonic()
    pids = [child(run, root, *one) for one in zip(commands, outs, strict=True)]
    if run.killed:
        time.sleep(run.killed)
        with suppress(ProcessLookupError):
            os.kill(pids[0], run.signal)
    wrong, codes = [], []
    for pid, out in zip(pids, outs, strict=True):
        status, cpu, megabytes, spent = ended(pid, began)
        told = ""
        if (out / "err").exists():  # else it was ended before it began
            with os.fdopen(os.open(out / "err", os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
                told = (stream.read(60_000) or b"").decode("utf-8", "replace")
        code = os.waitstatus_to_exitcode(status) if status >= 0 else 99
        codes.append(code)
        used = [(amount, folder.name) for amount in (cpu, spent, megabytes)]
        WORST[kind] = [max(*pair) for pair in zip(WORST[kind], used, strict=True)]
        wrong.append(judged(code, cpu, megabytes, spent, told, run))
    while OPEN:
        os.close(OPEN.pop())
    return [*wrong, run.together(codes)]


def judged(code: int, cpu: float, megabytes: float, spent: float, told: str, run: Run) -> str:
    wrong = []
    expected = {*run.accepted, *((-run.signal, 130) if run.killed else ())}
    if run.shell:
        expected |= {1, 2, 141}  # 141: who reads has had enough
    if re.search("Traceback .most recent|Exception ignored|traceback has been saved", told):
        wrong.append(f"traceback: {told[-900:]}")
    elif code == 3 or "send the report" in told:
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
        return Path(found[1]).read_text("utf-8")[-900:] if found else told[-300:]
    except OSError:
        return told[-300:]


def lost(root: Path, held: dict[str, bytes], run: Run) -> list[str]:
    """Return which of the files that commands write is gone or half written."""
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
    return wrong


def left_behind(folder: Path) -> list[Path]:
    ours = folder / "elsewhere"
    return [p for p in folder.rglob("*") if LEFT.search(p.name) and ours not in p.parents]


def grown_old(folder: Path) -> None:
    """Make what a command left behind, when it was ended by force, two days old."""
    for path in left_behind(folder):
        if path.name.startswith("tmp"):  # in the system's folder, which the system empties
            shutil.rmtree(path, ignore_errors=True)
            path.unlink(missing_ok=True)
        else:
            os.utime(path, (time.time() - 200_000,) * 2, follow_symlinks=False)


def left_running(folder: Path) -> list[str]:
    """End the processes that a run left behind, and return them; a worker may end its file first."""
    sign = f"HOSTILE_RUN={folder}".encode()
    for _ in range(40):
        found = [p for p in map(int, filter(str.isdigit, os.listdir("/proc"))) if runs_for(p, sign)]
        if not found:
            return []
        time.sleep(0.3)
    for pid in found:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    return [f"{len(found)} processes are left"]


def runs_for(pid: int, sign: bytes) -> bool:
    with suppress(OSError):
        return pid != os.getpid() and sign in Path(f"/proc/{pid}/environ").read_bytes()
    return False


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
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        while time.monotonic() < until and (not given.runs or number < given.runs):
            kind = given.only or chance.choices(list(KINDS), weights)[0]
            seed = given.seed if given.runs == 1 else f"{given.seed}.{number}"
            number += 1
            with tempfile.TemporaryDirectory(
                prefix=f"hostile-{number - 1}-", ignore_cleanup_errors=True
            ) as folder:
                os.chmod(folder, 0o755)
                run = repeat(kind, seed)
                if wrong := execute(kind, run, Path(folder)):
                    failures[kind] += 1
                    tell(kind, seed, run, wrong, given.keep)
            counts[kind] += 1
    print(f"{'kind':12} {'runs':>5} {'failed':>6}  worst: s CPU, s clock, MB")
    for kind in KINDS:
        if counts[kind]:
            worst = ", ".join(f"{amount:.1f} (in {where})" for amount, where in WORST[kind])
            print(f"{kind:12} {counts[kind]:5} {failures[kind]:6}  {worst}")
    print(f"seed {given.seed}: {counts.total()} runs, {failures.total()} failures")
    return 1 if failures else 0


def tell(kind: str, seed: str, run: Run, wrong: str, keep: Path) -> None:
    place = keep / f"{kind}-{seed}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    about = f"{run.beside or ''} {run.shell} {' '.join(run.python)} {run.place[:99]}"
    shown = f"{kind} --seed {seed} {run.command} {about}: {wrong}"
    (place / "wrong.txt").write_text(shown, "utf-8", "replace")
    print(shown.encode(errors="replace").decode(), flush=True)


if __name__ == "__main__":
    sys.exit(main_())
