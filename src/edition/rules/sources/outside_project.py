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

from edition.model import FileState
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("S105", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        yield from (p for p in document.problems if p.rule == "outside-project")
        for inclusion in document.inclusions:
            if inclusion.state is FileState.OUTSIDE:
                yield Finding(
                    inclusion.location,
                    f"{{{inclusion.directive}}} reads “{inclusion.target}”, which lies outside of "
                    "the project",
                    "Copy the file into the project, and name it from this one’s folder.",
                )
