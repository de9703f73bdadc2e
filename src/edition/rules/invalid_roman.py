"""A roman numeral that is none.

`xiiv` and `IIII` look like numbers of front matter but name no page.

Bad:

```md
{cite:p}`hart-letters{p. xiiv}`
```

Good:

```md
{cite:p}`hart-letters{p. xiv}`
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.locators import unreadable
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Try to read every locator."""
    for place, error in unreadable(edition):
        if error.kind == "invalid-roman":
            yield RULE.finding(place, error.message, "Correct the numeral against the page.")


RULE = Rule(
    code="L109",
    name="invalid-roman",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
