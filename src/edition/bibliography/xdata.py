"""biblatex's `xdata`: fields that several entries take from an entry that is no work itself.

A work has every field of the entries that its `xdata` names, after its own and in their order;
an @xdata may name others in its turn. `xdata=key-field` in a value stands for one field of an
@xdata, `xdata=key-author-2` for one name of a list (biblatex manual, section 3.13.6). Unlike a
`crossref` parent, an @xdata lends its fields under their own names, `key` and `xdata` left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from edition.bibliography.datamodel import FIELDS
from edition.bibliography.inheritance import keys_in
from edition.model import Field, Work
from edition.model.diagnostic import Finding

# The list is closed on purpose: any number of fields for any number of works is too many.
_LENT = FIELDS - {"xdata", "ids", "crossref", "key"}
_GRAIN = re.compile(
    r"\bxdata\s*=\s*\{?([^\s,{}=]{1,200})-([A-Za-z]{1,40})(?:-([0-9]{1,4}))?(?=[\s,}]|$)\}?"
)
_AND = re.compile(r"\s+and\s+")


def resolve_xdata(works: Mapping[str, Work]) -> tuple[dict[str, Work], list[Finding]]:
    """Return the works without the @xdata among them, each with the fields that it takes.

    Each name that no @xdata has is a problem.
    """
    lenders = {key.lower(): work for key, work in works.items() if work.type == "xdata"}
    known = {name.lower() for key, work in works.items() for name in (key, *keys_in(work, "ids"))}
    problems: list[Finding] = []
    found: dict[str, Work] = {}
    for key, work in works.items():
        for field, what, keys in (
            ("xdata", "@xdata", lenders.keys()),
            ("entryset", "entry", known),
            ("related", "entry", known),
        ):
            missing = (name for name in keys_in(work, field) if name.lower() not in keys)
            problems += [_problem(work, field, name, what) for name in missing]
        if work.type == "xdata":
            continue
        fields, lost = _with_grains(work.fields, lenders)
        problems += [_problem(work, field, name, "@xdata") for field, name in lost]
        taken, _ = _with_grains(_taken(work, lenders), lenders)
        found[key] = replace(work, fields=fields, inherited=taken)
    return found, problems


def _with_grains(
    fields: Mapping[str, Field], lenders: Mapping[str, Work]
) -> tuple[Mapping[str, Field], list[tuple[str, str]]]:
    """Return the fields with the values that `xdata=…` stands for, and each that stands for none.

    The latter are pairs of the field's name and of the name that no @xdata has.
    """
    missing: list[tuple[str, str]] = []

    def value_of(grain: re.Match[str]) -> str:
        lender = lenders.get(grain[1].lower())
        lent = lender.fields.get(grain[2].lower()) if lender else None
        parts = _AND.split(lent.value) if lent and grain[3] else []
        place = int(grain[3] or 0) - 1
        if lent and (not grain[3] or 0 <= place < len(parts)):
            return parts[place] if parts else lent.value
        missing.append((name, grain[0]))
        return ""

    filled: dict[str, Field] = {}
    for name, field in fields.items():
        if "xdata" in field.value:
            field = replace(field, value=_GRAIN.sub(value_of, field.value))
        filled[name] = field
    return filled, missing


def _problem(work: Work, field: str, name: str, what: str) -> Finding:
    return Finding(
        work.fields[field].location,
        f"the {field} of '{work.key}' names '{name}', which no {what} has as its key; "
        f"'{work.key}' is read without it",
        f"Correct the key, or add the {what}.",
        rule="missing-crossref",
    )


def _taken(work: Work, lenders: Mapping[str, Work]) -> dict[str, Field]:
    taken: dict[str, Field] = {}
    for lender in _chain(work, lenders):
        for name, field in lender.fields.items():
            if name in _LENT and name not in work.fields:
                taken.setdefault(name, field)
    return taken


def _chain(work: Work, lenders: Mapping[str, Work]) -> Iterator[Work]:
    """Yield what a work takes fields from, each entry once however the names run in circles."""
    waiting, seen = list(reversed(keys_in(work, "xdata"))), set()
    while waiting:
        name = waiting.pop().lower()
        if name in lenders and name not in seen:
            seen.add(name)
            yield lenders[name]
            waiting += reversed(keys_in(lenders[name], "xdata"))
