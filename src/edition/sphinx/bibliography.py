"""The printed bibliography: inherited fields shown, labels not, a list in HTML and EPUB."""

from __future__ import annotations

from typing import cast

from docutils import nodes
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain

from edition.sphinx.project import edition_of
from edition.sphinx.works_style import ORDER


def complete_entries(app: Sphinx) -> None:
    """Give the entries that sphinxcontrib-bibtex prints their inherited fields and their order.

    It formats entries one by one, where pybtex finds no crossref parent, and in the order in
    which they are cited; the loaded edition knows better.
    """
    domain = cast(BibtexDomain, app.env.get_domain("cite"))
    entries = domain.bibdata.data.entries
    for number, (key, work) in enumerate(edition_of(app.config).bibliography.works.items()):
        if key not in entries:
            continue
        setattr(entries[key], ORDER, number)
        for name, field in (*work.fields.items(), *work.inherited.items()):
            if name in ("author", "editor", "translator"):  # pybtex knows the first two
                people = [Person(person) for person in split_name_list(field.value)]
                entries[key].persons.setdefault(name, people)
            elif name in work.inherited:
                entries[key].fields.setdefault(name, field.value)


def tidy_entries(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take the labels off the entries that sphinxcontrib-bibtex has written.

    A short-title citation names its work; `[Len64]` before the entry would be noise.
    """
    for citation in list(doctree.findall(nodes.citation)):
        if "docname" not in citation:  # one that an author typed
            continue
        for label in list(citation.findall(nodes.label)):
            citation.remove(label)
        container = citation.parent
        if "bibliography" not in container["classes"]:
            container["classes"].append("bibliography")
    if app.builder.format == "html":
        for container in list(doctree.findall(nodes.container)):
            if "bibliography" in container["classes"]:
                container.replace_self(_as_list(container))


def _as_list(container: nodes.container) -> nodes.bullet_list:
    entries = nodes.bullet_list(classes=["bibliography"])
    for citation in container.children:
        if isinstance(citation, nodes.citation):
            entries += nodes.list_item("", *citation.children, ids=citation["ids"])
    return entries
