"""A fault that the baseline knows and the text no longer has.

A baseline makes room for the faults of one day. When one is mended, its line in the baseline
would hide the next fault of the same words, so it must go.

To clear such findings write the baseline anew: `edition check --write-baseline`.
"""

from edition.model import Baseline, Known
from edition.model.diagnostic import Location
from edition.rules.rule import Finding, Findings, Severity, afterwards


def gone(baseline: Baseline, known: list[Known]) -> Findings:
    """Yield a finding for each known fault that is gone."""
    for path, rule, message in known:
        yield Finding(
            Location(baseline.path),
            f"{path} no longer has the known fault {rule}: {message}",
            "Write the baseline anew: `edition check --write-baseline`.",
        )


RULE = afterwards(__name__, "S106", Severity.WARNING)
