"""An id that the outputs would rename.

docutils silently turns `(12)=`, `(глава)=` and `(c1.p12)=` into `id1`, `id2` and `c1-p12`, so
that a cited address breaks. An id is small letters, digits and hyphens and begins with a
letter: `[a-z][a-z0-9-]*`. It neither ends in a hyphen nor has two in a row.

Bad:

```md
(12)=
A passage whose address would be `id1`.
```

Good:

```md
(p12)=
A passage.
```
"""

import re

from edition.rules.rule import Edition, Finding, Findings, Severity, rule

# docutils folds runs of hyphens into one and drops them at the end.
_STABLE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


@rule("A102", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for anchor in edition.anchors:
        if not _STABLE.fullmatch(anchor.id):
            yield Finding(
                anchor.location,
                f"the anchor “{anchor.id}” would be renamed in the outputs",
                "Use small letters, digits and single hyphens, with a letter first: p12.",
            )
