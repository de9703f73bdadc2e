"""A citation role whose keys cannot be told apart.

Keys are parted by commas; each may have words before it and a locator after it, in braces.
Anything else stops the build.

Bad:

```md
{cite:p}`hart-letters hart-harbour`
```

Good:

```md
{cite:p}`{see}hart-letters{p. 12}, hart-harbour{p. 112}`
```
"""

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "C108", Severity.ERROR)
