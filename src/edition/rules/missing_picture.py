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

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition, Standing
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look at the pictures of every source."""
    for document in edition.documents:
        for picture in document.pictures:
            if picture.standing is Standing.MISSING:
                yield RULE.finding(
                    picture.location,
                    f"there is no picture “{picture.target}”: every output would have a hole here",
                    "Correct the path, or put the file there.",
                )


RULE = Rule(
    code="S108",
    name="missing-picture",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
