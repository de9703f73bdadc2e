"""Listings: rows of named values as aligned columns, JSON or CSV."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from edition.report.cells import cell_width, cut, harmless, one_line

RowFormat = Literal["text", "json", "csv"]
"""The forms in which a listing can be had."""

ROW_FORMATS: tuple[RowFormat, ...] = get_args(RowFormat)

_GAP = "  "
_NARROWEST = 3


def render_rows(
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[str],
    format: RowFormat,  # noqa: A002 - the word of the command line
    *,
    width: int | None = None,
) -> str:
    r"""Give the columns of the rows, in the order given; what it gives ends with a newline.

    `json` is a list of objects; strings, numbers, booleans and None keep their types, and
    a value of any other type is its `str`. `csv` is that of RFC 4180 with a header, so its
    lines end in CR LF (write it to a stream that leaves line ends alone); None is an empty
    cell. `text` has a header, numbers set to the right, and is cut to `width` cells where
    one is given: the widest columns give way first, none below three cells. Raises
    KeyError for a row without one of the columns.
    """
    cells = [[row[column] for column in columns] for row in rows]
    if format == "text":
        report = _text(cells, columns, width)
    else:
        report = {"json": _json, "csv": _csv}[format](cells, columns)
    # A file name that is not UTF-8 has surrogates in it, which no stream takes.
    return report.encode(errors="replace").decode()


def _json(cells: list[list[object]], columns: Sequence[str]) -> str:
    objects = [dict(zip(columns, row, strict=True)) for row in cells]
    return json.dumps(objects, ensure_ascii=False, indent=2, default=str) + "\n"


def _csv(cells: list[list[object]], columns: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in cells)
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a value that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    word = harmless(_word(value))
    return f"'{word}" if isinstance(value, str) and word.startswith(tuple("=+-@")) else word


def _text(cells: list[list[object]], columns: Sequence[str], width: int | None) -> str:
    table = [list(columns), *([one_line(_word(value)) for value in row] for row in cells)]
    widths = [max(cell_width(row[i]) for row in table) for i in range(len(columns))]
    if width is not None:
        widths = _narrowed(widths, width - len(_GAP) * (len(columns) - 1))
    numeric = [_is_numeric([row[i] for row in cells]) for i in range(len(columns))]
    return "".join(_GAP.join(map(_padded, row, widths, numeric)).rstrip() + "\n" for row in table)


def _padded(word: str, width: int, right: bool) -> str:
    shown = cut(word, width)
    padding = " " * (width - cell_width(shown))
    return padding + shown if right else shown + padding


def _narrowed(widths: list[int], room: int) -> list[int]:
    """Cap the widths so that they fit the room, as far as the narrowest column allows."""
    cap = max(widths, default=0)
    while cap > _NARROWEST and sum(min(width, cap) for width in widths) > room:
        cap -= 1
    return [min(width, cap) for width in widths]


def _is_numeric(values: list[object]) -> bool:
    numbers = [value for value in values if value is not None]
    return bool(numbers) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in numbers
    )


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
