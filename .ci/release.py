"""Hold a tag against the version, CITATION.cff and the changelog; print the changelog's part.

    python .ci/release.py v1.2.3

Exit status 1, and what is wrong, where they do not agree or the changelog has no date for it.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def faults(tag: str, root: Path = ROOT) -> list[str]:
    """Return what keeps a tag from being released."""
    wanted = tag.removeprefix("v")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    citation = re.search(r"^version: (.+)$", (root / "CITATION.cff").read_text("utf-8"), re.M)
    found = []
    if project["version"] != wanted:
        found.append(f"pyproject.toml has version {project['version']}, the tag says {wanted}")
    if citation is None or citation[1].strip("\"'") != wanted:
        found.append(f"CITATION.cff has another version than the tag, which says {wanted}")
    heading = re.search(
        rf"^## {re.escape(wanted)}\b(.*)$", (root / "CHANGELOG.md").read_text("utf-8"), re.M
    )
    if heading is None:
        found.append(f"CHANGELOG.md has no heading for {wanted}")
    elif not re.search(r"\d{4}-\d\d-\d\d", heading[1]):
        found.append(f"CHANGELOG.md has no date for {wanted}: “##{heading[0][2:]}”")
    return found


def part(tag: str, root: Path = ROOT) -> str:
    """Return the changelog's part on a tag."""
    text = (root / "CHANGELOG.md").read_text("utf-8")
    name = re.escape(tag.removeprefix("v"))
    found = re.search(rf"^## {name}\b[^\n]*\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found[1].strip() + "\n" if found else ""


if __name__ == "__main__":
    tag_given = sys.argv[1]
    wrong = faults(tag_given)
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    if wrong:
        sys.exit(1)
    sys.stdout.write(part(tag_given))
