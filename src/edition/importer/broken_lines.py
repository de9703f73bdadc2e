"""Paragraphs that a page divides by line breaks alone, as pages did before they had styles."""

from collections.abc import Iterator, Sequence

from edition.importer.tree_nodes import Node, plain_words
from edition.importer.verse import LONGEST_VERSE

_INDENT = "\u00a0\u00a0"
"""Blanks that begin a paragraph after a line break."""

_Lines = list[list[Node]]


def paragraphs(inlines: Sequence[Node]) -> Iterator[Node]:
    """Yield the paragraphs of a run of inlines, or the stanzas of a poem.

    An empty line divides two, and where the lines are prose a line set in begins one as well.
    """
    lines: _Lines = [[]]
    for node in inlines:
        if node["t"] == "LineBreak":
            lines.append([])
        else:
            lines[-1].append(node)
    short = len(lines) > 1 and all(len(plain_words(line)) <= LONGEST_VERSE for line in lines)
    pieces = _pieces(lines, short=short)
    if short and len(pieces) > 1 and all(len(piece) > 1 for piece in pieces):
        yield {"t": "LineBlock", "c": [line for piece in pieces for line in (*piece, [])]}
        return
    for piece in pieces:
        broken = [x for line in piece for x in ({"t": "LineBreak"}, *line)]
        yield {"t": "Para", "c": broken[1:]}


def _pieces(lines: _Lines, *, short: bool) -> list[_Lines]:
    """Return the lines between empty ones, without the blanks that set in the first."""
    pieces: list[_Lines] = [[]]
    for line in lines:
        empty = all(n["t"] == "Str" and not n["c"].strip() for n in line)
        first = line[0] if line and line[0]["t"] == "Str" else {"t": "Str", "c": ""}
        set_in = first["c"].lstrip(" \t\n").startswith(_INDENT)
        if pieces[-1] and (empty or (set_in and not short)):
            pieces.append([])
        if not empty:
            begun = {"t": "Str", "c": first["c"].lstrip()}
            own = [begun, *line[1:]] if first["c"] and not pieces[-1] else line
            pieces[-1].append(own)
    return [piece for piece in pieces if piece]
