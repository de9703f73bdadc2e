"""The labels of pages: found in what is printed, and looked over for gaps and doubles."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from edition.sources.pages import Page

_EDGE_NUMBER = re.compile(r"^\W*(\d{1,4}|[ivxlc]{1,8})\b|(?<!\w)(\d{1,4}|[ivxlc]{1,8})\W*$")
_SHOWN = 5


def number_of(label: str) -> tuple[bool, int] | None:
    """A label as a number, and whether it is roman; None for any other label."""
    if label.isascii() and label.isdecimal():
        return False, int(label)
    try:
        return True, int(RomanNumeral.from_string(label.upper()))
    except InvalidRomanNumeralError:
        return None


def printed_labels(texts: Sequence[str]) -> list[str | None]:
    """Labels read from the first and last lines of pages that carry no other mark.

    A number counts where it fits those of at least two of the pages around it; a page between
    two that fit gets the number between them. Others have no label.
    """
    seen = [_edge_numbers(text) for text in texts]
    labels: list[str | None] = [None] * len(texts)
    for at, candidates in enumerate(seen):
        near = range(max(at - 4, 0), min(at + 5, len(seen)))
        for roman, number in candidates:
            support = sum((roman, number + other - at) in seen[other] for other in near)
            if support > 2:
                labels[at] = _label(roman, number)
                break
    return _bridged(labels)


def _edge_numbers(text: str) -> list[tuple[bool, int]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    found = []
    for line in {lines[0], lines[-1]} if lines else ():
        for match in _EDGE_NUMBER.finditer(line[:90]):
            number = number_of(match[1] or match[2])
            if number:
                found.append(number)
    return found


def _label(roman: bool, number: int) -> str:
    return RomanNumeral(number).to_lowercase() if roman else str(number)


def _bridged(labels: list[str | None]) -> list[str | None]:
    filled = list(labels)
    known = [(at, number_of(label)) for at, label in enumerate(labels) if label]
    for (at, first), (other, last) in itertools.pairwise(known):
        if first and last and first[0] == last[0] and last[1] - first[1] == other - at:
            for between in range(at + 1, other):
                filled[between] = _label(first[0], first[1] + between - at)
    return filled


def label_remarks(pages: Sequence[Page]) -> tuple[str, ...]:
    """What is odd about the labels: none, doubled, gaps."""
    labels = [page.label for page in pages]
    remarks = []
    missing = labels.count(None)
    if missing:
        remarks.append(f"{missing} of {len(labels)} pages have no label")
    doubled = [label for label, count in Counter(filter(None, labels)).items() if count > 1]
    if doubled:
        remarks.append(f"labels that repeat: {_some(doubled)}")
    gaps = []
    numbers = [number_of(label) for label in labels if label]
    for first, last in itertools.pairwise(numbers):
        if first and last and first[0] == last[0] and last[1] > first[1] + 1:
            low, high = _label(first[0], first[1] + 1), _label(last[0], last[1] - 1)
            gaps.append(low if low == high else f"{low}–{high}")
    if gaps:
        remarks.append(f"pages that are missing: {_some(gaps)}")
    return tuple(remarks)


def _some(items: Sequence[str]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more
