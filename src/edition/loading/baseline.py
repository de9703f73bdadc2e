"""Adopting the checker on an old text: the findings of one day are known, new ones are not.

A baseline lists findings by file, rule and message, without lines, so that it holds while the
text around them changes. Line numbers within messages are left out for the same reason.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from edition.model.diagnostic import Diagnostic
from edition.model.errors import EditionError

if TYPE_CHECKING:
    from edition.model import Baseline, Known

BASELINE = "edition-baseline.json"
"""The baseline's name, in the project's root."""

# One finding more often than this was never seen; each is listed when it is gone.
_MOST_TIMES = 100_000
_PLACES = re.compile(r"(?<=\S):\d+(?::\d+)?\b")


def baseline_key(finding: Diagnostic) -> Known:
    """Return the path, rule and message by which a baseline knows a finding."""
    return finding.location.path, finding.rule, _PLACES.sub("", finding.message)


def subtract_baseline(
    baseline: Baseline, findings: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], list[Known]]:
    """Return the new findings, and the known ones that are gone, each as often as it occurs."""
    left = Counter(baseline.counts)
    new: list[Diagnostic] = []
    for finding in findings:
        if left[baseline_key(finding)] > 0:
            left[baseline_key(finding)] -= 1
        else:
            new.append(finding)
    return new, sorted(left.elements())


def write_baseline(findings: Iterable[Diagnostic]) -> str:
    """Return the text of a baseline file that knows these findings."""
    counts = Counter(baseline_key(finding) for finding in findings)
    rows = [
        {"path": path, "rule": rule, "message": message, "count": count}
        for (path, rule, message), count in sorted(counts.items())
    ]
    return json.dumps({"version": 1, "findings": rows}, ensure_ascii=False, indent=1) + "\n"


def read_baseline(path: str, text: str) -> Baseline:
    """Read a baseline file. Raises EditionError where it is none."""
    try:
        data = json.loads(text)
        if data["version"] != 1:
            raise ValueError(data["version"])
        counts = {
            (str(row["path"]), str(row["rule"]), str(row["message"])): int(row["count"])
            for row in data["findings"]
        }
        if not all(0 < count <= _MOST_TIMES for count in counts.values()):
            raise ValueError("a count")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise EditionError(
            f"{path} is no baseline of this program",
            "Write it anew with `edition check --write-baseline`, or delete it.",
        ) from None
    from edition.model import Baseline

    return Baseline(path=path, counts=counts)
