"""Findings as JSON for other programs; `check.schema.json` beside this file describes it.

The keys are a contract: none is renamed or dropped, and each is always there.
"""

import json
from collections import Counter
from collections.abc import Sequence

from edition.model.diagnostic import Diagnostic, Severity


def render(diagnostics: Sequence[Diagnostic]) -> str:
    """Give the findings in the order given, and a summary.

    `line` and `column` count from 1; line 0 stands for the whole file, column 0 for the
    whole line. The summary counts findings by severity, and as `files` the files that
    have at least one.
    """
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    report = {
        "diagnostics": [
            {
                "code": diagnostic.code,
                "rule": diagnostic.rule,
                "severity": str(diagnostic.severity),
                "message": diagnostic.message,
                "path": diagnostic.location.path,
                "line": diagnostic.location.line,
                "column": diagnostic.location.column,
                "hint": diagnostic.hint,
            }
            for diagnostic in diagnostics
        ],
        "summary": {
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "notes": counts[Severity.NOTE],
            "files": len({diagnostic.location.path for diagnostic in diagnostics}),
        },
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
