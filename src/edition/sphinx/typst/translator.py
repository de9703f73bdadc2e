"""The translator of the book: each kind of node by the function that bears its name."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

from docutils import nodes

from edition.sphinx.typst import blocks, exhibits, inlines, lists, paragraphs, passages
from edition.sphinx.typst.syntax import call
from edition.sphinx.typst.writer import Writer

Visit: TypeAlias = Callable[[Writer, Any], None]

# Nodes that are one call of the template around what they hold.
_CALLS = {
    "emphasis": "emph",
    "title_reference": "emph",
    "strong": "strong",
    "desc_name": "strong",
    "superscript": "super",
    "subscript": "sub",
}
_BLOCKS = ("commentary", "restatement")
# Nodes without a form of their own.
_TRANSPARENT = """
    acks compound desc_addname desc_annotation desc_inline desc_parameter desc_signature_line
    desc_type generated glossary hlist hlistcol legend manpage only
    pending_xref_condition problematic target versionmodified
""".split()
# Nodes that a reader does not see.
_UNSEEN = """
    comment decoration docinfo fontawesome highlightlang meta pending substitution_definition
    system_message tabular_col_spec toctree
""".split()


class BookTranslator(Writer):
    """Translate a doctree by the functions `visit_…` of the modules on kinds of nodes."""


def _add(name: str, function: Visit) -> None:
    """Let a function write a node with all that it holds: there are no departures."""

    def visit(book: Writer, node: nodes.Element) -> NoReturn:
        function(book, node)
        raise nodes.SkipNode

    setattr(BookTranslator, f"visit_{name}", visit)


def _calling(function: str) -> Visit:
    return lambda book, node: book.inline(node, function)


def _block(name: str) -> Visit:
    return lambda book, node: book.put_block(call(name, book.rendered(node)))


for _name, _function in _CALLS.items():
    _add(_name, _calling(_function))
for _name in _BLOCKS:
    _add(_name, _block(_name))
for _name in _TRANSPARENT:
    _add(_name, Writer.transparent)
for _name in _UNSEEN:
    _add(_name, Writer.skip)
for _module in (blocks, paragraphs, passages, lists, inlines, exhibits):
    for _name, _visit in vars(_module).items():
        if _name.startswith("visit_"):
            _add(_name.removeprefix("visit_"), _visit)
