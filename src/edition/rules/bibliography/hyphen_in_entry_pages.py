"""A hyphen in the pages of an entry, where a range has a dash.

BibTeX’s dash is `--`; the en dash itself (`–`) is as good. Our bibliography prints a dash for a
hyphen between two numbers, other programs do not.
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

from edition.locator import Fault
from edition.model import Field
from edition.model.diagnostic import Edit
from edition.rules.queries import entry_page_faults
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B111", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        faults = list(entry_page_faults(work, "hyphen-in-range"))
        if faults:
            pages = work.fields["pages"]
            yield Finding(
                pages.location,
                f"in the pages of “{work.key}”, “{pages.value[:60]}”, stands {faults[0].message}",
                "Write “--” between the numbers.",
                _edits(pages, faults),
            )


def _edits(pages: Field, faults: list[Fault]) -> tuple[Edit, ...]:
    """Return one edit of the whole value; it is not made where macros or line ends were typed."""
    right = pages.value
    for fix in sorted((f.fix for f in faults if f.fix), key=lambda fix: -fix.start):
        right = right[: fix.start] + fix.text + right[fix.end :]
    return (Edit(location=pages.value_location, old=pages.value, new=right),)
