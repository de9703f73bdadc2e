"""An anchor whose state is not in the lock yet: it is new, has moved, or was split.

All three are allowed. The lock has to know of them before the edition is published, so that
the next release keeps what this one promised: `edition anchors lock`.

Bad:

```md
(p1)=
The first passage.

(p2)=
A passage that was added.
```

```json
{"id": "p1", "kind": "passage", "status": "live", "file": "text.md"}
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

from edition.anchors import Change, Event, compare
from edition.model.diagnostic import Location
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("A109", Severity.NOTE)
def check(edition: Edition) -> Findings:
    if edition.lock is None:
        return
    for change in compare(edition):
        if said := _said(change):
            place = change.anchor.location if change.anchor else Location(edition.lock.path)
            if change.anchor is None and change.locked:
                place = Location(edition.lock.path, change.locked.line)
            yield Finding(place, f"“{change.id}” {said}", "`edition anchors lock` records it.")


def _said(change: Change) -> str:
    match change.event:
        case Event.ADDED:
            return "is new and not in the lock"
        case Event.MOVED:
            return f"has moved here from {change.locked.file if change.locked else ''}"
        case Event.SPLIT:
            return f"was split: a part of it is now {_named(change.others)}"
        case Event.MERGED:
            return f"was merged into {_named(change.others)}"
    return ""


def _named(idents: tuple[str, ...]) -> str:
    return ", ".join(f"“{ident}”" for ident in idents)
