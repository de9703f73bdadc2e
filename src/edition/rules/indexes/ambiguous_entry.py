"""Two entries of an index go by one name or key.

A role that uses the name leads to the first of them, and the other misses its passages.

Bad:

````md
(p1)=
:::{passage}
{person}`Rowe` closed the harbour, and {person}`Ann Rowe` opened it.
:::

:::{person} Rowe, Thomas
Master of the harbour.
:::

:::{person} Rowe, Ann
Its first pilot.
:::
````

Good:

````md
(p1)=
:::{passage}
{person}`Thomas Rowe` closed the harbour, and {person}`Annie` opened it.
:::

:::{person} Thomas Rowe
Master of the harbour.
:::

:::{person} Ann Rowe
:also: Annie
Its first pilot.
:::
````
"""

from edition.indexes import names_of
from edition.indexes.entries import folded
from edition.model import Entry, EntryKind
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("I103", Severity.WARNING)
def check(edition: Edition) -> Findings:
    first: dict[tuple[EntryKind, str], Entry] = {}
    for entry in edition.entries:
        for name in (entry.key, *names_of(entry)):
            other = first.setdefault((entry.kind, folded(name)), entry)
            if other is not entry:
                yield Finding(
                    entry.location,
                    f"“{entry.name}” and “{other.name}” ({other.location}) both go by “{name}”",
                    "Tell them apart by :key: and by fuller names.",
                )
                break
