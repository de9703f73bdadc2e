"""A range of an entry’s pages that ends before it begins.

Either number may be the wrong one, so no citation can be held against such a range. A second
number may be shortened: `183--90` is 183–190 and runs forwards.

Bad:

```bib
@incollection{pilot-song,
  author = {Pilot, A.},
  title = {The Pilot's Song},
  booktitle = {Songs of the Sea},
  year = {1931},
  pages = {190--183},
}
```

Good:

```bib
@incollection{pilot-song,
  author = {Pilot, A.},
  title = {The Pilot's Song},
  booktitle = {Songs of the Sea},
  year = {1931},
  pages = {xii--xv, 183--90},
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.locators import entry_page_faults
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look at the ranges in `pages`."""
    for work in edition.bibliography.works.values():
        for fault in entry_page_faults(work, "inverted-range"):
            pages = work.fields["pages"]
            yield RULE.finding(
                pages.location,
                f"in the pages of “{work.key}”, “{pages.value[:60]}”, {fault.message}",
                "Compare the two numbers with the source; nothing is checked against them.",
            )


RULE = Rule(
    code="B109",
    name="inverted-entry-pages",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
