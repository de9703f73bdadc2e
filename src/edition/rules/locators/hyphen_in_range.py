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

from edition.rules.queries import faults
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L108", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for _citation, place, fault, edits in faults(edition, "hyphen-in-range"):
        yield Finding(place, fault.message, "Type an en dash, “–”.", edits)
