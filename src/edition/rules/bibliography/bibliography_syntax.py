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

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "B101", Severity.ERROR)
