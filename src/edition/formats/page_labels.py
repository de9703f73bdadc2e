"""The labels of pages: found in what is printed, and looked over for gaps and doubles."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from edition.formats.pages import Page
from edition.model.counted import counted

_EDGE_NUMBER = re.compile(r"^\W*(\d{1,4}|[ivxlc]{1,8})\b|(?<!\w)(\d{1,4}|[ivxlc]{1,8})\W*$")
_WRITTEN = re.compile(
    r"(?:(?:pages?|pp|pg|p|seite|s|fol(?:io)?s?|f|bl(?:att)?|leaf|с|стр)(?:\.\s*|\s+|(?=\d)))?"
    r"(\d{1,6}|[ivxlcdm]{1,9})\s*([a-z]|recto|verso)?",
    re.IGNORECASE,
)
# Dates and headings end in numbers that are none of a page.
_YEAR = re.compile(r"1[4-9]\d\d|20\d\d")
_HEADING = re.compile(
    r"\W*(?:chap(?:ter|\.)|part|section|book|lecture|letter|act|scene|volume|vol\.|kapitel|teil"
    r"|chapitre|cap[ií]tulo|capitolo|глава|часть)\b",
    re.IGNORECASE,
)
_SHOWN = 5
_FEWEST = 3  # sheets that a way of counting must explain
_LEAST = 0.5  # what it must explain beyond them
_Count = tuple[bool, int]
"""A way of counting: whether in roman numerals, and the number less the sheet's."""


def normal_label(written: str | None) -> str | None:
    """Return a label as citations have it: `p. 3`, `0003` and `[3]` are 3, `fol. 12 recto` 12r."""
    if not written:
        return None
    bare = written.strip().strip("[](){}").strip().rstrip(".:").strip()
    found = _WRITTEN.fullmatch(bare)
    if not found:
        return bare or None
    number = found[1].lstrip("0") or "0"
    return number + (found[2] or "").lower()[:1]


_MOST_DIGITS = 9


def number_of(label: str) -> tuple[bool, int] | None:
    """Return a label as a number, and whether it is roman; None for any other label."""
    if label.isascii() and label.isdecimal():
        return (False, int(label)) if len(label) <= _MOST_DIGITS else None
    try:
        return True, int(RomanNumeral.from_string(label.upper()))
    except InvalidRomanNumeralError:
        return None


def arabic(written: str) -> str:
    """Return a number that may be roman in arabic numerals; what is none, as it was written."""
    number = number_of(written.lstrip("0").lower())
    return str(number[1]) if number else written


def printed_labels(texts: Sequence[str]) -> list[str | None]:
    """Return labels read from the first and last lines of pages that carry no other mark.

    Numbers count where those of at least three sheets, one behind the other, go up with the
    sheets; a sheet between two that do gets the number between theirs. Others have no label.
    """
    seen = [
        [(roman, number - at) for roman, number in _edge_numbers(text)]
        for at, text in enumerate(texts)
    ]
    labels: list[str | None] = [None] * len(texts)
    for count, first, last in _runs(seen):
        roman, offset = count
        if offset + first == 2 and first and seen[first - 1] == [] and texts[first - 1].strip():
            first -= 1  # the first page of a text carries no number
        for at in range(first, last + 1):
            labels[at] = _label(roman, offset + at)
    return labels


def _runs(seen: Sequence[Sequence[_Count]]) -> list[tuple[_Count, int, int]]:
    """Return the ways of counting that explain most numbers, each with its first and last sheet.

    The most numbers are explained with the fewest changes from one way of counting to another
    (dynamic programming over the sheets).
    """
    support = Counter(count for counts in seen for count in set(counts))
    # Of each way: how much is explained up to here when it holds here, and the runs till then.
    best: dict[_Count, tuple[float, tuple[Any, ...]]] = {}
    top: tuple[float, tuple[Any, ...]] = (0.0, ())
    for at, counts in enumerate(seen):
        found = set(counts)
        for count in found:
            if support[count] < _FEWEST:
                continue
            begun = (top[0] + 1 - _FEWEST + _LEAST, (count, at, at, top[1]))
            known = best.get(count)
            if known and known[0] + 1 >= begun[0]:
                first = known[1][1]
                best[count] = (known[0] + 1, (count, first, at, known[1][3]))
            else:
                best[count] = begun
        top = max([top, *(best[c] for c in found if c in best)], key=itemgetter(0))
    runs = []
    chain = top[1]
    while chain:
        count, first, last, chain = chain
        runs.append((count, first, last))
    return [
        (count, first, last)
        for count, first, last in reversed(runs)
        if sum(count in counts for counts in seen[first : last + 1]) >= _FEWEST
    ]


def _edge_numbers(text: str) -> list[tuple[bool, int]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    found = []
    for line in {lines[0], lines[-1]} if lines else ():
        if _HEADING.match(line):
            continue
        for match in _EDGE_NUMBER.finditer(line[:90]):
            written = match[1] or match[2]
            number = number_of(written)
            if number and (line.strip("[]()-–— ") == written or not _YEAR.fullmatch(written)):
                found.append(number)
    return found


def _label(roman: bool, number: int) -> str:
    return RomanNumeral(number).to_lowercase() if roman else str(number)


def label_remarks(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return what is odd about pages and labels: none, doubled, gaps, others than those printed."""
    labels = [page.label for page in pages]
    others = sorted({label for page in pages for label in page.others}, key=_natural)
    if not any(labels):
        return ("no page is marked, so none can be cited",)
    remarks = []
    if others:
        remarks.append(f"pages of another edition are marked too: {label_runs(others)}")
        pages = [
            page
            for page, before in zip(pages, (None, *labels), strict=False)
            if page.label != before
        ]
        labels = [page.label for page in pages]
    missing = labels.count(None)
    if missing:
        remarks.append(f"{counted(missing, 'page')} of {len(labels)} without a label")
    empty = sum(not page.text.strip() for page in pages)
    if empty:
        remarks.append(f"{counted(empty, 'page')} without text")
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
    printed = printed_labels([page.text for page in pages])
    unlike = [
        f"{label} ({number})"
        for label, number in zip(labels, printed, strict=True)
        if label and number and label.casefold() != number and number_of(label)
    ]
    if unlike:
        remarks.append(f"labels that are not the numbers printed: {_some(unlike)}")
    return tuple(remarks)


def label_runs(labels: Sequence[str | None]) -> str:
    """Return the labels in short: `i–xiv, 1–230`; empty where there is none."""
    runs: list[tuple[str, str]] = []
    before: tuple[bool, int] | None = None
    for label in filter(None, labels):
        number = number_of(label)
        if runs and before and number and number == (before[0], before[1] + 1):
            runs[-1] = (runs[-1][0], label)
        else:
            runs.append((label, label))
        before = number
    return _some([first if first == last else f"{first}–{last}" for first, last in runs])


def _natural(label: str) -> tuple[int, str]:
    number = number_of(label)
    return (number[1] if number else 0), label


def _some(items: Sequence[str]) -> str:
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more
