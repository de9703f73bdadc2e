"""A heading that skips a level, or a document that does not begin with a heading of the first.

The table of contents, the bookmarks and whoever listens to the page take the level for the place
in the whole; Sphinx warns. It is asked where there is a conf.py.

Bad, where a conf.py stands beside it:

```md
# The harbour

### The pilots
```

Good:

```md
# The harbour

## The pilots
```
"""

from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("S117", Severity.WARNING)
def check(edition: Edition) -> Findings:
    if edition.build is None or "myst.header" in edition.build.silenced:
        return
    for document in edition.documents:
        above = 0
        for title in document.titles:
            if title.level > above + 1:
                after = f"after one of level {above}" if above else "at the beginning"
                yield Finding(
                    title.location,
                    f"a heading of level {title.level} {after} skips a level",
                    f"Begin it with {'#' * (above + 1)}.",
                )
            above = title.level or above
