"""A directive or a role that the build refuses, or an option whose value it drops.

An admonition without a text, an `{image}` without a file, a `{figure}` of the width `broad`, rows
of a `{list-table}` that have different numbers of cells, code in a language that nobody knows, an
`{rfc}` without a number: Sphinx warns, and leaves out what it could not read. It is asked where
there is a conf.py.

Bad, where a conf.py stands beside it:

````md
```{list-table}
* - Pilot
  - Ship
* - Rowe
```
````

Good:

````md
```{list-table}
* - Pilot
  - Ship
* - Rowe
  - Swift
```
````
"""

from edition.rules.queries import KNOWN_EXTENSIONS
from edition.rules.rule import Edition, Findings, Severity, rule


@rule("S116", Severity.ERROR)
def check(edition: Edition) -> Findings:
    if edition.build is None:
        return
    complete = KNOWN_EXTENSIONS.issuperset(edition.build.extensions)
    for document in edition.documents:
        # What a finding's `rule` names an extension may allow: a language to colour code by.
        yield from (fault for fault in document.refused if complete or not fault.rule)
