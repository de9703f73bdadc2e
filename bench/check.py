"""How fast `edition check` is, and how its time and memory grow.

    python bench/check.py [--json] [--full N]

Generates an edition of 1,000,000 words, 1,000 files, 20,000 citations and 2,000 works, and
its eighth, quarter and half; checks each without a cache and with one, and builds the largest
with `sphinx-build -b dummy` in the same run; does the same with this edition, beside the
processor time of `import click`, what a command line costs at least. Prints a table: seconds of
the clock, seconds of all processors, peak memory of the largest process and its children.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

HERE = Path(__file__).parent
EDITION = [sys.executable, "-m", "edition"]
COMMAND = str(Path(sys.executable).with_name("edition"))
CLICK = [sys.executable, "-c", "import click"]
# An installed package has its bytecode; else ours would be compiled each time, the peer's not.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def measure(command: list[str], folder: Path) -> dict[str, float]:
    """Run a command to its end: seconds of the clock and of the processors, peak MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    return {
        "seconds": round(seconds, 3),
        "cpu": round(usage.ru_utime + usage.ru_stime, 3),
        "peak_mb": round(usage.ru_maxrss / 1024, 1),
    }


def least(command: list[str], folder: Path, made: Path | None = None) -> dict[str, float]:
    """The quickest of five runs: what the command costs on a machine that does nothing else.

    What it has `made` is deleted before each.
    """
    rows = []
    for _ in range(5):
        if made:
            shutil.rmtree(made, ignore_errors=True)
        rows.append(measure(command, folder))
    return min(rows, key=lambda row: row["cpu"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--words", type=int, default=1_000_000, help="the full size")
    given = parser.parse_args()
    rows: list[dict[str, object]] = []
    root = HERE.parent
    cache = root / ".edition-cache"
    rows.append({"what": "python -c 'import click'", **least(CLICK, root)})
    rows.append({"what": "edition --help", **least([COMMAND, "--help"], root)})
    rows.append({"what": "this edition, no cache", **least([COMMAND, "check"], root, cache)})
    rows.append({"what": "this edition, cached", **least([COMMAND, "check"], root)})
    with tempfile.TemporaryDirectory() as name:
        out = Path(name, "out")
        peer = [sys.executable, "-m", "sphinx", "-q", "-b", "dummy", "docs", str(out)]
        rows.append({"what": "this edition, sphinx-build -b dummy", **least(peer, root, out)})
    click, shown, whole, unchanged, built = (float(str(r["cpu"])) for r in rows)
    with tempfile.TemporaryDirectory() as name:
        for part in (8, 4, 2, 1):
            folder = Path(name, f"part-{part}")
            words = given.words // part
            generate(folder, words, words // 1000, words // 50, words // 500)
            rows.append(
                {"what": f"{words:,} words, no cache", **measure([*EDITION, "check"], folder)}
            )
            rows.append(
                {"what": f"{words:,} words, cached", **measure([*EDITION, "check"], folder)}
            )
        peer = [sys.executable, "-m", "sphinx", "-q", "-b", "dummy", "-j", "auto", "docs", "out"]
        rows.append(
            {"what": f"{given.words:,} words, sphinx-build -b dummy", **measure(peer, folder)}
        )
    cold, cached, sphinx = (float(str(r["seconds"])) for r in rows[-3:])
    ratios = {
        "edition --help, times import click (cpu)": round(shown / click, 1),
        "an unchanged check, times import click (cpu)": round(unchanged / click, 1),
        "this edition, times as fast as sphinx-build (cpu)": round(built / whole, 1),
        "times as fast as sphinx-build -b dummy": round(sphinx / cold, 1),
        "cached, part of the time without a cache": round(cached / cold, 3),
    }
    if given.json:
        print(json.dumps({"rows": rows, "ratios": ratios}))
        return
    for row in rows:
        print(
            f"{row['what']:50} {row['seconds']:>9} s {row['cpu']:>9} s cpu {row['peak_mb']:>8} MB"
        )
    for what, ratio in ratios.items():
        print(f"{what:50} {ratio:>9}")


if __name__ == "__main__":
    main()
