"""Tables typed in a plain text, in columns of blanks or between upright lines."""

import re
from collections.abc import Iterator, Sequence

_RULE = re.compile(r"[\s|+:_─═=-]*[_─═=-]{3,}[\s|+:_─═=-]*")
_GAP = re.compile(r"\S(?: {2,}|\t)\s*\S")
_FIGURES = re.compile(r"[^\W\d_]{0,3}[\s.$£€~(±+–-]*\d[\d\s.,:/%()–-]*[^\W\d_]{0,3}|[–—-]|n/?a")
_DOTS = re.compile(r"(?:\.\s?){3,}")  # of a table of contents
_LEAST_ROWS = 3
_WIDEST = 300
_FIGURES_OF_TEN, _FILLED_OF_TEN = 6, 5

Rows = list[list[str]]


def read_table(lines: Sequence[str]) -> tuple[int, Rows] | None:
    """Return the rows that lines make, and how many are the head; None where they are prose."""
    rules = [_RULE.fullmatch(line) is not None for line in lines]
    typed = [line for line, rule in zip(lines, rules, strict=True) if not rule]
    if len(typed) < 2 or max(map(len, typed)) > _WIDEST:
        return None
    ruled = any(rules[1:-1])
    upright = all("|" in line for line in typed)
    rows = _between_lines(typed, ruled=ruled) if upright else _in_columns(typed, ruled=ruled)
    if rows is None:
        return None
    groups: list[Rows] = [[]]
    waiting = iter(rows)
    for rule in rules:
        if not rule:
            groups[-1].append(next(waiting))
        elif groups[-1]:
            groups.append([])
    groups = [g for g in groups if g]
    if len(groups) > 2:  # a rule below every row, whose cells have several lines
        wrapped = [[" ".join(filter(None, cell)) for cell in zip(*g, strict=True)] for g in groups]
        return 1, wrapped
    head = len(groups[0]) if len(groups) == 2 else int(_is_head(rows))
    return head, rows


def _between_lines(lines: Sequence[str], *, ruled: bool) -> Rows | None:
    """Return the cells between upright lines: at the ends, or two within, or with rules."""
    rows = []
    for line in lines:
        inner = re.sub(r"\A\||(?<!\\)\|\Z", "", line.strip())
        rows.append([" ".join(cell.split()) for cell in re.split(r"(?<!\\)\|", inner)])
    enclosed = all(line.lstrip().startswith("|") for line in lines)
    alike = len({len(row) for row in rows}) == 1 and len(rows[0]) > 1
    return rows if alike and (enclosed or ruled or len(rows[0]) > 2) else None


def _in_columns(lines: Sequence[str], *, ruled: bool) -> Rows | None:
    """Return the cells of columns that two blanks or more part in every line."""
    spaced = [line.expandtabs(8) for line in lines]
    gaps = sum(_GAP.search(line) is not None for line in lines)
    if len(lines) < _LEAST_ROWS - ruled or gaps * 10 < len(lines) * _FIGURES_OF_TEN:
        return None
    if any(_DOTS.search(line) for line in lines):
        return None
    tabbed = [re.split(r"\t+", line.strip()) for line in lines]
    if len({len(row) for row in tabbed}) == 1 and len(tabbed[0]) > 1:
        rows = [[" ".join(cell.split()) for cell in row] for row in tabbed]
    else:
        bounds = list(_columns(spaced))
        rows = [[" ".join(line[a:b].split()) for a, b in bounds] for line in spaced]
        small = sum(cell[:1].islower() for row in rows for cell in row)
        if small * 2 > sum(bool(cell) for row in rows for cell in row) and not ruled:
            return None  # blanks that happen to stand one below the other
    columns = list(zip(*rows, strict=True))
    filled = all(sum(map(bool, c)) * 10 >= len(c) * _FILLED_OF_TEN for c in columns)
    in_figures = len(columns) == 2 and _are_figures(columns[1][1:])
    # Of two columns the second has figures: others are pages side by side, or verse in halves.
    return rows if filled and (len(columns) > 2 or in_figures) else None


def _columns(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each column begins and ends."""
    width = max(map(len, lines))
    held = [any(line[at : at + 1].strip() for line in lines) for at in range(width)]
    start = None
    for at, here in enumerate(held):
        if here and start is None:
            start = at
        elif start is not None and not any(held[at : at + 2]):
            yield start, at
            start = None
    if start is not None:
        yield start, width


def _are_figures(cells: Sequence[str]) -> bool:
    figures = sum(_FIGURES.fullmatch(cell) is not None for cell in cells)
    return figures * 10 >= len(cells) * _FIGURES_OF_TEN


def _is_head(rows: Rows) -> bool:
    """Tell whether the first row has words over figures."""
    columns = list(zip(*rows, strict=True))
    over = [c[0] for c in columns if c[0] and _are_figures(c[1:])]
    return bool(over) and not any(re.search(r"\d", cell) for cell in over)
