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

from edition.rules.queries import unreadable
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L109", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for place, error in unreadable(edition):
        if error.kind == "invalid-roman":
            yield Finding(place, error.message, "Correct the numeral against the page.")
