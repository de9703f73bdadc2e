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

from edition.rules.queries import entry_page_faults
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B109", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        for fault in entry_page_faults(work, "inverted-range"):
            pages = work.fields["pages"]
            yield Finding(
                pages.location,
                f"in the pages of “{work.key}”, “{pages.value[:60]}”, {fault.message}",
                "Compare the two numbers with the source; nothing is checked against them.",
            )
