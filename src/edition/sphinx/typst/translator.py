"""The translator of the book: each kind of node by the function that bears its name."""

from edition.sphinx.typst import blocks, exhibits, inlines, lists, passages
from edition.sphinx.typst.writer import Writer


class BookTranslator(Writer):
    """Translate a doctree by the functions `visit_…` of the modules on kinds of nodes."""


for _module in (blocks, passages, lists, inlines, exhibits):
    for _name, _function in vars(_module).items():
        if _name.startswith("visit_"):
            setattr(BookTranslator, _name, _function)
