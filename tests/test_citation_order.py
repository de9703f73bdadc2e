"""The order of keys that `reordered-keys` foretells is the one that the build prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from edition.check import check_edition
from edition.loading.load import load
from edition.project.config import Config
from edition.project.layout import find_project
from tests_support import Write

WORKS = (Path(__file__).parent / "rules" / "works.bib").read_text(encoding="utf-8")
TEXT = """\
# The harbour

{cite:p}`pilot-tides{p. 40}`

{cite:p}`pilot-tides{p. 40}, hart-letters{p. 3}`

{cite:p}`{see}hart-letters{p. 3}, {cf.}aves-voyages{p. 4}`

{cite:p}`{see}aves-voyages{p. 4}, {cf.}hart-harbour{p. 112}, {and}pilot-tides{p. 41}`

```{bibliography}
```
"""
SETTINGS = """\
project = "The Harbour"
extensions = ["edition.sphinx"]
bibtex_default_style = "edition"
bibtex_reference_style = "short_title"
"""


def test_the_build_prints_what_the_rule_foretells(project: Write) -> None:
    root = project(
        {
            "docs/index.md": TEXT,
            "docs/conf.py": SETTINGS,
            "bibliography.bib": WORKS,
            "pyproject.toml": "[tool.edition]\n",
        }
    )
    found = check_edition(load(find_project(root)), Config(select=("reordered-keys",)))
    assert [f.location.line for f in found] == [5, 9]

    folders = [str(root / "docs"), str(root / "build")]
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "text", *folders]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    printed = " ".join((root / "build" / "index.txt").read_text(encoding="utf-8").split())
    assert re.search(r"\(Hart, [^;()]+; Pilot, [^;()]+\)", printed)
    assert re.search(r"\(see Hart, [^;()]+; cf\. Aves, [^;()]+\)", printed)
    assert re.search(r"\(cf\. Hart, [^;()]+; and Pilot, [^;()]+; see Aves, [^;()]+\)", printed)
