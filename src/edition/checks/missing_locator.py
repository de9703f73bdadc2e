"""A quotation whose citation says which work, but not where in it.

A reader who wants to see the words in their place needs the page, or whatever the work counts
by: a chapter, a section, a headword. A work that is merely named in the text needs none.

Bad:

```md
> The tide went out and never came back.
>
> {cite:p}`hart-letters`
```

Good:

```md
> The tide went out and never came back.
>
> {cite:p}`hart-letters{p. 19}`

Her letters {cite:p}`hart-letters` were printed late.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.checks.rule import Rule
from edition.diagnostic import Diagnostic, Severity
from edition.model import Citation, Edition


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look at the citations that are bound to quotations."""
    seen: set[Citation] = set()
    for quotation in edition.quotations:
        for citation in quotation.citations:
            if citation.locator is None and citation not in seen:
                seen.add(citation)
                yield RULE.finding(
                    citation.location,
                    f"the quotation’s citation of “{citation.key}” has no locator, "
                    "so nobody can look its words up",
                    "Add the page: `:page: 19`."
                    if citation.role == "quotation"
                    else f"Add the page: `{citation.key}{{p. 19}}`.",
                )


RULE = Rule(
    code="L101",
    name="missing-locator",
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
