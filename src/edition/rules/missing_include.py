"""A file that a source reads in and that is not there.

The build stops at the directive, or leaves a hole in the text. A path is read from the folder
of the file that names it; one that begins with a slash, from the folder of the sources.

Bad:

````md
```{include} apendix.txt
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
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look at what the sources include."""
    for document in edition.documents:
        for inclusion in document.inclusions:
            if inclusion.standing is Standing.MISSING:
                yield RULE.finding(
                    inclusion.location,
                    f"{{{inclusion.directive}}} reads “{inclusion.target}”, and there is no such "
                    "file",
                    "Correct the path, or write the file.",
                )


RULE = Rule(
    code="S107",
    name="missing-include",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
