"""Paragraphs, stanzas and verse of a book."""

from docutils import nodes

from edition.sphinx.html_tags import is_stanza, lines_of
from edition.sphinx.nodes import quotation
from edition.sphinx.typst import language
from edition.sphinx.typst.syntax import Markup, call
from edition.sphinx.typst.writer import Writer

# So many letters of a quotation take one line of A5.
_LINE = 55


def visit_paragraph(book: Writer, node: nodes.TextElement) -> None:
    """Write a paragraph; an image alone in one is a picture between paragraphs."""
    if len(node) == 1 and isinstance(node[0], nodes.image):
        book.transparent(node)
        return
    book.await_label(node)
    content = book.rendered_text(node)
    if _is_last_line(node):
        before = book.buffers[-1].pop().removesuffix("\n\n")
        book.put(f"{before}{call('last-line')}{content}\n\n")
        return
    if is_stanza(node):
        book.put_block(book.origin(node) + call("stanza", content, lines=lines_of(node)))
        return
    if book.language_of(node):
        content = Markup(f"#[{content}];")
    book.put(f"{book.origin(node)}{content}\n\n")


def _is_last_line(node: nodes.TextElement) -> bool:
    """Return whether a page shall not begin with a paragraph alone.

    It gives the source below a quotation, or the passages of an entry.
    """
    siblings = node.parent.children
    quoted = isinstance(node.parent, quotation | nodes.block_quote) and node is siblings[-1]
    if not ("passages" in node["classes"] or (quoted and len(node.astext()) <= _LINE)):
        return False
    at = siblings.index(node)
    return at > 0 and _is_plain(siblings[at - 1]) and _is_plain(node) and not node["ids"]


def _is_plain(node: nodes.Node) -> bool:
    """Return whether a node is a paragraph of words in the language around it."""
    if not isinstance(node, nodes.paragraph) or is_stanza(node) or language.tag_of(node):
        return False
    return len(node) != 1 or not isinstance(node[0], nodes.image)


def visit_PassthroughTextElement(book: Writer, node: nodes.TextElement) -> None:  # noqa: N802
    """Write the words of a card or tab of sphinx-design, which stand alone or within a text."""
    if isinstance(node.parent, nodes.TextElement):
        book.transparent(node)
    else:
        visit_paragraph(book, node)


def visit_line_block(book: Writer, node: nodes.line_block) -> None:
    """Write lines of verse; an inner block is indented."""
    lines = _lines(book, node, 0)
    arrival = "" if lines else book.arrival(block=True)
    book.put_block(arrival + call("verse", *lines))


def _lines(book: Writer, node: nodes.line_block, depth: int) -> list[tuple[int, Markup]]:
    found: list[tuple[int, Markup]] = []
    for child in node.children:
        if isinstance(child, nodes.line_block):
            found += _lines(book, child, depth + 1)
        elif isinstance(child, nodes.line):
            found.append((depth, book.rendered_text(child)))
    return found
