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

from edition.rules.queries import faults
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L103", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for _citation, place, fault, _ in faults(edition, "inverted-range"):
        yield Finding(place, fault.message, "Exchange the numbers, or correct one of them.")
