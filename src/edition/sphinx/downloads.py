"""The page from which readers take the edition away: each file with its size and digest."""

import hashlib
import os
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from edition.project.files import replacing
from edition.sphinx.redirects import WEB
from edition.sphinx.translation import _, write_decimal


class downloads(nodes.General, nodes.Element):  # noqa: N801  docutils names nodes in lower case
    """A place for the list of files."""


class DownloadsDirective(SphinxDirective):
    """`{downloads}`: the files that `edition_downloads` names, for the website alone."""

    def run(self) -> list[nodes.Node]:
        """Leave a place, and let the page be made anew when a file changes."""
        for _name, path in files_of(self.config, self.env.srcdir):
            self.env.note_dependency(str(path))
        return [downloads()]


def setup(app: Sphinx) -> None:
    """Register the setting, the directive and what becomes of it."""
    app.add_config_value("edition_downloads", {}, "env", dict, "Files to offer: name to path.")
    app.add_directive("downloads", DownloadsDirective)
    app.add_node(downloads)
    app.connect("doctree-resolved", list_files)
    app.connect("build-finished", copy_files)


def list_files(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the list in its place; in a book, nothing."""
    web = app.builder.name in WEB
    for node in list(doctree.findall(downloads)):
        node.replace_self(_listed(app, docname) if web else [])


def _listed(app: Sphinx, docname: str) -> list[nodes.Node]:
    here = app.builder.get_target_uri(docname)
    items = []
    for name, path in files_of(app.config, app.srcdir):
        if not path.is_file():
            continue
        content = path.read_bytes()
        address = relative_uri(here, path.name)
        link = nodes.reference("", name, refuri=address, internal=True, classes=["download"])
        digest = nodes.literal("", hashlib.sha256(content).hexdigest())
        line = nodes.paragraph("", "", nodes.Text("SHA-256: "), digest)
        size = size_of(len(content), app.config.language)
        term = nodes.term("", "", link, nodes.Text(f", {size}"))
        items.append(nodes.definition_list_item("", term, nodes.definition("", line)))
    if not items:
        return [nodes.paragraph("", _("The files have not been built yet."))]
    return [nodes.definition_list("", *items, classes=["downloads"])]


def files_of(config: Config, folder: str | os.PathLike[str]) -> list[tuple[str, Path]]:
    """Return the names that readers see, with the files; `folder` is that of the sources."""
    named: dict[str, str] = config.edition_downloads
    return [(name, Path(folder, path)) for name, path in named.items()]


def size_of(count: int, language: str) -> str:
    """Return a number of bytes for people: kilobytes of a thousand, as shops and systems count."""
    if count < 1_000_000:
        return _("%s kB") % max(1, round(count / 1000))
    return _("%s MB") % write_decimal(count / 1_000_000, language)


def copy_files(app: Sphinx, error: Exception | None) -> None:
    """Let the website carry the files that it offers."""
    if error is not None or app.builder.name not in WEB:
        return
    for _name, path in files_of(app.config, app.srcdir):
        if path.is_file():
            with replacing(Path(app.outdir) / path.name) as beside:
                shutil.copyfile(path, beside)
