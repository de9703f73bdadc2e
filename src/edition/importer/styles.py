"""The habit in which a document cites: guessed from its references, or given."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from edition.bibliography.references import (
    SAID,
    SHARED_PLACE,
    Resolver,
    Typed,
    ends_statement,
    find_in_brackets,
)
from edition.bibliography.references.notes import find_in_note
from edition.bibliography.references.profile import tokens
from edition.importer.reference_binding import words_before
from edition.importer.units import Kind, Unit

STYLES = {
    "author-title": "author and title",
    "author-date": "author and date",
    "notes": "notes",
    "mla": "author and page (MLA)",
}

# Six words or more: no `“very good” (12)`.
_QUOTED_BEFORE = re.compile(r"[“\"„«‘'](?:[^\s“”\"„«»]+\s+){5,}[^\s“”\"„«»]+[”\"“»’']\s*\Z")
# `the label (“modern”)`: no title begins with a small letter.
_SMALL_WORDS = re.compile(r"\([“\"„«‘'][a-zß-öø-ÿ][^”\"“»]*[”\"“»’']\)")
_THAT = re.compile(r"\s+(?:that|whether|how|why)\b")

_MOST_UNITS = 2000
"""Units looked into: the habit of the longest essay measured (400 pages) is plain by then."""
# `316 pages`, `Pp. xii + 340`, `340 S.`: of a book that is reviewed; no `316 pages and a cover`.
_EXTENT = re.compile(
    r"\b\d{2,4}\s?(?:pp\b|pages\b|p\.|S\.|Seiten\b|pagine\b|páginas\b|с\.)"
    r"(?!\s(?:and\s[a-z]|of|in|long|that|about|und\s[a-z]|et\s[a-z]|lang|de)\b)|\bPp\.\s?[xivl\d]"
)
_OPENING_UNITS, _OPENING_WORDS = 6, 60
_TITLE_SHARE = 0.8
"""Words of a title that its review has at least: one may be misspelt."""


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


def reviewed(units: Sequence[Unit], resolver: Resolver) -> str:
    """Return the one book whose title, author and number of pages head a text, a review of it."""
    short = [u.text for u in units[:_OPENING_UNITS] if len(u.text.split()) <= _OPENING_WORDS]
    last = next((n for n, text in enumerate(short) if _EXTENT.search(text)), None)
    if last is None:
        return ""
    head = "\n".join(short[: last + 1])
    words = set(tokens(head))
    named = {k for m in resolver.mentions.of_people(head) for k in m.keys}
    books = [
        p.key
        for p in map(resolver.profiles.__getitem__, named)
        if not p.is_article
        and any(len(words & {*t}) >= _TITLE_SHARE * len({*t}) for t in (*p.titles, *p.whole_titles))
    ]
    return books[0] if len(books) == 1 else ""


class Habit:
    """Tells what may be a reference in the habit of one document."""

    def __init__(self, resolver: Resolver, style: str) -> None:
        self.resolver = resolver
        self.style = style
        self.in_lines = False  # whether a work is cited by its lines
        self.in_text = False  # whether pages of one work are given in the text alone

    def may_stand(self, typed: Typed, text: str, named: Iterable[str]) -> bool:
        """Tell whether a weak reference may be one in this habit; `named` works may be meant."""
        part = typed.parts[0]
        lines = re.match(SHARED_PLACE, part.locator or "")
        if not typed.weak or part.words:
            self.in_lines |= bool(lines)
        if not typed.weak:
            return True
        if _SMALL_WORDS.fullmatch(typed.text):
            return False
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
            habit = self.style == "mla" or self.in_text or section or quoted or titled
            return bool(habit and part.locator and (stands or titled))
        if len(typed.parts) > 1 and all(p.words.isdigit() for p in typed.parts):
            return self.style == "author-date"  # `Hart says so twice (1831, 1838)`
        dated = part.years and part.words[:1].isupper() and len(part.words.split()) < 7
        known = any(map(self.resolver.knows, typed.parts))
        if re.fullmatch(r"[^\W\d_a-z]", part.words) and part.pages and not known:
            return bool(self.resolver.by_initial(part.words, named))
        return known or bool(dated)
