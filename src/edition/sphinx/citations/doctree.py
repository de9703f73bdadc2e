"""Text with markup as docutils nodes."""

from itertools import groupby

from docutils import nodes

from edition.bibliography.markup import Rich, Run, typographic
from edition.sphinx.citations.terms import localized, stops_after_marks

_NODES: dict[str, type[nodes.TextElement]] = {
    "italic": nodes.emphasis,
    "bold": nodes.strong,
    "sup": nodes.superscript,
    "sub": nodes.subscript,
    "code": nodes.literal,
    "smallcaps": nodes.inline,
}


def as_nodes(text: Rich, *, links: bool = True) -> list[nodes.Node]:
    """Return the nodes of a text, without its links where there can be none."""
    found: list[nodes.Node] = []
    typeset = stops_after_marks(typographic(text))
    for language, runs in groupby(typeset, key=lambda run: run.language):
        inner = [_node(run, links=links) for run in runs]
        if language:
            inner = [nodes.inline("", "", *inner, classes=[f"language-{language}"])]
        found += inner
    return found


def _node(run: Run, *, links: bool) -> nodes.Node:
    node: nodes.Node = nodes.Text(localized(run.text, run.language))
    for style in sorted(run.styles):
        outer = _NODES[style]("", "", node)
        if style == "smallcaps":
            outer["classes"].append("smallcaps")
        node = outer
    if run.link and links:
        node = nodes.reference("", "", node, refuri=run.link, internal=False)
    return node
