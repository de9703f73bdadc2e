"""A line of anchors.lock that cannot be read.

The lock is the memory of what was published. Its lines are written by `edition anchors`
alone; one that was changed by hand, or left by a merge of two branches, is no memory at all,
and its anchor would be held to nothing.

Bad:

```json
{"id": "p1", "kind": "passage", "status": "lively", "file": "text.md"}
```

Good:

```md
(p1)=
The first passage.
```

```json
{"id": "p1", "kind": "passage", "status": "live", "file": "text.md"}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Pass on what the reader of the lock has met."""
    yield from edition.lock.problems if edition.lock else ()


RULE = Rule(
    code="A110",
    name="malformed-lock",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
