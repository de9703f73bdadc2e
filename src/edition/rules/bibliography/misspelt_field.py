"""A field whose name is one slip away from a name that is known.

BibTeX passes over a field that it does not know, without a word: the place of publication in
`adress` is simply not printed. The known fields are BibTeX’s, biblatex’s, and those that
reference managers write. A name that resembles none of them is somebody’s own and is let
alone. In a name of up to five letters one wrong, missing, extra or swapped letter is a slip,
in a longer one two.

Bad:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  adress = {Whitby},
  year = {1931},
}
```

Good:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  address = {Whitby},
  year = {1931},
  harbourmaster = {a field of my own},
}
```
"""

from edition.bibliography.datamodel import misspelling
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B107", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        for name, field in work.fields.items():
            if meant := misspelling(name):
                yield Finding(
                    field.location,
                    f"“{name}” in “{work.key}” is no known field, so it is not printed",
                    f"Did you mean “{meant}”?",
                )
