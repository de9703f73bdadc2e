"""The Sphinx extension: the same edition, the same findings, and three formats of it."""

from __future__ import annotations

from docutils.nodes import attribution
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from edition import __version__
from edition.model import EntryKind
from edition.sphinx import (
    citations,
    downloads,
    indexes,
    labels,
    latex,
    project,
    spacing,
)
from edition.sphinx import cite_card as citing
from edition.sphinx import html_nodes as html
from edition.sphinx import html_pages as site
from edition.sphinx import redirects as keeping
from edition.sphinx import text as witness
from edition.sphinx.directives import CommentaryDirective, PassageDirective, QuotationDirective
from edition.sphinx.nodes import commentary, drawing, passage, permalink, quotation
from edition.sphinx.register import QuotationRegister


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything; this reads as the extension's table of contents."""
    for extension in ("myst_parser", "sphinxcontrib.bibtex", "edition.sphinx.typst"):
        app.setup_extension(extension)
    app.setup_extension("edition.sphinx.epub")

    # One load of the project, its settings handed on, its findings as warnings.
    app.connect("config-inited", project.configure, priority=100)
    app.connect("builder-inited", project.load_and_check, priority=100)
    app.connect("env-get-outdated", project.outdated)

    # What an editor types.
    app.add_directive("passage", PassageDirective)
    app.add_directive("quotation", QuotationDirective)
    app.add_directive("commentary", CommentaryDirective)
    app.add_directive("quotation-register", QuotationRegister)

    # The text of a witness, where one was imported, and the notes on it.
    witness.setup(app)

    # Indexes: what they explain, the names that lead there, and what is drawn of them.
    for kind in map(str, EntryKind):
        app.add_role(kind, indexes.NameRole())
        app.add_directive(kind, indexes.EntryDirective)
    app.add_directive("timeline", indexes.TimelineDirective)
    app.add_directive("quoted-works", indexes.QuotedWorksDirective)
    app.add_node(drawing, html=(html.visit_drawing, None))
    app.connect("doctree-read", indexes.join_entries)
    app.connect("doctree-read", spacing.keep_together, priority=700)
    app.connect("doctree-resolved", indexes.add_passages_to_works, priority=400)
    app.add_js_file("sorting.js", loading_method="defer")

    # What it becomes.
    app.add_node(passage, html=(html.visit_passage, html.depart_passage))
    app.add_node(quotation, html=(html.visit_quotation, html.depart_quotation))
    app.add_node(commentary, html=(html.visit_commentary, html.depart_commentary))
    app.add_node(attribution, override=True, html=(html.visit_attribution, html.depart_attribution))
    app.connect("doctree-read", labels.label_anchors)

    app.connect("config-inited", html.add_static_files)
    app.add_css_file("libertinus.css")
    app.add_css_file("edition.css")
    app.connect("config-inited", site.add_templates)
    app.connect("html-page-context", site.add_to_context)
    app.add_post_transform(site.NotesBeside)
    app.connect("build-finished", site.write_search_texts)
    app.add_css_file("reading.css", priority=600)

    # Every published address keeps working, and can be cited.
    app.connect("env-get-outdated", keeping.outdated)
    app.connect("doctree-read", keeping.keep, priority=600)
    app.connect("html-collect-pages", keeping.pages_left)
    app.add_node(permalink, html=(html.visit_permalink, None))
    app.add_post_transform(citing.Permalinks)
    app.connect("html-page-context", citing.add_to_page)
    app.connect("build-finished", citing.write_anchors)
    citing.add_settings(app)
    app.add_css_file("citing.css")
    app.add_js_file("citing.js", loading_method="defer")

    # What readers take away.
    app.add_config_value("edition_downloads", {}, "env", dict, "Files to offer: name to path.")
    app.add_directive("downloads", downloads.DownloadsDirective)
    app.add_node(downloads.downloads)
    app.connect("doctree-resolved", downloads.list_files)
    app.connect("build-finished", downloads.copy_files)

    # The other way to a PDF, for whoever has a TeX.
    latex.setup(app)

    # Citations and the bibliography, in the style that the edition has chosen.
    citations.setup(app)

    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
