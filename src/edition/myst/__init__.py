"""MyST source → `Document`: anchors, passages, citations, quotations, each at its line and column.

The only room that knows markdown-it and MyST. It reads with MyST's own parser, so that what
the checker sees is what the Sphinx build sees, and goes into the bodies of directives.
"""

from edition.myst.reader import read_document

__all__ = ["read_document"]
