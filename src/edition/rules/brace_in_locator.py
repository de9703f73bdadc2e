"""Braces within a citation’s locator.

sphinxcontrib-bibtex ends a locator at its first closing brace, and stops the whole build at
what follows. Nor may a locator be empty.

Bad:

```md
{cite:p}`hart-letters{fol. 3{r}}`
```

Good:

```md
{cite:p}`hart-letters{fol. 3r}`
```
"""

from __future__ import annotations

from edition.model.diagnostic import Severity
from edition.rules.rule import Rule, reported

RULE = Rule(
    code="C105",
    name="brace-in-locator",
    severity=Severity.ERROR,
    check=reported("brace-in-locator"),
    page=__doc__,
)
