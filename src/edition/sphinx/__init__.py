"""The Sphinx extension: the same edition, the same findings, and three formats of it."""

from docutils.nodes import attribution
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from edition import __version__
from edition.model import EntryKind
from edition.project.cache import code_state
from edition.sphinx import (
    anchors_file,
    citations,
    cite_card,
    directions,
    downloads,
    drawings,
    finding,
    html_nodes,
    html_pages,
    indexes,
    labels,
    latex,
    mathml,
    one_page,
    pictures,
    project,
    redirects,
    register,
    safe_links,
    spacing,
    static_files,
    text,
    title_page,
    translation,
    voices,
)
from edition.sphinx.directives import (
    CommentaryDirective,
    PassageDirective,
    QuotationDirective,
    VerseDirective,
)
from edition.sphinx.nodes import commentary, drawing, passage, permalink, quotation, voice
from edition.sphinx.register import QuotationRegister


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything; the functions below read as the extension's table of contents."""
    # MyST-NB reads what MyST-Parser reads, and Sphinx lets one of them alone take `.md`.
    parser = "myst_nb" if "myst_nb" in app.config.extensions else "myst_parser"
    for extension in (parser, "sphinxcontrib.bibtex", "edition.sphinx.typst"):
        app.setup_extension(extension)
    app.setup_extension("edition.sphinx.epub")

    # One load of the project, its settings handed on, its findings as warnings.
    app.connect("config-inited", project.configure, priority=100)
    app.connect("builder-inited", project.load_and_check, priority=100)
    app.connect("env-get-outdated", project.outdated)

    app.connect("config-inited", translation.load_catalogue, priority=50)

    _add_markup(app)
    _add_pages(app)
    _add_addresses(app)

    # Another way to a PDF, for those who have a TeX.
    latex.setup(app)

    # Citations and the bibliography, in the style that the edition has chosen.
    citations.setup(app)

    return {
        "version": __version__,
        "env_version": int(code_state(), 16),  # what another state of us has read is read again
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _add_markup(app: Sphinx) -> None:
    # What an editor types.
    app.add_directive("passage", PassageDirective)
    app.add_directive("quotation", QuotationDirective)
    app.add_directive("verse", VerseDirective)
    app.add_directive("commentary", CommentaryDirective)
    app.add_directive("quotation-register", QuotationRegister)

    # The text of a witness, where one was imported, and the notes on it.
    text.setup(app)

    # Indexes: what they explain, the names that lead there, and what is drawn of them.
    for kind in map(str, EntryKind):
        app.add_role(kind, indexes.NameRole())
        app.add_directive(kind, indexes.EntryDirective)
    drawings.setup(app)
    app.add_node(drawing, html=(html_nodes.visit_drawing, None))
    app.connect("doctree-read", indexes.join_entries)
    app.connect("doctree-read", spacing.mark_directions, priority=700)
    app.connect("doctree-read", spacing.keep_together, priority=700)
    app.connect("doctree-read", indexes.link_first_mentions, priority=450)
    app.connect("doctree-resolved", indexes.add_passages_to_works, priority=400)


def _add_pages(app: Sphinx) -> None:
    # What it becomes.
    app.add_node(passage, html=(html_nodes.visit_passage, html_nodes.depart_passage))
    app.add_node(quotation, html=(html_nodes.visit_quotation, html_nodes.depart_quotation))
    app.add_node(commentary, html=(html_nodes.visit_commentary, html_nodes.depart_commentary))
    app.add_node(
        attribution,
        override=True,
        html=(html_nodes.visit_attribution, html_nodes.depart_attribution),
    )
    app.connect("doctree-read", labels.label_anchors)

    app.connect("config-inited", static_files.add_files)
    app.connect("html-page-context", static_files.add_reading_script, priority=550)
    app.connect("html-page-context", html_pages.add_to_context, priority=600)
    app.add_post_transform(voices.NotesBeside)
    app.add_post_transform(voices.Voices)
    app.add_post_transform(register.PageBars)
    app.add_node(voice, html=(html_nodes.visit_voice, html_nodes.depart_voice))
    app.connect("build-finished", static_files.lighten_files)
    app.connect("write-started", html_pages.leave_out_empty_index)

    # The article as one strip, the way in, and what readers look for.
    app.add_directive("title-page", title_page.TitlePageDirective)
    app.add_node(title_page.title_page_tools)
    app.connect("doctree-resolved", title_page.add_tools, priority=600)
    app.connect("doctree-resolved", title_page.add_reading_bar, priority=600)
    app.connect("doctree-resolved", finding.collect, priority=700)
    app.connect("doctree-resolved", directions.set_blocks_apart, priority=800)
    app.connect("build-finished", finding.write_records)

    # Formulas, and what MyST leaves to HTML.
    mathml.setup(app)
    app.connect("doctree-read", pictures.find_pictures, priority=100)


def _add_addresses(app: Sphinx) -> None:
    # Every published address keeps working, and can be cited.
    app.connect("env-get-outdated", redirects.outdated)
    app.connect("doctree-read", redirects.add_old_addresses, priority=600)
    app.connect("html-collect-pages", redirects.pages_that_lead_on)
    app.add_node(permalink, html=(html_nodes.visit_permalink, None))
    app.add_post_transform(safe_links.SafeLinks)
    app.add_post_transform(cite_card.Labels)
    app.add_post_transform(cite_card.Permalinks)
    app.connect("html-page-context", cite_card.add_to_page)
    app.connect("doctree-resolved", one_page.part_ids, priority=900)
    app.connect("html-page-context", one_page.mend_links, priority=700)
    app.connect("build-finished", anchors_file.write_anchors)
    cite_card.add_settings(app)

    # What readers take away.
    downloads.setup(app)
