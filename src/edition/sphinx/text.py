"""The text of a witness, where one was imported, set before each passage's restatement."""

import hashlib
import re
from pathlib import Path
from typing import ClassVar, cast
from weakref import WeakKeyDictionary

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from edition.loading.documents import read_text as read_source
from edition.loading.documents import settings_of
from edition.sphinx import textual_notes
from edition.sphinx.nodes import commentary, cross_reference, restatement
from edition.sphinx.project import edition_of, project_of
from edition.sphinx.translation import _
from edition.texts import layout
from edition.texts.errors import WitnessError
from edition.texts.passages import Text, read_text

logger = logging.getLogger(__name__)

NONE = "none"
POINTER = "quotation-pointer"
_DIGEST = "edition_text_digest"
_texts: WeakKeyDictionary[SphinxConfig, Text] = WeakKeyDictionary()
_NO_TEXT = Text(siglum="", path="")


def text_of(config: SphinxConfig) -> Text:
    """Return the text that this build sets; an empty one where none was imported."""
    if config not in _texts:
        _texts[config] = _read(config)
    return _texts[config]


def _read(config: SphinxConfig) -> Text:
    wanted = str(config.edition_text)
    if wanted == NONE:
        return _NO_TEXT
    project = project_of(config)
    root = project.root
    for file in layout.texts(root):
        if wanted in ("", file.stem):
            try:
                myst, path = layout.read(file), file.relative_to(root).as_posix()
                return read_text(myst, file.stem, read_source(myst, path, settings_of(project)))
            except WitnessError as error:
                logger.warning("%s %s", error.message, error.hint, type="edition", subtype="text")
    return _NO_TEXT


def announce(app: Sphinx) -> None:
    """Say that this build holds a text; sources can ask for it with the tag `text`."""
    text = text_of(app.config)
    if text.fragments:
        app.tags.add("text")
        logger.info("setting the text of the witness %s from %s", text.siglum, text.path)


def outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> set[str]:
    """Read everything again where another text is to be set, or none any more."""
    text = text_of(app.config)
    whole = [(f.id, f.text) for f in text.fragments.values()]
    digest = hashlib.sha256(repr(whole).encode()).hexdigest()
    known = getattr(env, _DIGEST, digest)
    setattr(env, _DIGEST, digest)
    return set() if known == digest else env.found_docs - added - removed


def anchor_before(directive: SphinxDirective) -> str:
    """Return the anchor of a directive: its `:name:`, or the target on the line before it."""
    if name := directive.options.get("name"):
        return str(name)
    project, edition = project_of(directive.config), edition_of(directive.config)
    path = project.path(Path(directive.env.doc2path(directive.env.docname)))
    near = range(directive.lineno - 3, directive.lineno)
    return next(
        (a.id for a in edition.anchors if a.location.path == path and a.location.line in near), ""
    )


def with_text(directive: SphinxDirective, body: list[nodes.Node]) -> list[nodes.Node]:
    """Return a passage's text, then its body as the restatement; without a text the body alone."""
    fragment = text_of(directive.config).fragments.get(anchor_before(directive))
    if fragment is None:
        return body
    words = nodes.container(classes=["passage-words"])
    words += directive.parse_text_to_nodes(fragment.text)
    text = nodes.container("", words, classes=["passage-text"])
    told = restatement()
    rest: list[nodes.Node] = []
    for node in body:
        before = told[-1] if told.children else None
        if isinstance(node, commentary):
            rest.append(node)
        elif (
            isinstance(node, nodes.paragraph)
            and isinstance(before, nodes.paragraph)
            and (POINTER in node["classes"])
        ):  # a link of two letters is no paragraph of its own
            before += [nodes.Text(" "), *node.children]
        else:
            told += node
    return [text, told, *rest] if told.children else [text, *rest]


def is_in_text(directive: SphinxDirective, name: str) -> bool:
    """Return whether the text that this build sets holds a stand-off quotation's words."""
    return name in text_of(directive.config).anchors


def pointer(directive: SphinxDirective, name: str) -> nodes.paragraph:
    """Return a link to a quotation that the text holds."""
    link = cross_reference(name, directive.env.docname)
    words = nodes.inline("", "", nodes.Text("→\N{NO-BREAK SPACE}"), link, classes=[POINTER])
    return nodes.paragraph("", "", words, classes=[POINTER])


class CaptionDirective(SphinxDirective):
    """The caption of a picture that the text's copy may lack."""

    has_content = True
    option_spec: ClassVar[OptionSpec] = {"class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        """Return the paragraphs, marked as a caption."""
        body = self.parse_content_to_nodes()
        for node in body:
            if isinstance(node, nodes.Element):
                node["classes"] += ["stray-caption", *self.options.get("class", [])]
        return body


class TypedCitation(SphinxRole):
    """The citation of a reference that keeps its words: unseen, it leads its reader there.

    The words follow it as `[…]{.typed-reference}`.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the citation as sphinxcontrib-bibtex makes it, to be taken away when resolved."""
        cite = self.env.get_domain("cite").role("p")
        if cite is None:
            return [], []
        found, messages = cite(
            "cite:p", self.rawtext, self.text, self.lineno, self.inliner, self.options, self.content
        )
        return [nodes.inline("", "", *found, classes=["typed-citation"])], messages


_LINKS = (nodes.footnote_reference, nodes.reference)


class LinkTypedReferences(SphinxPostTransform):
    """Link the words of typed references to the works that they name."""

    default_priority = 20  # after citations are resolved

    def run(self, **kwargs: object) -> None:
        """Move the link of each unseen citation to the words after it."""
        for unseen in list(self.document.findall(nodes.inline)):
            if "typed-citation" not in unseen["classes"]:
                continue
            link = next(unseen.findall(nodes.reference), None)
            words = unseen.next_node(descend=False, siblings=True)
            unseen.parent.remove(unseen)
            if link is None or not isinstance(words, nodes.inline):
                continue
            inner = any(isinstance(node, _LINKS) for node in words.findall())
            if "typed-reference" in words["classes"] and not inner:
                kept = {k: link[k] for k in ("refuri", "refid", "internal") if k in link}
                words.children = [nodes.reference("", "", *words.children, **kept)]
                words.setup_child(words.children[0])


def label_spans(app: Sphinx, doctree: nodes.document) -> None:
    """Let a reference to a quotation within a line, `[“…”]{#q7}`, read as its number."""
    std = cast(StandardDomain, app.env.get_domain("std"))
    for node in doctree.findall(nodes.inline):
        if "bibtex-citation" in node["classes"]:  # a title in quotation marks is no quotation
            continue
        idents: list[str] = node["ids"]
        for ident in idents:
            if re.fullmatch(r"[a-z][a-z0-9-]*", ident) and node.astext()[:1] in '“"„«‘':
                node["label"] = ident
                std.labels.setdefault(ident, (app.env.docname, ident, ident))
                std.anonlabels.setdefault(ident, (app.env.docname, ident))


def visit_restatement(self: nodes.NodeVisitor, node: restatement) -> None:
    """Open the restatement, under a name that a screen reader finds."""
    body: list[str] = self.body  # type: ignore[attr-defined]
    body.append(f'<div class="restatement" role="group" aria-label="{_("Restatement")}">\n')


def depart_restatement(self: nodes.NodeVisitor, node: restatement) -> None:
    """Close the restatement."""
    body: list[str] = self.body  # type: ignore[attr-defined]
    body.append("</div>\n")


def setup(app: Sphinx) -> None:
    """Register what a text needs: its caption, its notes, its place before a restatement."""
    app.add_config_value(
        "edition_text", "", "env", str, "The siglum of the text to set; none for none."
    )
    app.connect("builder-inited", announce, priority=600)
    app.connect("env-get-outdated", outdated)
    app.add_directive("caption", CaptionDirective)
    app.add_role_to_domain("cite", "typed", TypedCitation())
    app.add_post_transform(LinkTypedReferences)
    app.add_node(restatement, html=(visit_restatement, depart_restatement))
    textual_notes.setup(app)
    app.connect("doctree-read", label_spans)
