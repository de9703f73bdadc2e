"""A locator whose meaning cannot be told.

`p. twelve`, `p. 12–` and `pp.` name no page that could be checked or looked up. A locator is
a bare number, which is a page, or labels with numbers: `pp. xii–xv, 183–90`, `vol. 3, p. 44`,
`chap. 2, n. 5`, `fol. 3r`, `s.v. Cheka`.

Bad:

```md
{cite:p}`hart-letters{p. twelve}`
```

Good:

```md
{cite:p}`hart-letters{p. 12}` and {cite:p}`hart-letters{chap. 2}`
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
        if error.kind == "malformed":
            yield RULE.finding(
                place, error.message, "Write a page, `p. 19` or `pp. 19–21`, or a label it has."
            )


RULE = Rule(
    code="L102",
    name="malformed-locator",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
