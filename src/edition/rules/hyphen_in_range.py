"""A hyphen, `--` or another wrong dash between the numbers of a locator.

A range has an en dash, `12–14`. A locator is printed as it is typed: `--`, right in BibTeX,
is printed as two hyphens here.

Bad:

```md
{cite:p}`hart-letters{pp. 12-14}` and {cite:p}`hart-letters{pp. 12--14}`
```

Good:

```md
{cite:p}`hart-letters{pp. 12–14}`
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.locators import faults
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look at the dashes of every locator that can be read."""
    for place, fault, edits in faults(edition, "hyphen-in-range"):
        yield RULE.finding(place, fault.message, "Type an en dash, “–”.", edits)


RULE = Rule(
    code="L108",
    name="hyphen-in-range",
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
