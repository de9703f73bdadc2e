"""The elements of pandoc's document tree, and the signs that our own readers put into its text."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

# Characters of the private use area, around what pandoc does not hand on of a DOCX.
FIELD, FIELD_NUMBER, FIELD_END, PAGE_BREAK, LANGUAGE, LANGUAGE_NAME, LANGUAGE_END, QUOTED, NOTED = (
    map(chr, range(0xE100, 0xE109))
)
OWN_SIGN, ITEM = "\ue10a", "\ue10b"  # a mark of the author's own for a note; an item in one
CELL = "\ue109"  # in the markup of a table, for the words of a cell
SIGNS = re.compile(
    f"{FIELD}(?P<field>\\d+){FIELD_NUMBER}|(?P<end>{FIELD_END})|(?P<page>{PAGE_BREAK})"
    f"|{LANGUAGE}(?P<language>[\\w-]+){LANGUAGE_NAME}|(?P<closed>{LANGUAGE_END})|(?P<quoted>{QUOTED})"
    f"|{NOTED}(?P<note>\\d+){NOTED}|{OWN_SIGN}(?P<sign>[^{OWN_SIGN}]*){OWN_SIGN}"
    f"|{ITEM}(?P<level>\\d+):(?P<number>\\d+):(?P<kind>[^{ITEM}]*){ITEM}"
)
NOTE_CALL = re.compile(
    r"[\[(]?(?:(?:note|fn|n)\.?\s?)?(?:\d{1,5}\*?|[*†‡§¶]+|[ivxlc]{1,7}|[a-z])[\])]?", re.IGNORECASE
)
"""What a link to a note shows."""

Node = Any
_MOST_SPANNED = 100
"""Columns that one cell spans at most; a hostile table may name millions."""


def walk(node: Node) -> Iterator[dict[str, Any]]:
    """Yield every element of a tree, outer before inner, without recursion."""
    stack = [node]
    while stack:
        at = stack.pop()
        if isinstance(at, dict):
            if "t" in at:
                yield at
            stack.extend(reversed(list(at.values())))
        elif isinstance(at, list | tuple):
            stack.extend(reversed(at))


def shown(text: str) -> str:
    """Return the text of a string of the tree, without our signs and soft hyphens."""
    return text if text.isascii() else SIGNS.sub("", text).replace("\u00ad", "")


def plain_words(nodes: Node) -> str:
    """Return the text of inlines or blocks."""
    pieces: list[str] = []
    for node in walk(nodes):
        match node["t"]:
            case "Str":
                pieces.append(shown(node["c"]))
            case "Code" | "Math" | "CodeBlock":
                pieces.append(node["c"][1])
            case "Space" | "SoftBreak" | "LineBreak" | "Para" | "Plain":
                pieces.append(" ")
    return re.sub(r"\s+", " ", "".join(pieces))


def sign_at_start(node: Node) -> re.Match[str] | None:
    """Return the sign that blocks begin with, if one."""
    return SIGNS.match(next((str(n["c"]) for n in walk(node) if n["t"] == "Str"), ""))


def name_of_note(note: Node) -> str:
    """Return what tells a note that is called several times, or nothing."""
    found = sign_at_start(note["c"])
    return str(note.get("id") or (found and found["note"]) or "")


def rows_of_table(content: Node) -> tuple[list[Node], list[list[Node]], list[list[Node]]]:
    """Return caption, rows of the head and rows of the body of a table as pandoc has it."""
    caption: list[Node] = []
    for node in walk(content[1][1]):
        if node["t"] in ("Para", "Plain"):
            caption += [*([{"t": "Space"}] if caption else []), *node["c"]]
    head = content[3][1]
    rows = [*head, *(r for p in content[4] for r in (*p[2], *p[3])), *content[5][1]]
    table = in_grid([[(cell[4], cell[2], cell[3]) for cell in row[1]] for row in rows])
    return caption, table[: len(head)], table[len(head) :]


def in_grid(rows: Sequence[Sequence[tuple[list[Node], int, int]]]) -> list[list[Node]]:
    """Return rows of cells, each with rows and columns that it spans, with empty cells for them."""
    spanned: set[tuple[int, int]] = set()  # the cells below a cell that goes on
    table: list[list[Node]] = []
    for number, row in enumerate(rows):
        cells: list[Node] = []
        for content, down, across in row:
            while (number, len(cells)) in spanned:
                cells.append([])
            columns = range(len(cells), len(cells) + min(across, _MOST_SPANNED))
            below = range(number + 1, min(number + down, len(rows)))
            spanned |= {(row_below, column) for row_below in below for column in columns}
            cells += [content, *[[]] * (len(columns) - 1)]
        while (number, len(cells)) in spanned:
            cells.append([])
        table.append(cells)
    return table


def without_number(blocks: Sequence[Node]) -> list[Node]:
    """Return a note without the signs that lead back to the text, and without its own number.

    A number that is a link is its own where the note begins, and a page elsewhere.
    """
    kept: list[Node] = []
    for number, block in enumerate(blocks):
        if block["t"] in ("Para", "Plain"):
            inlines = [x for x in block["c"] if not _leads_back(x, r"\w")]
            block = {"t": block["t"], "c": inlines if number else _without_first(inlines)}
        elif block["t"] == "Div":
            block = {"t": "Div", "c": [block["c"][0], without_number(block["c"][1])]}
        kept.append(block)
    return kept


def _without_first(inlines: list[Node]) -> list[Node]:
    """Return the first inlines of a note without its number, be it a link or not."""
    while inlines and (
        not plain_words(inlines[0]).strip() or _leads_back(inlines[0], r"[^\W\d_]{2}")
    ):
        inlines = inlines[1:]
    if inlines and inlines[0]["t"] == "Span":
        attributes, inner = inlines[0]["c"]
        return [{"t": "Span", "c": [attributes, _without_first(inner)]}, *inlines[1:]]
    bracketed = bool(inlines) and plain_words(inlines[0]).strip() in ("[", "(")
    if bracketed and len(inlines) > 1 and _leads_back(inlines[1], r"[^\W\d_]{2}"):
        inlines = inlines[2:]
    if not inlines or inlines[0]["t"] not in ("Superscript", "Str"):
        return inlines
    words = plain_words(inlines[0])
    found = re.match(r"\s*(?:[\[(]?\d{1,5}\*?[\])]?\.?(?:\s+|\Z)|[.):\]]+(?:\s+|\Z))?", words)
    if not found or not found.end():
        return inlines
    rest = [{"t": "Str", "c": words[found.end() :]}] if inlines[0]["t"] == "Str" else []
    return [*rest, *inlines[1:]]


def _leads_back(node: Node, words: str) -> bool:
    """Tell whether an inline is a link within the text that shows no such words, or holds one."""
    if node["t"] in ("Superscript", "Span", "Strong", "Emph"):
        inner = node["c"][1] if node["t"] == "Span" else node["c"]
        links = [x for x in inner if _leads_back(x, words)]
        others = (x for x in inner if x not in links)
        return bool(links) and not re.search(r"\w", plain_words(list(others)))
    inside = node["t"] == "Link" and node["c"][2][0].startswith("#")
    return inside and not re.search(words, plain_words(node["c"][1]))


def page_mark(label: str) -> Node:
    """Return the mark of a page of the print."""
    return {"t": "Span", "c": [["", ["pagebreak"], [["title", label]] if label else []], []]}


def short(text: str) -> str:
    """Return the first words of a text on one line."""
    words = " ".join(text.split()).replace('"', "’")
    return words if len(words) <= 60 else f"{words[:59]}…"
