"""A published text that was changed so much that a citation may no longer fit it.

Between two and six tenths of its runs of three words are still there. Look whether whoever
cites the id still finds what was meant; if so, `edition anchors accept ID --reason "…"` says
so for good.

Bad:

```md
(p1)=
The harbour lay still, and nobody who came down that night could say where they were.
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


@rule("A107", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.DRIFTED and change.anchor:
            yield Finding(
                change.anchor.location,
                f"only {change.kept:.0%} of the words published as “{change.id}” are still there",
                "If a citation of it still fits: "
                f'edition anchors accept {change.id} --reason "…"; else give the text a new id.',
            )
