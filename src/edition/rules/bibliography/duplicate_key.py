"""Two works under one key.

Only the first is read. Keys that differ in capitals only are one key: the outputs and other
programs do not tell them apart.

Bad:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  year = {1931},
}

@book{Pilot-Log,
  author = {Pilot, A.},
  title = {The Pilot's Second Log},
  year = {1934},
}
```

Good:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  year = {1931},
}

@book{pilot-second-log,
  author = {Pilot, A.},
  title = {The Pilot's Second Log},
  year = {1934},
}
```
"""

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "B103", Severity.ERROR)
