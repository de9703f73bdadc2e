"""Words within a line: emphasis, links, notes, symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from docutils import nodes
from sphinx.util import logging

from edition.sphinx.typst.blocks import Blocks
from edition.sphinx.typst.labels import label
from edition.sphinx.typst.syntax import Markup, call

if TYPE_CHECKING:
    from edition.sphinx.typst.builder import TypstBuilder

logger = logging.getLogger(__name__)

# The prefix of an address within the book; see TypstBuilder.get_target_uri.
WITHIN = "%"


class Inlines(Blocks):
    """The methods for what stands within text."""

    def __init__(self, document: nodes.document, builder: TypstBuilder) -> None:
        super().__init__(document, builder)
        self._explained: set[tuple[str, str]] = set()

    def visit_emphasis(self, node: nodes.Element) -> NoReturn:
        """Emphasis, or the title of a work."""
        self.inline(node, "emph")

    visit_title_reference = visit_emphasis

    def visit_strong(self, node: nodes.strong) -> NoReturn:
        """Strong emphasis."""
        self.inline(node, "strong")

    def visit_superscript(self, node: nodes.superscript) -> NoReturn:
        """Raised text."""
        self.inline(node, "super")

    def visit_subscript(self, node: nodes.subscript) -> NoReturn:
        """Lowered text."""
        self.inline(node, "sub")

    def visit_literal(self, node: nodes.literal) -> NoReturn:
        """Words as typed."""
        self.put(call("raw", node.astext()))
        raise nodes.SkipNode

    def visit_math(self, node: nodes.math) -> NoReturn:
        """A formula, which stays as typed."""
        self.warn_math(node)
        self.put(call("raw", node.astext()))
        raise nodes.SkipNode

    def visit_inline(self, node: nodes.Element) -> NoReturn:
        """Words with classes, which the template may know."""
        classes = [name for name in node["classes"] if not name.startswith("language-")]
        if classes:
            self.inline(node, "styled", classes)
        if self._language(node):
            self.put(f"#[{self.rendered(node)}];")
            raise nodes.SkipNode
        self.transparent(node)

    def visit_abbreviation(self, node: nodes.Element) -> NoReturn:
        """An abbreviation; what it stands for is said where it first occurs."""
        words = str(node.get("explanation", ""))
        again = (node.astext(), words) in self._explained or self._without_anchors
        if words and not again:
            self._explained.add((node.astext(), words))
        self.inline(node, "abbreviation", words if words and not again else None)

    visit_acronym = visit_abbreviation

    def visit_generated(self, node: nodes.Element) -> NoReturn:
        """Words that are as good as others."""
        self.transparent(node)

    visit_problematic = visit_target = visit_generated
    visit_pending_xref_condition = visit_manpage = visit_generated

    def visit_pending_xref(self, node: nodes.Element) -> NoReturn:
        """A reference that nothing resolved: its words remain."""
        logger.warning(
            "the reference to “%s” leads nowhere",
            node.get("reftarget", ""),
            location=node,
            type="edition",
            subtype="reference",
        )
        self.transparent(node)

    def visit_reference(self, node: nodes.reference) -> NoReturn:
        """A link; into a document that the book leaves out, its words alone."""
        uri = str(node.get("refuri", ""))
        if node.get("refid"):
            self._put_cross_reference(node, label(self.docname, node["refid"]))
        if uri.startswith(WITHIN):
            document, _, identifier = uri.removeprefix(WITHIN).partition("#")
            self._put_cross_reference(node, label(document, identifier))
        if uri:
            self.inline(node, "link", uri)
        self.transparent(node)

    def _put_cross_reference(self, node: nodes.reference, name: str) -> NoReturn:
        if name not in self.labels.known:
            self.transparent(node)
        kind = "other"
        if name in self.labels.places and "without-page" not in node.parent["classes"]:
            kind = "listed" if _is_listed(node) else "place"
        self.put(call("cross-reference", name, self.rendered(node), kind=kind))
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: nodes.footnote_reference) -> NoReturn:
        """A note, set at the foot; referred to again, its number alone."""
        if self._without_notes:
            raise nodes.SkipNode
        name = label(self.docname, node.get("refid", ""))
        footnote = self.labels.footnotes.get(name)
        if footnote is None:
            self.put(call("super", self.rendered(node)))
            raise nodes.SkipNode
        if name in self._noted:
            self.put(call("footnote-again", name))
            raise nodes.SkipNode
        self._noted.add(name)
        body = [c for c in footnote.children if not isinstance(c, nodes.label)]
        content, further = self.set_apart(footnote, body)
        textual = "textual-note" in footnote["classes"]
        series = {"letter": node.astext(), "place": footnote["place"]} if textual else {}
        note = call("note", name, content, **series)
        if self._within_notes:
            self.put(call("called-behind", name, letter=series.get("letter")))
            self._further += [note, *further]
        else:
            self.put(note)
            if further:
                self.put(call("unseen", Markup("".join(further))))
        raise nodes.SkipNode


def _is_listed(node: nodes.Node) -> bool:
    """Whether a reference stands among others, in a table or an index."""
    at = node.parent
    while at is not None:
        if isinstance(at, nodes.table) or "passages" in at.get("classes", []):
            return True
        at = at.parent
    return False
