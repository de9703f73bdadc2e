"""Sections, quotations, listings, formulas, notes and works of a book."""

from itertools import takewhile

from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging

from edition.sphinx.mathml import FormulaError, read_formula, warn_formula
from edition.sphinx.nodes import part, passage, quotation
from edition.sphinx.typst.back_index import mark_words
from edition.sphinx.typst.formulas import formula
from edition.sphinx.typst.numbers import figure_number, formula_number, section_number
from edition.sphinx.typst.syntax import Code, Markup, call, text
from edition.sphinx.typst.writer import Writer, elements

logger = logging.getLogger(__name__)


# -- structure ------------------------------------------------------------------


def visit_section(book: Writer, node: nodes.section) -> None:
    """Write a section; the one that holds the whole book has its title on the title page."""
    if _holds_book(book, node):
        _put_whole(book, node)
        return
    book.level += 1
    rest = list(node.children)
    at = len(book.buffers[-1])
    if rest and isinstance(title := rest[0], nodes.title):
        del rest[0]
        book.hoist(title)
        _put_heading(book, node, title)
    book.transparent(node, rest)
    # A page that has to end before the first block ends before the headings over it.
    if not isinstance(node.parent.children[max(0, node.parent.index(node) - 1)], nodes.title):
        if book.level > 1:
            book.buffers[-1].insert(at, book.early)
        book.early = Markup("")
    book.level -= 1


def _put_whole(book: Writer, node: nodes.section) -> None:
    title, *inside = elements(node)
    held = (addnodes.start_of_file, nodes.section, part)
    own = list(takewhile(lambda c: not any(c.findall(lambda n: isinstance(n, held))), inside))
    heading = _title_of_book(book, title)
    _number_lines(book, own)
    before = book.rendered(node, own)
    if before.strip() or heading:
        book.put_block(call("preface", before, **({"title": heading} if heading else {})))
    else:
        book.put(before)
    book.put(book.rendered(node, inside[len(own) :]))


def _number_lines(book: Writer, held: list[nodes.Element]) -> None:
    """Let the lines of passages have numbers, and no others where there are passages."""
    if book.config.edition_pdf_line_numbers and any(book.document.findall(passage)):
        text = any(any(node.findall(passage)) for node in held)
        book.put_block(call("set par.line", numbering=Code("line-number") if text else None))


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
        _number_lines(book, [node])
    else:
        book.sections.append(f"section {len(book.sections)}")
        book.put_block(call("fresh", book.sections[-1]))
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


def visit_part(book: Writer, node: part) -> None:
    """Write the title of a part of the book."""
    book.put_block(call("part", node["title"]))


def visit_transition(book: Writer, node: nodes.transition) -> None:
    """Write a pause between paragraphs; MyST's own, before footnotes, is no pause in a book."""
    if "footnotes" in node["classes"]:
        book.skip(node)
    else:
        book.put_block(book.arrival(block=True) + call("transition"))


def visit_container(book: Writer, node: nodes.Element) -> None:
    """Write what a container holds; the caption of a listing with the number of it."""
    caption = node.children[0] if node.children else None
    if not isinstance(caption, nodes.caption) or "literal-block-wrapper" not in node["classes"]:
        book.transparent(node)
        return
    number = figure_number(book.builder.env, book.docname, "code-block", node["ids"])
    words = book.rendered_text(caption)
    book.put_block(
        call("rubric", Markup(call("caption-number", number) + words) if number else words)
    )
    book.put(book.rendered(node, node.children[1:]))


# -- text -----------------------------------------------------------------------


def visit_quotation(book: Writer, node: quotation) -> None:
    """Write a quotation of the edition, its label in the margin."""
    if node.get("label"):
        book.await_mark("quotation", node["label"])
    _put_quotation(book, node, standoff=bool(node.get("standoff")))


def visit_block_quote(book: Writer, node: nodes.block_quote) -> None:
    """Write a quotation in plain markup."""
    book.await_label(node)
    kinds = [name for name in node["classes"] if name in ("epigraph", "pull-quote")]
    _put_quotation(book, node, kind=kinds[0] if kinds else None)


def _put_quotation(book: Writer, node: nodes.Element, **named: object) -> None:
    words = [c for c in node.children if not isinstance(c, nodes.attribution)]
    sources = [c for c in node.children if isinstance(c, nodes.attribution)]
    body = book.rendered(node, words)
    if node.get("named"):
        body = Markup(call("index-mark", node["named"]) + body)
    source = book.rendered(node, sources) if sources else None
    body = Markup(body + book.arrival(block=True))
    book.put_block(call("quotation", body, attribution=source, **named))


def visit_attribution(book: Writer, node: nodes.attribution) -> None:
    """Write the source of a quotation."""
    book.put(book.rendered_text(node))


def visit_rubric(book: Writer, node: nodes.Element) -> None:
    """Write a heading that is not of the contents."""
    book.put_block(call("rubric", book.rendered_text(node)))


visit_centered = visit_title = visit_subtitle = visit_caption = visit_rubric


def visit_literal_block(book: Writer, node: nodes.Element) -> None:
    """Write text that keeps its lines and spaces, numbered where the source asks for it."""
    numbering: dict[str, int] = node.get("highlight_args", {})
    first = numbering.get("linenostart", 1) if node.get("linenos") else None
    language = node.get("language", "none")
    book.put_block(
        book.arrival(block=True)
        + book.origin(node)
        + call("listing", node.astext(), language=language, first=first)
    )


visit_doctest_block = visit_literal_block


def visit_productionlist(book: Writer, node: nodes.Element) -> None:
    """Write the rules of a grammar, a line each."""
    book.hoist(node)
    lines = "\n".join(rule.astext().rstrip() for rule in node.children)
    book.put_block(book.arrival(block=True) + call("listing", lines))


def visit_math_block(book: Writer, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number."""
    number = formula_number(book.builder.env, book.docname, node)
    book.put_block(book.arrival(block=True) + book.origin(node) + set_formula(node, number=number))


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


# -- notes and works ------------------------------------------------------------


def visit_footnote(book: Writer, node: nodes.footnote) -> None:
    """Skip a note, which is set where it is first referred to; tell one that nothing refers to."""
    if not node.get("backrefs"):
        message = "no text refers to this footnote; the book leaves it out"
        logger.warning(message, location=node, type="edition", subtype="footnote")


def visit_citation(book: Writer, node: nodes.citation) -> None:
    """Write a work in the bibliography; one that an author typed has a label."""
    rest = [c for c in node.children if not isinstance(c, nodes.label)]
    label = text("".join(f"[{c.astext()}] " for c in node.children if c not in rest))
    book.put_block(call("work", Markup(label + book.rendered(node, rest))))


# -- what a book does not show --------------------------------------------------


def visit_index(book: Writer, node: nodes.Element) -> None:
    """Mark the place of entries of the index; “see” and “see also” name no page."""
    if not book.without_anchors:
        entries: list[tuple[str, ...]] = node.get("entries", [])
        for entry in entries:
            if entry[0] in ("single", "pair", "triple"):
                mark_words(book, entry[1])
    book.skip(node)


def visit_raw(book: Writer, node: nodes.raw) -> None:
    """Write markup that is meant for this output, `typst`."""
    if "typst" in str(node.get("format", "")).split():
        book.put(node.astext() if book.in_text else f"\n{node.astext()}\n\n")
    book.skip(node)
