"""Hold the locks against the published advisories (pip-audit, in an environment of its own).

Exit status 1 where a library of a lock has an advisory. That no advisories can be had, as on a
machine that does not reach their server, is said and is no failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", ".ci/validators.lock")
TOOL = "pip-audit==2.10.1"
SECONDS = 300


def known(report: str) -> tuple[list[str], int, int]:
    """Return the advisories of a report, how many libraries were looked up, and how many not."""
    try:
        rows = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return [], 0, 0
    found = [
        f"{row['name']} {row['version']}: {', '.join(v['id'] for v in row['vulns'])}"
        for row in rows
        if row.get("vulns")
    ]
    skipped = sum("skip_reason" in row for row in rows)
    return found, len(rows) - skipped, skipped


def audited(python: Path, lock: str) -> str:
    """Return the report on a lock, in JSON; empty where there is none."""
    command = [python, "-m", "pip_audit", "-r", lock, "--disable-pip", "--format", "json"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout


def main() -> int:
    """Audit every lock; print what is known of it."""
    folder = ROOT / "build" / "audit"
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", TOOL]
    if subprocess.run(install, check=False).returncode:
        print("The advisories were not looked up: pip-audit cannot be installed here.")
        return 0
    failed = 0
    for lock in LOCKS:
        found, looked_up, skipped = known(audited(python, lock))
        if not looked_up:
            print(f"{lock}: the advisories cannot be had here.")
            continue
        more = f", {skipped} not known to the index" if skipped else ""
        print(f"{lock}: {looked_up} libraries looked up{more}, {len(found)} with an advisory.")
        print("".join(f"  {line}\n" for line in found), end="")
        failed |= bool(found)
    return failed


if __name__ == "__main__":
    sys.exit(main())
