"""Citations in running text put into notes of their own, for the styles that cite in notes."""

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from edition.sphinx.citations.csl import style_of
from edition.sphinx.citations.domain import WORK, library_of
from edition.sphinx.citations.plugins import REFERENCES

_PUNCTUATION = re.compile(r"[.,;:!?…]+[”’»]?")
CITING = ("p", "ps", "alp", "alps", "t", "ts", "ct", "cts")


def citations_in(tree: nodes.Node) -> list[addnodes.pending_xref]:
    """Return the citations of a document or a part of one."""
    return [
        node
        for node in tree.findall(addnodes.pending_xref)
        if node.get("refdomain") == "cite" and node["reftype"] != WORK
    ]


def inside(node: nodes.Node, kinds: tuple[type[nodes.Node], ...]) -> bool:
    """Return whether a node is inside one of some kinds."""
    at = node.parent
    while at is not None:
        if isinstance(at, kinds):
            return True
        at = at.parent
    return False


def is_ours(config: Any) -> bool:
    """Return whether we write the words of citations, not a style of sphinxcontrib-bibtex's."""
    return str(config.bibtex_reference_style) == REFERENCES


class NotesForCitations(SphinxTransform):
    """In the style `notes`, puts each citation in running text into a note of its own.

    A citation that fills its paragraph, or is an attribution, is already set apart.
    """

    # Before MyST sorts and docutils numbers the notes, at 618 and 620.
    default_priority = 600

    def apply(self, **_keywords: Any) -> None:
        """Move the citations of a document."""
        style = style_of(self.config, library_of(self.config)) if is_ours(self.config) else None
        in_notes = style.in_notes if style else self.config.edition_citation_style == "notes"
        if not in_notes or not is_ours(self.config):
            return
        for number, node in enumerate(citations_in(self.document), 1):
            if node["reftype"] in CITING and not is_apart(node):
                self._move(node, number)
        marks = list(self.document.findall(nodes.footnote_reference))
        self.document.autofootnote_refs = [mark for mark in marks if mark.get("auto") == 1]

    def _move(self, node: addnodes.pending_xref, number: int) -> None:
        name = f"cited-{number}"
        mark = nodes.footnote_reference("", auto=1, refname=name)
        note = nodes.footnote("", auto=1, names=[name])
        for element in (mark, note):
            element.source, element.line = node.source, node.line
        textual = is_textual(node)
        named: list[nodes.Node] = []
        if textual:
            authors = node.deepcopy()
            authors["reftype"] = "cauthor" if node["reftype"].startswith("c") else "author"
            authors["ids"] = []
            named = [authors]
        _close_up(node, keep=bool(named))
        place = place_of(node)
        parent = node.parent
        parent[place : place + 1] = [*named, mark]
        note += nodes.paragraph("", "", node, nodes.Text("."))
        _after_punctuation(mark)
        _part_from_others(mark)
        self.document += note
        self.document.note_footnote_ref(mark)
        self.document.note_autofootnote_ref(mark)
        self.document.note_autofootnote(note)
        self.document.note_explicit_target(note, note)


def is_textual(node: nodes.Element) -> bool:
    """Return whether a citation is part of its sentence, which names the author."""
    return node["reftype"] in ("t", "ts", "ct", "cts")


def is_apart(node: nodes.Element) -> bool:
    """Return whether a citation is in a note or an attribution, or fills its paragraph."""
    if inside(node, (nodes.footnote, nodes.attribution)):
        return True
    others = [child for child in node.parent.children if child is not node]
    alone = not any(child.astext().strip(" .") for child in others)
    return alone and isinstance(node.parent, nodes.paragraph)


def _close_up(node: nodes.Element, *, keep: bool) -> None:
    """Take away the blank before a mark, unless words stay there."""
    place = place_of(node)
    before = node.parent.children[place - 1] if place else None
    if not keep and isinstance(before, nodes.Text) and before.endswith((" ", "\n", "\xa0")):
        node.parent[place - 1] = nodes.Text(before.rstrip())


def _after_punctuation(mark: nodes.Element) -> None:
    """Let a mark follow the comma or full stop that it preceded."""
    parent, place = mark.parent, place_of(mark)
    after = parent.children[place + 1] if place + 1 < len(parent) else None
    stop = _PUNCTUATION.match(after) if isinstance(after, nodes.Text) else None
    if stop and isinstance(after, nodes.Text):
        rest = after[stop.end() :]
        parent[place : place + 2] = [nodes.Text(stop[0]), mark, *([nodes.Text(rest)] * bool(rest))]


def _part_from_others(mark: nodes.Element) -> None:
    """Put a raised comma between two marks, or notes 6 and 7 read as note 67."""
    for place in (place_of(mark) + 1, place_of(mark)):
        beside = mark.parent.children[place - 1 : place + 1]
        if len(beside) == 2 and all(isinstance(b, nodes.footnote_reference) for b in beside):
            mark.parent.insert(place, nodes.superscript("", ","))


def place_of(node: nodes.Node) -> int:
    """Return the place of a node itself among its siblings; two texts may be equal."""
    return next(i for i, child in enumerate(node.parent.children) if child is node)
