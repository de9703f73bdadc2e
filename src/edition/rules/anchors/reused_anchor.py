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

from edition.anchors import Event, compare
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("A105", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.REUSED and change.anchor and change.locked:
            entry = change.locked
            fate = (
                f"is a second name of “{entry.id}”"
                if change.id in entry.aliases
                else f"was {entry.status}"
                + (f" into “{entry.successors[0]}”" if entry.successors else "")
            )
            yield Finding(
                change.anchor.location,
                f"the id “{change.id}” {fate} and stands here again",
                "Give this place an id that was never used; the old one may be cited.",
            )
