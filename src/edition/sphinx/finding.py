"""What readers look for: a record for each passage, quotation, entry, work and section.

Records are made from pages as readers see them, their references resolved. The search, the
previews and "go to" of the website use them; nothing is fetched, so that they are there when
the pages are opened from a disk.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from edition.anchors.comparison import citable_anchors
from edition.model import AnchorKind, EntryKind
from edition.project.files import replace_file
from edition.sphinx.downloads import files_of
from edition.sphinx.epub.pagelist import PageSourceError, printed_pages
from edition.sphinx.indexes import ENTRIES
from edition.sphinx.nodes import drawing, passage
from edition.sphinx.project import edition_of
from edition.sphinx.redirects import WEB, docname_of
from edition.sphinx.register import passports_of

FILE = "edition-records.js"
# What is shown of a kind; the word is also what a reader can search for.
_SHOWN = {"person": "Person", "gloss": "Term", "event": "Event"}
_ENDS = {AnchorKind.PASSAGE: "Passage", AnchorKind.QUOTATION: "Quotation"}

_UNSEEN = (nodes.raw, nodes.comment, nodes.system_message)

Record = dict[str, Any]
_records: WeakKeyDictionary[Config, dict[str, list[Record]]] = WeakKeyDictionary()


def collect(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep the records of a page whose references are resolved."""
    if app.builder.name in WEB:
        kept = _records.setdefault(app.config, {})
        kept[docname] = list(_of_page(app, doctree, docname))


def write_records(app: Sphinx, error: Exception | None) -> None:
    """Write the records of all pages; a page that was not made anew is read once more."""
    if error is not None or app.builder.name not in WEB:
        return
    kept = _records.setdefault(app.config, {})
    order = {
        docname_of(app.config, d.path): n for n, d in enumerate(edition_of(app.config).documents)
    }
    found: list[Record] = []
    for docname in sorted(app.env.found_docs, key=lambda name: (order.get(name, len(order)), name)):
        if docname not in kept:
            app.env.get_and_resolve_doctree(docname, app.builder, tags=app.tags)
        found += kept.get(docname, [])
    pages = _book_pages(app)
    for record in found:
        if page := pages.get(record["id"]):
            record["at"] = page
    written = json.dumps(found, ensure_ascii=False, sort_keys=True, indent=0)
    replace_file(Path(app.outdir) / FILE, f"window.EDITION_RECORDS = {written};\n".encode())


def _book_pages(app: Sphinx) -> dict[str, str]:
    """Return the page of each anchor in the book, where the website offers one."""
    books = (path for _name, path in files_of(app.config, app.srcdir) if path.suffix == ".pdf")
    book = next((path for path in books if path.is_file()), None)
    try:
        pages = printed_pages(book) if book else []
    except PageSourceError:
        return {}
    return {name: page.label for page in pages for name in page.names}


def _of_page(app: Sphinx, doctree: nodes.document, docname: str) -> Iterator[Record]:
    page = app.builder.get_target_uri(docname)
    edition = edition_of(app.config)
    # Of what cannot be cited a folder is a manual; a page by itself, such as the downloads, is not.
    citable_paths = (d.path for d in edition.documents if d.path not in edition.uncitable)
    citable_pages = {docname_of(app.config, path) for path in citable_paths}
    manual = "/" in docname and docname not in citable_pages
    citable = citable_anchors(edition).anchors
    kinds = {ident: _ENDS[a.kind] for ident, a in citable.items() if a.kind in _ENDS}
    title = next((t.astext() for t in doctree.findall(nodes.title)), "")
    for node in doctree.findall(nodes.Element):
        record = _record(node, kinds)
        if record is not None:
            record |= {"page": page, "in": title}
            if passport := passports_of(app.config).get(record["id"]):
                record["state"] = passport.state
            yield record | ({"manual": True} if manual else {})


def _record(node: nodes.Element, kinds: dict[str, str]) -> Record | None:
    idents: list[str] = node["ids"]
    if not idents:
        return None
    if ident := next((i for i in idents if i in kinds), None):
        return _made(ident, idents, kinds[ident], ident, _words(node))
    if "tombstone" in node["classes"]:
        return _made(idents[0], idents, "Passage", idents[0], _words(node))
    if isinstance(node, nodes.term) and isinstance(node.parent, nodes.definition_list_item):
        classes = node.parent.parent["classes"] if node.parent.parent is not None else []
        if ENTRIES in classes:
            kind = next((k for k in map(str, EntryKind) if f"{k}-entries" in classes), "")
            said = _words(node.parent, without=(nodes.term,))
            return _made(idents[0], idents, _SHOWN.get(kind, "Entry"), _words(node), said)
    if isinstance(node, nodes.citation):
        return _made(idents[0], idents, "Work", "", _words(node, without=(nodes.label,)))
    if isinstance(node, nodes.section):
        inner = (nodes.section, passage, nodes.title, nodes.citation, nodes.footnote, drawing)
        said = _words(node, without=inner)
        head = next((t for t in node.children if isinstance(t, nodes.title)), None)
        return _made(idents[0], idents, "Section", _words(head) if head else "", said)
    return None


def _is_listed_elsewhere(node: nodes.Node) -> bool:
    """Return whether each line of a list or table has a record of its own."""
    return (isinstance(node, nodes.definition_list) and ENTRIES in node["classes"]) or (
        isinstance(node, nodes.table) and "quotation-register" in node["classes"]
    )


def _made(ident: str, idents: list[str], kind: str, title: str, text: str) -> Record:
    return {"id": ident, "ids": sorted({*idents}), "kind": kind, "title": title, "text": text}


def _words(node: nodes.Node, without: tuple[type[nodes.Node], ...] = ()) -> str:
    """Return the words that readers see, without those of some nodes within."""
    parts: list[str] = []

    def visit(at: nodes.Node) -> None:
        if isinstance(at, nodes.Text):
            parts.append(str(at))
        for child in at.children:
            if not isinstance(child, (*_UNSEEN, *without)) and not _is_listed_elsewhere(child):
                visit(child)
        if isinstance(at, nodes.TextElement | nodes.label) and not isinstance(at, nodes.Inline):
            parts.append(" ")

    visit(node)
    return " ".join("".join(parts).split())
