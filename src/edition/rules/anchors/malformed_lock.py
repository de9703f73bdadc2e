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

from edition.rules.rule import Edition, Findings, Severity, rule


@rule("A110", Severity.ERROR)
def check(edition: Edition) -> Findings:
    yield from edition.lock.problems if edition.lock else ()
