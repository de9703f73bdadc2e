"""An index explains what no passage names.

An index leads from a name to the passages. An entry without a passage is a name that the text has
lost, or one that no role marks there.

Bad:

````md
(p1)=
:::{passage}
The captain closed the harbour.
:::

:::{person} Rowe, Thomas
Master of the harbour.
:::
````

Good:

````md
(p1)=
:::{passage}
The {person}`captain <Rowe>` closed the harbour.
:::

:::{person} Rowe, Thomas
Master of the harbour.
:::
````
"""

from edition.indexes import index_of
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("I102", Severity.WARNING)
def check(edition: Edition) -> Findings:
    index = index_of(edition)
    known = set(index.by_name.values())
    for entry in edition.entries:
        if entry in known and entry.id not in index.passages:
            yield Finding(
                entry.location,
                f"no passage names “{entry.name}”",
                f"Mark it where it is named, {{{entry.kind}}}`… <{entry.key}>`, or take it out.",
            )
