"""How the edition's nodes look as HTML; the EPUB builder writes the same."""

import re
from html import escape

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from edition.sphinx.nodes import commentary, drawing, passage, permalink, quotation, voice
from edition.sphinx.passport import mark_html
from edition.sphinx.redirects import WEB
from edition.sphinx.translation import _

# As many letters of a number as the margin holds; a longer one is above its text.
_MARGIN = 5
_TITLES = {
    "passage": (_("Link to this passage, and cite it"), _("Passage")),
    "quotation": (_("Link to this quotation, and cite it"), _("Quotation")),
}


def _number(node: nodes.Element, kind: str) -> str:
    """Return the small number beside a passage or quotation, a link to itself."""
    if not node["ids"]:
        return ""
    ident = node["label"] if node.get("label") in node["ids"] else node["ids"][0]
    return _permalink(ident, node.get("label", ident), kind) + "\n"


def _permalink(ident: str, label: str, kind: str) -> str:
    """Return a link to a passage itself; the script lets it open the card."""
    title, word = _TITLES[kind]
    style = f"{kind}-number permalink" + (" long" if len(label) > _MARGIN else "")
    return (
        f'<a class="{style}" href="#{ident}" data-cite="{kind}" title="{title}">'
        f'<span class="visually-hidden">{word} </span>{label}</a>'
    )


def visit_permalink(self: HTML5Translator, node: permalink) -> None:
    """Write the number of a passage or quotation that is plain Markdown."""
    link = _permalink(node["ident"], node["ident"], node["kind"])
    self.body.append(f"<sup>{link}</sup>" if node.get("inline") else link)
    raise nodes.SkipNode


def visit_passage(self: HTML5Translator, node: passage) -> None:
    """Open the passage, its number first."""
    self.body.append(self.starttag(node, "div", CLASS="passage", role="group"))
    self.body.append(_number(node, "passage"))


def depart_passage(self: HTML5Translator, node: passage) -> None:
    """Close the passage."""
    self.body.append("</div>\n")


def visit_quotation(self: HTML5Translator, node: quotation) -> None:
    """Open the figure and the block of quoted words."""
    style = "quotation standoff" if node.get("standoff") else "quotation"
    self.body.append(self.starttag(node, "figure", CLASS=style))
    self.body.append(_number(node, "quotation"))
    if state := node.get("state"):
        mark, words = state
        shown = f'<span class="mark-words">{escape(words)}</span>'
        self.body.append(f"{mark_html(mark, words)}{shown}")
    self.body.append("<blockquote>\n")


def depart_quotation(self: HTML5Translator, node: quotation) -> None:
    """Close what the attribution has not closed."""
    if not any(isinstance(child, nodes.attribution) for child in node.children):
        self.body.append("</blockquote>\n")
    self.body.append("</figure>\n")


def visit_attribution(self: HTML5Translator, node: nodes.attribution) -> None:
    """Open the attribution: in a quotation the figure's caption, elsewhere docutils' own."""
    if isinstance(node.parent, quotation):
        self.body.append("</blockquote>\n<figcaption>")
    else:
        HTML5Translator.visit_attribution(self, node)


def depart_attribution(self: HTML5Translator, node: nodes.attribution) -> None:
    """Close the attribution."""
    if isinstance(node.parent, quotation):
        self.body.append("</figcaption>\n")
    else:
        HTML5Translator.depart_attribution(self, node)


def visit_commentary(self: HTML5Translator, node: commentary) -> None:
    """Open the note."""
    self.body.append(self.starttag(node, "div", CLASS="commentary", role="note"))


def depart_commentary(self: HTML5Translator, node: commentary) -> None:
    """Close the note."""
    self.body.append("</div>\n")


def visit_voice(self: HTML5Translator, node: voice) -> None:
    """Open one of a passage's voices; the text itself needs no label."""
    name, label = node["name"], node["label"]
    said = f' role="group" aria-label="{label}"' if label else ""
    shown = f'<p class="voice-label" aria-hidden="true">{label}</p>\n' if label else ""
    style = f"voice voice-{name} {node.get('room', '')}".rstrip()
    self.body.append(f'<div class="{style}"{said}>\n{shown}')


def depart_voice(self: HTML5Translator, node: voice) -> None:
    """Close the voice."""
    self.body.append("</div>\n")


def visit_drawing(self: HTML5Translator, node: drawing) -> None:
    """Write the drawing into the page; it holds its own text alternative.

    In an e-book it has no links: its reading systems know those of an older SVG alone. A list
    before it has them, and all that it tells, so that a screen reader need not read it.
    """
    drawn = node["svg"]
    if self.builder.name in WEB:
        labels = self.builder.env.domaindata["std"]["anonlabels"]
        here = self.builder.current_docname

        def address(link: re.Match[str]) -> str:
            document = labels.get(link[1], (here,))[0]
            page = "" if document == here else self.builder.get_relative_uri(here, document)
            return f'href="{page}#{link[1]}"'

        drawn = re.sub(r'href="#([^"]*)"', address, drawn)
    elif "<a " in drawn:
        drawn = re.sub(r"</?a\b[^>]*>", "", drawn)
        if self.builder.name == "epub":
            drawn = re.sub(r"<(title|desc)>.*?</\1>", "", drawn)
            drawn = re.sub(r'role="group" aria-label="[^"]*"', 'aria-hidden="true"', drawn, count=1)
    self.body.append(f'<div class="drawing">{drawn}</div>\n')
    raise nodes.SkipNode
