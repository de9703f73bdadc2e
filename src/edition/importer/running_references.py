"""Typed references of running text: those that may be one in the habit of the document."""

import re
from collections.abc import Sequence
from dataclasses import replace

from edition.bibliography.references import (
    INTERNAL,
    SAID,
    SHARED_PLACE,
    Resolver,
    Typed,
    as_lines,
    ends_statement,
    find_in_brackets,
    find_in_sentences,
    of_ancient,
)
from edition.importer.reference_binding import words_before

# To a page of the text itself: `I return to this (p. 12)`.
_RETURNS = re.compile(
    r"\b(?:return|come\s+back|komme\w*|revien\w+|torn[oi]\w*|volver\w*|верн[её]мся|вернусь)\s[^.!?()]{0,40}\Z"
)
# Six words or more: no `“very good” (12)`.
_QUOTED_BEFORE = re.compile(r"[“\"„«‘'](?:[^\s“”\"„«»]+\s+){5,}[^\s“”\"„«»]+[”\"“»’']\s*\Z")
_THAT = re.compile(r"\s+(?:that|whether|how|why)\b")


class RunningReferences:
    """Finds references passage by passage; what is cited by lines is remembered."""

    def __init__(self, resolver: Resolver, style: str) -> None:
        self.resolver = resolver
        self.style = style
        self.in_levels: set[str] = set()  # works cited by book, chapter and section
        self.in_lines = False  # whether a work is cited by its lines

    def find(self, text: str, start: int, nearby: Sequence[str]) -> tuple[list[Typed], list[Typed]]:
        """Return the references from an offset of a text on, and what may be none.

        `nearby` are the passages before it.
        """
        typed = [t for t in find_in_brackets(text[start:]) if not INTERNAL.search(t.text)]
        if mla := self.style == "mla":
            typed = [as_lines(t, self.resolver) for t in typed]
        earlier = "\n".join((*nearby, text))
        first = len(earlier) - len(text) + start
        typed = [
            of_ancient(t, earlier, first + t.start, self.in_levels, self.resolver) for t in typed
        ]
        near = {t.start: words_before(text, start + t.start) for t in typed}
        typed = [t for t in typed if t.parts[0].words or not _RETURNS.search(near[t.start])]
        stand = {t.start: self._may_stand(t, text[start:]) for t in typed}
        unknown = [shifted_reference(t, start) for t in typed if not stand[t.start]]
        typed = [shifted_reference(t, start) for t in typed if stand[t.start]]
        taken = [shifted_reference(t, -start) for t in typed]
        sentences = find_in_sentences(text[start:], taken, self.resolver, authors=mla)
        typed += [shifted_reference(t, start) for t in sentences]
        return typed, unknown

    def _may_stand(self, typed: Typed, text: str) -> bool:
        """Tell whether a weak reference may be one in this document's habit."""
        part = typed.parts[0]
        lines = re.match(SHARED_PLACE, part.locator or "")
        if not typed.weak or part.words:
            self.in_lines |= bool(lines)
        if not typed.weak:
            return True
        if part.author and part.locator and self.resolver.knows(part):
            return True  # `Keel (44) writes`
        if not part.words and not part.years:
            ends = ends_statement(typed, text)
            # `he “says so” (§ 28)`: of the text itself, if no words of another are before it.
            before = words_before(text, typed.start)
            closes = before.rstrip()[-1:] in tuple('”"»“')
            if lines and not (closes or self.in_lines):
                return False  # a date, a section of the text: `(12.10.17)`
            self.in_lines |= bool(lines)
            section = closes and (lines or (part.locator or "").startswith("§"))
            quoted = self.style != "author-date" and _QUOTED_BEFORE.search(before)
            spoken = SAID.search(before) or _THAT.match(text, typed.end)
            stands = ends or closes or spoken or re.fullmatch(r"\(\d+[-–]\d+\)", typed.text)
            titled = not typed.text[1:-1].isdigit() and self.resolver.title_before(before)
            habit = self.style == "mla" or section or quoted or titled
            return bool(habit and part.locator and (stands or titled))
        if len(typed.parts) > 1 and all(p.words.isdigit() for p in typed.parts):
            return self.style == "author-date"  # `Hart says so twice (1831, 1838)`
        named = part.years and part.words[:1].isupper() and len(part.words.split()) < 7
        return any(map(self.resolver.knows, typed.parts)) or bool(named)


def shifted_reference(typed: Typed, by: int) -> Typed:
    """Return a reference with the offsets that it has in a longer text."""
    return replace(typed, start=typed.start + by, end=typed.end + by) if by else typed
