"""A hyphen in the pages of an entry, where a range has a dash.

BibTeX’s dash is `--`; the en dash itself (`–`) is as good. A single hyphen is printed as one.
A hyphen that is part of one page’s number (`A-12`) joins no range.

Bad:

```bib
@incollection{pilot-song,
  author = {Pilot, A.},
  title = {The Pilot's Song},
  booktitle = {Songs of the Sea},
  year = {1931},
  pages = {12-15},
}
```

Good:

```bib
@incollection{pilot-song,
  author = {Pilot, A.},
  title = {The Pilot's Song},
  booktitle = {Songs of the Sea},
  year = {1931},
  pages = {12--15, 18–20},
}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.checks.locators import entry_page_faults
from edition.checks.rule import Rule
from edition.diagnostic import Diagnostic, Severity
from edition.model import Edition


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look at the dashes in `pages`."""
    for work in edition.bibliography.works.values():
        fault = next(entry_page_faults(work, "hyphen-in-range"), None)
        if fault is not None:
            pages = work.fields["pages"]
            yield RULE.finding(
                pages.location,
                f"in the pages of “{work.key}”, “{pages.value[:60]}”, stands {fault.message}",
                "Write “--” between the numbers.",
            )


RULE = Rule(
    code="B111",
    name="hyphen-in-entry-pages",
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
