"""What the website's pages need beyond the theme: a rail of passages, and no bar to anyone.

The theme is furo. Its markup, and Sphinx's, that hinders assistive technology
is put right in the finished page (`mended`); a test looks for each of these places, so that a
new release of the theme cannot bring a fault back unseen.
"""

import re
from html import escape, unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder

from edition.anchors.comparison import citable_anchors
from edition.model import Anchor, AnchorKind
from edition.sphinx.project import edition_of
from edition.sphinx.redirects import WEB, docname_of
from edition.sphinx.translation import _

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

# Code is wrapped where it is broader than its place, but lines in columns mean nothing then: those
# of a table or a drawing. What is no broader than a telephone needs no stop of the keyboard.
_CODE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_COLUMN = re.compile(r"\S {2,}(?=\S)")
_DRAWN = re.compile(r"[\u2500-\u257f]")
_TELEPHONE = 34

# Where the theme has words in English alone.
_IN_ENGLISH = re.compile(
    r'((?:<div class="context">\s*<span>|<div class="title">|<span class="toc-title">)\s*)'
    r"(Next|Previous|Home|On this page)(?=\s*<)"
)
_SYMBOL = re.compile(r'<symbol id="([\w-]+)".*?</symbol>\s*', re.DOTALL)
_VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')

# Extensions that furo has a style sheet for.
_STYLED_BY_FURO = (
    "readthedocs",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_inline_tabs",
    "sphinx_panels",
)
# Scripts of the search that ours replaces; furo itself has no use for them.
_OWN_SEARCH = ("doctools.js", "documentation_options.js", "sphinx_highlight.js", "translations.js")

_LABEL = re.compile(r"\{([^{}]+)\}")


def mended(page: str) -> str:
    """Return a finished page without the theme's faults."""
    for pattern, instead in MENDS:
        page = pattern.sub(_LABEL.sub(lambda label: _(label[1]), instead), page)
    ours = {
        "Next": _("Next"),
        "Previous": _("Previous"),
        "Home": _("Home"),
        "On this page": _("On this page"),
    }
    page = _CODE.sub(_with_columns, page)
    return _IN_ENGLISH.sub(lambda found: found[1] + ours[found[2]], page)


def _with_columns(code: re.Match[str]) -> str:
    """Return code that is told to scroll where two lines, one below the other, share a column."""
    lines = unescape(re.sub(r"<[^>]*>", "", code[1])).splitlines()
    at = [{gap.end() for gap in _COLUMN.finditer(line)} for line in lines]
    columns = any(one & other for one, other in pairwise(at)) or any(map(_DRAWN.search, lines))
    if not columns or max(map(len, lines)) <= _TELEPHONE:
        return code[0]
    return f'<pre class="kept-lines" tabindex="0">{code[1]}</pre>'


def _mended_and_light(page: str) -> str:
    """Return a page without faults, signs that it does not show, and indents outside code."""
    page = _SYMBOL.sub(lambda sign: sign[0] if f'href="#{sign[1]}"' in page else "", mended(page))
    return page if "<pre" in page or "<textarea" in page else re.sub(r"\n\s+", "\n", page)


def add_to_context(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let the template mend the page, and give it an icon; in an e-book neither."""
    web = app.builder.name in WEB
    context["mended"] = _mended_and_light if web else str
    context["say"] = _
    context["with_icon"] = web and not context.get("favicon_url")
    if web:
        if app.config.html_theme == "furo":
            _leave_out_unused(app, context, doctree)
        # Every theme has its own.
        context["metatags"] = _VIEWPORT.sub("", context.get("metatags", ""))
        if doctree is not None and (passages := _passages_of(app, page)):
            context["toc"] = _rail(doctree, passages)
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


def _passages_of(app: Sphinx, page: str) -> dict[str, Anchor]:
    return {
        anchor.id: anchor
        for anchor in citable_anchors(edition_of(app.config)).anchors.values()
        if anchor.kind is AnchorKind.PASSAGE
        and docname_of(app.config, anchor.location.path) == page
    }


def _rail(node: nodes.Element, passages: dict[str, Anchor]) -> str:
    """Return a page's contents: its sections, and in each its passages with opening words."""
    rows = []
    for child in node.children:
        if isinstance(child, nodes.section):
            title = escape(child[0].astext(), quote=False)
            rows.append(_row(child["ids"][0], title, _rail(child, passages)))
        elif isinstance(child, nodes.Element):
            idents = (ident for inner in child.findall(nodes.Element) for ident in inner["ids"])
            for ident in filter(passages.__contains__, idents):
                number = f'<span class="rail-number">{ident}</span> '
                rows.append(_row(ident, number + _opening(passages[ident])))
    kind = "" if isinstance(node, nodes.document) else ' class="rail"'
    return f"<ul{kind}>\n{''.join(rows)}</ul>\n" if rows else ""


def _row(ident: str, words: str, below: str = "") -> str:
    return f'<li><a class="reference internal" href="#{ident}">{words}</a>{below}</li>\n'


def _opening(anchor: Anchor) -> str:
    words = re.sub(r"\(\s*\)\s*|\s*[,;:]$", "", anchor.opening)
    return f"{escape(words, quote=False)}\N{NO-BREAK SPACE}…" if words else ""


def leave_out_empty_index(app: Sphinx, builder: Builder) -> None:
    """Make no general index where nothing was marked for it, and no link to one.

    By now what was read is put away, with settings that the next build compares with its own.
    """
    entries = app.env.domaindata.get("index", {}).get("entries", {})
    if builder.name in WEB and not any(entries.values()):
        app.config["html_use_index"] = False  # themes ask the setting,
        builder.use_index = False  # type: ignore[attr-defined]  # the builder itself
