"""A role that nothing registers: the build warns, and its words are lost.

The names are those of docutils, Sphinx, MyST, sphinxcontrib-bibtex and of this package. Where
conf.py loads other extensions, only a name that looks like a misspelt one is told.

Bad:

```md
The pilots {cit:p}`hart-letters{p. 19}` went home.
```

Good:

```md
The pilots {cite:p}`hart-letters{p. 19}` went home.
```
"""

from edition.rules.queries import unregistered
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("S113", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for use in unregistered(edition, directive=False):
        yield Finding(
            use.location,
            f"there is no role “{use.name}”: its words are lost",
            f"Did you mean {{{use.suggestion}}}?"
            if use.suggestion
            else "Correct its name, or load the extension that has it in conf.py.",
        )
