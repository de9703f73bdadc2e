"""BibTeX that cannot be read.

Every fault is reported, not only the first, with its line; the entries that can be read are
checked all the same.

Bad:

```bib
@book{pilot-log,
  title = {The Pilot's Log}
  year = {1931},
}
```

Good:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  year = {1931},
}
```
"""

from __future__ import annotations

from edition.model.diagnostic import Severity
from edition.rules.rule import Rule, reported

RULE = Rule(
    code="B101",
    name="bibliography-syntax",
    severity=Severity.ERROR,
    check=reported("bibliography-syntax"),
    page=__doc__,
)
