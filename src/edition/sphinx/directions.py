"""Words that are read from the other side than the edition: they keep their own order."""

import re

from docutils import nodes
from sphinx.application import Sphinx

from edition.model.language_tags import is_right_to_left

ISOLATE = "\N{FIRST STRONG ISOLATE}"
POP = "\N{POP DIRECTIONAL ISOLATE}"
RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # letters that are read from the right
FROM_RIGHT = re.compile(f"[{RIGHT}]")
_FROM_LEFT = re.compile(rf"[^\W\d_{RIGHT}]")
# Blocks of text without other blocks. Titles are repeated where no signs are wanted.
_BLOCKS = (nodes.paragraph, nodes.line, nodes.attribution, nodes.term, nodes.caption)


def is_from_other_side(text: str, *, from_right: bool) -> bool:
    """Tell whether the letters of a text are all read from the other side than the edition."""
    own, other = (FROM_RIGHT, _FROM_LEFT) if from_right else (_FROM_LEFT, FROM_RIGHT)
    return other.search(text) is not None and own.search(text) is None


def set_apart(text: str, language: str) -> str:
    """Return words of a template with the signs that keep their order in an edition."""
    other = is_from_other_side(text, from_right=is_right_to_left(language))
    return f"{ISOLATE}{text}{POP}" if other else text


def set_blocks_apart(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Set blocks apart whose letters are all read from the other side.

    Else the stop of a sentence goes to its beginning, and numbers change places.
    """
    if app.builder.format not in ("html", "typst"):
        return
    from_right = is_right_to_left(app.config.language)
    for block in filter(_has_a_side, doctree.findall(nodes.Element)):
        if is_from_other_side(block.astext(), from_right=from_right):
            block["classes"].append("from-left" if from_right else "from-right")
    for block in filter(_is_block, doctree.findall(nodes.TextElement)):
        if is_from_other_side(block.astext(), from_right=from_right):
            block.insert(0, nodes.Text(ISOLATE))
            block += nodes.Text(POP)


def _has_a_side(node: nodes.Node) -> bool:
    """Tell whether a block begins at the edge of the text rather than beside a bullet or a head."""
    beside = (nodes.list_item, nodes.entry, nodes.definition, nodes.footnote, nodes.line_block)
    is_text = isinstance(node, nodes.paragraph | nodes.line_block)
    return is_text and not isinstance(node.parent, beside)


def _is_block(node: nodes.Node) -> bool:
    return isinstance(node, _BLOCKS)
