"""A small book in which every kind of node occurs, for the tests of the PDF."""

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from edition.sphinx.nodes import commentary, passage, quotation

project = "The Ferry at Low Water"
author = "Ana Brod"
project_copyright = "2026 Ana Brod"
release = "0.3"
language = "en"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "edition.sphinx.typst"]
exclude_patterns = ["_build"]
myst_enable_extensions = [
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "fieldlist",
    "substitution",
]
myst_substitutions = {"boat": "the *Kingfisher*"}
bibtex_bibfiles = ["works.bib"]
bibtex_reference_style = "author_year"
bibtex_cite_id = "cite-{key}"
numfig = True
suppress_warnings = ["edition.math"]
edition_pdf_book = {
    "subtitle": "Letters of a river, with a commentary",
    "editors": ["Jan Ková", "Мария Лодкина"],
    "date": "2026-03-31",
    "identifier": "urn:example:ferry:0.3",
    "colophon": ["A book that exists for its tests."],
}


class Passage(SphinxDirective):
    has_content = True

    def run(self):
        node = passage("")
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class Commentary(Passage):
    def run(self):
        node = commentary("")
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]


class Quotation(SphinxDirective):
    has_content = True
    option_spec: ClassVar[dict[str, object]] = {
        "name": directives.unchanged,
        "by": directives.unchanged,
        "lemma": directives.flag,
    }

    def run(self):
        node = quotation("", standoff="lemma" in self.options)
        self.set_source_info(node)
        node["label"] = self.options.get("name", "")
        self.add_name(node)
        self.state.nested_parse(self.content, self.content_offset, node)
        if "by" in self.options:
            words, _ = self.state.inline_text(self.options["by"], self.lineno)
            node += nodes.attribution("", "", *words)
        return [node]


def label_passages(app, doctree):
    for node in doctree.findall(passage):
        node["label"] = node["ids"][0] if node["ids"] else ""


def setup(app):
    app.add_directive("passage", Passage)
    app.add_directive("quotation", Quotation)
    app.add_directive("commentary", Commentary)
    app.connect("doctree-read", label_passages)
