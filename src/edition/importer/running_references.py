"""Typed references of running text: those that may be one in the habit of the document."""

import re
from dataclasses import replace

from edition.bibliography.references import (
    INTERNAL,
    Context,
    Resolver,
    Typed,
    find_in_brackets,
    find_in_sentences,
    numbers_as_lines,
    of_ancient,
)
from edition.importer.reference_binding import words_before
from edition.importer.styles import Habit

# To a page of the text itself: `I return to this (p. 12)`.
_RETURNS = re.compile(
    r"\b(?:return|come\s+back|komme\w*|revien\w+|torn[oi]\w*|volver\w*|верн[её]мся|вернусь)\s[^.!?()]{0,40}\Z"
)


class RunningReferences:
    """Finds references passage by passage; what is cited by levels is remembered."""

    def __init__(self, resolver: Resolver, style: str) -> None:
        self.resolver = resolver
        self.style = style
        self.in_levels: set[str] = set()  # works cited by book, chapter and section
        self.habit = Habit(resolver, style)

    def find(self, text: str, start: int, context: Context) -> tuple[list[Typed], list[Typed]]:
        """Return the references from an offset of a text on, and what may be none."""
        typed = [t for t in find_in_brackets(text[start:]) if not INTERNAL.search(t.text)]
        if mla := self.style == "mla":
            typed = [numbers_as_lines(t, self.resolver) for t in typed]
        earlier = "\n".join((*context.nearby, text))
        first = len(earlier) - len(text) + start
        typed = [
            of_ancient(t, earlier, first + t.start, self.in_levels, self.resolver) for t in typed
        ]
        near = {t.start: words_before(text, start + t.start) for t in typed}
        typed = [t for t in typed if t.parts[0].words or not _RETURNS.search(near[t.start])]
        stand = {t.start: self.habit.may_stand(t, text[start:], context.named) for t in typed}
        unknown = [shifted_reference(t, start) for t in typed if not stand[t.start]]
        typed = [shifted_reference(t, start) for t in typed if stand[t.start]]
        taken = [shifted_reference(t, -start) for t in typed]
        sentences = find_in_sentences(text[start:], taken, self.resolver, authors=mla)
        typed += [shifted_reference(t, start) for t in sentences]
        return typed, unknown


def shifted_reference(typed: Typed, by: int) -> Typed:
    """Return a reference with the offsets that it has in a longer text."""
    return replace(typed, start=typed.start + by, end=typed.end + by) if by else typed
