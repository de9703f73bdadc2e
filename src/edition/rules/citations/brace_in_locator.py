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

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "C105", Severity.ERROR)
