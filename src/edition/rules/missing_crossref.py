"""A `crossref` to a work that the bibliography does not hold, or that leads back to itself.

The entry inherits nothing then: no volume, no collection, no publisher.

Bad:

```bib
@incollection{pilot-song,
  author = {Pilot, A.},
  title = {The Pilot's Song},
  crossref = {songs-of-the-sea},
}
```
"""

from __future__ import annotations

from edition.model.diagnostic import Severity
from edition.rules.rule import Rule, reported

RULE = Rule(
    code="B110",
    name="missing-crossref",
    severity=Severity.ERROR,
    check=reported("missing-crossref"),
    page=__doc__,
)
