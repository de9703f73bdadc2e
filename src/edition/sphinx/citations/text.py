"""The words of each citation, written into a document while it is read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
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

from edition.bibliography.markup import Rich, capitalized, join, rich, text_of
from edition.bibliography.record import Record
from edition.model.language_tags import is_right_to_left
from edition.sphinx.citations.csl import LINK, Part, Style, style_of
from edition.sphinx.citations.doctree import as_nodes
from edition.sphinx.citations.domain import WORK, library_of
from edition.sphinx.citations.library import Library
from edition.sphinx.citations.notes import (
    CITING,
    citations_in,
    inside,
    is_apart,
    is_ours,
    is_textual,
    place_of,
)
from edition.sphinx.citations.pages import locator_text
from edition.sphinx.citations.short_title import author
from edition.sphinx.citations.styles import Cited, Position, first_of, in_brackets, words_of
from edition.sphinx.directions import ISOLATE, POP, is_from_other_side

_TITLES = (nodes.title, nodes.caption, nodes.rubric)
_ONE_STOP = re.compile(r"\A\.(?!\.)")


def _targets(node: addnodes.pending_xref) -> list[CitationTarget]:
    try:
        return list(parse_citation_targets(node["reftarget"]))
    except ValueError:
        return []


class WordsOfCitations(SphinxTransform):
    """Writes the words of each citation; the links among them are resolved later."""

    # After the notes have their numbers, before labels are collected (at 850) and titles (at 880).
    default_priority = 845

    def apply(self, **_keywords: Any) -> None:
        """Write the citations of a document in the order in which they are read."""
        if not is_ours(self.config):
            return
        _resolve_aliases(self.env, library_of(self.config))
        self.seen: set[str] = set()
        self.from_right = is_right_to_left(self.config.language)
        self.last = ""
        self.pieces: Mapping[str, tuple[Rich, str]] = {}
        found = list(_in_reading_order(self.document))
        if style := style_of(self.config, library_of(self.config)):
            found = self._write_all(style, found)
        for node in found:
            self._write(node)

    def _write_all(
        self, style: Style, found: list[addnodes.pending_xref]
    ) -> list[addnodes.pending_xref]:
        """Write citations in a style that a file describes; return those that are no citations."""
        self.env.note_dependency(str(style.file))
        parts: dict[addnodes.pending_xref, list[Part]] = {}
        for node in found:
            works = self._works(node)
            if node["reftype"] in CITING and works and all(record for _, record in works):
                textual = is_textual(node) and not (style.in_notes or style.in_numbers)
                mode = "AuthorInText" if textual else "NormalCitation"
                tongue = style.language[:2]
                parts[node] = [
                    Part(record.key, target.pre, locator_text(target.post, tongue), mode)
                    for target, record in works
                    if record
                ]
        clusters = list(parts.values())
        for node, words in zip(parts, style.citations(clusters) if parts else [], strict=True):
            written = self._linked(node, words)
            if is_textual(node) and style.in_numbers:  # which has no names of its own
                written = [nodes.Text(f"{self._names(node)} "), *written]
            self._replace(node, written)
        others = [node for node in found if node not in parts]
        asked = [n for n in others if n["reftype"].startswith(("author", "cauthor", "year"))]
        self.pieces = style.pieces(r.key for n in asked for _, r in self._works(n) if r)
        return others

    def _names(self, node: addnodes.pending_xref) -> str:
        names = (author(r, every_author=False) or rich(r.key) for _, r in self._works(node) if r)
        return text_of(join(names, "; "))

    def _linked(self, node: addnodes.pending_xref, words: Rich) -> list[nodes.Node]:
        written: list[nodes.Node] = []
        for link, runs in groupby(words, key=lambda run: run.link):
            if not link.startswith(LINK):
                written += as_nodes(tuple(runs), from_right=self.from_right)
                continue
            plain = tuple(replace(run, link="") for run in runs)
            written += self._nodes(node, link.removeprefix(LINK), "", plain, ())
        return written

    def _works(self, node: addnodes.pending_xref) -> list[tuple[CitationTarget, Record | None]]:
        library = library_of(self.config)
        works = [(target, library.get(target.key)) for target in _targets(node)]
        works = [(t, first_of(library, record) if record else None) for t, record in works]
        # The rule `reordered-keys` foretells this order, which is sphinxcontrib-bibtex's.
        works.sort(key=lambda cited: library.place(cited[0].key))
        return works

    def _write(self, node: addnodes.pending_xref) -> None:
        library, style = library_of(self.config), self.config.edition_citation_style
        role = node["reftype"]
        works = self._works(node)
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
            position = self._position(record, len(works)) if role in CITING else "first"
            linked, rest = words_of(style, library, Cited(record, target.post, role, position))
            name, year = self.pieces.get(record.key, ((), ""))
            linked = rich(year) if year and role.startswith("year") else linked
            linked = name if name and "author" in role else linked
            before = target.pre
            if not number and not brackets and (role.startswith("c") or _begins(node)):
                before = before[:1].upper() + before[1:]
                linked = linked if before else capitalized(linked)
            words += self._nodes(node, record.key, before, linked, rest)
        if brackets:
            words.append(nodes.Text(")"))
        self._replace(node, words)

    def _replace(self, node: addnodes.pending_xref, words: list[nodes.Node]) -> None:
        # The copies of a title keep the ids within it, but for those of targets.
        in_title = inside(node, _TITLES)
        if in_title and node["ids"]:
            node.parent.insert(place_of(node), nodes.target("", "", ids=node["ids"]))
        if in_title or inside(node, (nodes.reference,)):
            node["ids"] = []
        inline = nodes.inline("", "", *words, ids=node["ids"], classes=["bibtex-citation"])
        # A note ends in one stop, after `fol. 3 verso.` as well.
        after = node.next_node(descend=False, siblings=True)
        node.replace_self(inline)
        if isinstance(after, nodes.Text) and inline.astext().rstrip(POP).endswith(
            (".", ".”")
        ):  # `fol. 3 verso.`
            after.parent[place_of(after)] = nodes.Text(_ONE_STOP.sub("", after))

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
        in_title = inside(node, (*_TITLES, nodes.reference))
        # A locator in Latin letters is read on from its work, within the work's isolate.
        apart = self.from_right and is_from_other_side(text_of((*linked, *rest)), from_right=True)
        inner = as_nodes(linked, links=False, from_right=self.from_right and not apart)
        begin, end = ([nodes.Text(ISOLATE)], [nodes.Text(POP)]) if apart else ([], [])
        if in_title or not inner:
            return [*before, *begin, *inner, *as_nodes(rest, links=False), *end]
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
        return [*before, *begin, reference, *as_nodes(rest), *end]

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


def _begins(node: nodes.Element) -> bool:
    """Return whether a citation is the first thing in a note, or in a line of its own."""
    return not place_of(node) and is_apart(node) and not isinstance(node.parent, nodes.title)


def _in_reading_order(document: nodes.document) -> Iterator[addnodes.pending_xref]:
    """Yield the citations; those in a note where the text first refers to the note."""
    notes = {ident: note for note in document.findall(nodes.footnote) for ident in note["ids"]}
    citations = citations_in(document)
    footnotes = document.findall(nodes.footnote)
    in_notes = {id(node) for note in footnotes for node in citations_in(note)}
    wanted = {id(node): node for node in citations}
    read: set[int] = set()
    for found in document.findall():
        if id(found) in wanted and id(found) not in in_notes:
            yield wanted[id(found)]
        elif isinstance(found, nodes.footnote_reference):
            note = notes.get(found.get("refid", ""))
            if note is not None and id(note) not in read:
                read.add(id(note))
                yield from citations_in(note)
    for note in document.findall(nodes.footnote):
        if id(note) not in read:
            yield from citations_in(note)
