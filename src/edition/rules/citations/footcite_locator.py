"""A locator or words before the key in `{footcite}`, which takes bare keys only.

The whole citation vanishes: the build takes `hart{p. 3}` for a key and finds no such work.
Write an ordinary footnote that holds the citation.

Bad:

```md
The pilots were paid by the tide {footcite}`hart-letters{p. 12}`.
```

Good:

```md
The pilots were paid by the tide.[^pay]

[^pay]: {cite:t}`hart-letters{p. 12}`.
```
"""

from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("C104", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for citation in edition.citations:
        if not citation.role.startswith("footcite"):
            continue
        if typed := citation.locator or citation.prenote:
            what = "the locator" if citation.locator else "the words"
            yield Finding(
                citation.location,
                f"{{{citation.role}}} takes no more than keys: with {what} “{typed}” "
                f"the citation of “{citation.key}” would vanish",
                "Write a footnote, [^a1], that holds the citation: "
                f"{{cite:t}}`{citation.key}{{{citation.locator or 'p. 19'}}}`.",
            )
