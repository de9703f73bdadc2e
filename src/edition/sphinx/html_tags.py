"""HTML that MyST itself writes, and the tags of words, as nodes that the book can set."""

import re
from collections.abc import Callable

from docutils import nodes

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z0-9]+)[^<>]*>", re.IGNORECASE)
_BREAK = "#linebreak();"
_NODES: dict[str, Callable[[], nodes.Element]] = {
    "b": nodes.strong,
    "del": lambda: nodes.inline(classes=["strike"]),
    "em": nodes.emphasis,
    "i": nodes.emphasis,
    "s": lambda: nodes.inline(classes=["strike"]),
    "strong": nodes.strong,
    "sub": nodes.subscript,
    "sup": nodes.superscript,
    "u": lambda: nodes.inline(classes=["underline"]),
}


def read_tags(tree: nodes.Node) -> None:
    """Replace the tags in a tree: breaks, boxes of tasks, and pairs around words."""
    for parent in list(tree.findall(nodes.TextElement)):
        for child in list(parent.children):
            held = any(child is node for node in parent.children)
            if held and isinstance(child, nodes.raw):
                _replace(parent, child)


def lines_of(node: nodes.Node | None) -> int:
    """Return how many lines a paragraph has that the source ends, the last included."""
    if not isinstance(node, nodes.paragraph):
        return 0
    return 1 + sum(isinstance(child, nodes.raw) and _BREAK in child.astext() for child in node)


def is_stanza(node: nodes.Node | None) -> bool:
    """Return whether a paragraph is three lines or more."""
    return lines_of(node) >= 3


def _replace(parent: nodes.Element, node: nodes.raw) -> None:
    tag = _TAG.fullmatch(node.astext().strip())
    if tag is None or "html" not in str(node.get("format", "")).split():
        return
    name, at = tag["name"].lower(), parent.index(node)
    if name == "br":
        parent[at] = nodes.raw("", _BREAK, format="typst")
    elif name == "input" and "checkbox" in node.astext():
        parent[at] = nodes.Text(task_box(node.astext()))
    elif name in _NODES and not tag["end"]:
        following = parent.children[at + 1 :]
        end = next((n for n in following if n.astext().strip().lower() == f"</{name}>"), None)
        if end is not None:
            wrapped = _NODES[name]()
            wrapped += following[: following.index(end)]
            parent.children[at : parent.index(end) + 1] = [wrapped]
            wrapped.parent = parent
            read_tags(wrapped)


def task_box(tag: str) -> str:
    """Return the sign for the box of a task, done or not."""
    box = "\N{BALLOT BOX WITH CHECK}" if "checked=" in tag else "\N{BALLOT BOX}"
    return f"{box}\N{NO-BREAK SPACE}"
