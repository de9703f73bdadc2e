"""A bibliography that is not UTF-8.

Its letters would be read wrongly or not at all. Save the file as UTF-8; an editor shows the
present encoding, which is usually Latin-1 or Windows-1252.
"""

from __future__ import annotations

from edition.model.diagnostic import Severity
from edition.rules.rule import Rule, reported

RULE = Rule(
    code="B102",
    name="bibliography-encoding",
    severity=Severity.ERROR,
    check=reported("bibliography-encoding"),
    page=__doc__,
)
