"""A fault that the baseline knows and the text no longer has.

A baseline makes room for the faults of one day. When one is mended, its line in the baseline
would hide the next fault of the same words, so it must go.

To clear such findings write the baseline anew: `edition check --write-baseline`.
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Baseline, Known
from edition.model.diagnostic import Diagnostic, Location, Severity
from edition.rules.rule import Rule, nothing


def gone(baseline: Baseline, known: list[Known]) -> Iterator[Diagnostic]:
    """A finding for each known fault that is gone."""
    for path, rule, message in known:
        yield RULE.finding(
            Location(baseline.path),
            f"{path} no longer has the known fault {rule}: {message}",
            "Write the baseline anew: `edition check --write-baseline`.",
        )


RULE = Rule(
    code="S106",
    name="stale-baseline",
    severity=Severity.WARNING,
    check=nothing,
    page=__doc__,
)
