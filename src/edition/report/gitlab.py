"""Findings as a report of code quality, which GitLab shows beside the lines of a merge request.

Format: GitLab Docs, "Code Quality", "Code Quality report format".
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from edition.model.diagnostic import Diagnostic, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Write one array of findings, in the order given.

    GitLab knows a finding by its fingerprint, also when its line has moved: so that is made of
    path, rule and words, and of how often the same ones came before.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    issues = []
    for found in diagnostics:
        name = (found.location.path, found.code, found.message)
        seen[name] += 1
        digest = hashlib.sha256("\0".join((*name, str(seen[name]))).encode(errors="replace"))
        hint = f" {found.hint}" if found.hint else ""
        issues.append(
            {
                "description": f"{found.message}{hint}",
                "check_name": f"{found.code} {found.rule}",
                "fingerprint": digest.hexdigest(),
                "severity": _SEVERITIES[found.severity],
                "location": {
                    "path": found.location.path,
                    "lines": {"begin": found.location.line or 1},
                },
            }
        )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"
