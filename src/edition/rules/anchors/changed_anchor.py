"""A published text that was changed a little: information, no fault.

At least six tenths of its runs of three words are still there, so a reader who cites it finds
what was meant. The lock keeps the text that was first published: many small changes add up,
and are told when they have made another text. Case and punctuation do not count.

Bad:

```md
(p1)=
The harbour lay still, and the boats were drawn up on the beach.
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


@rule("A106", Severity.NOTE)
def check(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.CHANGED and change.anchor:
            yield Finding(
                change.anchor.location,
                f"the text of “{change.id}” has changed since it was locked; "
                f"{change.kept:.0%} of the published words are still there",
                "Nothing is to be done; `edition anchors lock` notes the new text.",
            )
