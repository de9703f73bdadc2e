"""An entry of a type that neither BibTeX nor biblatex knows.

No bibliography style knows how to print it, and none of the other rules knows what it needs.
The types are those of BibTeX’s manual and of the biblatex manual, section 2.1.

Bad:

```bib
@bok{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
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

from difflib import get_close_matches

from edition.bibliography.datamodel import ENTRY_TYPES
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B105", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        if work.type not in ENTRY_TYPES:
            close = get_close_matches(work.type[:40], sorted(ENTRY_TYPES), n=1)
            yield Finding(
                work.location,
                f"“@{work.type}”, the type of “{work.key}”, is none of BibTeX’s or biblatex’s",
                f"Did you mean “@{close[0]}”?"
                if close
                else "Use the type that comes nearest, such as “@book”, or “@misc”.",
            )
