"""A file outside of the project that a source reads in, or that a symbolic link leads to.

Whoever checks the text out elsewhere does not have it, and a text from others could read any
file of the machine that builds it. So such files are not read. A path that begins with a slash
starts from the folder of the sources, as it does in Sphinx. A symbolic link that stays within
the project is followed.

Bad:

````md
```{include} ../../secrets.md
```
````

Good:

````md
```{literalinclude} text.md
```
````
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition, Standing
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.rule import Rule, reported

_links = reported("outside-project")


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Report the links that were not followed, and look at what the sources include."""
    yield from _links(edition)
    for document in edition.documents:
        for inclusion in document.inclusions:
            if inclusion.standing is Standing.OUTSIDE:
                yield RULE.finding(
                    inclusion.location,
                    f"{{{inclusion.directive}}} reads “{inclusion.target}”, which lies outside of "
                    "the project",
                    "Copy the file into the project, and name it from this one’s folder.",
                )


RULE = Rule(
    code="S105",
    name="outside-project",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
