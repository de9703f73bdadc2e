"""What the website's pages need beyond the theme: notes beside the text, and no bar to anyone.

The theme is furo. Its markup, and Sphinx's, that hinders assistive technology
is put right in the finished page (`mended`); a test looks for each of these places, so that a
new release of the theme cannot bring a fault back unseen.
"""

import re
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from edition.anchors import citable_anchors
from edition.model import Anchor, AnchorKind
from edition.project.atomic import replace_file
from edition.sphinx.nodes import commentary, passage, quotation, restatement, voice
from edition.sphinx.project import edition_of
from edition.sphinx.redirects import WEB, docname_of
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

# In our own files a comment of this kind has lines of its own.
_COMMENT = re.compile(r"^\s*/\*.*?\*/", re.DOTALL | re.MULTILINE)
_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')

# Scripts of the search that ours replaces; furo itself has no use for them.
# Extensions that furo has a style sheet for.
_STYLED_BY_FURO = (
    "readthedocs",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_inline_tabs",
    "sphinx_panels",
)
_OWN_SEARCH = ("doctools.js", "documentation_options.js", "sphinx_highlight.js", "translations.js")

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


def _mended_and_light(page: str) -> str:
    """Return a page without faults, and without indents where no code has them among its words."""
    page = mended(page)
    return page if "<pre" in page or "<textarea" in page else re.sub(r"\n\s+", "\n", page)


def add_templates(app: Sphinx, config: Config) -> None:
    """Put our templates before the theme's, but after the edition's own."""
    config.templates_path.append(str(TEMPLATES))


def add_to_context(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the template mend the page, and give it an icon; in an e-book neither."""
    web = app.builder.name in WEB
    context["mended"] = _mended_and_light if web else str
    context["with_icon"] = web and not context.get("favicon_url")
    if web:
        if app.config.html_theme == "furo":
            _leave_out_unused(app, context, doctree)
        # Every theme has its own.
        context["metatags"] = _VIEWPORT.sub("", context.get("metatags", ""))
        rail = _rail(app, page)
        if rail and context.get("toc"):
            head, _, tail = context["toc"].rpartition("</li>")
            context["toc"] = f"{head}{rail}</li>{tail}"
            context["furo_hide_toc"] = False


def _leave_out_unused(app: Sphinx, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Leave out what a page of furo loads and does not use: code's colours, Sphinx's own search."""
    codes = (nodes.literal_block, nodes.literal)
    has_code = doctree is not None and any(any(doctree.findall(kind)) for kind in codes)
    unused = _OWN_SEARCH if has_code else (*_OWN_SEARCH, "pygments.css")
    if not any(name.startswith(_STYLED_BY_FURO) for name in app.extensions):
        unused = (*unused, "furo-extensions.css")
    for name in ("css_files", "script_files"):
        kept = [f for f in context.get(name, []) if Path(str(f.filename)).name not in unused]
        context[name] = kept


def _rail(app: Sphinx, page: str) -> str:
    """Return a page's passages for its contents, each by its number and opening words."""
    rows = "".join(
        f'<li><a class="reference internal" href="#{anchor.id}"><span class="rail-number">'
        f"{anchor.id}</span> {_opening(anchor)}</a></li>\n"
        for anchor in citable_anchors(edition_of(app.config)).anchors.values()
        if anchor.kind is AnchorKind.PASSAGE
        and docname_of(app.config, anchor.location.path) == page
    )
    return f'<ul class="rail">\n{rows}</ul>\n' if rows else ""


def _opening(anchor: Anchor) -> str:
    words = re.sub(r"\(\s*\)\s*|\s*[,;:]$", "", anchor.opening)
    return f"{escape(words, quote=False)}\N{NO-BREAK SPACE}…" if words else ""


def lighten_files(app: Sphinx, error: Exception | None) -> None:
    """Take the comments and the indents out of our files, as they are sent to every reader."""
    if error is not None or app.builder.name not in WEB:
        return
    for name in ("edition.css", "libertinus.css", "edition.js", "search.js"):
        file = Path(app.outdir, "_static", name)
        text = _COMMENT.sub("", file.read_text(encoding="utf-8"))
        if name.endswith(".css"):
            text = re.sub(r"\s*([{};,>])\s*", r"\1", text).replace(";}", "}").replace(": ", ":")
            text = text.replace(' format("woff2")', "")
        lines = (line.strip() for line in text.splitlines())
        joint = " " if name.endswith(".css") else "\n"
        light = joint.join(line for line in lines if line and not line.startswith("// "))
        replace_file(file, f"{light}\n".encode())


def leave_out_empty_index(app: Sphinx, _env: BuildEnvironment) -> None:
    """Make no general index where nothing was marked for it, and no link to one."""
    entries = app.env.domaindata.get("index", {}).get("entries", {})
    if app.builder.name in WEB and not any(entries.values()):
        app.config["html_use_index"] = False  # themes ask the setting,
        app.builder.use_index = False  # type: ignore[attr-defined]  # the builder itself


class NotesBeside(SphinxPostTransform):
    """Moves each note to the block that first refers to it: the two are one row of the page.

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
        held: dict[int, nodes.container] = {}
        for reference in list(self.document.findall(nodes.footnote_reference)):
            note = notes.pop(reference.get("refid", ""), None)
            block = _block(reference)
            if note is None or block is None:
                continue
            note.parent.remove(note)
            note["classes"].append("beside")
            if id(block) not in held:
                row = nodes.container(classes=["noted"])
                block.replace_self(row)
                held[id(block)] = nodes.container(classes=["noted-notes"])
                row += [block, held[id(block)]]
            held[id(block)] += note
        for rule in list(self.document.findall(nodes.transition)):
            following = rule.next_node(descend=False, siblings=True)
            if "footnotes" in rule["classes"] and not isinstance(following, nodes.footnote):
                rule.parent.remove(rule)


def _block(reference: nodes.Node) -> nodes.Element | None:
    """Return the block after which a reference's note can follow; None within another note."""
    found: nodes.Element | None = None
    at: nodes.Node = reference
    while at.parent is not None:
        if isinstance(at, nodes.footnote | nodes.title):  # a heading stays the section's own
            return None
        if isinstance(at, _WHOLES):
            found = None
        if found is None and isinstance(at, nodes.Element) and isinstance(at.parent, _HOLDERS):
            found = at
        at = at.parent
    return found


class Voices(SphinxPostTransform):
    """Tells the voices of each passage apart: the text, the editors' brief, the notes."""

    default_priority = 920
    builders = WEB

    def run(self, **_keywords: Any) -> None:
        """Put the children of each passage under their voices, in the plain order."""
        for place in self.document.findall(passage):
            _move_notes_out(place)
            text, notes = voice(name="text", label=""), voice(name="notes", label=_("Notes"))
            brief = voice(name="brief", label=_("In brief"))
            for child in list(place.children):
                place.remove(child)
                if isinstance(child, commentary | nodes.footnote):
                    notes += child
                elif isinstance(child, restatement):
                    brief += child.children
                else:
                    text += child
            place += [part for part in (text, brief, notes) if part.children]


def _move_notes_out(place: passage) -> None:
    """Make the notes within a passage's text its own last children, in the order of the calls."""
    for holder in list(place.findall(nodes.container)):
        if "noted" in holder["classes"] and not _is_within(holder, commentary, place):
            *blocks, notes = holder.children
            around = holder.parent
            at = around.index(holder)
            around[at : at + 1] = blocks
            place += cast(nodes.Element, notes).children
    for note in list(place.findall(nodes.footnote)):
        if note.parent is not place and not _is_within(note, commentary, place):
            note.parent.remove(note)
            place += note


def _is_within(node: nodes.Node, kind: type[nodes.Node], end: nodes.Node) -> bool:
    while node is not end:
        if isinstance(node, kind):
            return True
        node = node.parent
    return False
