"""Old addresses that keep working: second names, tombstones, and notes in an anchor's old place.

What was published is in the lock; what has happened since is worked out anew for each build,
so that an address works from the moment of the edit. Second names become ids of the block
that they live on in, and a retired anchor leaves a note, in all formats. Where an anchor has
gone to another file, its old page leads on, or, if that is gone, a page in its place.
"""

import hashlib
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

from edition.anchors.renewal import renew
from edition.model import AnchorStatus, LockedAnchor
from edition.sphinx.nodes import cross_reference
from edition.sphinx.project import edition_of, project_of
from edition.sphinx.translation import _, spaced

WEB = ("html", "dirhtml")
_DIGEST = "edition_anchors_digest"
_kept: WeakKeyDictionary[SphinxConfig, Mapping[str, LockedAnchor]] = WeakKeyDictionary()


def kept_anchors(config: SphinxConfig) -> Mapping[str, LockedAnchor]:
    """Return every anchor that was ever published or will be, as the lock should now have it."""
    if config not in _kept:
        _kept[config] = renew(edition_of(config), config.release).anchors
    return _kept[config]


def docname_of(config: SphinxConfig, file: str) -> str:
    """Return the document that Sphinx makes of a source; its name even where the file is gone."""
    source = posixpath.normpath(project_of(config).config.source)
    return posixpath.relpath(file, source).removesuffix(".md")


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> set[str]:
    """Read everything again where other ids are to be kept: any page may hold one."""
    fates = [
        (a.id, a.file, a.formerly, a.status.value, a.successors, a.aliases, a.reason)
        for a in kept_anchors(app.config).values()
    ]
    digest = hashlib.sha256(repr(fates).encode()).hexdigest()
    known = getattr(env, _DIGEST, digest)
    setattr(env, _DIGEST, digest)
    return set() if known == digest else env.found_docs - added - removed


def add_old_addresses(app: Sphinx, doctree: nodes.document) -> None:
    """Give a document the second names, tombstones and notes that belong to it."""
    env, docname = app.env, app.env.docname
    by_id: dict[str, nodes.Element] = {}
    for node in doctree.findall(nodes.Element):
        by_id |= dict.fromkeys(node["ids"], node)
    std = cast(StandardDomain, env.get_domain("std"))
    notes: list[nodes.Node] = []
    for entry in kept_anchors(app.config).values():
        home = docname_of(app.config, entry.file)
        if entry.status is AnchorStatus.RETIRED:
            if _home_of_tombstone(app, entry) == docname:
                notes.append(_tombstone(entry, docname))
                std.anonlabels[entry.id] = (docname, entry.id)
                std.labels[entry.id] = (docname, entry.id, entry.label)
        elif home == docname and entry.id in by_id:
            _add_aliases(by_id[entry.id], entry, by_id, std, docname)
        elif entry.status.is_citable and docname in _former(app.config, entry):
            notes.append(_departure(entry, docname))
    if notes:
        last = doctree[-1] if len(doctree) else None
        (last if isinstance(last, nodes.section) else doctree).extend(notes)


def _add_aliases(
    node: nodes.Element,
    entry: LockedAnchor,
    taken: Mapping[str, nodes.Element],
    std: StandardDomain,
    docname: str,
) -> None:
    """Add second names to a block, its own first."""
    ids = [entry.id, *(i for i in node["ids"] if i != entry.id)]
    for alias in entry.aliases:
        if alias not in taken:
            ids.append(alias)
        std.anonlabels.setdefault(alias, (docname, alias))
        std.labels.setdefault(alias, (docname, alias, entry.label))
    if not isinstance(node, nodes.section):
        node["ids"] = ids
    else:
        node["ids"] += [i for i in ids if i not in node["ids"]]


def _former(config: SphinxConfig, entry: LockedAnchor) -> set[str]:
    return {docname_of(config, file) for file in entry.formerly}


def _home_of_tombstone(app: Sphinx, entry: LockedAnchor) -> str:
    """Return the last document of an anchor, or the one that took its place."""
    home = docname_of(app.config, entry.file)
    if home in app.env.found_docs:
        return home
    heirs = Counter(
        docname_of(app.config, other.file)
        for other in kept_anchors(app.config).values()
        if other.status.is_citable and entry.file in other.formerly
    )
    found = [name for name, _ in heirs.most_common() if name in app.env.found_docs]
    return found[0] if found else str(app.config.root_doc)


def _tombstone(entry: LockedAnchor, docname: str) -> nodes.paragraph:
    """Return the note that a retired anchor leaves: since when, why, where to look."""
    node = nodes.paragraph(ids=[entry.id], classes=["tombstone"])
    node += nodes.strong("", entry.label)
    when = _(" was retired in release %s") % entry.until if entry.until else _(" was retired")
    reason = f": {entry.reason.rstrip('.')}." if entry.reason else "."
    node += nodes.Text(spaced(f"{when}{reason}"))
    if entry.successors:
        node += nodes.Text(f" {_('See')} ")
        node += _listed(entry.successors, docname)
        node += nodes.Text(".")
    return node


def _departure(entry: LockedAnchor, docname: str) -> addnodes.only:
    """Return the note, for web pages alone, that an anchor has moved to another page."""
    node = nodes.paragraph(ids=[entry.id], classes=["departed"])
    node += nodes.Text(_("%s is now in another place: ") % entry.label)
    node += _listed([entry.id], docname)
    node += nodes.Text(".")
    return addnodes.only("", node, expr="html and not epub")


def _listed(idents: Iterable[str], docname: str) -> Iterator[nodes.Node]:
    for number, ident in enumerate(idents):
        if number:
            yield nodes.Text(", ")
        yield cross_reference(ident, docname)


def pages_that_lead_on(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield, for each source that is gone, a page that leads on to its anchors."""
    if app.builder.name not in WEB:
        return
    gone: dict[str, list[LockedAnchor]] = {}
    for entry in kept_anchors(app.config).values():
        for name in _former(app.config, entry) - app.env.found_docs:
            if entry.status.is_citable:
                gone.setdefault(name, []).append(entry)
    for name, entries in sorted(gone.items()):
        yield name, {"title": _("Moved"), "body": _body(app, name, entries)}, "page.html"


def _body(app: Sphinx, name: str, entries: list[LockedAnchor]) -> str:
    """Return the page's links, which work without a script."""
    lines = [
        f'<li class="departed" id="{ident}"><a href="{page}#{ident}">{ident}</a></li>'
        for entry in entries
        for page in [app.builder.get_relative_uri(name, docname_of(app.config, entry.file))]
        for ident in (entry.id, *entry.aliases)
    ]
    return (
        f'<section class="moved-page"><h1>{_("This page has moved")}</h1>\n'
        f"<p>{_('What was here is now elsewhere, under the same numbers:')}</p>\n"
        f"<ul>\n{chr(10).join(lines)}\n</ul></section>"
    )
