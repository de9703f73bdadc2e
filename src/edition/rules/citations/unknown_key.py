"""A citation of a work that the bibliography does not hold.

The build would print an empty citation, or none.

Bad:

```md
{cite:p}`hart-leters{p. 12}`
```

Good:

```md
{cite:p}`hart-letters{p. 12}`
```
"""

from difflib import get_close_matches

from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("C101", Severity.ERROR)
def check(edition: Edition) -> Findings:
    works = edition.bibliography.works
    for citation in edition.citations:
        if citation.key in works:
            continue
        close = get_close_matches(citation.key, works, n=1, cutoff=0.7)
        searched = ", ".join(edition.bibliography.paths) or "the bibliography"
        yield Finding(
            citation.location,
            f"no work in {searched} has the key “{citation.key}”",
            f"Did you mean “{close[0]}”?" if close else "Add the work, or correct the key.",
        )
