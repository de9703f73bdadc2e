"""Tables that a narrow page cannot hold: their rows become blocks, their cells have heads."""

import re
from itertools import zip_longest

from docutils import nodes

# A letter and the blank between two columns, in letters of the text; the letter is that of DejaVu
# Serif, which is broad, at the 0.85 of tables. The style sheet has both limits.
_LETTER, _BLANK = 0.52, 0.6
_LIMITS = {"": 9, " narrow": 18, " broad": 30}


def mark_numbers(table: nodes.table) -> None:
    """Tell the cells that hold links and nothing else, each of them a place for a finger."""
    for cell in table.findall(nodes.entry):
        links = list(cell.findall(nodes.reference))
        letters = sum(len("".join(link.astext().split())) for link in links)
        others = re.sub(r"[\s,;]", "", cell.astext())
        if links and len(others) == letters:
            cell["classes"].append("numbers")


def name_heads(table: nodes.table) -> str:
    """Give each cell the words of its column's head; return the class of the room that is wanted.

    Tables without a head, of several rows of heads, with cells across columns or with a table in
    a cell stay as they are, and so does that table.
    """
    rows = [list(row.findall(nodes.entry)) for row in table.findall(nodes.row)]
    heads = [len(list(head.findall(nodes.row))) for head in table.findall(nodes.thead)]
    across = any("morecols" in cell or "morerows" in cell for row in rows for cell in row)
    nested = isinstance(table.parent, nodes.entry) or len(list(table.findall(nodes.table))) > 1
    if heads != [1] or across or nested or "quotation-register" in table["classes"]:
        return ""
    words = [cell.astext().strip() for cell in rows[0]]
    for row in rows[1:]:
        for cell, head in list(zip(row, words, strict=False))[1:]:
            cell["head"] = head
    columns = zip_longest(*([_longest(cell.astext()) for cell in row] for row in rows), fillvalue=0)
    room = sum(_LETTER * max(column) + _BLANK for column in columns)
    return next((name for name, limit in _LIMITS.items() if room <= limit), " broad")


def _longest(text: str) -> int:
    return max(map(len, re.split(r"[\s\-–—]+", text)))
