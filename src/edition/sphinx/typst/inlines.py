"""Words within a line: emphasis, links, notes, symbols."""

from typing import NoReturn

from docutils import nodes
from sphinx.util import logging

from edition.sphinx.typst.back_index import mark_entry
from edition.sphinx.typst.blocks import set_formula
from edition.sphinx.typst.labels import WITHIN, label
from edition.sphinx.typst.syntax import Markup, call
from edition.sphinx.typst.writer import Writer

logger = logging.getLogger(__name__)


def visit_emphasis(book: Writer, node: nodes.Element) -> NoReturn:
    """Write emphasis, or the title of a work."""
    book.inline(node, "emph")


visit_title_reference = visit_emphasis


def visit_strong(book: Writer, node: nodes.strong) -> NoReturn:
    """Write strong emphasis."""
    book.inline(node, "strong")


def visit_superscript(book: Writer, node: nodes.superscript) -> NoReturn:
    """Write raised text."""
    book.inline(node, "super")


def visit_subscript(book: Writer, node: nodes.subscript) -> NoReturn:
    """Write lowered text."""
    book.inline(node, "sub")


def visit_literal(book: Writer, node: nodes.literal) -> NoReturn:
    """Write words as typed."""
    book.put(call("raw", node.astext()))
    raise nodes.SkipNode


def visit_math(book: Writer, node: nodes.math) -> NoReturn:
    """Write a formula within a line."""
    book.put(set_formula(node))
    raise nodes.SkipNode


def visit_inline(book: Writer, node: nodes.Element) -> NoReturn:
    """Write words with classes, which the template may know."""
    if "name" in node["classes"] and not book.without_anchors:
        for reference in node.findall(nodes.reference):
            address = str(node.get("refid") or reference.get("refuri", ""))
            mark_entry(book, address.rpartition("#")[2] or str(reference.get("refid", "")))
    if node.get("label") and not book.without_anchors:
        book.await_label(node)
        book.put(book.arrival())
    classes = [name for name in node["classes"] if not name.startswith("language-")]
    if classes:
        book.inline(node, "styled", classes)
    if book.language_of(node):
        book.put(f"#[{book.rendered(node)}];")
        raise nodes.SkipNode
    book.transparent(node)


def visit_abbreviation(book: Writer, node: nodes.Element) -> NoReturn:
    """Write an abbreviation, the first time with its explanation."""
    words = str(node.get("explanation", ""))
    again = (node.astext(), words) in book.explained or book.without_anchors
    if words and not again:
        book.explained.add((node.astext(), words))
    book.inline(node, "abbreviation", words if words and not again else None)


visit_acronym = visit_abbreviation


def visit_generated(book: Writer, node: nodes.Element) -> NoReturn:
    """Write words without a form of their own."""
    book.transparent(node)


visit_problematic = visit_target = visit_generated
visit_pending_xref_condition = visit_manpage = visit_generated


def visit_pending_xref(book: Writer, node: nodes.Element) -> NoReturn:
    """Write the words of a reference that nothing resolved."""
    logger.warning(
        "the reference to “%s” leads nowhere",
        node.get("reftarget", ""),
        location=node,
        type="edition",
        subtype="reference",
    )
    book.transparent(node)


def visit_reference(book: Writer, node: nodes.reference) -> NoReturn:
    """Write a link; into a document that the book leaves out, its words alone."""
    if book.plain:
        book.transparent(node)
    uri = str(node.get("refuri", ""))
    if node.get("refid"):
        _put_cross_reference(book, node, label(book.docname, node["refid"]))
    if uri.startswith(WITHIN):
        document, _, identifier = uri.removeprefix(WITHIN).partition("#")
        _put_cross_reference(book, node, label(document, identifier))
    if uri:
        book.inline(node, "link", uri)
    book.transparent(node)


def _put_cross_reference(book: Writer, node: nodes.reference, name: str) -> NoReturn:
    if name not in book.labels.known:
        book.transparent(node)
    kind = "other"
    if name in book.labels.places and "without-page" not in node.parent["classes"]:
        kind = "listed" if _is_listed(node) else "place"
    book.put(call("cross-reference", name, book.rendered(node), kind=kind))
    raise nodes.SkipNode


def visit_footnote_reference(book: Writer, node: nodes.footnote_reference) -> NoReturn:
    """Write a note, set at the foot; where it is referred to again, its number alone."""
    if book.plain:
        raise nodes.SkipNode
    name = label(book.docname, node.get("refid", ""))
    footnote = book.labels.footnotes.get(name)
    if footnote is None:
        book.put(call("super", book.rendered(node)))
        raise nodes.SkipNode
    if name in book.noted:
        book.put(call("footnote-again", name))
        raise nodes.SkipNode
    book.noted.add(name)
    if not book.within_notes:
        book.called[name] = book.chapter
    body = [c for c in footnote.children if not isinstance(c, nodes.label)]
    content, further = book.set_apart(footnote, body)
    textual = "textual-note" in footnote["classes"]
    series = {"letter": node.astext(), "place": footnote["place"]} if textual else {}
    note = call("note", name, content, **series)
    if book.within_notes:
        book.put(call("called-behind", name, letter=series.get("letter")))
        book.further += [note, *further]
    else:
        book.put(note)
        if further:
            book.put(call("unseen", Markup("".join(further))))
    raise nodes.SkipNode


def _is_listed(node: nodes.Node) -> bool:
    """Return whether a reference is one of many, in a table or an index."""
    at = node.parent
    while at is not None:
        if isinstance(at, nodes.table) or "passages" in at.get("classes", []):
            return True
        at = at.parent
    return False
