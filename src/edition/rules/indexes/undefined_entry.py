"""A passage names a person, a term or an event that no index explains.

The roles `{person}`, `{gloss}` and `{event}` lead to the entry that the directive of the same
name defines, by its key or by one of its names. Where there is none, the words stand in the text
without a link, and the name is in no index. The speaker of a `{quotation}` is named too; that is
asked only of an edition that explains persons at all.

Bad:

````md
(p1)=
:::{passage}
The harbour was closed by {person}`Captain Rowe`.
:::

:::{person} Hart, Mary
The harbour's chronicler.
:::

(p2)=
:::{passage}
{person}`Mary Hart` stayed.
:::
````

Good:

````md
(p1)=
:::{passage}
The harbour was closed by {person}`Captain Rowe`.
:::

:::{person} Rowe, Thomas
:also: Captain Rowe
Master of the harbour.
:::
````
"""

from difflib import get_close_matches

from edition.indexes import index_of
from edition.indexes.entries import folded, speakers
from edition.model import EntryKind
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("I101", Severity.WARNING)
def check(edition: Edition) -> Findings:
    index = index_of(edition)
    mentions = list(edition.mentions)
    if any(entry.kind is EntryKind.PERSON for entry in edition.entries):
        mentions += speakers(edition)
    for mention in mentions:
        if index.find(mention.kind, mention.target) is not None:
            continue
        known = [name for kind, name in index.by_name if kind is mention.kind]
        close = get_close_matches(folded(mention.target), known, n=1)
        hint = f"Did you mean “{close[0]}”? " if close else ""
        yield Finding(
            mention.location,
            f"no {{{mention.kind}}} entry has the name or key “{mention.target}”",
            f"{hint}Define it with the directive {{{mention.kind}}}, or add the name to :also:.",
        )
