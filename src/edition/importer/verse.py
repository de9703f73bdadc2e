"""Verse in a document tree: its lines, its stanzas, and what only says that it is verse."""

import re
from collections.abc import Iterator, Sequence

from edition.importer.tree_nodes import Node

VERSE_STYLE = re.compile(
    r"\b(?:(?:ws-|wp-block-)?(?:verses?|vers|poem|poetry|stanza|song|lyrics)|lg"
    r"|line-?(?:group|block)?|gedicht)\b",
    re.IGNORECASE,
)
LONGEST_VERSE = 90
"""Characters of a line of verse; the longest in tests/importer has 61."""


def is_verse(text: str) -> bool:
    """Tell whether a paragraph is verse: three short lines or more that the author broke."""
    lines = text.split("\n")
    return len(lines) > 2 and all(len(line) <= LONGEST_VERSE for line in lines)


def gathered(nodes: Sequence[Node], *, verse: bool) -> list[Node]:
    """Return blocks with the lines of verse among them made stanzas.

    Within `verse`, paragraphs are lines where none of them is divided into lines.
    """
    paragraphs = [n for n in map(_alone, nodes) if n is not None]
    verse = verse and not any(x["t"] == "LineBreak" for p in paragraphs for x in p["c"])
    found: list[Node] = []
    for node in nodes:
        line = _alone(node) if verse or _is_line(node) else None
        if line is None:
            found.append(node)
        elif found and found[-1]["t"] == "Lines":
            found[-1]["c"].append(line["c"])
        else:
            found.append({"t": "Lines", "c": [line["c"]]})
    return [{"t": "LineBlock", "c": n["c"]} if n["t"] == "Lines" else n for n in found]


def stanzas(lines: Sequence[Sequence[Node]]) -> Iterator[list[Node]]:
    """Yield the stanzas of lines that empty lines divide."""
    stanza: list[Node] = []
    for line in (*lines, ()):
        if line:
            stanza += [*line, {"t": "LineBreak"}]
        elif stanza:
            yield stanza
            stanza = []


def _alone(node: Node) -> Node | None:
    """Return the one paragraph that a node is or holds."""
    while node["t"] == "Div" and len(node["c"][1]) == 1:
        node = node["c"][1][0]
    if node["t"] == "Div" and not node["c"][1]:  # an empty line
        return {"t": "Plain", "c": []}
    return node if node["t"] in ("Para", "Plain") else None


def _is_line(node: Node) -> bool:
    """Tell whether a block says that it is verse, and is one line."""
    line = _alone(node)
    if line is None or node["t"] != "Div" or any(x["t"] == "LineBreak" for x in line["c"]):
        return False
    (_, classes, attributes), _ = node["c"]
    return bool(VERSE_STYLE.search(" ".join((*classes, dict(attributes).get("custom-style", "")))))
