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

from edition.rules.queries import unreadable
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L102", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for place, error in unreadable(edition):
        if error.kind == "malformed":
            yield Finding(
                place, error.message, "Write a page, `p. 19` or `pp. 19–21`, or a label it has."
            )
