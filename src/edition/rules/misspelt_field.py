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

from __future__ import annotations

from collections.abc import Iterator

from edition.bibliography.datamodel import misspelling
from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look every field's name up."""
    for work in edition.bibliography.works.values():
        for name, field in work.fields.items():
            if meant := misspelling(name):
                yield RULE.finding(
                    field.location,
                    f"“{name}” in “{work.key}” is no known field, so it is not printed",
                    f"Did you mean “{meant}”?",
                )


RULE = Rule(
    code="B107",
    name="misspelt-field",
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
