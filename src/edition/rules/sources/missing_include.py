"""A file that a source reads in and that is not there.

The build stops at the directive, or leaves a hole in the text. A path is read from the folder
of the file that names it; one that begins with a slash, from the folder of the sources.
A file that includes itself, or one that includes it, stops the build too.

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

from edition.model import FileState
from edition.rules.rule import Edition, Finding, Findings, Severity, kept_by_readers, rule


@rule("S107", Severity.ERROR)
def check(edition: Edition) -> Findings:
    yield from kept_by_readers(edition, "missing-include")
    for document in edition.documents:
        for inclusion in document.inclusions:
            if inclusion.state is FileState.MISSING:
                yield Finding(
                    inclusion.location,
                    f"{{{inclusion.directive}}} reads “{inclusion.target}”, and there is no such "
                    "file",
                    "Correct the path, or write the file.",
                )
