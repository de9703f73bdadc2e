"""What is wrong with a locator that is understood."""

from collections.abc import Iterator
from itertools import zip_longest

from edition.locator.labels import HOLDS_PAGES, is_foreign, other_number_form
from edition.locator.model import Fault, Fix, Item, Number, Part
from edition.locator.number import excerpt, format_number

_EN_DASH = "–"


def find_faults(
    parts: tuple[Part, ...], *, entry: bool = False, foreign: bool = False
) -> tuple[Fault, ...]:
    """Return the faults of those parts in the order of their columns.

    `entry` judges the `pages` field of a bibliography, where `--` is a right dash and no
    label is looked at. Where a locator is `foreign`, by its words or its labels, `p.` may serve
    for several pages.
    """
    labelled = not (
        entry or foreign or any(part.typed and is_foreign(part.typed) for part in parts)
    )
    found: list[Fault] = []
    for part, after in zip_longest(parts, parts[1:]):
        found.extend(_range_faults(part, entry=entry))
        if labelled:
            found.extend(_label_faults(part, after))
    found.sort(key=lambda fault: fault.column)
    return tuple(found)


def wants_plural(part: Part) -> bool | None:
    """Return True if the label should be plural, None where either form will do.

    A range, a list and `ff.` are plural, one number is singular; `40f.` passes with either,
    and so does what is not counted: a free text, `passim` alone, the bare note of `44n`.
    """
    # A compound number or a note's mark can be counted, another free text cannot.
    counted = part.label in ("volume", "issue", "note")
    if not part.items or any(i.first.system == "text" and not counted for i in part.items):
        return None
    only = part.items[0]
    if len(part.items) > 1 or only.last or only.following == "ff":
        return True
    return None if only.following == "f" else False


def _range_faults(part: Part, *, entry: bool) -> Iterator[Fault]:
    for item in part.items:
        if item.last and is_inverted(item.first, item.last):
            yield Fault(
                kind="inverted-range",
                column=item.column,
                message=f"the range runs backwards, from {format_number(item.first)}"
                f" to {format_number(item.last)}",
            )
        if item.dash not in ("", _EN_DASH) and not (entry and item.dash == "--"):
            yield _wrong_dash(item, "--" if entry else _EN_DASH)
        if item.note:
            yield from _range_faults(item.note, entry=entry)


def _wrong_dash(item: Item, right: str) -> Fault:
    start = item.dash_column - 1
    return Fault(
        kind="hyphen-in-range",
        column=item.dash_column,
        message=f"{excerpt(item.dash)} between numbers, where a range has {excerpt(right)}",
        fix=Fix(start=start, end=start + len(item.dash), text=right),
    )


def _label_faults(part: Part, after: Part | None) -> Iterator[Fault]:
    plural = wants_plural(part)
    if plural is not None and part.number == ("singular" if plural else "plural"):
        yield _wrong_label(part, after, plural=plural)
    for item in part.items:
        if item.note:
            yield from _label_faults(item.note, None)


def is_inverted(first: Number, last: Number) -> bool:
    """Return True if the second number of a range comes before the first."""
    if not (isinstance(first.value, int) and isinstance(last.value, int)):
        return False
    if first.value != last.value:
        return first.value > last.value
    if first.leaf and last.leaf and first.leaf != last.leaf:
        return first.leaf > last.leaf
    return bool(last.suffix) and first.suffix > last.suffix


def _wrong_label(part: Part, after: Part | None, *, plural: bool) -> Fault:
    right = other_number_form(part.typed)
    what = f"more than one {part.label}" if plural else f"one {part.label}"
    start = part.column - 1
    fix = Fix(start=start, end=start + len(part.typed), text=right)
    # In `vol. 3–4, 44` the plural would make a volume of the page.
    draws_in = plural and part.label in HOLDS_PAGES and after is not None and not after.typed
    return Fault(
        kind="singular-plural",
        column=part.column,
        message=f"{excerpt(part.typed)} stands before {what}, where {excerpt(right)} is right",
        fix=None if draws_in else fix,
    )
