"""A link by number to a figure, in a build that gives figures no numbers.

``{numref}`fig` `` prints the number of a figure, table or listing. Without `numfig = True` in
conf.py Sphinx has none, warns, and leaves the link out.

Bad, where conf.py does not set it:

````md
See {numref}`tab-a`.
````

Good:

````md
See {ref}`the table <tab-a>`.

(tab-a)=
| Pilots |
|--------|
| eleven |
````
"""

from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("S114", Severity.WARNING)
def check(edition: Edition) -> Findings:
    if edition.build is None or edition.build.numfig:
        return
    for document in edition.documents:
        for reference in document.references:
            if reference.role == "numref":
                yield Finding(
                    reference.location,
                    f"nothing is numbered, so the link to “{reference.target}” has no number",
                    "Set `numfig = True` in conf.py, or write {ref}.",
                )
