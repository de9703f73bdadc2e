"""Another text under a published id.

Less than two tenths of the published text's runs of three words are still there: a citation of
the id now names what its author never saw. The usual cause is that ids were numbered anew
after an insertion. Ids are names, not numbers; an inserted passage gets one of its own.

Bad:

```md
(p1)=
A lamp was lit at the far end of the quay when the pilot came home.
```

```json
{"id": "p1", "kind": "passage", "status": "live", "file": "text.md", "digest": "0d2020e9e7b5286a", "sketch": "Ck1VH3PzWel+bnncn9O1sxr2uXuIxxN8zPY37pQz8Ld2"}
```

Good:

```md
(p1)=
The harbour lay still; and the *boats* were drawn up on the sand.
```

```json
{"id": "p1", "kind": "passage", "status": "live", "file": "text.md", "digest": "0d2020e9e7b5286a", "sketch": "Ck1VH3PzWel+bnncn9O1sxr2uXuIxxN8zPY37pQz8Ld2"}
```
"""

from edition.anchors import Event, compare
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("A108", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.REPLACED and change.anchor:
            where = f"; they stand under “{change.others[0]}” now" if change.others else ""
            yield Finding(
                change.anchor.location,
                f"“{change.id}” stands before another text: {change.kept:.0%} of the words "
                f"published under it are here{where}",
                "Give the published words their id back and this text a new one; if it is the "
                f'same passage rewritten: edition anchors accept {change.id} --reason "…".',
            )
