"""A published anchor that no longer stands in the text.

Whoever cites it would find nothing. An anchor is given up by decision only: it is *merged*
into another, which then answers to both ids, or *retired*, which leaves a note in its place.

Bad:

```md
(p1)=
The first passage.
```

```json
{"id": "p1", "kind": "passage", "status": "live", "file": "text.md"}
{"id": "p2", "kind": "passage", "status": "live", "file": "text.md"}
```

Good:

```md
(p1)=
The first passage.
```

```json
{"id": "p1", "kind": "passage", "status": "live", "file": "text.md"}
{"id": "p2", "kind": "passage", "status": "retired", "file": "text.md", "reason": "A doublet."}
```
"""

from edition.anchors import Change, Event, compare
from edition.model.diagnostic import Location
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("A103", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.LOST and change.locked and edition.lock:
            yield Finding(
                Location(edition.lock.path, change.locked.line),
                f"the anchor “{change.id}”, published {_where(change)}, is gone from the text",
                _hint(change, edition.lock.anchors.keys()),
            )


def _where(change: Change) -> str:
    entry = change.locked
    since = f"since release {entry.since} " if entry and entry.since else ""
    return f"{since}in {entry.file if entry else ''}"


def _hint(change: Change, published: object) -> str:
    ident = change.id
    if not change.others:
        return (
            f"Put ({ident})= back before its block; or let it go: "
            f'edition anchors retire {ident} --reason "…", or merge {ident} OTHER.'
        )
    other = change.others[0]
    if isinstance(published, type({}.keys())) and other in published:
        return (
            f"Its words now stand in “{other}”: `edition anchors lock` records the merge, and "
            f"“{ident}” lives on as a second name of it."
        )
    return f"Its words now stand under the new id “{other}”: call that ({ident})= again."
