"""What a book holds that can be pointed at: every id, and every footnote.

Ids are unique in a source file, not in the book made of many. A *label* is therefore the
document's name and the id (`text/part-1#p12`), a document's own label its name with a bare
`#`. The *destination*, which a link from outside uses (`edition.pdf#p12`), is the id alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes

from edition.sphinx.nodes import passage, quotation

# The prefix of an address within the book; see TypstBuilder.get_target_uri.
WITHIN = "%"

_PLACES = (
    nodes.section,
    nodes.paragraph,
    nodes.block_quote,
    nodes.figure,
    nodes.table,
    passage,
    quotation,
)


@dataclass(slots=True)
class Labels:
    """The labels of one assembled tree, in reading order.

    `places` are those that a reader would turn the pages for: passages, quotations, sections,
    paragraphs and exhibits, but not works and notes.

    `destinations` maps the name of each named destination to its label. Where two
    documents use the same id, the first keeps the bare name, and each has its label as a
    name too. `footnotes` holds the footnote nodes by label.
    """

    destinations: dict[str, str] = field(default_factory=dict)
    footnotes: dict[str, nodes.footnote] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


def label(document: str, identifier: str = "") -> str:
    """Return the label of an id of a document, or of the document itself."""
    return f"{document}#{identifier}"


def collect(tree: nodes.document, root: str) -> Labels:
    """Return the labels of a tree whose own document is `root`."""
    found = Labels()
    by_id: dict[str, list[str]] = {}
    for document, node in _elements(tree, root):
        for identifier in node["ids"]:
            name = label(document, identifier)
            if name not in found.known:
                found.known.add(name)
                by_id.setdefault(identifier, []).append(name)
                if isinstance(node, _PLACES) and "bibliography" not in classes_above(node):
                    found.places.add(name)
            if isinstance(node, nodes.footnote):
                found.footnotes[name] = node
        if isinstance(node, addnodes.start_of_file | nodes.document):
            found.known.add(label(document))
            found.places.add(label(document))
    for identifier, names in by_id.items():
        found.destinations[identifier] = names[0]
        if len(names) > 1:
            found.destinations.update((name, name) for name in names)
    return found


def classes_above(node: nodes.Element) -> list[str]:
    """Return the classes of a node and of the two that hold it."""
    found: list[str] = []
    at: nodes.Element | None = node
    for _step in range(3):
        if at is not None:
            found += at["classes"]
            at = at.parent
    return found


def _elements(node: nodes.Element, document: str) -> Iterator[tuple[str, nodes.Element]]:
    """Yield every element below a node, with the name of the document that it comes from."""
    if isinstance(node, addnodes.start_of_file):
        document = node["docname"]
    yield document, node
    for child in node.children:
        if isinstance(child, nodes.Element):
            yield from _elements(child, document)
