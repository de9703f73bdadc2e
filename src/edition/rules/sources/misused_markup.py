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

from edition.rules.rule import Edition, Findings, Severity, rule


@rule("S116", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for document in edition.documents if edition.build else ():
        yield from document.refused
