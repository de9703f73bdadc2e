"""What a directive's content has to be: one list, rows of one length, a picture, a caption."""

import csv
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.token import Token

from edition.myst.directives import Directive
from edition.myst.option_values import converted

Fault = tuple[str, str] | None
"""What is wrong with a content, and what to do; None where nothing is."""

_PARAGRAPHS = ("paragraph_open", "myst_target", "substitution_block")


def _blocks(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.level == 0 and t.nesting >= 0]


def _list(tokens: Sequence[Token], directive: Directive) -> Fault:
    if [t.type for t in _blocks(tokens)] == ["bullet_list_open"]:
        return None
    example = "- Ann, - Ben" if directive.name == "acks" else "- a, - b"
    return "wants one list, and holds something else", f"Write {example}."


def _list_table(tokens: Sequence[Token], directive: Directive) -> Fault:
    hint = "Write one list, and in each of its items a list of cells."
    if [t.type for t in _blocks(tokens)] != ["bullet_list_open"]:
        return "wants one list, and holds something else", hint
    rows: list[int] = []
    for token in tokens:
        if token.type == "list_item_open" and token.level == 1:
            rows.append(0)
        elif token.level == 2 and token.nesting >= 0 and token.type != "bullet_list_open":
            return "has a row that is no list of cells", hint
        elif token.type == "list_item_open" and token.level == 3:
            rows[-1] += 1
    if len(set(rows)) > 1 or 0 in rows:
        cells = ", ".join(map(str, sorted(set(rows))))
        return f"has rows of {cells} cells, where all need as many", hint
    return _size_fault(directive, len(rows), rows[0])


def _table(tokens: Sequence[Token], directive: Directive) -> Fault:
    if [t.type for t in _blocks(tokens)] != ["table_open"]:
        return "wants one table, and holds something else", "Write | a | b |."
    columns = sum(t.type == "th_open" for t in tokens)
    return _size_fault(directive, 0, columns)


def csv_fault(directive: Directive, content: str) -> Fault:
    """Return what is wrong with the content of a `{csv-table}`, or with that of its file."""
    typed = {name: converted(directive, name) for name in ("delim", "quote", "escape")}
    if "delim" in directive.options and not typed["delim"]:
        return None  # its value is told of
    options: dict[str, Any] = {"strict": True, "skipinitialspace": True}
    names = {"delim": "delimiter", "quote": "quotechar", "escape": "escapechar"}
    options |= {names[name]: value for name, value in typed.items() if value}
    options["doublequote"] = not typed["escape"]
    header = directive.options.get("header")
    try:
        rows = list(csv.reader(content.splitlines(), **options))
        head = list(csv.reader(header.value.split("\n"), **options)) if header else []
    except (csv.Error, TypeError, ValueError) as error:
        return f"cannot be read as CSV ({error})", "Close every quotation mark."
    if not any(rows):
        return "holds no rows", "Fill or remove it."
    return _size_fault(directive, len(rows), max(map(len, rows + head)))


def _size_fault(directive: Directive, rows: int, columns: int) -> Fault:
    """Return where headers, stubs or widths do not fit; `rows` is 0 where they do not matter."""
    for option, there, what in (
        ("header-rows", rows, "rows"),
        ("stub-columns", columns, "columns"),
    ):
        count = converted(directive, option)
        if there and isinstance(count, int) and count >= there:
            return (
                f"has {there} {what}, and :{option}: {count} leaves none of them for its body",
                "Lower the number.",
            )
    widths = converted(directive, "widths")
    if isinstance(widths, list) and len(widths) != columns:
        return (
            f"has {columns} columns, and {len(widths)} widths for them",
            "Give each column a width.",
        )
    return None


def _figure(tokens: Sequence[Token], _directive: Directive) -> Fault:
    blocks = _blocks(tokens)
    if not blocks or blocks[0].type in _PARAGRAPHS or blocks[0].content.startswith("<img"):
        return None
    return "begins with no paragraph, which would be its caption", "Write the caption first."


def _figure_md(tokens: Sequence[Token], _directive: Directive) -> Fault:
    blocks = _blocks(tokens)
    first = next((t for t in tokens if t.type == "inline"), None)
    kinds = {t.type for t in (first.children or [])[:1]} if first else set()
    shown = blocks[:1] and (blocks[0].type == "html_block" or kinds & {"image", "html_inline"})
    if shown and [t.type for t in blocks[1:]] == ["paragraph_open"]:
        return None
    return "wants one picture and one paragraph, and holds something else", "Write ![…](…) first."


CONTENTS: dict[str, Callable[[Sequence[Token], Directive], Fault]] = {
    "acks": _list,
    "hlist": _list,
    "list-table": _list_table,
    "table": _table,
    "figure": _figure,
    "figure-md": _figure_md,
}
