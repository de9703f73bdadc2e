"""A site of one page, from Sphinx's builder `singlehtml`: each id in it once, each link at its id.

Ids are a document's own: what its parser numbers, and headings, may stand in others, too. The
anchors that are cited, and of the others the first, keep theirs; the rest are named after their
document. Sphinx writes a link as `#document-NAME#ID`, which no browser can follow.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig

from edition.sphinx.redirects import docname_of, kept_anchors

BUILDER = "singlehtml"
_LINK = re.compile(r'(?<=href="#)document-([^"#]*)(?:#([^"]+))?(?=")')
_renamed: WeakKeyDictionary[SphinxConfig, dict[tuple[str, str], str]] = WeakKeyDictionary()


def part_ids(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Name the ids that another document has, too, after their own."""
    if app.builder.name != BUILDER:
        return
    elements = list(_by_document(doctree, docname))
    places = [(document, ident) for document, node in elements for ident in node["ids"]]
    cited = ((docname_of(app.config, a.file), a.id) for a in kept_anchors(app.config).values())
    owner = {ident: document for document, ident in {*cited} & {*places}}
    renamed = _renamed[app.config] = {}
    for place in places:
        if owner.setdefault(place[1], place[0]) != place[0]:
            renamed.setdefault(place, _new_name(*place, owner))
    for document, node in elements:
        for name in ("ids", "backrefs"):
            idents: list[str] = node.get(name, [])
            node[name] = [renamed.get((document, ident), ident) for ident in idents]
        if "refid" in node:
            node["refid"] = renamed.get((document, node["refid"]), node["refid"])
    _keep_numbers(app, renamed)


def _by_document(node: nodes.Element, document: str) -> Iterator[tuple[str, nodes.Element]]:
    """Yield the elements in a tree, each with its document; Sphinx leaves them wrong parents."""
    yield document, node
    for child in node.children:
        if isinstance(child, nodes.Element):
            begun = isinstance(child, addnodes.start_of_file)
            yield from _by_document(child, child["docname"] if begun else document)


def _new_name(document: str, ident: str, owner: dict[str, str]) -> str:
    name = f"{document.replace('/', '-')}-{ident}"
    while owner.setdefault(name, f"{document}#{ident}") != f"{document}#{ident}":
        name += "-"
    return name


def _keep_numbers(app: Sphinx, renamed: dict[tuple[str, str], str]) -> None:
    """Let Sphinx find the numbers of sections and figures, which it keeps by their ids."""
    for (document, ident), name in renamed.items():
        sections = app.env.toc_secnumbers.get(document, {})
        if f"#{ident}" in sections:
            sections[f"#{name}"] = sections[f"#{ident}"]
        for figures in app.env.toc_fignumbers.get(document, {}).values():
            if ident in figures:
                figures[name] = figures[ident]


def mend_links(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: nodes.document | None
) -> None:
    """Let the page, and the contents at its side, have links that a browser can follow."""
    if app.builder.name == BUILDER:
        contents, mend = context["toctree"], partial(_with_links, app.config)
        context["toctree"] = lambda **asked: mend(contents(**asked))
        context |= {"toc": mend(context.get("toc", "")), "mended": mend}


def _with_links(config: SphinxConfig, page: str) -> str:
    renamed = _renamed.get(config, {})

    def mended(link: re.Match[str]) -> str:
        document, ident = link.groups()
        if ident:
            return renamed.get((document, ident), ident)
        return "" if document == config.root_doc else link[0]

    return _LINK.sub(mended, page)
