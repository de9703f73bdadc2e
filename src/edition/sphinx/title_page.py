"""`{title-page}`: the way in, and on each page of text the strip with the reader's switch."""

from html import escape
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import OptionSpec

from edition.anchors.comparison import citable_anchors
from edition.cite.formats import FORMATS, Cited
from edition.model import AnchorKind
from edition.sphinx.cite_card import metadata_of
from edition.sphinx.downloads import files_of, size_of
from edition.sphinx.indexes import depend_on_everything
from edition.sphinx.project import edition_of
from edition.sphinx.redirects import WEB, docname_of
from edition.sphinx.strip import key_html, strip_html
from edition.sphinx.text import text_of
from edition.sphinx.translation import _


class title_page_tools(nodes.General, nodes.Element):  # noqa: N801
    """A place for the ways into the edition."""


class TitlePageDirective(SphinxDirective):
    """What this is, in the body's words; on the website the ways in follow.

    They are: read, take away (`edition_downloads`), go to a passage, cite, and the strip.
    """

    has_content = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the words, and a place for the rest."""
        depend_on_everything(self)
        for _name, path in files_of(self.config, self.env.srcdir):
            self.env.note_dependency(str(path))
        lede = nodes.container(classes=["lede"])
        lede += self.parse_content_to_nodes()
        return [lede, title_page_tools()]


def add_tools(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the ways in into their place; in a book, nothing."""
    for node in list(doctree.findall(title_page_tools)):
        html = _tools(app, docname) if app.builder.name in WEB else ""
        node.replace_self([nodes.raw("", html, format="html")] if html else [])


def add_reading_bar(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the strip below the heading of each page of text on the website."""
    edition = edition_of(app.config)
    paths = {docname_of(app.config, p.location.path): p.location.path for p in edition.passages}
    title = next(iter(doctree.findall(nodes.title)), None)
    if app.builder.name not in WEB or docname not in paths or title is None:
        return
    if any(doctree.findall(title_page_tools)) or docname == app.config.root_doc:
        return
    # On all pages the same views. Of a text that is only restated quotations have digests, since
    # their words are not printed; the brief leaves them out.
    brief = text_of(app.config).fragments or any(q.passage and q.digest for q in edition.quotations)
    html = (
        f'<div class="reading-bar"{" data-brief" if brief else ""}>'
        f"{_strip(app, docname, paths[docname])}</div>"
    )
    title.parent.insert(title.parent.index(title) + 1, nodes.raw("", html, format="html"))


def _tools(app: Sphinx, docname: str) -> str:
    edition, metadata = edition_of(app.config), metadata_of(app.config)
    ways = []
    if edition.passages:
        first = docname_of(app.config, edition.passages[0].location.path)
        if first in app.env.found_docs:
            read = escape(app.builder.get_relative_uri(docname, first))
            ways.append(f'<a class="way way-read" href="{read}">{_("Read")}</a>')
    root = "../" * app.builder.get_target_uri(docname).count("/")
    for _name, path in files_of(app.config, app.srcdir):
        if path.is_file():
            kind = escape(path.suffix.removeprefix(".").upper())
            size = size_of(path.stat().st_size, app.config.language)
            ways.append(
                f'<a class="way" href="{root}{escape(path.name)}">{kind} '
                f'<span class="way-size">{size}</span></a>'
            )
    search = escape(app.builder.get_relative_uri(docname, "search"))
    last = edition.passages[-1].id if edition.passages else ""
    go = (
        f'<form class="go-to" action="{search}" method="get">'
        f'<label for="go-to">{_("Go to a passage, a name, a word")}</label> '
        f'<input id="go-to" name="q" type="search" placeholder="{last}"> '
        f'<button type="submit">{_("Go")}</button></form>'
    )
    cite = escape(FORMATS["chicago"](metadata, Cited()))
    return (
        f'<p class="ways">{" ".join(ways)}</p>{go}'
        f'<p class="how-to-cite"><span class="voice-label">{_("Cite")}</span> {cite}</p>'
        f"{_strip(app, docname, '')}{key_html(edition)}"
    )


def _strip(app: Sphinx, docname: str, here: str) -> str:
    edition = edition_of(app.config)
    titles = {}
    for path in {p.location.path for p in edition.passages}:
        name = docname_of(app.config, path)
        titles[path] = app.env.titles[name].astext() if name in app.env.titles else Path(path).stem
    fragments = text_of(app.config).fragments
    anchors = citable_anchors(edition).anchors
    lengths = {
        ident: len((fragments[ident].text if ident in fragments else anchor.text).split())
        for ident, anchor in anchors.items()
        if anchor.kind is AnchorKind.PASSAGE
    }

    def address(path: str, ident: str) -> str:
        target = docname_of(app.config, path)
        page = app.builder.get_relative_uri(docname, target) if target != docname else ""
        return f"{page}#{ident}" if ident else page or "#"

    return strip_html(edition, lengths, titles, address, here)
