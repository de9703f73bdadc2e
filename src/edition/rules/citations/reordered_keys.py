"""Keys of one citation that are printed in another order than typed.

Whatever the order in which the keys of a role are typed, sphinxcontrib-bibtex prints them in
that of the bibliography, which is that of the entries in the BibTeX files. The words before a
key move with it: “see A; but cf. B” becomes “but cf. B; see A”. Type the keys in that order, or
give each a citation of its own; `{cite:alp}` has no parentheses.

Bad:

```md
She wrote of it at length {cite:p}`{see}hart-harbour{p. 112}, {but cf.}hart-letters{p. 12}`.
```

Good:

```md
She wrote of it at length {cite:p}`{see}hart-letters{p. 12}, {and}hart-harbour{p. 112}`.

And again ({cite:alp}`{see}hart-harbour{p. 112}`; {cite:alp}`{but cf.}hart-letters{p. 12}`).
```
"""

from edition.rules.queries import roles
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("C103", Severity.WARNING)
def check(edition: Edition) -> Findings:
    rank = {key: number for number, key in enumerate(edition.bibliography.works)}
    for role in roles(edition):
        typed = list(dict.fromkeys(c.key for c in role if c.key in rank))
        printed = sorted(typed, key=rank.__getitem__)
        if printed != typed and role[0].role != "cite:empty":  # which prints nothing
            yield Finding(
                role[0].location,
                f"“{', '.join(typed)}” would be printed in the order of the bibliography, "
                f"“{', '.join(printed)}”",
                "Type the keys in that order, or give each a citation of its own.",
            )
