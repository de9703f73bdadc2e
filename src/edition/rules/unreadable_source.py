"""A source that cannot be opened, or is not UTF-8.

Nothing in it was checked. Save it as UTF-8, and see that you may read it.
"""

from __future__ import annotations

from edition.model.diagnostic import Severity
from edition.rules.rule import Rule, reported

RULE = Rule(
    code="S104",
    name="unreadable-source",
    severity=Severity.ERROR,
    check=reported("unreadable-source"),
    page=__doc__,
)
