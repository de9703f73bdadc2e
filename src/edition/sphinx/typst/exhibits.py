"""Tables, pictures and figures."""

import re
from typing import NoReturn

from docutils import nodes
from sphinx.util import logging

from edition.sphinx.nodes import drawing
from edition.sphinx.typst.numbers import figure_number
from edition.sphinx.typst.syntax import Code, Markup, call, expression
from edition.sphinx.typst.writer import Writer

logger = logging.getLogger(__name__)

_LENGTH = re.compile(r"(?P<number>\d*\.?\d+)(?P<unit>%|px|pt|em|cm|mm|in|)")
_ALIGNMENT = {"text-left": "left", "text-center": "center", "text-right": "right"}
# CSS counts 96 pixels to the inch, Typst 72 points.
_POINTS_PER_PIXEL = 0.75
# About how many letters of a table's size a line of A5 holds: 288 points at 3.33 a letter, the
# mean of 40,000 letters of this edition in Libertinus Serif of 8.2 points (typst.query on
# `measure`), less the insets of four columns.
_LINE = 78
# A cell of fewer letters, some 15 lines of a third of A5, is kept on one page.
_SHORT = 400


# -- tables ---------------------------------------------------------------------


def visit_table(book: Writer, node: nodes.table) -> NoReturn:
    """Write a table; its header repeats where it breaks, so its anchors go before it."""
    title = next((c for c in node.children if isinstance(c, nodes.title)), None)
    caption = _caption(book, node, title, "table")
    header: list[Code] = []
    cells: list[Code] = []
    columns: list[Code] = []
    for group in node.findall(nodes.tgroup):
        specs = [c for c in group.children if isinstance(c, nodes.colspec)]
        stubs = [bool(spec.get("stub")) for spec in specs]
        columns = _columns(node, specs)
        for part in group.children:
            if isinstance(part, nodes.thead):
                book.hoist(part)
                with book.repeatable():
                    header += _rows(book, part, stubs)
            elif isinstance(part, nodes.tbody):
                cells += _rows(book, part, stubs)
    arrival = book.arrival(block=True)
    book.put_block(
        arrival + call("tabular", *cells, columns=columns, header=header, caption=caption)
    )
    raise nodes.SkipNode


def _rows(book: Writer, part: nodes.Element, stubs: list[bool]) -> list[Code]:
    cells: list[Code] = []
    for row in part.findall(nodes.row):
        for column, entry in enumerate(row.children):
            if isinstance(entry, nodes.Element):
                book.dispatch_ids(entry)
                stub = column < len(stubs) and stubs[column]
                cells.append(_cell(book, entry, stub=stub))
    return cells


def _cell(book: Writer, entry: nodes.Element, *, stub: bool) -> Code:
    content = Markup(book.rendered(entry).rstrip("\n"))  # a paragraph alone ends with its cell
    if stub:
        content = call("strong", content)
    settings: dict[str, object] = {}
    if "morecols" in entry:
        settings["colspan"] = entry["morecols"] + 1
    if "morerows" in entry:
        settings["rowspan"] = entry["morerows"] + 1
    if len(entry.astext()) < _SHORT:
        settings["breakable"] = False
    for name in entry["classes"]:
        if name in _ALIGNMENT:
            settings["align"] = Code(_ALIGNMENT[name])
    return expression("table.cell", Markup(content + book.arrival()), **settings)


def visit_drawing(book: Writer, node: drawing) -> NoReturn:
    """Write a drawing made at build time, as broad as the text."""
    book.put_block(
        book.arrival(block=True)
        + call(
            "drawing",
            *(node.get("pieces") or [node["svg"]]),
            alt=f"{node['title']}. {node['alternative']}",
        )
    )
    raise nodes.SkipNode


# -- pictures -------------------------------------------------------------------


def visit_figure(book: Writer, node: nodes.figure) -> NoReturn:
    """Write a picture with a caption and perhaps a legend."""
    caption = next((c for c in node.children if isinstance(c, nodes.caption)), None)
    legend = next((c for c in node.children if isinstance(c, nodes.legend)), None)
    rest = [c for c in node.children if c is not caption and c is not legend]
    # Within the figure, so that they go with it to another page.
    picture = Markup(book.arrival(block=True) + book.rendered(node, rest))
    book.put_block(
        call(
            "illustration",
            picture,
            caption=_caption(book, node, caption, "figure"),
            legend=book.rendered(legend) if legend is not None else None,
        )
    )
    raise nodes.SkipNode


def _caption(
    book: Writer, node: nodes.Element, caption: nodes.Element | None, kind: str
) -> Markup | None:
    """Return a caption with the number that Sphinx gives it in every output."""
    if caption is None:
        return None
    number = figure_number(book.builder.env, book.docname, kind, node["ids"])
    words = book.rendered_text(caption)
    return Markup(call("caption-number", number) + words) if number else words


def visit_image(book: Writer, node: nodes.image) -> NoReturn:
    """Write a picture; one without a file has its alternative text instead."""
    file = book.builder.images.get(node["uri"])
    alternative = _alternative(book, node)
    within = isinstance(node.parent, nodes.TextElement) and len(node.parent) > 1
    if file is None:
        if "://" in node["uri"]:
            logger.warning(
                "the book cannot hold a picture from another site: %s",
                node["uri"],
                location=node,
                type="edition",
                subtype="image",
            )
        book.put(call("missing-picture", alternative))
        raise nodes.SkipNode
    sizes = {name: _length(node[name]) for name in ("width", "height") if name in node}
    picture = call("picture", f"images/{file}", alt=alternative, inline=within, **sizes)
    if within:
        book.put(picture)
    else:
        book.put_block(book.arrival(block=True) + book.origin(node).strip() + picture)
    raise nodes.SkipNode


def _alternative(book: Writer, node: nodes.image) -> str:
    """Return the alternative text; empty only where the source says that it is empty."""
    if "alt" in node:
        return str(node["alt"])
    logger.warning(
        "the picture %s has no alternative text; say in :alt: what it shows",
        node["uri"],
        location=node,
        type="edition",
        subtype="alt",
    )
    return str(node["uri"])


def _columns(table: nodes.table, specs: list[nodes.colspec]) -> list[Code]:
    """Return widths as the source gives them, otherwise as the words want them.

    A table that fits a line keeps its natural width. In a wider one no column is narrower
    than its longest word, and what is left of the line goes where the most text is.
    """
    if "colwidths-given" in table["classes"]:
        return [Code(f"{max(1, int(spec['colwidth']))}fr") for spec in specs]
    words: list[list[str]] = [[] for _ in specs]
    for row in table.findall(nodes.row):
        for column, entry in zip(words, row.children, strict=False):
            column.append(entry.astext())
    longest = [max(map(len, column), default=1) for column in words]
    if sum(longest) + 2 * len(specs) <= _LINE:
        return [Code("auto") for _ in specs]
    least = [max(map(len, " ".join(column).split()), default=1) for column in words]
    needed = sum(least) + 2 * len(specs)
    if needed > 1.3 * _LINE:  # some of them can be hyphenated
        logger.warning(
            "the table is too wide for the book: the longest words of its %s columns need some %s "
            "letters in a line, which holds about %s; turn rows into columns, or part it in two",
            len(specs),
            needed,
            _LINE,
            location=table,
            type="edition",
            subtype="table",
        )
    wish = [
        max(1.0, sum(map(len, column)) / max(1, len(column)) - minimum)
        for column, minimum in zip(words, least, strict=True)
    ]
    spare = max(0.0, _LINE - sum(least) - 2 * len(specs))
    return [
        Code(f"{minimum + 2 + spare * share / sum(wish):.1f}fr")
        for minimum, share in zip(least, wish, strict=True)
    ]


def _length(words: str) -> Code:
    """Return a docutils length in Typst's units; a bare number is a number of pixels."""
    match = _LENGTH.fullmatch(words.strip())
    if match is None:
        return Code("auto")
    number, unit = float(match["number"]), match["unit"]
    if unit in ("", "px"):
        number, unit = number * _POINTS_PER_PIXEL, "pt"
    return Code(f"{number:g}{unit}")
