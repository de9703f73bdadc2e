"""The picture of which works are quoted where: works as rows, passages along the axis."""

from collections.abc import Sequence
from itertools import pairwise

from edition.model import Edition, Quotation
from edition.sphinx.drawings.svg import SCREEN, Canvas, Drawing, Sheet
from edition.sphinx.translation import _

_LEFT = 4
_SIZE = 11.0
# A name is nearer to the marks below it than to the row above; both are low, so that the rows of an
# essay's works go on the rest of a page.
_TOP, _GAP, _LINE, _MARK = 16.0, 4.0, 12.0, 7.0
_ASCENT, _DESCENT = 7.5, 2.4


def draw_quoted_works(
    edition: Edition, names: dict[str, str], sheet: Sheet = SCREEN
) -> Drawing | None:
    """Draw one mark a quotation, from the edition alone; None where no passage quotes.

    `names` gives the words for each work's key, in the order of the rows; a work without
    quotations has no row. Quotations outside passages are left out.
    """
    order = [passage.id for passage in edition.passages]
    quoted: dict[str, list[str]] = {}
    for quotation in edition.quotations:
        if (key := _work(quotation)) and quotation.passage in order:
            quoted.setdefault(key, []).append(str(quotation.passage))
    rows = [key for key in names if key in quoted]
    if not rows:
        return None
    right = sheet.width - _LEFT
    slot = (right - _LEFT) / max(len(order), 1)
    at = {ident: _LEFT + slot * number for number, ident in enumerate(order)}
    canvas = Canvas(sheet.width)
    beginnings = [at[ident] for ident in _beginnings(edition)]
    _name_beginnings(canvas, sheet, edition, at)
    y = _TOP
    for key in rows:
        canvas.cut(y)
        y += _GAP - _LINE + _ASCENT
        for line in sheet.wrapped(names[key], right - _LEFT, _SIZE):
            y += _LINE
            canvas.words(_LEFT, y, line, size=_SIZE)
        y += _DESCENT + _MARK
        canvas.line(_LEFT, y, right, y, width=0.6, faint=True)
        for x in beginnings:
            canvas.line(x, y - _MARK - 1, x, y, faint=True)
        for ident in dict.fromkeys(quoted[key]):
            count = quoted[key].count(ident)
            for turn in range(count):
                x = at[ident] + slot * (turn + 1) / (count + 1)
                canvas.line(x, y - _MARK, x, y, width=1.5)
        y += 0.6
    return canvas.finished(
        y + 4, _("Works quoted along the passages"), _in_words(rows, names, quoted, order)
    )


def _name_beginnings(canvas: Canvas, sheet: Sheet, edition: Edition, at: dict[str, float]) -> None:
    """Name the first passage of each document that has room."""
    free = 0.0
    for ident in _beginnings(edition):
        end = at[ident] + sheet.width_of(ident, _SIZE)
        if at[ident] >= free and end <= sheet.width:
            canvas.words(at[ident], 12, ident, size=_SIZE)
            free = end + 6


def _work(quotation: Quotation) -> str:
    return quotation.citations[0].key if quotation.citations else ""


def _beginnings(edition: Edition) -> list[str]:
    """Return the first passage of each document."""
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
            ident
            + (f" (×\N{NO-BREAK SPACE}{found.count(ident)})" if found.count(ident) > 1 else "")
            for ident in dict.fromkeys(found)
        )
        parts.append(f"{names[key]}: {where}.")
    total = sum(len(found) for key, found in quoted.items() if key in names)
    head = _("Quotations: %s, works: %s, passages: %s.") % (total, len(rows), len(order))
    return " ".join([head, *parts])
