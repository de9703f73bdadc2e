"""The people in a field: BibTeX's lists of names, and biblatex's extended ones."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from edition.bibliography.latex import plain

# Beyond this length no value is a list of names, and pybtex's splitting is quadratic.
LONGEST_LIST = 20_000

_EXTENDED = re.compile(r"[\s{\"]*(?:family|given|prefix|suffix)(?:-i)?\s*=")
# A family name of one word, with given names or without: so are most.
_WORD = r"[^\s{}\\,~\"=]+"
_SIMPLE = re.compile(rf"({_WORD})(?:, ({_WORD}(?: {_WORD})*))?")
_AND = re.compile(" [Aa][Nn][Dd] ")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|Esq\.?")
_PART = re.compile(r"([a-z-]+)\s*=\s*((?:[^{},]|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*)")


@dataclass(frozen=True, slots=True)
class Person:
    """A person, or a body (which has a `family` name only).

    A `prefix` (“von”) belongs to the family name, unless `prefix_last`: then it follows the
    given name where the family name comes first, as biblatex has it without `useprefix`.
    """

    family: str
    given: str = ""
    prefix: str = ""
    suffix: str = ""
    prefix_last: bool = False
    called: str = ""

    @property
    def short(self) -> str:
        """Return the name by which a note calls the person: `called` where it was decided."""
        if self.called:
            return self.called
        return self.family if self.prefix_last else f"{self.prefix} {self.family}".strip()

    @property
    def full(self) -> str:
        """Return the name in the order in which it is spoken."""
        name = " ".join(part for part in (self.given, self.prefix, self.family) if part)
        between = " " if self.suffix[:1] in "JSIV" else ", "  # Chicago Manual, 6.43
        return f"{name}{between}{self.suffix}" if self.suffix else name

    @property
    def inverted(self) -> str:
        """Return the name with the family name first."""
        given = f"{self.given} {self.prefix}".strip() if self.prefix_last else self.given
        family = replace(self, called="").short
        return ", ".join(part for part in (family, given, self.suffix) if part)


def initials_of(given: str) -> str:
    """Return the initials of given names: “Mary Ann”, “M. A.”, “J.-P.”."""
    return re.sub(r"([^\W\d_])[^\W\d_]*\.?", r"\1.", given)


OTHERS = Person(family="et al.")


@lru_cache(maxsize=16384)
def persons(value: str, useprefix: str = "") -> tuple[Person, ...]:
    """Return the people of a name field, `and others` as `OTHERS`. Never raises.

    A field that is no list of names is one body. `useprefix` is the entry's option, `true` or
    `false`; without one a prefix goes before the family name as BibTeX has it, and after the
    given name in extended names, as biblatex has it.
    """
    whole = plain(value)
    if len(value) > LONGEST_LIST:
        return (Person(family=whole),)
    simple = [_SIMPLE.fullmatch(name) for name in _AND.split(value)]
    found = [_simple(match) for match in simple if match]
    if len(found) < len(simple):
        found = _read(value, useprefix)
    named = tuple(person for person in found if person.short or person.given)
    return named or ((Person(family=whole),) if whole else ())


def _simple(name: re.Match[str]) -> Person:
    if name[0].lower() == "others":
        return OTHERS
    return Person(family=plain(name[1]), given=plain(name[2] or ""))


def _read(value: str, useprefix: str) -> list[Person]:
    # Imported here, because many bibliographies have simple names alone.
    from pybtex.bibtex.utils import split_name_list
    from pybtex.errors import capture
    from pybtex.exceptions import PybtexError

    try:
        with capture():  # a name with too many commas is another rule's business
            return [_person(name, useprefix) for name in split_name_list(value)]
    except (PybtexError, ValueError, IndexError):
        return []


def _person(typed: str, useprefix: str) -> Person:
    from pybtex.database import Person as BibtexPerson

    if typed.strip().lower() == "others":
        return OTHERS
    if _EXTENDED.match(typed):
        return _extended(typed, useprefix)
    read = BibtexPerson(typed)
    parts = (
        read.last_names,
        read.first_names + read.middle_names,
        read.prelast_names,
        read.lineage_names,
    )
    family, given, prefix, suffix = (plain(" ".join(part)) for part in parts)
    if _SUFFIX.fullmatch(given) and " " in family:  # “Martin Luther King, Jr.”
        given, _, family = family.rpartition(" ")
        suffix = plain(typed.rpartition(",")[2])
    last = bool(prefix) and useprefix == "false"
    return Person(family or given, given if family else "", prefix, suffix, last)


def _extended(typed: str, useprefix: str) -> Person:
    """Read a name of the form `family=Goethe, given=Johann Wolfgang, prefix=von`."""
    parts = {name: plain(value) for name, value in _PART.findall(typed)}
    return Person(
        family=parts.get("family", "") or parts.get("given", ""),
        given=parts.get("given", "") if parts.get("family") else "",
        prefix=parts.get("prefix", ""),
        suffix=parts.get("suffix", ""),
        prefix_last=bool(parts.get("prefix"))
        and (parts.get("useprefix") or useprefix or "false") == "false",
    )


def names_shown(value: str | None) -> str | None:
    """Return a name field as listings show it: as typed, or put together from its parts."""
    if value is None or not re.search(rf"(?:^|\sand\s){_EXTENDED.pattern}", value):
        return None if value is None else plain(value)
    return " and ".join(person.inverted for person in persons(value))


def names(value: str) -> tuple[str, ...]:
    """Return the family names in a name field, for messages. Never raises.

    A name in braces is given whole, `de` and `von` go with the family name, and `others` is
    "et al.".
    """
    return tuple(person.short for person in persons(value))
