"""The works of a bibliography, with the place of every field."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from edition.model.diagnostic import Finding, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a BibTeX entry, as typed (without its outer braces), with its place.

    `location` is the place of the field's name, `value_location` that of the value's first
    character.
    """

    name: str
    value: str
    location: Location
    value_location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work of the bibliography.

    `fields` are the entry's own, by lower-case name. `inherited` are those that the
    `crossref` parent lends it, under the child's names (`title` becomes `booktitle`),
    with the parent's places.
    """

    key: str
    type: str
    location: Location
    fields: Mapping[str, Field] = field(default_factory=dict)
    inherited: Mapping[str, Field] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """Return the value of a field, its own or inherited; None where there is none."""
        found = self.field(name)
        return found.value if found else None

    def field(self, name: str) -> Field | None:
        """Return the field of that name, its own before an inherited one."""
        return self.fields.get(name) or self.inherited.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """The works by key, in the order of the files, and what was wrong with the files."""

    works: Mapping[str, Work] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    problems: tuple[Finding, ...] = ()
