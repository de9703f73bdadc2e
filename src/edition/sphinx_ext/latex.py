"""How the edition's nodes look in LaTeX: plain environments, so that any class can set them.

The PDF is made with Typst; this is for whoever has a TeX and wants the other way.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.writers.latex import LaTeXTranslator

from edition.sphinx_ext.nodes import drawing, passage, quotation


def _label(self: LaTeXTranslator, node: nodes.Element) -> None:
    for ident in node["ids"]:
        self.body.append(self.hypertarget(ident))
    if node.get("label"):
        self.body.append(rf"\leavevmode\marginpar{{\footnotesize {self.encode(node['label'])}}}%")
    self.body.append("\n")


def visit_passage(self: LaTeXTranslator, node: passage) -> None:
    """Begin a passage, its number in the margin."""
    self.body.append("\n\n")
    _label(self, node)


def depart_passage(self: LaTeXTranslator, _node: passage) -> None:
    """End the paragraph."""
    self.body.append("\n\n")


def visit_quotation(self: LaTeXTranslator, node: quotation) -> None:
    """Begin a quotation."""
    self.body.append("\n\\begin{quote}\n")
    _label(self, node)


def depart_quotation(self: LaTeXTranslator, _node: quotation) -> None:
    """End the quotation."""
    self.body.append("\n\\end{quote}\n")


def visit_commentary(self: LaTeXTranslator, _node: nodes.Element) -> None:
    """Begin a note of the editors."""
    self.body.append("\n\\begin{quote}\\small\n")


def depart_commentary(self: LaTeXTranslator, _node: nodes.Element) -> None:
    """End the note."""
    self.body.append("\n\\end{quote}\n")


def visit_drawing(self: LaTeXTranslator, node: drawing) -> None:
    """Say in words what is drawn."""
    self.body.append(f"\n\n{self.encode(node['title'])}. {self.encode(node['alternative'])}\n\n")
    raise nodes.SkipNode
