"""Ignores in the sources: `% edition: ignore RULE -- reason` speaks for the block after it."""

from collections.abc import Iterable

from edition.model import Edition, Ignore
from edition.model.diagnostic import Diagnostic


def apply_suppressions(
    edition: Edition, findings: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], set[tuple[Ignore, str]]]:
    """Return the findings that no ignore silences; and each ignore used, with the rule's code."""
    by_line: dict[tuple[str, int], list[Ignore]] = {}
    for document in edition.documents:
        for ignore in document.ignores:
            for line in range(ignore.first_line, ignore.last_line + 1):
                by_line.setdefault((ignore.location.path, line), []).append(ignore)
    kept: list[Diagnostic] = []
    used: set[tuple[Ignore, str]] = set()
    for finding in findings:
        place = (finding.location.path, finding.location.line)
        silencing = [i for i in by_line.get(place, ()) if _silences(i, finding)]
        used.update((ignore, finding.code) for ignore in silencing)
        if not silencing:
            kept.append(finding)
    return kept, used


def _silences(ignore: Ignore, finding: Diagnostic) -> bool:
    named = finding.rule in ignore.rules or finding.code in ignore.rules
    return bool(ignore.reason) and named
