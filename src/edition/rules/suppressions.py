"""Ignores in the sources: `% edition: ignore RULE -- reason` speaks for the block after it."""

from __future__ import annotations

from collections.abc import Iterable

from edition.model import Edition, Ignore
from edition.model.diagnostic import Diagnostic


def apply_suppressions(
    edition: Edition, findings: Iterable[Diagnostic]
) -> tuple[list[Diagnostic], set[tuple[Ignore, str]]]:
    """Return the findings that no ignore silences; and each ignore used, with the rule's code."""
    by_path: dict[str, list[Ignore]] = {}
    for document in edition.documents:
        for ignore in document.ignores:
            by_path.setdefault(ignore.location.path, []).append(ignore)
    kept: list[Diagnostic] = []
    used: set[tuple[Ignore, str]] = set()
    for finding in findings:
        speaking = [i for i in by_path.get(finding.location.path, ()) if _speaks(i, finding)]
        used.update((ignore, finding.code) for ignore in speaking)
        if not speaking:
            kept.append(finding)
    return kept, used


def _speaks(ignore: Ignore, finding: Diagnostic) -> bool:
    return (
        bool(ignore.reason)
        and ignore.first_line <= finding.location.line <= ignore.last_line
        and (finding.rule in ignore.rules or finding.code in ignore.rules)
    )
