"""A directive that nothing registers: the build warns, and what it holds is lost.

The names are those of docutils, Sphinx, MyST, sphinxcontrib-bibtex and of this package. Where
conf.py loads other extensions, only a name that looks like a misspelt one is told.

Bad:

````md
:::{pasage}
The tide went out.
:::
````

Good:

````md
:::{passage}
The tide went out.
:::
````
"""

from edition.rules.queries import unregistered
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("S112", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for use in unregistered(edition, directive=True):
        yield Finding(
            use.location,
            f"there is no directive “{use.name}”: what it holds is lost",
            f"Did you mean {{{use.suggestion}}}?"
            if use.suggestion
            else "Correct its name, or load the extension that has it in conf.py.",
        )
