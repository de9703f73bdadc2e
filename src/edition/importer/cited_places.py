"""Exact citations with the pages and brackets that the text types around them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from edition.importer.citation_fields import locator_of
from edition.importer.document import Field

_PAGE = r"(?:[,:]\s*(?P<page>(?:pp?\.\s*)?[\divxlc]+(?:[-–][\divxlc]+)?))?"
_TAIL = re.compile(rf"{_PAGE}\)")
_NEXT = re.compile(rf"{_PAGE}(?:\)|[;,]\s*|\s+(?:and|&|und|et|y|e|и)\s+)")
_PAGE_BEHIND = re.compile(
    r",?\s*(?P<page>pp?\.\s*[\divxlc]++(?:[-–][\divxlc]++)?+(?!\w|,\s*\d| and \d)"
    r"|(?<=,\s)\d{1,3}(?:[-–]\d{1,3})?(?=\.?\Z))"
)


def placed_fields(text: str, fields: Sequence[Field]) -> tuple[Field, ...]:
    """Return citations with the pages behind them; those of one bracket are one citation."""
    found: list[Field] = []
    left = sorted((f for f in fields if f.end > f.start), key=lambda f: f.start)
    while left:
        group = _in_bracket(text, left)
        free = left[1].start if left[1:] else len(text)  # what is behind is of the next one
        found.append(group or _with_page(text, left[0], free))
        del left[: len(group.parts) if group else 1]
    return tuple(found)


def _in_bracket(text: str, fields: Sequence[Field]) -> Field | None:
    """Return the citations that a bracket holds, with nothing beside them, as one."""
    first = fields[0]
    if text[max(0, first.start - 1) : first.start] != "(":
        return None
    items = []
    at = first.start
    for number, one in enumerate(fields, 1):
        behind = _NEXT.match(text, one.end)
        (item, *others) = one.items
        if one.start != at or others or one.in_sentence or not behind:
            return None
        if behind["page"] and item.locator:
            return None
        items.append(replace(item, locator=locator_of(behind["page"] or "") or item.locator))
        at = behind.end()
        if behind[0].endswith(")"):
            parts = tuple(fields[:number])
            whole = Field(start=first.start - 1, end=at, items=tuple(items), parts=parts)
            return whole if number > 1 else None
    return None


def _with_page(text: str, field: Field, free: int) -> Field:
    """Return a citation with the page behind it, and parentheses that hold nothing else."""
    within = text[max(0, field.start - 1) : field.start] == "("
    tail = (_TAIL if within else _PAGE_BEHIND).match(text, field.end)
    if field.in_sentence or len(field.items) != 1 or not tail or tail.end() > free:
        return field
    (item,) = field.items
    if tail["page"]:
        if item.locator:
            return field
        item = replace(item, locator=locator_of(tail["page"]))
    return replace(field, start=field.start - within, end=tail.end(), items=(item,))
