"""References typed by hand: what they say, and which work of the bibliography they mean."""

from edition.bibliography.references.context import Context, Part, Resolved, Unresolved
from edition.bibliography.references.discussed import GIVEN_IN_TEXT
from edition.bibliography.references.finding import Typed, find_at_end, find_in_brackets, read_line
from edition.bibliography.references.grammar import read_reference
from edition.bibliography.references.own_list import read_list
from edition.bibliography.references.patterns import INTERNAL, SHARED_PLACE
from edition.bibliography.references.resolution import Resolver
from edition.bibliography.references.running import (
    ends_statement,
    find_in_sentences,
    find_named,
    numbers_as_lines,
    of_ancient,
)
from edition.bibliography.references.speakers import SAID

__all__ = [
    "GIVEN_IN_TEXT",
    "INTERNAL",
    "SAID",
    "SHARED_PLACE",
    "Context",
    "Part",
    "Resolved",
    "Resolver",
    "Typed",
    "Unresolved",
    "ends_statement",
    "find_at_end",
    "find_in_brackets",
    "find_in_sentences",
    "find_named",
    "numbers_as_lines",
    "of_ancient",
    "read_line",
    "read_list",
    "read_reference",
]
