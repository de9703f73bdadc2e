"""A range of pages that ends before it begins.

An abbreviated second number is written out first: `183–90` is 183 to 190. `190–183` is a
slip, and some formatters print it as “190–83” without a word.

Bad:

```md
{cite:p}`hart-letters{pp. 190–183}`
```

Good:

```md
{cite:p}`hart-letters{pp. 183–90}`
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.locators import faults
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look at the ranges of every locator that can be read."""
    for place, fault, _ in faults(edition, "inverted-range"):
        yield RULE.finding(place, fault.message, "Exchange the numbers, or correct one of them.")


RULE = Rule(
    code="L103",
    name="inverted-range",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
