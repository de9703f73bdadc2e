"""What the website's pages need beyond the theme: notes beside the text, and no bar to anyone.

The theme is furo. Its markup, and Sphinx's, that hinders assistive technology
is put right in the finished page (`mended`); a test looks for each of these places, so that a
new release of the theme cannot bring a fault back unseen.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform

from edition.project.atomic import replace_file
from edition.sphinx.nodes import commentary, passage, quotation
from edition.sphinx.redirects import WEB
from edition.sphinx.translation import _

TEMPLATES = Path(__file__).parent / "templates"

# Faults of a page, and what replaces them.
MENDS = (
    # A heading has a rank (WAI-ARIA 1.2, "heading").
    (
        re.compile(r'<p class="caption" role="heading">'),
        '<p class="caption" role="heading" aria-level="2">',
    ),
    # Landmarks of one kind are told apart by their names.
    (
        re.compile(r'<aside class="sidebar-drawer">(.*?)</aside>\s*<div class="main">', re.DOTALL),
        r'<nav class="sidebar-drawer" aria-label="{Edition}">\1</nav><div class="main">',
    ),
    (
        re.compile(r'<aside class="toc-drawer([^"]*)">(.*)</aside>', re.DOTALL),
        r'<nav class="toc-drawer\1" aria-label="{On this page}">\2</nav>',
    ),
    # Whatever is not text is in a landmark, too.
    (
        re.compile(r'<div class="content-icon-container">'),
        '<div class="content-icon-container" role="navigation" aria-label="{Tools}">',
    ),
    # What can be scrolled can be reached from the keyboard.
    (re.compile(r'<div class="table-wrapper'), '<div tabindex="0" class="table-wrapper'),
)

# Blocks in which a note can follow its reference.
_HOLDERS = (
    nodes.section,
    nodes.document,
    nodes.list_item,
    nodes.definition,
    nodes.Admonition,
    passage,
    commentary,
)
# Blocks that no note may interrupt, because they are read, or repeated, as one.
_WHOLES = (nodes.table, nodes.figure, nodes.block_quote, nodes.line_block, quotation, nodes.topic)


_LABEL = re.compile(r"\{([^{}]+)\}")


def mended(page: str) -> str:
    """Return a finished page without the theme's faults."""
    for pattern, instead in MENDS:
        page = pattern.sub(_LABEL.sub(lambda label: _(label[1]), instead), page)
    return page


def add_templates(app: Sphinx, config: Config) -> None:
    """Put our templates before the theme's, but after the edition's own."""
    config.templates_path.append(str(TEMPLATES))


def add_to_context(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Let the template mend the page, and give it an icon; in an e-book neither."""
    web = app.builder.name in WEB
    context["mended"] = mended if web else str
    context["with_icon"] = web and not context.get("favicon_url")


def write_search_texts(app: Sphinx, error: Exception | None) -> None:
    """Write the pages' words, from which the search page takes its excerpts."""
    if error is not None or app.builder.name not in WEB:
        return
    texts = {
        app.builder.get_target_uri(name): " ".join(_words(app.env.get_doctree(name)))
        for name in sorted(app.env.found_docs)
    }
    written = json.dumps(texts, ensure_ascii=False, sort_keys=True, indent=0)
    script = f"const SEARCH_TEXTS = {written};\n"
    replace_file(Path(app.outdir) / "searchtexts.js", script.encode())


def _words(tree: nodes.document) -> list[str]:
    """Return the words of a page, without what its readers do not see."""
    for node in list(tree.findall(nodes.raw)) + list(tree.findall(nodes.comment)):
        node.parent.remove(node)
    return tree.astext().split()


class NotesBeside(SphinxPostTransform):
    """Moves each note to the block that first refers to it, whence a style sheet sets it beside.

    The whole note moves, so that it is complete in print and on narrow screens, where it is
    below its block. A note that nothing in the text refers to stays where it is.
    """

    default_priority = 910
    builders = WEB

    def run(self, **_keywords: Any) -> None:
        """Move the notes of a page."""
        notes = {
            ident: note for note in self.document.findall(nodes.footnote) for ident in note["ids"]
        }
        last: dict[int, nodes.Node] = {}
        for reference in list(self.document.findall(nodes.footnote_reference)):
            note = notes.pop(reference.get("refid", ""), None)
            block = _block(reference)
            if note is None or block is None:
                continue
            note.parent.remove(note)
            note["classes"].append("beside")
            before = last.get(id(block), block)
            parent = before.parent
            parent.insert(parent.index(before) + 1, note)
            last[id(block)] = note
        for rule in list(self.document.findall(nodes.transition)):
            following = rule.next_node(descend=False, siblings=True)
            if "footnotes" in rule["classes"] and not isinstance(following, nodes.footnote):
                rule.parent.remove(rule)


def _block(reference: nodes.Node) -> nodes.Element | None:
    """Return the block after which a reference's note can follow; None within another note."""
    found: nodes.Element | None = None
    at: nodes.Node = reference
    while at.parent is not None:
        if isinstance(at, nodes.footnote):
            return None
        if isinstance(at, _WHOLES):
            found = None
        if found is None and isinstance(at, nodes.Element) and isinstance(at.parent, _HOLDERS):
            found = at
        at = at.parent
    return found
