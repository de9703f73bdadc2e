"""From an assembled doctree to the calls that the book's template answers."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from edition.sphinx.nodes import passage
from edition.sphinx.typst import language
from edition.sphinx.typst.compilation import origin
from edition.sphinx.typst.labels import collect, label
from edition.sphinx.typst.syntax import Markup, call

logger = logging.getLogger(__name__)

# How many words of a passage its bookmark gives.
_OPENING = 5
# Between the children of these a page can end.
_HOLDING = (nodes.document, nodes.section, nodes.compound, addnodes.start_of_file)
_IN_FLOW = (*_HOLDING, passage, nodes.container)


class Writer(SphinxTranslator):
    """Write markup, and keep what must wait: anchors, labels of the margin, notes.

    A node is written by one function, `visit_…`, which renders its children and puts the call;
    there are no departures. Anchors, and the labels in the margin, wait
    until the text that they belong to begins: `arrival` writes them.

    `commented` has the labels of passages with notes at the foot before which a page may end,
    in reading order, each with the number of its chapter; “heading” goes before a label where
    the page has to end before the heading over the passage. `sections` names the headings in the
    flow that are below those of chapters.
    """

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.docname: str = builder.config.root_doc
        self.labels = collect(document, self.docname)
        self.buffers: list[list[str]] = [[]]
        self.anchors: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self.placed: set[str] = set()
        self.in_text = 0
        self.without_anchors = False
        self.plain = False
        self.noted: set[str] = set()
        self.called: dict[str, int] = {}
        self.blocked: set[str] = set()
        self.within_notes = 0
        self.further: list[str] = []
        self.commented: list[tuple[int, str]] = []
        self.sections: list[str] = []
        self.explained: set[tuple[str, str]] = set()
        self.entries: dict[str, tuple[str, Markup]] = {}
        self.passages: list[tuple[str, str, str, int]] = []
        self.level = self.chapter = self.columns = self.since = self.tables = 0
        self.between = False
        self.title_notes = self.early = Markup("")  # `early` goes before the last heading

    # -- what is written ------------------------------------------------------------

    def astext(self) -> str:
        """Return the markup of the whole book."""
        return "".join(self.buffers[0])

    def put(self, markup: str) -> None:
        """Write markup that is finished."""
        self.buffers[-1].append(markup)

    def put_block(self, markup: str) -> None:
        """Write a block, which ends the paragraph before it."""
        self.put(f"\n{markup}\n\n")

    def rendered(self, node: nodes.Element, children: Iterable[nodes.Node] | None = None) -> Markup:
        """Return the markup of a node's children, in the node's language."""
        self.buffers.append([])
        flow = not (self.in_text or self.within_notes) and _in_flow(node)
        for number, child in enumerate(node.children if children is None else children):
            known, at = len(self.called), len(self.buffers[-1])
            if flow and not self.between:
                self.since = self.columns + 1
            child.walkabout(self)
            notes = [name for name in list(self.called)[known:] if name not in self.blocked]
            # The first block of a passage is bound to the label of the passage.
            first = number == 0 and isinstance(node, passage | nodes.container)
            if flow and notes and not first and not isinstance(child, _HOLDING):
                self.blocked.update(notes)
                if number == 0 and isinstance(node, nodes.section):
                    self.early = Markup(self.early + call("fresh", *notes))
                else:
                    self.buffers[-1].insert(at, call("fresh", *notes))
        content = "".join(self.buffers.pop())
        return Markup(self.language_of(node) + content)

    def rendered_text(self, node: nodes.Element) -> Markup:
        """Return the markup of a node that holds text, with the anchors that waited for it."""
        arrival = self.arrival()
        self.in_text += 1
        content = self.rendered(node)
        self.in_text -= 1
        return Markup(arrival + content)

    def transparent(
        self, node: nodes.Element, children: Iterable[nodes.Node] | None = None
    ) -> None:
        """Write a node's children as if the node were not there."""
        content = self.rendered(node, children)
        self.put(f"#[{content}];" if self.language_of(node) else content)

    def inline(self, node: nodes.Element, function: str, *arguments: object) -> None:
        """Write a call around text."""
        self.put(call(function, *arguments, self.rendered(node)))

    def skip(self, node: nodes.Element) -> None:
        """Leave a node out, but not its anchors, which may be linked to."""
        self.hoist(node)

    def language_of(self, node: nodes.Element) -> str:
        """Return the call that sets the language of a node; nothing where it has none."""
        tag = language.tag_of(node)
        if not tag:
            return ""
        settings = language.settings(tag)
        if settings is None:
            message = "“%s” is not a language tag"
            logger.warning(message, tag, location=node, type="edition", subtype="language")
            return ""
        return call("set text", **settings)

    def origin(self, node: nodes.Element) -> str:
        """Return the comment that tells where a block comes from, for the sake of messages."""
        at: nodes.Node | None = node
        while at is not None and not (at.source and at.line):
            at = at.parent
        if at is None or not at.source:
            return ""
        path = os.path.relpath(at.source, self.builder.srcdir).replace(os.sep, "/")
        return origin(path.replace("\n", " "), at.line or 0)

    # -- anchors and marks ----------------------------------------------------------

    def await_anchor(self, name: str) -> None:
        """Put an anchor before the next text, or right here within text."""
        if name in self.placed or self.without_anchors:
            return
        self.placed.add(name)
        if self.in_text:
            self.put(call("anchor", name))
        else:
            self.anchors.append(name)

    def dispatch_ids(self, node: nodes.Node) -> None:
        """Note the anchors of a node."""
        if isinstance(node, nodes.Element):
            for identifier in node["ids"]:
                self.await_anchor(label(self.docname, identifier))

    def await_mark(self, kind: str, words: str) -> None:
        """Put a label (`p12`) in the margin beside the next text."""
        self.marks.append((kind, words))

    def note_passage(self, node: nodes.Element) -> None:
        """Keep the name, label and first words of a passage for its bookmark."""
        words = (w for text in node.findall(nodes.paragraph) for w in text.astext().split())
        opening = " ".join(islice(words, _OPENING))
        if node["ids"]:
            title = f"{node['label']}  {opening} …"
            anchor = label(self.docname, node["ids"][0])
            self.passages.append((anchor, node["label"], title, self.chapter))

    def await_label(self, node: nodes.Element) -> None:
        """Put the label of a passage or quotation in plain Markdown beside the next text."""
        if node.get("label") and not self.without_anchors:
            kind = node.get("label-kind", "quotation")
            self.await_mark(kind, node["label"])
            if kind == "passage":
                self.note_passage(node)

    def set_apart(
        self, node: nodes.Element, children: Iterable[nodes.Node]
    ) -> tuple[Markup, list[str]]:
        """Return the blocks of a note with their own anchors; those that wait go on waiting.

        With them the calls of notes that they refer to: Typst loses a note within a note where
        a page ends between them, so these are called behind it.
        """
        further, self.further = self.further, []
        self.within_notes += 1
        outer = self.anchors, self.marks, self.in_text, self.without_anchors
        self.anchors, self.marks, self.in_text, self.without_anchors = [], [], 0, False
        self.dispatch_ids(node)
        content = self.rendered(node, children) + self.arrival()
        self.anchors, self.marks, self.in_text, self.without_anchors = outer
        self.within_notes -= 1
        found, self.further = self.further, further
        return Markup(content.strip()), found

    def hoist(self, node: nodes.Element) -> None:
        """Put all anchors below a node before it."""
        inside, self.in_text = self.in_text, 0
        for element in node.findall(nodes.Element):
            self.dispatch_ids(element)
        self.in_text = inside
        if inside:
            self.put(self.arrival())

    def arrival(self, *, block: bool = False) -> Markup:
        """Return the anchors and marks that waited; `block` where no line of text follows."""
        calls = [call("anchor", name) for name in self.anchors]
        self.anchors = []
        if self.marks:
            self.columns += 1
            self.between = block  # the next line is beside it
            where = {"number": self.columns, "since": self.since}
            calls.append(call("mark", *self.marks, inline=not block, **where))
            self.marks = []
        return Markup("".join(calls))

    def unplaced(self) -> list[str]:
        """Return the labels that no anchor was written for, in reading order."""
        return [n for n in self.labels.destinations.values() if n not in self.placed]

    @contextmanager
    def repeatable(self, *, plain: bool = False) -> Iterator[None]:
        """Render what Typst sets more than once: no anchors; `plain`: no notes and links either."""
        before = self.without_anchors, self.plain
        self.without_anchors, self.plain = True, plain
        try:
            yield
        finally:
            self.without_anchors, self.plain = before

    # -- every node -----------------------------------------------------------------

    def dispatch_visit(self, node: nodes.Node) -> None:
        """Note a node's anchors, whatever its kind, and visit it."""
        if isinstance(node, nodes.Element) and not isinstance(node, nodes.footnote):
            if isinstance(node, addnodes.start_of_file):
                self.docname = node["docname"]
                self.await_anchor(label(self.docname))
            self.dispatch_ids(node)
        super().dispatch_visit(node)

    def unknown_visit(self, node: Any) -> NoReturn:
        """Set the words of a node that has no method, or its source, and tell of it."""
        source = str(node.get("code", ""))
        shown = "its source" if source else "its words" if node.astext() else "nothing"
        message = (
            "the book has no form for the node “%s” and shows %s; register one with "
            "app.add_node(…, typst=(visit, depart)), or keep it out with the directive only"
        )
        told = (type(node).__name__, shown)
        logger.warning(message, *told, location=node, type="edition", subtype="node")
        if source:
            self.put_block(self.arrival(block=True) + call("listing", source))
        else:
            self.transparent(node)
        raise nodes.SkipNode

    def visit_document(self, node: nodes.document) -> None:
        """Begin the book."""
        self.await_anchor(label(self.docname))

    def depart_document(self, node: nodes.document) -> None:
        """Place what still waits, so that no link leads nowhere."""
        for name in self.unplaced():
            self.await_anchor(name)
        self.put(self.arrival(block=True))

    def visit_start_of_file(self, node: addnodes.start_of_file) -> NoReturn:
        """Write a source file within the book, then return to the one that holds it."""
        outer = node.parent
        while outer is not None and not isinstance(outer, addnodes.start_of_file):
            outer = outer.parent
        content = self.rendered(node)
        self.docname = outer["docname"] if outer is not None else self.config.root_doc
        self.put(content)
        raise nodes.SkipNode


def elements(node: nodes.Element) -> list[nodes.Element]:
    """Return the elements that a node holds."""
    return [child for child in node.children if isinstance(child, nodes.Element)]


def _in_flow(node: nodes.Element) -> bool:
    """Return whether a page can end between the children of a node."""
    at: nodes.Element | None = node
    while isinstance(at, _IN_FLOW):
        at = at.parent
    return at is None
