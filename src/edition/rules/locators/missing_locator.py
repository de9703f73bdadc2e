"""A quotation whose citation says which work, but not where in it.

A reader who wants to see the words in their place needs the page, or whatever the work counts
by: a chapter, a section, a headword. A work that is merely named in the text needs none, nor
does a further one beside the source: `{cf.}hart-harbour`.

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

from bisect import bisect_right
from collections.abc import Iterator

from edition.model import Citation
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

# No {quotation} has more lines of options than this.
_MOST_OPTIONS = 12


@rule("L101", Severity.WARNING)
def check(edition: Edition) -> Findings:
    seen = set(_with_faulty_options(edition))
    for quotation in edition.quotations:
        located = {c.group for c in quotation.citations if c.locator is not None}
        for citation in quotation.citations:
            if citation.locator is not None or citation in seen:
                continue
            # Beside a reference that can be looked up, “cf. Aves” and “see Aves” need none.
            if located and (citation.prenote or citation.group not in located):
                continue
            seen.add(citation)
            yield Finding(
                citation.location,
                f"the quotation’s citation of “{citation.key}” has no locator, "
                "so nobody can look its words up",
                f"Add the page: {_example(citation)}.",
            )


def _with_faulty_options(edition: Edition) -> Iterator[Citation]:
    """Yield the works of `{quotation}` directives whose page may be lost in a misspelt option."""
    for document in edition.documents:
        faults = [p.location for p in document.problems if p.rule == "unknown-directive-option"]
        named = [c for c in document.citations if c.role == "quotation"] if faults else []
        lines = [c.location.line for c in named]
        for place in faults:
            before = bisect_right(lines, place.line)
            if before and place.line - lines[before - 1] <= _MOST_OPTIONS:
                yield named[before - 1]


def _example(citation: Citation) -> str:
    if citation.role == "quotation":
        return "`:page: 19`"
    if citation.role.startswith("footcite"):
        return f"in an ordinary footnote that holds {{cite:t}}`{citation.key}{{p. 19}}`"
    return f"`{citation.key}{{p. 19}}`"
