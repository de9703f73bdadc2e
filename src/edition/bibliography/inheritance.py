"""Inheritance: the fields that a volume lends to its parts by `crossref`.

BibTeX lends every field that the child lacks, under its own name; biblatex knows which
fields belong to the parent alone, and that the title of a volume is the `booktitle` of
its parts (biblatex manual, appendix B, "Default Inheritance Setup"). We follow biblatex,
and lend the fields on the volume as a whole:

=============================  =======================  =================================
field of the parent            field of the child       where
=============================  =======================  =================================
title, subtitle, titleaddon    booktitle, booksub…      child is a part (@incollection …)
title, subtitle, titleaddon    maintitle, mainsub…      child is a volume of an @mvbook …
title, subtitle                journaltitle, …          parent is a @periodical
title, subtitle, titleaddon    the same                 other pairs, if child has no title
author                         author and bookauthor    child is a part
author                         author                   other pairs
those in `LENT`                the same                 always
=============================  =======================  =================================

A child keeps what it has. What is the parent's alone is never lent: `crossref`, `key`,
`pages`, `shorttitle`, `note`, `annotation`, `abstract`, `keywords`, `pagesource`, `doi`,
`url`, `isbn` and their kin. A parent lends what it has inherited in its turn. A parent may
stand anywhere, even in another file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from edition.bibliography.datamodel import PARTS, PERIODICAL_PARTS
from edition.model import Field, Work
from edition.model.diagnostic import Finding

# The list is closed on purpose: a parent with 100,000 fields and as many children would
# otherwise take their product in memory.
LENT = frozenset(
    """
    editor editortype editora editoratype editorb editorbtype editorc editorctype
    translator annotator commentator introduction foreword afterword
    booktitle booksubtitle booktitleaddon bookauthor maintitle mainsubtitle maintitleaddon
    publisher address location organization institution school howpublished
    year date month day origdate origlanguage origlocation origpublisher origtitle
    edition printing version volume volumes part series number pagetotal
    journal journaltitle journalsubtitle issue issuetitle issuesubtitle
    language langid pagination bookpagination eventdate eventtitle eventtitleaddon venue
    """.split()
)

VOLUMES = frozenset({"book", "collection", "proceedings", "reference"})
TITLES = ("title", "subtitle", "titleaddon")

# One fact under two names: a child that has one of them takes none of the others.
_ALTERNATIVES = (
    frozenset({"date", "year", "month", "day"}),
    frozenset({"address", "location"}),
    frozenset({"journal", "journaltitle", "journalsubtitle"}),
)


def inherit(works: Mapping[str, Work]) -> tuple[dict[str, Work], list[Finding]]:
    """Return the same works with what their parents lend them, and each faulty crossref.

    A crossref to nothing, or one that leads back to its own entry, lends nothing.
    """
    problems: list[Finding] = []
    parents = _parents(works, problems)
    lent: dict[str, dict[str, Field]] = {}
    lendable: dict[str, dict[str, Field]] = {}
    for key in works:
        # Walk up to a work whose share is known, then back down: no recursion, and every
        # work is visited once however long the chain.
        chain: dict[str, None] = {}
        above: str | None = key
        while above is not None and above not in lent and above not in chain:
            chain[above] = None
            above = parents.get(above)
        line = list(chain)
        if above in chain:
            cycle = line[line.index(above) :]
            problems.append(_cycle(works, cycle))
            lent.update((member, {}) for member in cycle)
        for child in reversed(line):
            if child in lent:
                continue
            parent = parents.get(child)
            if parent is None:
                lent[child] = {}
                continue
            if parent not in lendable:
                held = {**lent[parent], **works[parent].inherited, **works[parent].fields}
                lendable[parent] = {
                    n: f for n, f in held.items() if n in LENT or n in TITLES or n == "author"
                }
            lent[child] = dict(_lend(works[parent], lendable[parent], works[child]))
    return {
        key: replace(work, inherited={**lent[key], **work.inherited}) if lent[key] else work
        for key, work in works.items()
    }, problems


def _parents(works: Mapping[str, Work], problems: list[Finding]) -> dict[str, str]:
    """Return the parent's key, as its entry has it, of every work that has a parent."""
    keys = {alias.lower(): key for key, work in works.items() for alias in keys_in(work, "ids")}
    keys |= {key.lower(): key for key in works}
    parents: dict[str, str] = {}
    for key, work in works.items():
        named = _names_parent(work)
        if named is None:
            continue
        parent = keys.get(named.value.lower())
        if parent is not None:
            parents[key] = parent
        if parent is not None or named.name == "xref":
            continue
        called = f"names '{named.value}', which no entry has as its key" * bool(named.value)
        problems.append(
            Finding(
                named.location,
                f"the crossref of '{key}' {called or 'is empty'}; '{key}' inherits nothing",
                "Correct the key, or add the entry of the volume.",
                rule="missing-crossref",
            )
        )
    return parents


def _names_parent(work: Work) -> Field | None:
    """Return the field that names a parent: `crossref`; of a part that has no book, `xref` too.

    In biblatex `xref` lends nothing, but such a part would say nowhere what it is in.
    """
    lone = work.type in PARTS and not work.get("booktitle")
    return work.fields.get("crossref") or (work.fields.get("xref") if lone else None)


def _lend(parent: Work, fields: Mapping[str, Field], child: Work) -> Iterator[tuple[str, Field]]:
    held = {*child.fields, *child.inherited}
    for group in _ALTERNATIVES:
        if not held.isdisjoint(group):
            held |= group
    for name, field in fields.items():
        if name in LENT:
            if name not in held:
                yield name, field
            continue
        for target in _targets(name, parent, child):
            # A `booktitle` that the parent gives outweighs its `title`.
            if target not in held and not (target in LENT and target in fields):
                yield target, field if target == name else replace(field, name=target)


def _targets(name: str, parent: Work, child: Work) -> tuple[str, ...]:
    """Return the child's names for a parent's title or author; none for any other field."""
    if name == "author":
        return ("author", "bookauthor") if child.type in PARTS else ("author",)
    if name not in TITLES:
        return ()
    if child.type in PARTS:
        return ("book" + name,)
    if child.type in PERIODICAL_PARTS and parent.type == "periodical":
        return ("journal" + name,) if name != "titleaddon" else ()
    if child.type in VOLUMES and parent.type.startswith("mv"):
        return ("main" + name,)
    return () if child.get("title") else (name,)


def _cycle(works: Mapping[str, Work], cycle: list[str]) -> Finding:
    first = min(cycle, key=lambda key: works[key].location)
    start = cycle.index(first)
    path = [*cycle[start:], *cycle[:start]]
    if len(path) == 1:
        message = f"'{first}' is its own crossref; it inherits nothing"
    else:
        shown = [*path[:5], "…"] if len(path) > 6 else path
        message = (
            "the crossrefs run in a circle: "
            + " → ".join([*shown, first])
            + "; none of these entries inherits anything"
        )
    place = (_names_parent(works[first]) or works[first]).location
    hint = "A crossref goes from the part to the volume, never back."
    return Finding(place, message, hint, rule="missing-crossref")


def keys_in(work: Work, field_name: str) -> list[str]:
    """Return the keys that a field of an entry's own lists."""
    field = work.fields.get(field_name)
    return [name for part in field.value.split(",") if (name := part.strip())] if field else []
