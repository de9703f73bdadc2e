"""biblatex's `xdata`: fields that several entries take from an entry that is no work itself.

A work has every field of the entries that its `xdata` names, after its own and in their order;
an @xdata may name others in its turn (biblatex manual, section 3.13.6). Unlike a `crossref`
parent, an @xdata lends its fields under their own names, `key` and `xdata` left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from edition.bibliography.datamodel import FIELDS
from edition.bibliography.inheritance import crossref_problem
from edition.model import Field, Work
from edition.model.diagnostic import Finding

# The list is closed on purpose: any number of fields for any number of works is too many.
_LENT = FIELDS - {"xdata", "ids", "crossref", "key"}


def resolve_xdata(works: Mapping[str, Work]) -> tuple[dict[str, Work], list[Finding]]:
    """Return the works without the @xdata among them, each with the fields that it takes.

    Each name that no @xdata has is a problem.
    """
    lenders = {key.lower(): work for key, work in works.items() if work.type == "xdata"}
    known = {key.lower() for key in works}
    problems: list[Finding] = []
    for work in works.values():
        for field, what, keys in (
            ("xdata", "@xdata", lenders.keys()),
            ("entryset", "entry", known),
            ("related", "entry", known),
        ):
            missing = (name for name in _names(work, field) if name.lower() not in keys)
            problems += [_problem(work, field, name, what) for name in missing]
    return {
        key: replace(work, inherited=taken) if (taken := _taken(work, lenders)) else work
        for key, work in works.items()
        if work.type != "xdata"
    }, problems


def _problem(work: Work, field: str, name: str, what: str) -> Finding:
    return crossref_problem(
        f"the {field} of '{work.key}' names '{name}', which no {what} has as its key; "
        f"'{work.key}' is read without it",
        work.fields[field].location,
        f"Correct the key, or add the {what}.",
    )


def _names(work: Work, field_name: str) -> list[str]:
    field = work.fields.get(field_name)
    return [name for part in field.value.split(",") if (name := part.strip())] if field else []


def _taken(work: Work, lenders: Mapping[str, Work]) -> dict[str, Field]:
    taken: dict[str, Field] = {}
    for lender in _chain(work, lenders):
        for name, field in lender.fields.items():
            if name in _LENT and name not in work.fields:
                taken.setdefault(name, field)
    return taken


def _chain(work: Work, lenders: Mapping[str, Work]) -> Iterator[Work]:
    """Yield what a work takes fields from, each entry once however the names run in circles."""
    waiting, seen = list(reversed(_names(work, "xdata"))), set()
    while waiting:
        name = waiting.pop().lower()
        if name in lenders and name not in seen:
            seen.add(name)
            yield lenders[name]
            waiting += reversed(_names(lenders[name], "xdata"))
