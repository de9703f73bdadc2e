"""Passages with what the editors say of them: labels, notes, restatements."""

from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes

from edition.sphinx.html_tags import is_stanza
from edition.sphinx.nodes import commentary, passage
from edition.sphinx.typst.labels import label
from edition.sphinx.typst.syntax import Markup, call, text
from edition.sphinx.typst.writer import Writer


def visit_passage(book: Writer, node: passage) -> None:
    """Write a citable unit of the text, its label in the margin, which calls the commentary."""
    body, said, further = list(node.children), Markup(""), list[str]()
    name = node.get("label", "")
    # Notes as large as the text would fill whole pages at the foot.
    place = book.config.edition_pdf_commentary or (
        "passage" if book.config.edition_pdf_large_print else "foot"
    )
    if name and place == "foot":
        notes = [child for child in body if isinstance(child, commentary)]
        body = [child for child in body if child not in notes]
        apart = [book.set_apart(note, note.children) for note in notes]
        said = Markup("\n\n".join(blocks for blocks, _ in apart))
        further = [one for _, calls in apart for one in calls]
    if name:
        book.note_passage(node)
    note = _note(book, node, body, said) if said else {}
    if further:
        note["further"] = call("unseen", Markup("".join(further)))
    if said:
        book.await_mark("called", str(note["at"]))
    elif name:
        book.await_mark("passage", name)
    content = book.rendered(node, body)
    if said and not content.strip():  # a note needs a line beside it
        content = Markup(book.arrival() + text("\N{NO-BREAK SPACE}"))
    book.put_block(call("passage", Markup(content + book.arrival(block=True)), **note))


def _note(book: Writer, node: passage, body: list[nodes.Node], said: Markup) -> dict[str, object]:
    """Return the template's arguments for the note on a passage, before the passage is written."""
    places = [label(book.docname, identifier) for identifier in node["ids"]]
    at = next((place for place in places if place in book.anchors), "")
    if at and _in_flow(node):
        over = f"heading {at}" if _below_heading(node) else at
        book.commented.append((book.chapter, over))
        if over != at:
            book.early = call("fresh", over)
    return {
        "label": node["label"],
        "at": at,
        "row": len(book.marks),
        "note": Markup(call("anchor", f"note on {at}") + said) if at else said,
        "continues": _is_paragraph(_first(body)) and _goes_on(node),
    }


_UNSEEN = (nodes.Invisible, nodes.footnote, addnodes.index, addnodes.tabular_col_spec, commentary)


def _goes_on(node: nodes.Element) -> bool:
    """Return whether the book has a paragraph right before a passage."""
    siblings = node.parent.children[: node.parent.index(node)]
    last: nodes.Node | None = node
    while siblings:
        last = _first(reversed(siblings))
        if not isinstance(last, nodes.container | passage):
            break
        siblings = last.children
    return last is not node and _is_paragraph(last)


def _in_flow(node: nodes.Element) -> bool:
    """Return whether a page may end before a node or the heading over it: not in a box or list."""
    at: nodes.Element | None = node.parent
    while isinstance(at, nodes.section | nodes.compound | addnodes.start_of_file):
        at = at.parent
    return isinstance(at, nodes.document)


def _below_heading(node: nodes.Element) -> bool:
    before = _first(reversed(node.parent.children[: node.parent.index(node)]))
    return isinstance(before, nodes.title | None)


def _first(blocks: Iterable[nodes.Node]) -> nodes.Node | None:
    """Return the first block that is set in its own place."""
    return next((block for block in blocks if not isinstance(block, _UNSEEN)), None)


def _is_paragraph(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.paragraph) and not is_stanza(node)
