"""The picture of which works are quoted where: works as rows, passages along the axis."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from drawings.svg import WIDTH, Canvas, Drawing
from edition.model import Edition, Quotation

_LEFT, _RIGHT = 6, WIDTH - 6
_ROW, _TOP, _MARK = 22.0, 20.0, 7.0
_SIZE, _SMALL = 10.5, 9.0


def draw_quoted_works(edition: Edition, names: dict[str, str]) -> Drawing:
    """Draw one mark a quotation, from the edition alone.

    `names` gives the words for each work's key, in the order of the rows; a work without
    quotations has no row. Quotations outside passages are left out.
    """
    order = [passage.id for passage in edition.passages]
    quoted: dict[str, list[str]] = {}
    for quotation in edition.quotations:
        if (key := _work(quotation)) and quotation.passage in order:
            quoted.setdefault(key, []).append(str(quotation.passage))
    rows = [key for key in names if key in quoted]
    slot = (_RIGHT - _LEFT) / max(len(order), 1)
    at = {ident: _LEFT + slot * number for number, ident in enumerate(order)}
    bottom = _TOP + _ROW * len(rows)
    canvas = Canvas()
    for ident in _beginnings(edition):
        canvas.line(at[ident], 12, at[ident], bottom, faint=True)
        canvas.words(at[ident], 9, ident, size=_SMALL)
    for number, key in enumerate(rows):
        base = _TOP + _ROW * number + 18
        canvas.words(_LEFT, base - _MARK - 2, names[key], size=_SIZE)
        canvas.line(_LEFT, base, _RIGHT, base, width=0.6, faint=True)
        for ident in dict.fromkeys(quoted[key]):
            count = quoted[key].count(ident)
            for turn in range(count):
                x = at[ident] + slot * (turn + 1) / (count + 1)
                canvas.line(x, base - _MARK, x, base, width=1.3)
    return canvas.finished(
        bottom + 4, "Works quoted along the passages", _in_words(rows, names, quoted, order)
    )


def _work(quotation: Quotation) -> str:
    return quotation.citations[0].key if quotation.citations else ""


def _beginnings(edition: Edition) -> list[str]:
    """The first passage of each document."""
    places = [(p.id, p.location.path) for p in edition.passages]
    later = [b[0] for a, b in pairwise(places) if a[1] != b[1]]
    return [places[0][0], *later] if places else []


def _in_words(
    rows: Sequence[str], names: dict[str, str], quoted: dict[str, list[str]], order: list[str]
) -> str:
    parts = []
    for key in rows:
        found = quoted[key]
        where = ", ".join(
            ident + (f" ({found.count(ident)} times)" if found.count(ident) > 1 else "")
            for ident in dict.fromkeys(found)
        )
        parts.append(f"{names[key]}: {len(found)}, in {where}.")
    total = sum(len(found) for key, found in quoted.items() if key in names)
    head = f"Quotations: {total}; works: {len(rows)}; passages along the axis: {len(order)}. "
    return head + " ".join(parts)
