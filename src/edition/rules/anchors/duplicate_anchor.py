"""One id given to two places of the edition.

References would lead to the last of them without a warning, and a reader who cites the first
would be sent astray. Ids are unique in the whole edition, across its files. A
directive with a `:name:` has its anchor; the same target before it is one too many.

Bad:

```md
(p1)=
The first passage.

(p1)=
The second passage.
```

Good:

```md
(p1)=
The first passage.

(p2)=
The second passage.
```
"""

from edition.model import Anchor
from edition.rules.rule import Edition, Finding, Findings, Severity, kept_by_readers, rule


@rule("A101", Severity.ERROR)
def check(edition: Edition) -> Findings:
    yield from kept_by_readers(edition, "duplicate-anchor")
    first: dict[str, Anchor] = {}
    for anchor in edition.anchors:
        known = first.setdefault(anchor.id, anchor)
        if known is not anchor:
            yield Finding(
                anchor.location,
                f"the anchor “{anchor.id}” already stands at {known.location}",
                "Give this place an id of its own; keep the older one, which may be cited.",
            )
