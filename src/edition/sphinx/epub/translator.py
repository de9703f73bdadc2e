"""How a doctree becomes a page of the book, where that is not as on the web."""

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from edition.model.language_tags import is_right_to_left
from edition.sphinx.epub.package import is_language_tag, language_tag
from edition.sphinx.epub.stacking import mark_numbers, name_heads
from edition.sphinx.html_tags import task_box
from edition.sphinx.nodes import commentary, passage, permalink, quotation

logger = logging.getLogger(__name__)

_BOX = re.compile(r"<input\b[^<>]*checkbox[^<>]*>")
# Elements without content, and attributes without value, however they are typed.
_EMPTY = re.compile(r"<((?:br|col|embed|hr|img|input|source|track|wbr)\b[^<>]*?)\s*/?>")
_BARE = re.compile(
    r"(<[a-z][^<>]*?\s)(allowfullscreen|autoplay|checked|controls|disabled|loop|muted|open|reversed)"
    r"(?=[\s/>])(?!=)"
)
_SVG = re.compile(r"<svg\b(?![^<>]*\bxmlns=)")
_ID = re.compile(r'(<[a-z][^<>]*?) id="([^"]*)"')
_LANG = re.compile(r' lang="([^"]*)"')


class EpubTranslator(HTML5Translator):
    """Writes notes that reading systems can pop up, and what EPUB's XHTML asks for."""

    def starttag(self, *args: Any, **kwargs: Any) -> str:
        """Give the language as XML wants it, too; tell one that is none."""
        tag: str = super().starttag(*args, **kwargs)
        node, found = args[0], _LANG.search(tag)
        if isinstance(node, nodes.entry) and node.get("head"):
            tag = tag.replace("<td", f'<td data-head="{self.attval(node["head"])}"', 1)
        if found and not isinstance(node, nodes.literal) and not is_language_tag(found[1]):
            logger.warning(
                "“%s” is not a language tag; write the language as in ru, pt-BR or sr-Latn",
                found[1],
                location=node if isinstance(node, nodes.Node) else None,
                type="edition",
                subtype="language",
            )
        from_right = is_right_to_left(language_tag(self.config.epub_language))
        across = is_right_to_left(found[1]) != from_right if found else _is_across(node)
        is_code = isinstance(node, nodes.literal | nodes.literal_block)  # read from the left
        tag = _LANG.sub(r' lang="\1" xml:lang="\1"', tag, count=1)
        if from_right and (across or is_code):
            return tag.replace(">", ' dir="ltr">', 1)
        return tag.replace(">", ' dir="rtl">', 1) if across else tag

    def unknown_departure(self, node: nodes.Node) -> None:
        """Leave a node that has no form; Sphinx told of it when it was met."""

    def depart_document(self, node: nodes.document) -> None:
        """Close what extensions have written as HTML."""
        self.body = [_once(_closed("".join(self.body)))]
        super().depart_document(node)

    def visit_problematic(self, node: nodes.problematic) -> None:
        """Write words that docutils could not read, without a link to its message."""
        self.body.append(f'<span class="problematic">{self.encode(node.astext())}</span>')
        raise nodes.SkipNode

    def visit_table(self, node: nodes.table) -> None:
        """Tell the style sheet how much room a table wants, and each cell its head."""
        mark_numbers(node)
        self.body.append(f'<div class="table-room{name_heads(node)}">')
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        """Close the table and its room."""
        super().depart_table(node)
        self.body.append("</div>\n")

    def visit_section(self, node: nodes.section) -> None:
        """Mark the section that the bibliography is listed in."""
        super().visit_section(node)
        if any("bibliography" in child.get("classes", []) for child in _elements(node)):
            mark = '<section epub:type="bibliography" role="doc-bibliography"'
            self.body[-1] = self.body[-1].replace("<section", mark, 1)

    def visit_title(self, node: nodes.title) -> None:
        """Give the caption of a table of contents its rank among the headings."""
        start = len(self.body)
        super().visit_title(node)
        if isinstance(node.parent, addnodes.compact_paragraph):
            rank = f'role="heading" aria-level="{self.section_level + 1}"'
            self.body[start:] = [part.replace('role="heading"', rank) for part in self.body[start:]]

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Open the reference: a raised number without brackets, and no link where no note is."""
        if not node.get("refid"):
            self.body.append(f"<sup>{self.encode(node.astext())}</sup>")
            raise nodes.SkipNode
        attributes: dict[str, Any] = {
            "epub:type": "noteref",
            "role": "doc-noteref",
            "href": f"#{node['refid']}",
        }
        self.body.append(self.starttag(node, "a", "", CLASS="noteref", **attributes))

    def depart_footnote_reference(self, node: nodes.Element) -> None:
        """Close the reference."""
        self.body.append("</a>")

    def visit_footnote(self, node: nodes.Element) -> None:
        """Open the note, and before the first of a row the whole row."""
        if not isinstance(node.previous_sibling(), nodes.footnote):
            self.body.append('<div class="footnotes">\n')
        attributes: dict[str, Any] = {"epub:type": "footnote", "role": "doc-footnote"}
        self.body.append(self.starttag(node, "aside", CLASS="footnote", **attributes))

    def depart_footnote(self, node: nodes.Element) -> None:
        """Close the note, and after the last of a row the row."""
        self.body.append("</aside>\n")
        following = node.next_node(descend=False, siblings=True)
        if not isinstance(following, nodes.footnote):
            self.body.append("</div>\n")

    def visit_label(self, node: nodes.Element) -> None:
        """Open the note's number, which leads back to its first reference."""
        back: list[str] = node.parent.get("backrefs", [])
        self.body.append('<span class="label">')
        if back:
            self.body.append(f'<a role="doc-backlink" href="#{back[0]}">')

    def depart_label(self, node: nodes.Element) -> None:
        """Close the number; later references follow it as small links."""
        back: list[str] = node.parent.get("backrefs", [])
        if back:
            self.body.append("</a>")
        for count, reference in enumerate(back[1:], 2):
            self.body.append(f' <a role="doc-backlink" href="#{reference}">({count})</a>')
        self.body.append("</span>\n")

    def visit_citation(self, node: nodes.citation) -> None:
        """Open an entry that an author typed; the role for entries is withdrawn by now."""
        super().visit_citation(node)
        self.body[-1] = self.body[-1].replace('role="doc-biblioentry"', 'role="listitem"')

    def visit_raw(self, node: nodes.raw) -> None:
        """Write raw HTML as XML: an element without content is closed, a task's box is a sign."""
        if "html" in str(node.get("format", "")).split():
            words = _BOX.sub(lambda tag: task_box(tag[0]), node.astext())
            node.children = [nodes.Text(_closed(words))]
            node.rawsource = node.astext()
        super().visit_raw(node)

    def visit_image(self, node: nodes.image) -> None:
        """Ask for an alternative text where the source has none, not even an empty one.

        Of a picture on another site, which a book cannot hold, that text leads there.
        """
        if "://" in node["uri"]:
            message = "the book cannot hold a picture from another site: %s"
            logger.warning(message, node["uri"], location=node, type="edition", subtype="image")
            words = self.encode(node.get("alt") or node["uri"])
            if not isinstance(node.parent, nodes.reference):
                words = f'<a href="{self.attval(node["uri"])}">{words}</a>'
            within = isinstance(node.parent, nodes.TextElement)
            self.body.append(words if within else f"<p>{words}</p>\n")
            raise nodes.SkipNode
        if "alt" not in node:
            logger.warning(
                "the picture %s has no alternative text; say in :alt: what it shows",
                node["uri"],
                location=node,
                type="edition",
                subtype="alt",
            )
        super().visit_image(node)


def _is_across(node: object) -> bool:
    """Tell whether a block is read from the other side than the edition, without a language."""
    classes = node["classes"] if isinstance(node, nodes.Element) else ()
    return "from-left" in classes or "from-right" in classes


def _closed(words: str) -> str:
    """Return HTML as XML: empty elements closed, values for attributes, a name space for SVG."""
    words = _SVG.sub('<svg xmlns="http://www.w3.org/2000/svg"', words)
    return _BARE.sub(r'\1\2="\2"', _EMPTY.sub(r"<\1 />", words))


def _once(words: str) -> str:
    """Return a page with each id once; what docutils reads apart may repeat one."""
    seen: set[str] = set()

    def first(match: re.Match[str]) -> str:
        again = match[2] in seen
        seen.add(match[2])
        return match[1] if again else match[0]

    return _ID.sub(first, words)


def _elements(node: nodes.Element) -> list[nodes.Element]:
    return [child for child in node.children if isinstance(child, nodes.Element)]


def _number(node: nodes.Element, kind: str) -> str:
    """Return the number of a passage or quotation; that of a passage calls the notes on it.

    Some reading systems show a note only where it is called, so each has a call of its own.
    """
    if not node["ids"]:
        return ""
    words = node.get("label", node["ids"][-1])
    if isinstance(node, passage) and (notes := _notes_on(node)):
        words = " ".join(
            f'<a id="call-{name}" epub:type="noteref" role="doc-noteref" '
            f'href="#note-on-{name}">{label}</a>'
            for name, label in notes.values()
        )
    return f'<span class="{kind}-number">{words}</span>\n'


def _notes_on(node: nodes.Element) -> dict[commentary, tuple[str, str]]:
    """Return the notes on a passage, each with what its call's id ends in and the call's words."""
    notes = [child for child in node.children if isinstance(child, commentary)]
    ident = node["ids"][-1]
    first = (ident, node.get("label", ident))
    later = ((f"{number}-{ident}", f"({number})") for number in range(2, len(notes) + 1))
    return dict(zip(notes, (first, *later), strict=False))


def visit_permalink(self: HTML5Translator, node: permalink) -> None:
    """Write the number of a passage or quotation that is plain Markdown."""
    words = f'<span class="{node["kind"]}-number">{node["ident"]}</span>'
    self.body.append(f"<sup>{words}</sup>" if node.get("inline") else words)
    raise nodes.SkipNode


def visit_passage(self: HTML5Translator, node: passage) -> None:
    """Open the passage, its number first."""
    self.body.append(self.starttag(node, "div", CLASS="passage"))
    self.body.append(_number(node, "passage"))


def visit_commentary(self: HTML5Translator, node: commentary) -> None:
    """Open a note on a passage, which reading systems can pop up; it leads back."""
    home = node.parent
    called = isinstance(home, passage) and home["ids"]
    attributes: dict[str, Any] = {"role": "note"}
    back = ""
    if called:
        name, label = _notes_on(home)[node]
        ids = [*node["ids"], f"note-on-{name}"]
        attributes = {"epub:type": "footnote", "role": "doc-footnote", "ids": ids}
        back = f'<a role="doc-backlink" href="#call-{name}">{label}</a>'
        back = f'<div class="back">{back}</div>\n'
    self.body.append(self.starttag(node, "aside", CLASS="commentary", **attributes) + back)


def depart_commentary(self: HTML5Translator, node: commentary) -> None:
    """Close the note."""
    self.body.append("</aside>\n")


def visit_quotation(self: HTML5Translator, node: quotation) -> None:
    """Open the figure and the block of quoted words."""
    style = "quotation standoff" if node.get("standoff") else "quotation"
    self.body.append(self.starttag(node, "figure", CLASS=style))
    self.body.append(_number(node, "quotation"))
    self.body.append("<blockquote>\n")


def visit_sd_tab_input(self: HTML5Translator, node: nodes.Element) -> None:
    """Leave out the button of a tab of sphinx-design: in a book one follows the other."""
    raise nodes.SkipNode


def visit_sd_tab_label(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the label of a tab."""
    self.body.append(self.starttag(node, "p", CLASS="rubric"))


def depart_sd_tab_label(self: HTML5Translator, node: nodes.Element) -> None:
    """Close the label of a tab."""
    self.body.append("</p>\n")


# Put on each translator last: see EpubBuilder.create_translator.
VISITS = (
    visit_passage,
    visit_permalink,
    visit_commentary,
    depart_commentary,
    visit_quotation,
    visit_sd_tab_input,
    visit_sd_tab_label,
    depart_sd_tab_label,
)
