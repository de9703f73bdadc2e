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

from __future__ import annotations

from edition.model.diagnostic import Severity
from edition.rules.rule import Rule, reported

RULE = Rule(
    code="C108",
    name="malformed-citation",
    severity=Severity.ERROR,
    check=reported("malformed-citation"),
    page=__doc__,
)
