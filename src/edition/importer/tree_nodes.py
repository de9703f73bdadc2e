"""The elements of pandoc's document tree, and the signs that our own readers put into its text."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

# Characters of the private use area, around what pandoc does not hand on of a DOCX.
FIELD, FIELD_NUMBER, FIELD_END, PAGE_BREAK, LANGUAGE, LANGUAGE_NAME, LANGUAGE_END = map(
    chr, range(0xE100, 0xE107)
)
SIGNS = re.compile(
    f"{FIELD}(?P<field>\\d+){FIELD_NUMBER}|(?P<end>{FIELD_END})|(?P<page>{PAGE_BREAK})"
    f"|{LANGUAGE}(?P<language>[\\w-]+){LANGUAGE_NAME}|(?P<closed>{LANGUAGE_END})"
)
NOTE_CALL = re.compile(
    r"[\[(]?(?:(?:note|fn|n)\.?\s?)?(?:\d{1,5}|[*†‡§¶]+|[ivxlc]{1,7}|[a-z])[\])]?", re.IGNORECASE
)
"""What a link to a note shows."""

Node = Any


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


def plain_words(nodes: Node) -> str:
    """Return the text of inlines or blocks."""
    pieces: list[str] = []
    for node in walk(nodes):
        match node["t"]:
            case "Str":
                pieces.append(SIGNS.sub("", node["c"]))
            case "Code" | "Math":
                pieces.append(node["c"][1])
            case "Space" | "SoftBreak" | "LineBreak" | "Para" | "Plain":
                pieces.append(" ")
    return re.sub(r"\s+", " ", "".join(pieces))


def rows_of_table(content: Node) -> tuple[list[Node], list[list[Node]], list[list[Node]]]:
    """Return caption, rows of the head and rows of the body of a table as pandoc has it."""
    caption: list[Node] = []
    for node in walk(content[1][1]):
        if node["t"] in ("Para", "Plain"):
            caption += [*([{"t": "Space"}] if caption else []), *node["c"]]
    head = [[cell[4] for cell in row[1]] for row in content[3][1]]
    body: list[list[Node]] = []
    for part in content[4]:
        body += [[cell[4] for cell in row[1]] for row in (*part[2], *part[3])]
    body += [[cell[4] for cell in row[1]] for row in content[5][1]]
    return caption, head, body


def without_number(blocks: Sequence[Node]) -> list[Node]:
    """Return a note without the links back to the text, and without its own number."""
    first = True
    kept: list[Node] = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            inlines = [x for x in block["c"] if not _leads_back(x)]
            if first:
                while inlines and not plain_words(inlines[0]).strip():
                    inlines.pop(0)
                if inlines and inlines[0]["t"] in ("Superscript", "Str"):
                    number = re.match(
                        r"\s*[\[(]?\d{1,5}[\])]?\.?(?:\s+|\Z)", plain_words(inlines[0])
                    )
                    if number and inlines[0]["t"] == "Str":
                        rest = inlines[0]["c"][number.end() :]
                        inlines[0] = {"t": "Str", "c": rest}
                    elif number:
                        inlines.pop(0)
                first = False
            block = {"t": block["t"], "c": inlines}
        elif block["t"] == "Div":
            block = {"t": "Div", "c": [block["c"][0], without_number(block["c"][1])]}
        kept.append(block)
    return kept


def _leads_back(node: Node) -> bool:
    """Tell whether an inline is a link back to the text, or several with a sign before them."""
    if node["t"] in ("Superscript", "Span", "Strong", "Emph"):
        inner = node["c"][1] if node["t"] == "Span" else node["c"]
        links = [x for x in inner if _leads_back(x)]
        others = (x for x in inner if x not in links)
        return bool(links) and not re.search(r"\w", plain_words(list(others)))
    if node["t"] != "Link" or not node["c"][2][0].startswith("#"):
        return False
    words = plain_words(node["c"][1]).strip()
    return not re.search(r"[^\W\d_]{2}", words)


def short(text: str) -> str:
    """Return the first words of a text on one line."""
    words = " ".join(text.split()).replace('"', "’")
    return words if len(words) <= 60 else f"{words[:59]}…"
