"""Verse in a document tree: its lines, its stanzas, and what only says that it is verse."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from edition.importer.document import Block, Field, Mark, shifted
from edition.importer.tree_nodes import Node

VERSE_STYLE = re.compile(
    r"\b(?:(?:ws-|wp-block-)?(?:verses?|vers|poem|poetry|stanza|song|lyrics)|lg"
    r"|line-?(?:group|block)?|gedicht)\d?\b",
    re.IGNORECASE,
)
_NO_VERSE = re.compile(r"\S {3,}\S|\.{4}|[^\W\d_]-$", re.MULTILINE)
_NARROW, _VERY_NARROW, _NARROWEST = 0.8, 0.6, 0.45
"""The part of a text's width up to which lines are short, with capitals and without."""
_LEAST_PART = 1 / 3
"""The part of the width up to which lines are verse however far they are set in."""
_LEAST_WIDTH, _MOST_WIDTH = 64, 80
"""Characters that prose has room for, if a text is all verse, or has a line a paragraph."""
_WIDEST = 150
"""Characters of the longest lines of a text whose paragraphs are wrapped."""
_MOST_FIGURES = 8
"""One in so many characters; more of them are a table's."""
INDENT = "\u00a0" * 4
"""Before a line of verse that is set in."""
_LONGEST_APART = 60
"""Characters of a line of verse that is a paragraph of its own."""
_ENDED = re.compile(r"[.!?:…][”\"’'»)]*\Z")
LONGEST_VERSE = 90
"""Characters of a line of verse; the longest in tests/importer has 61."""


def is_verse(text: str) -> bool:
    """Tell whether a paragraph is verse: three short lines or more that the author broke."""
    lines = text.split("\n")
    return len(lines) > 2 and all(len(line) <= LONGEST_VERSE for line in lines)


def widths(lines: Sequence[str]) -> tuple[int, bool]:
    """Return the characters of a usual line of a plain text, and if each line is a paragraph."""
    lengths = sorted(len(line) for line in lines if line)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    joined = sum(bool(a and b) for a, b in pairwise(lines))
    long = [(a, b) for a, b in pairwise(lines) if len(a) > _LEAST_WIDTH // 2 and b]
    flowing = sum(b[0].islower() or a[-1] in "-,;" for a, b in long)
    return min(max(usual, _LEAST_WIDTH), _MOST_WIDTH), (
        usual > _WIDEST and joined > 1 and flowing * 10 <= joined
    )


def are_verse(lines: Sequence[str], indent: int, width: int, before: Block) -> bool:
    """Tell whether lines of a plain text are verse; its prose is `width` wide.

    A stanza may go on with the verse `before` it, as far set in.

    Prose that is wrapped ends a line only where the next word has no room.
    """
    whole = "\n".join(lines)
    longest = max(map(len, lines))
    figures = sum(map(str.isdigit, whole)) * _MOST_FIGURES > len(whole)
    if longest > LONGEST_VERSE or whole.isupper() or figures or _NO_VERSE.search(whole):
        return False
    if before.hint.startswith("verse") and before.indent == indent > 1:
        return len(lines) > 1 and indent + longest < width * _NARROW
    pairs = list(pairwise(lines))
    roomy = sum(len(a) + len(b.split()[0]) < longest for a, b in pairs) * 2 >= len(pairs)
    if not _begin_high(lines):
        part = _VERY_NARROW if roomy else _NARROWEST
        narrow = indent + longest < width * part or longest < width * _LEAST_PART
        return len(lines) > 2 and narrow
    if indent + longest > width * _NARROW:
        return roomy and len(lines) > 3
    return len(lines) > 2 - (indent > 1)


def reads_as_verse(text: str) -> bool:
    """Tell whether what a page sets as it is typed is verse, and neither code nor a table."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    code = re.search(r"[{}<>=|\t]|\S {3,}\S", text)
    short = max(map(len, lines), default=0) <= LONGEST_VERSE
    ended = sum(line[-1] in ",;.:!?—" for line in lines) * 2 > len(lines) > 2
    return short and len(lines) > 1 and not code and (_begin_high(lines) or ended)


def as_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return short paragraphs one after another as one with their lines, if they are verse."""
    texts = [b.text for b in blocks]
    open_ended = sum(not _ENDED.search(text) for text in texts[:-1])
    plain = all(b.hint in ("p", "quote") and b.text and not b.markup for b in blocks)
    short = max(map(len, texts), default=0) <= _LONGEST_APART and "\n" not in "".join(texts)
    if not plain or not short or len(blocks) < 3 or open_ended * 2 < len(blocks) - 1:
        return list(blocks)
    marks: list[Mark] = []
    fields: list[Field] = []
    position = 0
    for block in blocks:
        marks += shifted(block.marks, position)
        fields += shifted(block.fields, position)
        position += len(block.text) + 1
    first = blocks[0]
    hint = "verse" if first.hint == "p" else first.hint
    text = "\n".join(texts)
    return [replace(first, text=text, hint=hint, marks=tuple(marks), fields=tuple(fields))]


def with_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with the lines of verse among them that are paragraphs set in."""
    found: list[Block] = []
    for quoted, group in groupby(blocks, lambda b: b.hint == "quote"):
        run, begun = list(group), found and found[-1].hint == "quote-first"
        found += run if begun or not quoted else as_lines(run)
    return found


def _begin_high(lines: Sequence[str]) -> bool:
    """Tell whether no line begins with a small letter."""
    return not any(next(filter(str.isalpha, line), "A").islower() for line in lines)


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


def set_in(indents: Sequence[int], *, verse: bool) -> list[str]:
    """Return the blanks before each line of verse, if a third of its lines or more has none."""
    least = min(indents)
    aligned = verse and sum(indent == least for indent in indents) * 3 >= len(indents)
    return ["\u00a0" * (indent - least) * aligned for indent in indents]
