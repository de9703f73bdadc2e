"""A picture whose file is not there.

Every output would have a hole in its place. A path is read from the folder of the file that
names it; one that begins with a slash, from the folder of the sources. Pictures on other sites
are not looked for.

Bad:

```md
![The harbour at low water](harbor.png)
```

Good:

```md
![The harbour at low water](https://example.org/harbour.png)
```
"""

from edition.model import FileState
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("S108", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        for picture in document.pictures:
            if picture.state is FileState.MISSING:
                yield Finding(
                    picture.location,
                    f"there is no picture “{picture.target}”: every output would have a hole here",
                    "Correct the path, or put the file there.",
                )
