"""The id of an anchor that was given up, given to another place.

Whoever cites the old one would be sent to the new one and not know it. An id that was merged
or retired is never used again; there are enough numbers.

Bad:

```md
(p1)=
A passage that was written later.
```

```json
{"id": "p1", "kind": "passage", "status": "retired", "file": "text.md", "reason": "A doublet."}
```

Good:

```md
(p2)=
A passage that was written later.
```

```json
{"id": "p1", "kind": "passage", "status": "retired", "file": "text.md", "reason": "A doublet."}
{"id": "p2", "kind": "passage", "status": "live", "file": "text.md"}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.anchors import Event, compare
from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look for ids in the text that the lock knows as given up."""
    for change in compare(edition):
        if change.event is Event.REUSED and change.anchor and change.locked:
            entry = change.locked
            fate = (
                f"is a second name of “{entry.id}”"
                if change.id in entry.aliases
                else f"was {entry.status}"
                + (f" into “{entry.successors[0]}”" if entry.successors else "")
            )
            yield RULE.finding(
                change.anchor.location,
                f"the id “{change.id}” {fate} and stands here again",
                "Give this place an id that was never used; the old one may be cited.",
            )


RULE = Rule(
    code="A105",
    name="reused-anchor",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
