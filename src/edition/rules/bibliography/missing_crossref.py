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

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "B110", Severity.ERROR)
