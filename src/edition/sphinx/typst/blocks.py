"""Sections, passages, paragraphs, quotations, notes and works of a book."""

from itertools import takewhile
from typing import NoReturn

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from edition.sphinx.mathml import FormulaError, read_formula, warn_formula
from edition.sphinx.nodes import part, passage, quotation
from edition.sphinx.typst.back_index import mark_words
from edition.sphinx.typst.formulas import formula
from edition.sphinx.typst.numbers import figure_number, formula_number, section_number
from edition.sphinx.typst.syntax import Code, Markup, call
from edition.sphinx.typst.writer import Writer

logger = logging.getLogger(__name__)


# -- structure ------------------------------------------------------------------


def visit_section(book: Writer, node: nodes.section) -> NoReturn:
    """Write a section; the one that holds the whole book has its title on the title page."""
    if _holds_book(book, node):
        title, *inside = node.children
        assert isinstance(title, nodes.title)  # noqa: S101  as _holds_book has seen
        held = (addnodes.start_of_file, nodes.section, part)
        own = list(takewhile(lambda c: not any(c.findall(lambda n: isinstance(n, held))), inside))
        heading = _title_of_book(book, title)
        before = book.rendered(node, own)
        if before.strip() or heading:
            book.put_block(call("preface", before, **({"title": heading} if heading else {})))
        else:
            book.put(before)
        book.put(book.rendered(node, inside[len(own) :]))
        raise nodes.SkipNode
    book.level += 1
    rest = list(node.children)
    if rest and isinstance(title := rest[0], nodes.title):
        del rest[0]
        book.hoist(title)
        _put_heading(book, node, title)
    content = book.rendered(node, rest)
    book.put(f"#[{content}];" if book.language_of(node) else content)
    book.level -= 1
    raise nodes.SkipNode


def _holds_book(book: Writer, node: nodes.section) -> bool:
    """Return whether a section holds all others, from more than one file, and has a title."""
    sections = [c for c in book.document.children if isinstance(c, nodes.section)]
    titled = isinstance(next(iter(node.children), None), nodes.title)
    return titled and sections == [node] and any(book.document.findall(addnodes.start_of_file))


def _title_of_book(book: Writer, title: nodes.Element) -> Markup | None:
    """Return a title that the title page does not show; of one that it shows keep the notes."""
    words = "".join(
        n.astext() for n in title.children if not isinstance(n, nodes.footnote_reference)
    )
    config = book.config
    shown = (config.project, config.edition_pdf_book.get("title", config.project))
    book.hoist(title)
    if words.strip().casefold() in (str(name).strip().casefold() for name in shown):
        notes = list(title.findall(nodes.footnote_reference))
        book.title_notes = book.rendered(title, notes) if notes else Markup("")
        return None
    return book.rendered_text(title)


def _put_heading(book: Writer, node: nodes.section, title: nodes.title) -> None:
    arrival = book.arrival()
    with book.repeatable():
        full = book.rendered_text(title)
    with book.repeatable(plain=True):
        short = book.rendered_text(title)
    number = section_number(book.builder.env, book.docname, node)
    if book.level == 1:
        book.chapter += 1
        if book.config.edition_pdf_line_numbers and any(book.document.findall(passage)):
            held = any(node.findall(passage))
            book.put_block(call("set par.line", numbering=Code("line-number") if held else None))
    book.put_block(
        book.origin(title)
        + call(
            "section",
            full,
            level=book.level,
            number=number,
            anchors=arrival,
            short=short if short != full else None,
            **({"chapter": book.chapter} if book.level == 1 else {}),
        )
    )


def visit_part(book: Writer, node: part) -> NoReturn:
    """Write the title of a part of the book."""
    book.put_block(call("part", node["title"]))
    raise nodes.SkipNode


def visit_transition(book: Writer, node: nodes.transition) -> NoReturn:
    """Write a pause between paragraphs; MyST's own, before footnotes, is no pause in a book."""
    if "footnotes" in node["classes"]:
        book.skip(node)
    book.put_block(book.arrival(block=True) + call("transition"))
    raise nodes.SkipNode


def visit_compound(book: Writer, node: nodes.Element) -> NoReturn:
    """Write blocks that are kept together in the source alone."""
    book.transparent(node)


def visit_container(book: Writer, node: nodes.Element) -> NoReturn:
    """Write what a container holds; the caption of a listing with the number of it."""
    caption = node.children[0] if node.children else None
    if not isinstance(caption, nodes.caption) or "literal-block-wrapper" not in node["classes"]:
        book.transparent(node)
    number = figure_number(book.builder.env, book.docname, "code-block", node["ids"])
    words = book.rendered_text(caption)
    book.put_block(
        call("rubric", Markup(call("caption-number", number) + words) if number else words)
    )
    book.put(book.rendered(node, node.children[1:]))
    raise nodes.SkipNode


visit_only = visit_glossary = visit_hlist = visit_hlistcol = visit_compound
visit_acks = visit_legend = visit_compound


# -- text -----------------------------------------------------------------------


def visit_paragraph(book: Writer, node: nodes.paragraph) -> NoReturn:
    """Write a paragraph; an image alone in one is a picture between paragraphs."""
    if len(node) == 1 and isinstance(node[0], nodes.image):
        book.transparent(node)
    book.await_label(node)
    content = book.rendered_text(node)
    if book.language_of(node):
        content = Markup(f"#[{content}];")
    book.put(f"{book.origin(node)}{content}\n\n")
    raise nodes.SkipNode


def visit_quotation(book: Writer, node: quotation) -> NoReturn:
    """Write a quotation of the edition, its label in the margin."""
    if node.get("label"):
        book.await_mark("quotation", node["label"])
    _put_quotation(book, node, standoff=bool(node.get("standoff")))


def visit_block_quote(book: Writer, node: nodes.block_quote) -> NoReturn:
    """Write a quotation in plain markup."""
    book.await_label(node)
    kinds = [name for name in node["classes"] if name in ("epigraph", "pull-quote")]
    _put_quotation(book, node, kind=kinds[0] if kinds else None)


def _put_quotation(book: Writer, node: nodes.Element, **named: object) -> NoReturn:
    words = [c for c in node.children if not isinstance(c, nodes.attribution)]
    sources = [c for c in node.children if isinstance(c, nodes.attribution)]
    body = book.rendered(node, words)
    if node.get("named"):
        body = Markup(call("index-mark", node["named"]) + body)
    source = book.rendered(node, sources) if sources else None
    body = Markup(body + book.arrival(block=True))
    book.put_block(call("quotation", body, attribution=source, **named))
    raise nodes.SkipNode


def visit_attribution(book: Writer, node: nodes.attribution) -> NoReturn:
    """Write the source of a quotation."""
    book.put(book.rendered_text(node))
    raise nodes.SkipNode


def visit_rubric(book: Writer, node: nodes.Element) -> NoReturn:
    """Write a heading that is not of the contents."""
    book.put_block(call("rubric", book.rendered_text(node)))
    raise nodes.SkipNode


visit_centered = visit_title = visit_caption = visit_rubric


def visit_literal_block(book: Writer, node: nodes.Element) -> NoReturn:
    """Write text that keeps its lines and spaces, numbered where the source asks for it."""
    numbering: dict[str, int] = node.get("highlight_args", {})
    first = numbering.get("linenostart", 1) if node.get("linenos") else None
    language = node.get("language", "none")
    book.put_block(
        book.arrival(block=True)
        + book.origin(node)
        + call("listing", node.astext(), language=language, first=first)
    )
    raise nodes.SkipNode


visit_doctest_block = visit_literal_block


def visit_productionlist(book: Writer, node: nodes.Element) -> NoReturn:
    """Write the rules of a grammar, a line each."""
    book.hoist(node)
    lines = "\n".join(rule.astext().rstrip() for rule in node.children)
    book.put_block(book.arrival(block=True) + call("listing", lines))
    raise nodes.SkipNode


def visit_math_block(book: Writer, node: nodes.math_block) -> NoReturn:
    """Write a formula on a line of its own, with its number."""
    number = formula_number(book.builder.env, book.docname, node)
    book.put_block(book.arrival(block=True) + book.origin(node) + set_formula(node, number=number))
    raise nodes.SkipNode


def set_formula(node: nodes.Element, **named: object) -> Markup:
    """Return the call that sets a formula; as typed where it cannot be converted."""
    block = isinstance(node, nodes.math_block)
    tex = node.astext()
    try:
        words = Code(f"$ {formula(read_formula(tex, display=block))} $")
    except FormulaError as error:
        warn_formula(node, error)
        return call("listing", tex) if block else call("raw", tex)
    if not block:
        words = Code(f"${formula(read_formula(tex))}$")
    return call("formula", words, alt=" ".join(tex.split()), **named)


def visit_line_block(book: Writer, node: nodes.line_block) -> NoReturn:
    """Write lines of verse; an inner block is indented."""
    lines = _lines(book, node, 0)
    arrival = "" if lines else book.arrival(block=True)
    book.put_block(arrival + call("verse", *lines))
    raise nodes.SkipNode


def _lines(book: Writer, node: nodes.line_block, depth: int) -> list[tuple[int, Markup]]:
    found: list[tuple[int, Markup]] = []
    for child in node.children:
        if isinstance(child, nodes.line_block):
            found += _lines(book, child, depth + 1)
        elif isinstance(child, nodes.line):
            found.append((depth, book.rendered_text(child)))
    return found


# -- notes and works ------------------------------------------------------------


def visit_footnote(book: Writer, node: nodes.footnote) -> NoReturn:
    """Skip a note, which is set where it is first referred to; tell one that nothing refers to."""
    if not node.get("backrefs"):
        logger.warning(
            "no text refers to this footnote; the book leaves it out",
            location=node,
            type="edition",
            subtype="footnote",
        )
    raise nodes.SkipNode


def visit_citation(book: Writer, node: nodes.citation) -> NoReturn:
    """Write a work in the bibliography, without its label."""
    rest = [c for c in node.children if not isinstance(c, nodes.label)]
    book.put_block(call("work", book.rendered(node, rest)))
    raise nodes.SkipNode


# -- what a book does not show --------------------------------------------------


def visit_comment(book: Writer, node: nodes.Element) -> NoReturn:
    """Skip what a reader does not see."""
    book.skip(node)


visit_toctree = visit_substitution_definition = visit_comment
visit_pending = visit_system_message = visit_meta = visit_docinfo = visit_comment
visit_decoration = visit_tabular_col_spec = visit_highlightlang = visit_comment


def visit_index(book: Writer, node: nodes.Element) -> NoReturn:
    """Mark the place of entries of the index; “see” and “see also” name no page."""
    if not book.without_anchors:
        entries: list[tuple[str, ...]] = node.get("entries", [])
        for entry in entries:
            if entry[0] in ("single", "pair", "triple"):
                mark_words(book, entry[1])
    book.skip(node)


def visit_raw(book: Writer, node: nodes.raw) -> NoReturn:
    """Write markup that is meant for this output, `typst`."""
    if "typst" in str(node.get("format", "")).split():
        book.put(node.astext() if book.in_text else f"\n{node.astext()}\n\n")
    book.skip(node)
