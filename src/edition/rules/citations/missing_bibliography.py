"""Citations in a book that prints no bibliography.

Where no `{bibliography}` stands in any document, every citation is printed as `()`, and leads
nowhere. Citations in footnotes (`{footcite}`) want a `{footbibliography}`.

Bad, where no other document has one:

```md
The tide is old {cite:p}`hart-letters{p. 19}`.
```

Good:

````md
The tide is old {cite:p}`hart-letters{p. 19}`.

```{bibliography}
```
````
"""

from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("C111", Severity.ERROR)
def check(edition: Edition) -> Findings:
    if edition.build is None or edition.build.prints_bibliography:
        return
    if "bibliography::" in edition.elsewhere:
        return
    printed = {name for document in edition.documents for name in document.bibliographies}
    missing = {"bibliography", "footbibliography"} - printed
    for citation in edition.citations:
        foot = citation.role.lower().startswith("footcite")
        name = "footbibliography" if foot else "bibliography"
        if name in missing:
            missing.remove(name)
            yield Finding(
                citation.location,
                f"no document has a {{{name}}}, so this and every such citation leads nowhere",
                f"Put a {{{name}}} into the document that lists the works.",
            )
