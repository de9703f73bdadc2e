"""The habit in which a document cites: guessed from its references, or given."""

from collections import Counter
from collections.abc import Sequence

from edition.bibliography.references import Resolver, find_in_brackets
from edition.bibliography.references.notes import find_in_note
from edition.importer.units import Kind, Unit

STYLES = {
    "author-title": "author and title",
    "author-date": "author and date",
    "notes": "notes",
    "mla": "author and page (MLA)",
}

_MOST_UNITS = 2000
"""Units looked into: the habit of the longest essay measured (400 pages) is plain by then."""


def guess_style(units: Sequence[Unit], resolver: Resolver) -> str:
    """Return the habit that most of a document's references follow."""
    seen: Counter[str] = Counter()
    for unit in units[:_MOST_UNITS]:
        if unit.kind is Kind.NOTE:
            seen["notes"] += bool(find_in_note(unit.text, resolver))
            continue
        for typed in find_in_brackets(unit.text) if unit.kind is not Kind.WORK else ():
            part = typed.parts[0]
            if part.back or not (resolver.knows(part) or not (part.words or part.author)):
                continue
            if part.years and not part.titles and len(part.words.split()) < 6:
                seen["author-date"] += 1
            elif typed.weak and part.locator:
                seen["mla"] += 1
            elif part.locator and part.words:
                seen["author-title"] += 1
    best = max(STYLES, key=lambda s: seen[s])
    return best if seen[best] else "author-title"
