"""The printed bibliography: `{bibliography}` to entries, in groups if the edition has some."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.domain import Citation as ListedWork
from sphinxcontrib.bibtex.nodes import bibliography as bibliography_node

from edition.sphinx.citations.doctree import as_nodes
from edition.sphinx.citations.domain import library_of
from edition.sphinx.citations.library import Library
from edition.sphinx.citations.plugins import BIBLIOGRAPHY
from edition.sphinx.citations.styles import entry_in


class PrintedBibliography(SphinxPostTransform):
    """Writes the lists of works; those in a style of pybtex's are left to sphinxcontrib-bibtex."""

    # Before sphinxcontrib-bibtex's own, at 5, and before references are resolved, at 10.
    default_priority = 4

    def run(self, **_keywords: Any) -> None:
        """Replace each list that has our style."""
        found = list(self.document.findall(bibliography_node))
        if not found:
            return
        domain = cast(BibtexDomain, self.env.get_domain("cite"))
        by_list: dict[BibliographyKey, list[ListedWork]] = defaultdict(list)
        for work in domain.citations:
            by_list[work.bibliography_key].append(work)
        citing: dict[tuple[str, str], list[str]] = defaultdict(list)
        for reference in domain.citation_refs:
            for cited in {target.key for target in reference.targets}:
                citing[reference.docname, cited].append(reference.citation_ref_id)
        for node in found:
            key = BibliographyKey(docname=node["docname"], id_=node["ids"][0])
            value = domain.bibliographies[key]
            if value.style == BIBLIOGRAPHY:
                node.replace_self(self._lists(key.docname, value, by_list[key], citing))

    def _lists(
        self,
        docname: str,
        value: BibliographyValue,
        works: list[ListedWork],
        citing: Mapping[tuple[str, str], list[str]],
    ) -> list[nodes.Node]:
        library = library_of(self.config)
        if not works:
            return [nodes.target()]
        printed: list[nodes.Node] = []
        for heading, group in grouped(self.config.edition_bibliography_groups, library, works):
            if heading:
                printed.append(nodes.rubric("", heading, classes=["bibliography-group"]))
            printed.append(self._list(docname, value, group, citing))
        return printed

    def _list(
        self,
        docname: str,
        value: BibliographyValue,
        works: Iterable[ListedWork],
        citing: Mapping[tuple[str, str], list[str]],
    ) -> nodes.Element:
        kinds: dict[str, type[nodes.Element]] = {
            "enumerated": nodes.enumerated_list,
            "bullet": nodes.bullet_list,
        }
        whole = kinds.get(value.list_, nodes.container)()
        if value.list_ == "enumerated":
            whole["enumtype"] = value.enumtype
            whole["start"] = max(value.start, 1)
        elif value.list_ == "citation":
            whole["classes"].append("bibliography")
        for work in works:
            node = value.citation_nodes[work.key]
            node.clear()
            node["docname"] = docname
            if value.list_ == "citation" and citing.get((docname, work.key)):
                node["backrefs"] = citing[docname, work.key]
            if words := self._words(work):
                node += nodes.paragraph("", "", *words)
                whole += node
        return whole

    def _words(self, work: ListedWork) -> list[nodes.Node]:
        library = library_of(self.config)
        record = library.get(work.entry.key)
        if record is None:
            return [nodes.Text(work.key)]
        return as_nodes(entry_in(self.config, library, record))


def grouped(
    groups: Mapping[str, str], library: Library, works: Iterable[ListedWork]
) -> Iterable[tuple[str, list[ListedWork]]]:
    """Yield each heading that has works, with them; a work is in the first group that it fits.

    The keyword "" takes every work that no other group has. Works that fit none come last,
    without a heading.
    """
    by_heading: dict[str, list[ListedWork]] = {heading: [] for heading in groups}
    by_heading[""] = []
    rest = next((heading for heading, keyword in groups.items() if not keyword), "")
    wanted = {heading: keyword.casefold() for heading, keyword in groups.items() if keyword}
    for work in works:
        record = library.get(work.entry.key)
        held = {keyword.casefold() for keyword in record.keywords} if record else set()
        fits = (heading for heading, keyword in wanted.items() if keyword in held)
        by_heading[next(fits, rest)].append(work)
    return [(heading, listed) for heading, listed in by_heading.items() if listed]


def as_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Turn the entries into lists for HTML and EPUB; take labels off those of other styles."""
    for citation in list(doctree.findall(nodes.citation)):
        if citation["names"]:  # one that an author typed
            continue
        for label in list(citation.findall(nodes.label)):
            citation.remove(label)
        container = citation.parent
        if "bibliography" not in container["classes"]:
            container["classes"].append("bibliography")
    if app.builder.format != "html":
        return
    for container in list(doctree.findall(nodes.container)):
        if "bibliography" in container["classes"]:
            entries = nodes.bullet_list(classes=["bibliography"])
            for child in container.children:
                if isinstance(child, nodes.citation):
                    entries += nodes.list_item("", *child.children, ids=child["ids"])
            container.replace_self(entries)
