"""Words within a line: emphasis, links, notes, symbols."""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from edition.sphinx.typst.back_index import mark_entry
from edition.sphinx.typst.blocks import set_formula
from edition.sphinx.typst.labels import WITHIN, label
from edition.sphinx.typst.syntax import Markup, call, text
from edition.sphinx.typst.writer import Writer

logger = logging.getLogger(__name__)

# The label of a passage or quotation as the words of a link.
_NUMBER = re.compile(r"(?=\D*\d)[\w.:-]{1,12}")
_RANGE_WORDS = ("–", "-", "to", "bis", "à", "a", "al", "до", "по")


def visit_Text(book: Writer, node: nodes.Text) -> None:  # noqa: N802  docutils' own name
    """Write text, with white space as HTML has it: one space."""
    book.put(text(re.sub(r"[ \t\r\n\f\v]+", " ", node.astext())))


def visit_literal(book: Writer, node: nodes.literal) -> None:
    """Write words as typed."""
    book.put(call("raw", node.astext()))


def visit_math(book: Writer, node: nodes.math) -> None:
    """Write a formula within a line."""
    book.put(set_formula(node))


def visit_inline(book: Writer, node: nodes.Element) -> None:
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
    else:
        book.transparent(node)


def visit_abbreviation(book: Writer, node: nodes.Element) -> None:
    """Write an abbreviation, the first time with its explanation."""
    words = str(node.get("explanation", ""))
    if isinstance(node.parent, addnodes.desc_sig_operator):  # a sign of the language, such as “*”
        words = ""
    again = (node.astext(), words) in book.explained or book.without_anchors
    if words and not again:
        book.explained.add((node.astext(), words))
    book.inline(node, "abbreviation", words if words and not again else None)


visit_acronym = visit_abbreviation


def visit_pending_xref(book: Writer, node: nodes.Element) -> None:
    """Write the words of a reference that nothing resolved."""
    message, target = "the reference to “%s” leads nowhere", node.get("reftarget", "")
    logger.warning(message, target, location=node, type="edition", subtype="reference")
    book.transparent(node)


def visit_reference(book: Writer, node: nodes.reference) -> None:
    """Write a link; into a document that the book leaves out, its words alone."""
    uri = str(node.get("refuri", ""))
    name = _target(book, node)
    if book.plain or not (name in book.labels.known if name else uri):
        book.transparent(node)
    elif name:
        kind = page_form(book, node)
        since: dict[str, str] = {}
        if kind == "listed":
            before, after = (_beyond_range_word(node, step) for step in (-1, 1))
            if after is not None and page_form(book, after) == kind:
                kind = "other"  # the end of a range gives the pages of both
            elif before is not None and page_form(book, before) == kind:
                since = {"since": _target(book, before)}
        book.put(call("cross-reference", name, book.rendered(node), kind=kind, **since))
    else:
        book.inline(node, "link", uri)


def _target(book: Writer, node: nodes.reference) -> str:
    """Return the label of a place within the book that a link leads to."""
    if node.get("refid"):
        return label(book.docname, node["refid"])
    uri = str(node.get("refuri", ""))
    if not uri.startswith(WITHIN):
        return ""
    document, _, identifier = uri.removeprefix(WITHIN).partition("#")
    return label(document, identifier)


def page_form(book: Writer, node: nodes.reference) -> str:
    """Return how the page of a link is given; see the template's `cross-reference`."""
    if _target(book, node) not in book.labels.places or "without-page" in node.parent["classes"]:
        return "other"
    if _is_listed(node) or _NUMBER.fullmatch(node.astext()):
        return "listed"
    siblings = node.parent.children
    at = siblings.index(node)
    before = "".join(sibling.astext() for sibling in siblings[:at])
    opened = before.count("(") > before.count(")") or before.count("[") > before.count("]")
    follows = siblings[at + 1].astext() if at + 1 < len(siblings) else ""
    return "enclosed" if opened or follows.lstrip().startswith(("(", "[")) else "place"


def _beyond_range_word(node: nodes.reference, step: int) -> nodes.reference | None:
    """Return the link that is parted from this one by a dash or “to”."""
    siblings = node.parent.children
    at = siblings.index(node)
    word, other = (
        siblings[n] if 0 <= n < len(siblings) else None for n in (at + step, at + 2 * step)
    )
    if word is None or word.astext().strip() not in _RANGE_WORDS:
        return None
    return other if isinstance(other, nodes.reference) else None


def visit_footnote_reference(book: Writer, node: nodes.footnote_reference) -> None:
    """Write a note, set at the foot; where it is referred to again, its number alone."""
    name = label(book.docname, node.get("refid", ""))
    if book.plain:
        return
    if name not in book.labels.footnotes:
        book.inline(node, "super")
    elif name in book.noted:
        book.put(call("footnote-again", name))
    else:
        _put_note(book, node, name)


def _put_note(book: Writer, node: nodes.footnote_reference, name: str) -> None:
    footnote = book.labels.footnotes[name]
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


def _is_listed(node: nodes.Node) -> bool:
    """Return whether a reference is one of many, in a table or an index."""
    at = node.parent
    while at is not None:
        if isinstance(at, nodes.table) or "passages" in at.get("classes", []):
            return True
        at = at.parent
    return False
