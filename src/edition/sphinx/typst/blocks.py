"""Sections, passages, paragraphs, quotations, notes and works of a book."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from edition.sphinx.nodes import commentary, part, passage, quotation, restatement
from edition.sphinx.typst.labels import label
from edition.sphinx.typst.lists import Lists
from edition.sphinx.typst.syntax import Markup, call, text

logger = logging.getLogger(__name__)


class Blocks(Lists):
    """The methods for structure, text, quotations, notes and works."""

    _level = 0
    _chapter = 0

    @property
    def _at_foot(self) -> bool:
        """Whether the notes on passages stand at the foot of the page, not below the passage."""
        return str(self.builder.config.edition_pdf_commentary) == "foot"

    def block(self, node: nodes.Element, function: str, **named: object) -> NoReturn:
        """Write a call around blocks."""
        self.put_block(call(function, self.rendered(node), **named))
        raise nodes.SkipNode

    # -- structure ------------------------------------------------------------------

    def visit_section(self, node: nodes.section) -> NoReturn:
        """A section; the one that holds the whole book has its title on the title page."""
        if self._holds_book(node):
            inside = [c for c in node.children if not isinstance(c, nodes.title)]
            held = (addnodes.start_of_file, nodes.section, part)
            own = list(
                takewhile(lambda c: not any(c.findall(lambda n: isinstance(n, held))), inside)
            )
            before = self.rendered(node, own)
            self.put_block(call("preface", before)) if before.strip() else self.put(before)
            self.put(self.rendered(node, inside[len(own) :]))
            raise nodes.SkipNode
        self._level += 1
        rest = list(node.children)
        if rest and isinstance(title := rest[0], nodes.title):
            del rest[0]
            self.hoist(title)
            self._put_heading(node, title)
        content = self.rendered(node, rest)
        self.put(f"#[{content}];" if self._language(node) else content)
        self._level -= 1
        raise nodes.SkipNode

    def _holds_book(self, node: nodes.section) -> bool:
        sections = [c for c in self.document.children if isinstance(c, nodes.section)]
        return sections == [node]

    def _put_heading(self, node: nodes.section, title: nodes.title) -> None:
        arrival = self.arrival()
        with self.repeatable():
            full = self.rendered_text(title)
        with self.repeatable(notes=False):
            short = self.rendered_text(title)
        number = self.builder.section_number(self.docname, node)
        self._chapter += self._level == 1
        self.put_block(
            self.origin(title)
            + call(
                "section",
                full,
                level=self._level,
                number=number,
                anchors=arrival,
                short=short if short != full else None,
            )
        )

    def visit_part(self, node: part) -> NoReturn:
        """Where a part of the book begins."""
        self.put_block(call("part", node["title"]))
        raise nodes.SkipNode

    def visit_transition(self, node: nodes.transition) -> NoReturn:
        """A pause between paragraphs; MyST's own, before footnotes, is no pause in a book."""
        if "footnotes" in node["classes"]:
            self.skip(node)
        self.put_block(self.arrival(block=True) + call("transition"))
        raise nodes.SkipNode

    def visit_compound(self, node: nodes.Element) -> NoReturn:
        """Blocks that are kept together in the source alone."""
        self.transparent(node)

    visit_container = visit_only = visit_glossary = visit_hlist = visit_hlistcol = visit_compound
    visit_acks = visit_legend = visit_compound

    # -- text -----------------------------------------------------------------------

    def visit_paragraph(self, node: nodes.paragraph) -> NoReturn:
        """A paragraph; an image alone in one is a picture between paragraphs."""
        if len(node) == 1 and isinstance(node[0], nodes.image):
            self.transparent(node)
        content = self.rendered_text(node)
        if self._language(node):
            content = Markup(f"#[{content}];")
        self.put(f"{self.origin(node)}{content}\n\n")
        raise nodes.SkipNode

    def visit_passage(self, node: passage) -> NoReturn:
        """A citable unit of the text, its label in the margin, which calls the commentary."""
        body, said, further = list(node.children), Markup(""), list[str]()
        name = node.get("label", "")
        if name and self._at_foot:
            notes = [child for child in body if isinstance(child, commentary)]
            body = [child for child in body if child not in notes]
            apart = [self.set_apart(note, note.children) for note in notes]
            said = Markup("\n\n".join(blocks for blocks, _ in apart))
            further = [call for _, calls in apart for call in calls]
        note = self._note(node, body, said) if said else {}
        if further:
            note["further"] = call("unseen", Markup("".join(further)))
        if said:
            self.await_mark("called", str(note["at"]))
        elif name:
            self.await_mark("passage", name)
        content = self.rendered(node, body)
        if said and not content.strip():  # a note needs a line to stand beside
            content = Markup(self.arrival() + text("\N{NO-BREAK SPACE}"))
        self.put_block(call("passage", Markup(content + self.arrival(block=True)), **note))
        raise nodes.SkipNode

    def _note(self, node: passage, body: list[nodes.Node], said: Markup) -> dict[str, object]:
        """What the template is told of the note on a passage, before the passage is written."""
        places = [label(self.docname, identifier) for identifier in node["ids"]]
        at = next((place for place in places if place in self._anchors), "")
        if at and _may_begin_page(node):
            self.commented.append((self._chapter, at))
        return {
            "label": node["label"],
            "at": at,
            "row": len(self._marks),
            "note": Markup(call("anchor", f"note on {at}") + said) if at else said,
            "continues": _is_paragraph(_first(body)) and _goes_on(node),
        }

    def visit_quotation(self, node: quotation) -> NoReturn:
        """A quotation of the edition, its label in the margin."""
        if node.get("label"):
            self.await_mark("quotation", node["label"])
        self._put_quotation(node, standoff=bool(node.get("standoff")))

    def visit_block_quote(self, node: nodes.block_quote) -> NoReturn:
        """A quotation in plain markup."""
        kinds = [name for name in node["classes"] if name in ("epigraph", "pull-quote")]
        self._put_quotation(node, kind=kinds[0] if kinds else None)

    def _put_quotation(self, node: nodes.Element, **named: object) -> NoReturn:
        words = [c for c in node.children if not isinstance(c, nodes.attribution)]
        sources = [c for c in node.children if isinstance(c, nodes.attribution)]
        body = self.rendered(node, words)
        source = self.rendered(node, sources) if sources else None
        body = Markup(body + self.arrival(block=True))
        self.put_block(call("quotation", body, attribution=source, **named))
        raise nodes.SkipNode

    def visit_attribution(self, node: nodes.attribution) -> NoReturn:
        """Who is quoted, and from where."""
        self.put(self.rendered_text(node))
        raise nodes.SkipNode

    def visit_commentary(self, node: commentary) -> NoReturn:
        """The editors' note, where it stands in the text."""
        self.block(node, "commentary")

    def visit_restatement(self, node: restatement) -> NoReturn:
        """A passage told in the editors' words, below its text."""
        self.block(node, "restatement")

    def visit_rubric(self, node: nodes.Element) -> NoReturn:
        """A heading that is not of the contents."""
        self.put_block(call("rubric", self.rendered_text(node)))
        raise nodes.SkipNode

    visit_centered = visit_title = visit_caption = visit_rubric

    def visit_literal_block(self, node: nodes.Element) -> NoReturn:
        """Text that keeps its lines and spaces."""
        self.put_block(
            self.arrival(block=True)
            + self.origin(node)
            + call("listing", node.astext(), language=node.get("language", "none"))
        )
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_math_block(self, node: nodes.math_block) -> NoReturn:
        """A formula, which stays as typed."""
        self.warn_math(node)
        self.put_block(self.arrival(block=True) + call("listing", node.astext(), language="tex"))
        raise nodes.SkipNode

    def warn_math(self, node: nodes.Element) -> None:
        """Tell that the book does not set formulas."""
        logger.warning(
            "the book sets a formula as it is typed", location=node, type="edition", subtype="math"
        )

    def visit_line_block(self, node: nodes.line_block) -> NoReturn:
        """Lines of verse; an inner block is indented."""
        lines = self._lines(node, 0)
        arrival = "" if lines else self.arrival(block=True)
        self.put_block(arrival + call("verse", *lines))
        raise nodes.SkipNode

    def _lines(self, node: nodes.line_block, depth: int) -> list[tuple[int, Markup]]:
        found: list[tuple[int, Markup]] = []
        for child in node.children:
            if isinstance(child, nodes.line_block):
                found += self._lines(child, depth + 1)
            elif isinstance(child, nodes.line):
                found.append((depth, self.rendered_text(child)))
        return found

    # -- notes and works ------------------------------------------------------------

    def visit_footnote(self, node: nodes.footnote) -> NoReturn:
        """A note; it is set where it is first referred to."""
        if not node.get("backrefs"):
            logger.warning(
                "no text refers to this footnote; the book leaves it out",
                location=node,
                type="edition",
                subtype="footnote",
            )
        raise nodes.SkipNode

    def visit_citation(self, node: nodes.citation) -> NoReturn:
        """A work in the bibliography, without its label."""
        rest = [c for c in node.children if not isinstance(c, nodes.label)]
        self.put_block(call("work", self.rendered(node, rest)))
        raise nodes.SkipNode

    # -- what a book does not show --------------------------------------------------

    def visit_comment(self, node: nodes.Element) -> NoReturn:
        """Nothing for a reader."""
        self.skip(node)

    visit_index = visit_toctree = visit_substitution_definition = visit_comment
    visit_pending = visit_system_message = visit_meta = visit_docinfo = visit_comment
    visit_decoration = visit_tabular_col_spec = visit_highlightlang = visit_comment

    def visit_raw(self, node: nodes.raw) -> NoReturn:
        """Markup for one kind of output: ours is `typst`."""
        if "typst" in str(node.get("format", "")).split():
            self.put(node.astext() if self._in_text else f"\n{node.astext()}\n\n")
        self.skip(node)


def _holds_no_chapter(node: nodes.Node) -> bool:
    chapters = (addnodes.start_of_file, nodes.section, part)
    return not any(isinstance(inner, chapters) for inner in node.findall())


_UNSEEN = (nodes.Invisible, nodes.footnote, addnodes.index, addnodes.tabular_col_spec, commentary)


def _goes_on(node: nodes.Element) -> bool:
    """Whether the book has a paragraph right before a passage: a block, or the end of one."""
    siblings = node.parent.children[: node.parent.index(node)]
    last: nodes.Node | None = node
    while siblings:
        last = _first(reversed(siblings))
        if not isinstance(last, nodes.container | passage):
            break
        siblings = last.children
    return last is not node and _is_paragraph(last)


def _may_begin_page(node: nodes.Element) -> bool:
    """Whether a page may end before it: it lies in no box or list, and not below a heading."""
    before = _first(reversed(node.parent.children[: node.parent.index(node)]))
    at: nodes.Element | None = node.parent
    while isinstance(at, nodes.section | nodes.compound | addnodes.start_of_file):
        at = at.parent
    return isinstance(at, nodes.document) and not isinstance(before, nodes.title | None)


def _first(blocks: Iterable[nodes.Node]) -> nodes.Node | None:
    """The first block that is set where it stands."""
    return next((block for block in blocks if not isinstance(block, _UNSEEN)), None)


def _is_paragraph(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.paragraph)
