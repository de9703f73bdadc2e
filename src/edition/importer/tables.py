"""Tables of a document tree, written as Markdown has them."""

from collections.abc import Callable, Iterator, Sequence

from edition.importer.document import Field, Mark, shifted
from edition.importer.inline_text import Inlines, Run
from edition.importer.markup import marked_up
from edition.importer.tree_nodes import FIELD, FIELD_END, FIELD_NUMBER, Node, rows_of_table

Items = Callable[[Node, str], Iterator[tuple[str, Sequence[Node]]]]


def flat(blocks: Sequence[Node]) -> Iterator[Node]:
    """Yield paragraphs and lists, whatever they are wrapped in."""
    for block in blocks:
        match block["t"]:
            case "Para" | "Plain" | "BulletList" | "OrderedList" | "DefinitionList":
                yield block
            case "Div":
                yield from flat(block["c"][1])
            case "BlockQuote":
                yield from flat(block["c"])
            case "LineBlock":
                lines = [x for line in block["c"] for x in (*line, {"t": "LineBreak"})]
                yield {"t": "Para", "c": lines}
            case "Header":
                yield {"t": "Para", "c": block["c"][2]}
            case "CodeBlock":
                yield {"t": "Para", "c": [{"t": "Code", "c": [None, block["c"][1]]}]}
            case "Table" | "Rows":
                rows = block["c"] if block["t"] == "Rows" else rows_of_table(block["c"])
                for row in rows[1] + rows[2]:
                    for cell in row:
                        yield from flat(cell)


def written_table(
    head: Sequence[Sequence[Node]], body: Sequence[Sequence[Node]], inlines: Inlines, items: Items
) -> tuple[str, str, tuple[Field, ...]]:
    """Return a table's words, its markup with signs around each citation, and the citations."""
    fields: list[Field] = []
    words: list[str] = []
    rows: list[list[str]] = []
    for row in (*head, *body):
        cells: list[str] = []
        for cell in row:
            text, marks, cited = _cell(cell, inlines, items)
            for number, one in enumerate(cited, len(fields)):
                begin = f"{FIELD}{number}{FIELD_NUMBER}"
                marks = (Mark(start=one.start, end=one.end, before=begin, after=FIELD_END), *marks)
            fields += shifted(cited, sum(len(w) + 1 for w in words) if cited else 0)
            words += [text] if text else []
            cells.append(marked_up(text, marks).replace("|", "\\|"))
        rows.append(cells)
    width = max(map(len, rows), default=0)
    if not head:
        rows.insert(0, [""] * width)
    lines = ["| " + " | ".join((*cells, *[""] * (width - len(cells)))) + " |" for cells in rows]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(words), "\n".join(lines), tuple(fields)


def _cell(
    blocks: Sequence[Node], inlines: Inlines, items: Items
) -> tuple[str, tuple[Mark, ...], tuple[Field, ...]]:
    run = Run()
    for number, block in enumerate(flat(blocks)):
        if number:
            run.add(" ")
        if block["t"] in ("Para", "Plain"):
            inlines.read(block["c"], run)
        else:
            for _, content in items(block, ""):
                inlines.read(content, run)
                run.add(" ")
    text, marks, cited = run.result()
    return text.replace("\n", " "), marks, cited
