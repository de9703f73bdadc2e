"""References typed by hand: what they say, and which work of the bibliography they mean."""

from edition.bibliography.references.context import Context, Resolved, Unresolved
from edition.bibliography.references.finding import Typed, find_in_brackets, read_line
from edition.bibliography.references.grammar import Part, read_reference
from edition.bibliography.references.resolution import Resolver

__all__ = [
    "Context",
    "Part",
    "Resolved",
    "Resolver",
    "Typed",
    "Unresolved",
    "find_in_brackets",
    "read_line",
    "read_reference",
]
