"""Tables of a document tree, written as Markdown has them."""

from collections.abc import Callable, Iterator, Sequence

from edition.importer.document import Block, Field, Mark, shifted
from edition.importer.inline_text import Inlines, Run
from edition.importer.tree_nodes import CELL, Node, rows_of_table

Cell = tuple[str, tuple[Mark, ...], tuple[Field, ...]]
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
) -> Block:
    """Return a table as its cells that hold words; in its markup a sign stands for each."""
    rows = [[_cell(cell, inlines, items) for cell in row] for row in (*head, *body)]
    return table_of(len(head), rows)


def table_of(head: int, rows: Sequence[Sequence[Cell]]) -> Block:
    """Return a table whose first rows are its head."""
    cells: list[str] = []
    marks: list[Mark] = []
    fields: list[Field] = []
    shown: list[list[str]] = [] if head else [[]]
    position = 0
    for row in rows:
        shown.append([CELL if text or own else "" for text, own, _ in row])
        for text, own, cited in (cell for cell in row if cell[0] or cell[1]):
            marks += shifted(own, position)
            fields += shifted(cited, position)
            cells.append(text)
            position += len(text) + 1
    width = max(map(len, shown))
    lines = ["| " + " | ".join((*row, *[""] * (width - len(row)))) + " |" for row in shown]
    lines.insert(1, "|" + " --- |" * width)
    return Block(
        text="\n".join(cells),
        line=0,
        hint="table",
        items=tuple(cells),
        leads=("",) * len(cells),
        marks=tuple(marks),
        fields=tuple(fields),
        markup="\n".join(lines),
    )


def _cell(blocks: Sequence[Node], inlines: Inlines, items: Items) -> Cell:
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
