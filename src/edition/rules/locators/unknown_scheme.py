"""A scheme of references that does not exist, in the `locators` of an entry.

The entry says how its work is cited where not by its pages. A name that is none declares nothing.

Bad:

```bib
@book{ethics,
  author = {Aristotle},
  title = {Ethics},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1894},
  locators = {beker},
}
```

```md
{cite:t}`ethics`
```

Good:

```bib
@book{ethics,
  author = {Aristotle},
  title = {Ethics},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1894},
  locators = {bekker, book-chapter-section},
}
```

```md
{cite:t}`ethics`
```
"""

from difflib import get_close_matches

from edition.locator import SCHEME_NAMES, scheme_names
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L112", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        field = work.fields.get("locators")
        for name in scheme_names(field.value) if field else ():
            if field is None or name in SCHEME_NAMES:
                continue
            close = get_close_matches(name, SCHEME_NAMES, n=1)
            yield Finding(
                field.value_location,
                f"“{name}” in “{work.key}” is no scheme of references",
                f"Did you mean “{close[0]}”?"
                if close
                else "`edition rules L111` lists the schemes.",
            )
