"""Tables, pictures and figures."""

import re
from collections.abc import Sequence
from pathlib import Path

from docutils import nodes
from sphinx.util import logging
from sphinx.util.images import get_image_size

from edition.sphinx.directions import ISOLATE, POP
from edition.sphinx.drawings.svg import Drawing
from edition.sphinx.nodes import drawing
from edition.sphinx.typst import columns
from edition.sphinx.typst.inlines import page_form
from edition.sphinx.typst.numbers import figure_number
from edition.sphinx.typst.syntax import Code, Markup, call, expression
from edition.sphinx.typst.writer import Writer, elements

logger = logging.getLogger(__name__)

_LENGTH = re.compile(r"(?P<number>\d*\.?\d+)(?P<unit>%|px|pt|em|cm|mm|in|)")
_ALIGNMENT = {"text-left": "left", "text-center": "center", "text-right": "right"}
# CSS counts 96 pixels to the inch, Typst 72 points.
_POINTS_PER_PIXEL = 0.75
# A cell of fewer letters, some 15 lines of a third of A5, is kept on one page.
_SHORT = 400


# -- tables ---------------------------------------------------------------------


def visit_table(book: Writer, node: nodes.table) -> None:
    """Write a table; its header repeats where it breaks, so its anchors go before it."""
    title = next((c for c in node.children if isinstance(c, nodes.title)), None)
    caption = _caption(book, node, title, "table")
    header: list[list[Code]] = []
    rows: list[list[Code]] = []
    named: dict[str, object] = {}
    group = next(node.findall(nodes.tgroup))
    specs = [c for c in group.children if isinstance(c, nodes.colspec)]
    for part in elements(group):
        if isinstance(part, nodes.thead):
            book.hoist(part)
            with book.repeatable():
                header += _rows(book, part, specs)
        elif isinstance(part, nodes.tbody):
            ending = [] if book.without_anchors else _ending(part)
            if ending:
                book.tables += 1
                named["number"] = book.tables
            rows += _rows(book, part, specs, ending)
    widths, whole, high = _columns(book, node, specs)
    if whole:
        named["hyphenate"] = False
    if high:
        named["high"] = True
    table = call("tabular", *rows, columns=widths, header=header, caption=caption, **named)
    book.put_block(book.arrival(block=True) + table)


def _ending(body: nodes.Element) -> list[nodes.Element]:
    """Return the last two rows of a table, where they are low enough to be kept together."""
    rows = elements(body)
    spans = any("morerows" in entry for row in rows for entry in elements(row))
    cells = [entry for row in rows[-2:] for entry in elements(row)]
    high = any(map(_is_long, cells)) or any(any(cell.findall(_is_high)) for cell in cells)
    return [] if len(rows) < 2 or spans or high else rows[-2:]


def _is_high(node: nodes.Node) -> bool:
    return isinstance(node, nodes.image | nodes.table | nodes.literal_block | nodes.math_block)


def _rows(
    book: Writer,
    part: nodes.Element,
    specs: list[nodes.colspec],
    ending: Sequence[nodes.Element] = (),
) -> list[list[Code]]:
    stubs = [bool(spec.get("stub")) for spec in specs]
    names = {id(row): f"{book.tables} {number}" for number, row in enumerate(ending)}
    rows = []
    for row in elements(part):
        cells = [
            _cell(book, entry, stub=column < len(stubs) and stubs[column])
            for column, entry in enumerate(elements(row))
        ]
        if id(row) in names:
            cells[0] = Code(f"{cells[0].removesuffix(']')}{call('row-mark', names[id(row)])}]")
        rows.append(cells)
    return rows


def _is_long(entry: nodes.Element) -> bool:
    return len(entry.astext()) >= _SHORT


def _cell(book: Writer, entry: nodes.Element, *, stub: bool) -> Code:
    book.dispatch_ids(entry)
    content = Markup(book.rendered(entry).rstrip("\n"))  # a paragraph alone ends with its cell
    if stub:
        content = call("strong", content)
    settings: dict[str, object] = {}
    if "morecols" in entry:
        settings["colspan"] = entry["morecols"] + 1
    if "morerows" in entry:
        settings["rowspan"] = entry["morerows"] + 1
    if not _is_long(entry):
        settings["breakable"] = False
    for name in entry["classes"]:
        if name in _ALIGNMENT:
            settings["align"] = Code(_ALIGNMENT[name])
    return expression("table.cell", Markup(content + book.arrival()), **settings)


def visit_drawing(book: Writer, node: drawing) -> None:
    """Write a drawing made at build time, as broad as the text."""
    whole: Drawing | None = node["book"]
    if whole is not None:
        words = f"{whole.title}. {whole.alternative}"
        drawn = call("drawing", *whole.pieces, head=whole.head, alt=words)
        book.put_block(book.arrival(block=True) + drawn)


# -- pictures -------------------------------------------------------------------


def visit_figure(book: Writer, node: nodes.figure) -> None:
    """Write a picture with a caption and perhaps a legend."""
    caption = next((c for c in node.children if isinstance(c, nodes.caption)), None)
    legend = next((c for c in node.children if isinstance(c, nodes.legend)), None)
    rest = [c for c in node.children if c is not caption and c is not legend]
    # Within the figure, so that they go with it to another page.
    picture = Markup(book.arrival(block=True) + book.rendered(node, rest))
    named: dict[str, object] = {
        "caption": _caption(book, node, caption, "figure"),
        "legend": book.rendered(legend) if legend is not None else None,
    }
    if "width" in node:
        named["width"] = _length(node["width"])
    book.put_block(call("illustration", picture, **named))


def _caption(
    book: Writer, node: nodes.Element, caption: nodes.Element | None, kind: str
) -> Markup | None:
    """Return a caption with the number that Sphinx gives it in every output."""
    if caption is None:
        return None
    number = figure_number(book.builder.env, book.docname, kind, node["ids"])
    words = book.rendered_text(caption)
    return Markup(call("caption-number", number) + words) if number else words


def visit_image(book: Writer, node: nodes.image) -> None:
    """Write a picture; one without a file has its alternative text instead."""
    file = book.builder.images.get(node["uri"])
    alternative = _alternative(node)
    if file is None:
        if "://" in node["uri"]:
            message = "the book cannot hold a picture from another site: %s"
            logger.warning(message, node["uri"], location=node, type="edition", subtype="image")
        book.put(call("missing-picture", alternative))
        return
    within = isinstance(node.parent, nodes.TextElement) and len(node.parent) > 1
    sizes: dict[str, object] = {
        name: _length(node[name]) for name in ("width", "height") if name in node
    }
    own = get_image_size(Path(book.builder.srcdir) / node["uri"])
    if own and min(own) > 0:
        sizes["size"] = Code(f"({', '.join(f'{n * _POINTS_PER_PIXEL:g}pt' for n in own)})")
    picture = call("picture", f"images/{file}", alt=alternative, inline=within, **sizes)
    if within:
        book.put(picture)
    else:
        book.put_block(book.arrival(block=True) + book.origin(node).strip() + picture)


def _alternative(node: nodes.image) -> str:
    """Return the alternative text; empty only where the source says that it is empty."""
    if "alt" in node:
        return str(node["alt"])
    message = "the picture %s has no alternative text; say in :alt: what it shows"
    logger.warning(message, node["uri"], location=node, type="edition", subtype="alt")
    return str(node["uri"])


def _words(book: Writer, group: nodes.Element, count: int) -> list[list[str]]:
    """Return the words of each row by columns; a cell across columns is of none of them."""
    rows: list[list[str]] = []
    for part in elements(group):
        held = [0] * count  # how many rows a cell from above still takes in each column
        for row in elements(part):  # those of a table in a cell are its own
            column = 0
            words = [""] * count
            for entry in elements(row):
                while column < count and held[column]:
                    column += 1
                span = entry.get("morecols", 0) + 1
                if column < count and span == 1:
                    words[column] = _with_pages(book, entry)
                held[column : column + span] = [entry.get("morerows", 0) + 1] * span
                column += span
            held = [max(0, more - 1) for more in held[:count]]
            rows.append(words)
    return rows


def _with_pages(book: Writer, entry: nodes.Element) -> str:
    """Return the words of a cell, with about what the pages of its references take."""
    words = entry.astext().strip(ISOLATE + POP)
    if book.config.edition_pdf_page_references:
        for link in entry.findall(nodes.reference):
            if page_form(book, link) != "other":
                words = words.replace(link.astext(), f"{link.astext()}\xa0(99)", 1)
    return words


def _columns(
    book: Writer, table: nodes.table, specs: list[nodes.colspec]
) -> tuple[list[Code], bool, bool]:
    """Return widths as the source gives them, otherwise as the words want them.

    A table that fits a line keeps its natural width. In a wider one no column is narrower
    than its longest word. Also return whether every word has room in its column, and whether
    the rows are too high to be read across.
    """
    rows = _words(book, specs[0].parent, len(specs))
    by_column = list(zip(*rows, strict=True)) or [()] * len(specs)
    rooms = list(map(columns.least, by_column))
    line = columns.LARGE_LINE if book.config.edition_pdf_large_print else columns.LINE
    if "colwidths-given" in table["classes"] and "quotation-register" not in table["classes"]:
        asked = [max(1, int(spec["colwidth"])) for spec in specs]
        wished = columns.given(asked, rooms, line)
        return _fractions(wished or asked), wished is not None, False
    if sum(map(columns.natural, by_column)) <= line:
        return [Code("auto") for _ in specs], True, False
    needed = sum(rooms)
    if needed > 1.3 * line:  # some of them can be hyphenated
        message = (
            "the table is too wide for the book: the longest words of its %s columns need some %s "
            "letters in a line, which holds about %s; turn rows into columns, or part it in two"
        )
        told = (len(specs), round(needed), line)
        logger.warning(message, *told, location=table, type="edition", subtype="table")
    widths = columns.shared(rows, rooms, line)
    high = columns.are_high(rows, widths) and not book.config.edition_pdf_large_print
    return _fractions(widths), needed <= line, high


def _fractions(widths: Sequence[float]) -> list[Code]:
    return [Code(f"{width:.4g}fr") for width in widths]


def _length(words: str) -> Code:
    """Return a docutils length in Typst's units; a bare number is a number of pixels."""
    match = _LENGTH.fullmatch(words.strip())
    if match is None:
        return Code("auto")
    number, unit = float(match["number"]), match["unit"]
    if unit in ("", "px"):
        number, unit = number * _POINTS_PER_PIXEL, "pt"
    return Code(f"{number:g}{unit}")
