"""Labels for references: a link to `p12` reads “p12” unless the editor gives it other words."""

from typing import cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain

from edition.sphinx.nodes import passage, quotation


def label_anchors(app: Sphinx, doctree: nodes.document) -> None:
    """Give each passage and quotation of a document its label, and Sphinx the name of it.

    A link without words from the same document MyST has resolved by then, and has called it by
    the id with its `#`.
    """
    labelled = {}
    std = cast(StandardDomain, app.env.get_domain("std"))
    for node in doctree.findall(lambda n: isinstance(n, (passage, quotation))):
        element = cast(nodes.Element, node)
        for name in element["names"]:
            ident = doctree.nameids.get(name)
            if ident:
                element["label"] = name
                labelled[f"#{name}"] = ident
                std.labels.setdefault(name, (app.env.docname, ident, name))
    for reference in doctree.findall(nodes.reference):
        words = reference.children[0] if len(reference.children) == 1 else None
        if isinstance(words, nodes.inline) and "std-ref" in words["classes"]:
            shown = words.astext()
            if shown in labelled and labelled[shown] == reference.get("refid"):
                words.clear()
                words += nodes.Text(shown.removeprefix("#"))
