"""The text of a witness, where one was imported, set before each passage's restatement.

The notes on a text (`sic`, `lacuna`, …) become footnotes of their passage: at the foot of the
page in the PDF, in the margin in HTML, linked in the EPUB.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, cast
from weakref import WeakKeyDictionary

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from edition.sphinx.nodes import cross_reference, passage, restatement, textual_note
from edition.sphinx.project import edition_of, project_of
from edition.sphinx.translation import _
from edition.sphinx.typed_references import LinkTypedReferences, TypedCitation
from edition.texts import layout
from edition.texts.errors import WitnessError
from edition.texts.fragments import Text, read_text
from edition.texts.plain_text import lemma_of

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
    root = project_of(config).root
    for file in layout.texts(root):
        if wanted in ("", file.stem):
            try:
                return read_text(layout.read(file), file.stem, file.relative_to(root).as_posix())
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
        if isinstance(node, nodes.Element) and node.tagname == "commentary":
            rest.append(node)
        elif _is_pointer(node) and told.children and isinstance(told[-1], nodes.paragraph):
            # A link of two letters is no paragraph of its own.
            told[-1] += [nodes.Text(" "), *node.children]
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


def _is_pointer(node: nodes.Node) -> bool:
    return isinstance(node, nodes.paragraph) and POINTER in node["classes"]


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


class TextualRole(SphinxRole):
    """A note on the text: ``{sic}`plebian <plebeian>` ``.

    `sic` keeps the word and says what to read, `lem` gives other readings, `supplied`
    adds words that are lost, `lacuna` marks where they are, `textnote` is a remark.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the words in the text, then the note."""
        lemma, said = lemma_of(self.text)
        note = textual_note()
        shown = {"lacuna": "[…]", "supplied": f"⟨{lemma}⟩", "textnote": ""}.get(self.name, lemma)
        match self.name:
            case "sic":
                head, tail = lemma, _("sic; read %s") % said if said else "sic"
            case "lacuna":
                head, tail = "", _("Lacuna: %s") % lemma if lemma else _("Lacuna.")
            case "supplied":
                head, tail = lemma, _("supplied: %s") % said if said else _("supplied")
            case _:
                head, tail = lemma, said
        if head:
            note += nodes.inline("", head, classes=["lemma-word"])
            note += nodes.Text("] ")
        note += nodes.Text(tail if tail.endswith((".", "!", "?")) else f"{tail}.")
        words = nodes.inline("", shown, classes=["textual", self.name])
        return ([words, note] if shown else [note]), []


ROLES = ("sic", "lem", "supplied", "lacuna", "textnote")


def set_notes(app: Sphinx, doctree: nodes.document) -> None:
    """Make footnotes of a document's textual notes, lettered within each passage."""
    by_home: dict[int, tuple[nodes.Element, list[textual_note]]] = {}
    for note in list(doctree.findall(textual_note)):
        home = _home(note)
        by_home.setdefault(id(home), (home, []))[1].append(note)
    for number, (home, notes) in enumerate(by_home.values(), 1):
        for letter, note in zip(_letters(), notes, strict=False):
            ident = f"note-{_name(home) or number}-{letter}"
            reference = nodes.footnote_reference(
                "", letter, ids=[f"{ident}-at"], refid=ident, classes=["textual-mark"], auto=0
            )
            reference["docname"] = app.env.docname
            note.replace_self(reference)
            body = nodes.paragraph("", "", *note.children)
            home += nodes.footnote(
                "",
                nodes.label("", letter),
                body,
                ids=[ident],
                backrefs=[f"{ident}-at"],
                docname=app.env.docname,
                classes=["textual-note"],
                place=_name(home),
            )


def _home(note: nodes.Node) -> nodes.Element:
    """Return the block that a note ends: its passage's text, its passage or its section."""
    at = note.parent
    while at is not None:
        if isinstance(at, nodes.container) and "passage-text" in at["classes"]:
            return at
        if isinstance(at, passage | nodes.section | nodes.document):
            return at
        at = at.parent
    raise ValueError("a node outside of a document")


def _name(home: nodes.Element) -> str:
    at: nodes.Element | None = home
    while at is not None and not at.get("ids"):
        at = at.parent
    return str(at["ids"][-1]) if at is not None else ""


def _letters() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        rest, letters = number, ""
        while rest:
            rest, digit = divmod(rest - 1, 26)
            letters = chr(ord("a") + digit) + letters
        yield letters


def label_spans(app: Sphinx, doctree: nodes.document) -> None:
    """Let a reference to a quotation within a line, `[“…”]{#q7}`, read as its number."""
    std = cast(StandardDomain, app.env.get_domain("std"))
    for node in doctree.findall(nodes.inline):
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
    for name in ROLES:
        app.add_role(name, TextualRole())
    app.add_role_to_domain("cite", "typed", TypedCitation())
    app.add_post_transform(LinkTypedReferences)
    app.add_node(restatement, html=(visit_restatement, depart_restatement))
    app.connect("doctree-read", set_notes, priority=300)
    app.connect("doctree-read", label_spans)
