"""A source that cannot be opened, or is not UTF-8.

Nothing in it was checked. Save it as UTF-8, and see that you may read it.
"""

from __future__ import annotations

from edition.checks.rule import Rule, reported
from edition.diagnostic import Severity

RULE = Rule(
    code="S104",
    name="unreadable-source",
    severity=Severity.ERROR,
    check=reported("unreadable-source"),
    page=__doc__,
)
