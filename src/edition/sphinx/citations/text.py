"""The words of each citation, written into a document while it is read."""

import re
from collections.abc import Iterator
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import clean_astext
from sphinxcontrib.bibtex.citation_target import CitationTarget, parse_citation_targets
from sphinxcontrib.bibtex.domain import BibtexDomain

from edition.bibliography.markup import Rich, capitalized
from edition.bibliography.record import Record
from edition.sphinx.citations.doctree import as_nodes
from edition.sphinx.citations.domain import WORK, library_of
from edition.sphinx.citations.library import Library
from edition.sphinx.citations.plugins import REFERENCES
from edition.sphinx.citations.styles import Cited, Position, in_brackets, words_of

_PUNCTUATION = re.compile(r"[.,;:!?…]+[”’»]?")
_ONE_STOP = re.compile(r"\A\.(?!\.)")
_CITING = ("p", "ps", "alp", "alps", "t", "ts", "ct", "cts")


def _citations(tree: nodes.Node) -> list[addnodes.pending_xref]:
    return [
        node
        for node in tree.findall(addnodes.pending_xref)
        if node.get("refdomain") == "cite" and node["reftype"] != WORK
    ]


def _targets(node: addnodes.pending_xref) -> list[CitationTarget]:
    try:
        return list(parse_citation_targets(node["reftarget"]))
    except ValueError:
        return []


def _inside(node: nodes.Node, kinds: tuple[type[nodes.Node], ...]) -> bool:
    at = node.parent
    while at is not None:
        if isinstance(at, kinds):
            return True
        at = at.parent
    return False


class NotesForCitations(SphinxTransform):
    """In the style `notes`, puts each citation in running text into a note of its own.

    A citation that fills its paragraph, or is an attribution, is already set apart.
    """

    # Before MyST sorts and docutils numbers the notes, at 618 and 620.
    default_priority = 600

    def apply(self, **_keywords: Any) -> None:
        """Move the citations of a document."""
        if self.config.edition_citation_style != "notes" or not _ours(self.config):
            return
        for number, node in enumerate(_citations(self.document), 1):
            if node["reftype"] in _CITING and not _is_apart(node):
                self._move(node, number)
        marks = list(self.document.findall(nodes.footnote_reference))
        self.document.autofootnote_refs = [mark for mark in marks if mark.get("auto") == 1]

    def _move(self, node: addnodes.pending_xref, number: int) -> None:
        name = f"cited-{number}"
        mark = nodes.footnote_reference("", auto=1, refname=name)
        note = nodes.footnote("", auto=1, names=[name])
        for element in (mark, note):
            element.source, element.line = node.source, node.line
        textual = node["reftype"] in ("t", "ts", "ct", "cts")
        named: list[nodes.Node] = []
        if textual:
            authors = node.deepcopy()
            authors["reftype"] = "cauthor" if node["reftype"].startswith("c") else "author"
            authors["ids"] = []
            named = [authors]
        _close_up(node, keep=bool(named))
        place = _place(node)
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


def _is_apart(node: nodes.Element) -> bool:
    if _inside(node, (nodes.footnote, nodes.attribution)):
        return True
    others = [child for child in node.parent.children if child is not node]
    alone = not any(child.astext().strip(" .") for child in others)
    return alone and isinstance(node.parent, nodes.paragraph)


def _close_up(node: nodes.Element, *, keep: bool) -> None:
    """Take away the blank before a mark, unless words stay there."""
    place = _place(node)
    before = node.parent.children[place - 1] if place else None
    if not keep and isinstance(before, nodes.Text) and before.endswith((" ", "\n", "\xa0")):
        node.parent[place - 1] = nodes.Text(before.rstrip())


def _after_punctuation(mark: nodes.Element) -> None:
    """Let a mark follow the comma or full stop that it preceded."""
    parent, place = mark.parent, _place(mark)
    after = parent.children[place + 1] if place + 1 < len(parent) else None
    stop = _PUNCTUATION.match(after) if isinstance(after, nodes.Text) else None
    if stop and isinstance(after, nodes.Text):
        rest = after[stop.end() :]
        parent[place : place + 2] = [nodes.Text(stop[0]), mark, *([nodes.Text(rest)] * bool(rest))]


def _part_from_others(mark: nodes.Element) -> None:
    """Put a raised comma between two marks, or notes 6 and 7 read as note 67."""
    for place in (_place(mark) + 1, _place(mark)):
        beside = mark.parent.children[place - 1 : place + 1]
        if len(beside) == 2 and all(isinstance(b, nodes.footnote_reference) for b in beside):
            mark.parent.insert(place, nodes.superscript("", ","))


def _place(node: nodes.Node) -> int:
    """Return the place of a node itself among its siblings; two texts may be equal."""
    return next(i for i, child in enumerate(node.parent.children) if child is node)


class WordsOfCitations(SphinxTransform):
    """Writes the words of each citation; the links among them are resolved later."""

    # After the notes have their numbers, before titles and captions are collected, at 880.
    default_priority = 870

    def apply(self, **_keywords: Any) -> None:
        """Write the citations of a document in the order in which they are read."""
        if not _ours(self.config):
            return
        _resolve_aliases(self.env, library_of(self.config))
        self.seen: set[str] = set()
        self.last = ""
        for node in list(_in_reading_order(self.document)):
            self._write(node)

    def _write(self, node: addnodes.pending_xref) -> None:
        library, style = library_of(self.config), self.config.edition_citation_style
        role = node["reftype"]
        works = [(target, library.get(target.key)) for target in _targets(node)]
        # The rule `reordered-keys` foretells this order, which is sphinxcontrib-bibtex's.
        works.sort(key=lambda cited: library.place(cited[0].key))
        if role == "empty":
            node.replace_self(nodes.inline("", "", ids=node["ids"]))
            return
        if not works or any(record is None for _, record in works):
            return  # sphinxcontrib-bibtex says what is wrong with it
        brackets = in_brackets(style, role)
        words: list[nodes.Node] = [nodes.Text("(")] if brackets else []
        for number, (target, record) in enumerate(works):
            if record is None:
                continue
            if number:
                words.append(nodes.Text("; "))
            position = self._position(record, len(works)) if role in _CITING else "first"
            linked, rest = words_of(style, library, Cited(record, target.post, role, position))
            before = target.pre
            if not number and not brackets and (role.startswith("c") or _begins(node)):
                before = before[:1].upper() + before[1:]
                linked = linked if before else capitalized(linked)
            words += self._nodes(node, record.key, before, linked, rest)
        if brackets:
            words.append(nodes.Text(")"))
        inline = nodes.inline("", "", *words, ids=node["ids"], classes=["bibtex-citation"])
        after = node.next_node(descend=False, siblings=True)
        node.replace_self(inline)
        if isinstance(after, nodes.Text) and inline.astext().endswith("."):  # `fol. 3 verso.`
            after.parent[_place(after)] = nodes.Text(_ONE_STOP.sub("", after))

    def _nodes(
        self,
        node: addnodes.pending_xref,
        key: str,
        pre_text: str,
        linked: Rich,
        rest: Rich,
    ) -> list[nodes.Node]:
        before: list[nodes.Node] = [nodes.Text(f"{pre_text} ")] if pre_text else []
        # A title is repeated where nothing can lead anywhere: in lists, bookmarks, heads.
        in_title = _inside(node, (nodes.title, nodes.caption, nodes.rubric))
        inner = as_nodes(linked, links=False)
        if in_title or not inner:
            return [*before, *inner, *as_nodes(rest, links=False)]
        reference = addnodes.pending_xref(
            "",
            nodes.inline("", "", *inner),
            refdomain="cite",
            reftype=WORK,
            reftarget=key,
            refdoc=node.get("refdoc", self.env.docname),
            refexplicit=True,
            refwarn=False,
        )
        reference.source, reference.line = node.source, node.line
        return [*before, reference, *as_nodes(rest)]

    def _position(self, record: Record, count: int) -> Position:
        """Tell a first citation of a work in this document from a later one."""
        key, last = record.key, self.last
        self.last = key if count == 1 else ""
        if key not in self.seen:
            self.seen.add(key)
            return "first"
        return "ibid" if self.config.edition_ibid and last == key and count == 1 else "later"


def _resolve_aliases(env: BuildEnvironment, library: Library) -> None:
    """Let the lists of works find what a document cites by an alias."""
    for reference in cast(BibtexDomain, env.get_domain("cite")).citation_refs:
        if reference.docname == env.docname:
            found = ((target, library.get(target.key)) for target in reference.targets)
            reference.targets[:] = [
                target._replace(key=record.key) if record else target for target, record in found
            ]


def take_notes_off_labels(app: Sphinx, doctree: nodes.document) -> None:
    """Name a section or table, in links too, without the marks of the notes in its title."""
    std = cast(StandardDomain, app.env.get_domain("std"))
    for title in doctree.findall(lambda n: isinstance(n, nodes.title | nodes.caption)):
        marks = list(title.findall(nodes.footnote_reference))
        if not marks or title.parent is None:
            continue
        whole = cast(nodes.Element, title).deepcopy()
        for mark in list(whole.findall(nodes.footnote_reference)):
            mark.parent.remove(mark)
        idents = set(title.parent["ids"])
        for name, (docname, ident, _words) in list(std.labels.items()):
            if docname == app.env.docname and ident in idents:
                std.labels[name] = (docname, ident, clean_astext(whole))
        for link in doctree.findall(nodes.reference):
            if link.get("refid") in idents and link.astext() == title.astext():
                link.children = [nodes.inline("", clean_astext(whole), classes=["std", "std-ref"])]


def _ours(config: Any) -> bool:
    return str(config.bibtex_reference_style) == REFERENCES


def _begins(node: nodes.Element) -> bool:
    """Return whether a citation is the first thing in a note, or in a line of its own."""
    return not _place(node) and _is_apart(node) and not isinstance(node.parent, nodes.title)


def _in_reading_order(document: nodes.document) -> Iterator[addnodes.pending_xref]:
    """Yield the citations; those in a note where the text first refers to the note."""
    notes = {ident: note for note in document.findall(nodes.footnote) for ident in note["ids"]}
    citations = _citations(document)
    in_notes = {id(node) for note in document.findall(nodes.footnote) for node in _citations(note)}
    wanted = {id(node): node for node in citations}
    read: set[int] = set()
    for found in document.findall():
        if id(found) in wanted and id(found) not in in_notes:
            yield wanted[id(found)]
        elif isinstance(found, nodes.footnote_reference):
            note = notes.get(found.get("refid", ""))
            if note is not None and id(note) not in read:
                read.add(id(note))
                yield from _citations(note)
    for note in document.findall(nodes.footnote):
        if id(note) not in read:
            yield from _citations(note)
