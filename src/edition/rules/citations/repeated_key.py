"""One key twice in one citation, so that all but its last locator vanish.

sphinxcontrib-bibtex keeps one locator for each key of a role: of
``{cite:p}`hart{p. 3}, hart{p. 5}` `` only p. 5 is printed. Put both places into one locator,
or cite twice.

Bad:

```md
{cite:p}`hart-letters{p. 3}, hart-letters{p. 5}`
```

Good:

```md
{cite:p}`hart-letters{pp. 3, 5}` or {cite:p}`hart-letters{p. 3}` {cite:p}`hart-letters{p. 5}`
```
"""

from edition.model import Citation
from edition.model.diagnostic import Edit, Location
from edition.rules.queries import roles
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("C102", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for role in roles(edition):
        last: dict[str, Citation] = {}
        for citation in role:
            if earlier := last.get(citation.key):
                yield Finding(
                    citation.location,
                    f"“{citation.key}” stands twice in one citation; {_loss(earlier, citation)}",
                    "Put both places into one locator, or write two citations.",
                    _parted(citation),
                )
            last[citation.key] = citation


def _parted(citation: Citation) -> tuple[Edit, ...]:
    """Two roles in place of one: of these edits the one that fits the typing is made."""
    if citation.prenote is not None:
        return ()
    place = citation.location
    return tuple(
        Edit(
            location=Location(place.path, place.line, place.column - len(comma)),
            old=f"{comma}{citation.key}",
            new=f"` {{{citation.role}}}`{citation.key}",
        )
        for comma in (",", ", ")
    )


def _loss(earlier: Citation, later: Citation) -> str:
    if not earlier.locator or earlier.locator == later.locator:
        return "it is printed once"
    printed = f"only “{later.locator}” is printed" if later.locator else "it is printed bare"
    return f"{printed}, and “{earlier.locator}” is lost"
