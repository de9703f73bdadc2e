"""A label in the wrong number: `pp. 12`, `p. 12–14`.

One page is `p.`, several are `pp.`: a range, a list, `40ff.`; so with `vol.` and `vols.`,
`n.` and `nn.` and all other labels. The wrong one often means that a number is missing or one
too many, and formatters hide it: Pandoc prints `pp. 12` as “p. 12”. `40f.` passes with
either label.

Bad:

```md
{cite:p}`hart-letters{pp. 12}` and {cite:p}`hart-letters{p. 12–14}`
```

Good:

```md
{cite:p}`hart-letters{p. 12}` and {cite:p}`hart-letters{pp. 12–14}`
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.locators import faults
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look at the labels of every locator that can be read."""
    for place, fault, edits in faults(edition, "singular-plural"):
        yield RULE.finding(
            place, fault.message, "Correct the label, or the numbers after it.", edits
        )


RULE = Rule(
    code="L107",
    name="singular-plural",
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
