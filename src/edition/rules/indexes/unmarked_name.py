"""A passage names a person of the index, and nothing marks the name.

The index lists the passages in which a role names the person; a name in plain words is not seen
there. Only names with a capital are looked for, as whole words, in the prose of passages and
their notes; a person who is marked once in a passage, or who speaks in it, is in the index with it.

Bad:

````md
(p1)=
:::{passage}
{person}`Rowe` closed the harbour.
:::

(p2)=
:::{passage}
In spring Rowe opened it again.
:::

:::{person} Rowe, Thomas
Master of the harbour.
:::
````

Good:

````md
(p1)=
:::{passage}
{person}`Rowe` closed the harbour, and in spring Rowe opened it again.
:::

:::{person} Rowe, Thomas
Master of the harbour.
:::
````
"""

import re
from collections.abc import Iterator

from edition.indexes import Index, index_of, names_of
from edition.model import Entry, EntryKind, Prose
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


@rule("I105", Severity.NOTE)
def check(edition: Edition) -> Findings:
    index = index_of(edition)
    wanted: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for entry in edition.entries:
        if entry.kind is EntryKind.PERSON:
            for name in names_of(entry):
                words = tuple(_WORD.findall(name))
                if words and words[0][0].isupper() and "," not in name:
                    wanted.setdefault(words[0], []).append((words, entry))
    told: set[tuple[str, str]] = set()
    for document in edition.documents:
        for prose in document.prose:
            for entry, at in _named(prose, wanted):
                passage = str(prose.passage)
                if _lists(index, entry, passage) or (entry.id, passage) in told:
                    continue
                told.add((entry.id, passage))
                yield Finding(
                    prose.location(at),
                    f"{passage} names “{entry.name}”, and nothing marks the name",
                    f"Mark it once in the passage: {{person}}`… <{entry.key}>`.",
                )


def _lists(index: Index, entry: Entry, passage: str) -> bool:
    return passage in index.passages.get(entry.id, ())


def _named(
    prose: Prose, wanted: dict[str, list[tuple[tuple[str, ...], Entry]]]
) -> Iterator[tuple[Entry, int]]:
    if prose.passage is None or prose.quoted:
        return
    found = list(_WORD.finditer(prose.text))
    words = [match[0].removesuffix("'s") for match in found]
    for number, word in enumerate(words):
        longest: tuple[str, ...] = ()
        meant = None
        for name, entry in wanted.get(word, ()):
            fits = tuple(words[number : number + len(name)]) == name
            if fits and len(name) > len(longest):
                longest, meant = name, entry
        if meant is not None:
            yield meant, found[number].start()
