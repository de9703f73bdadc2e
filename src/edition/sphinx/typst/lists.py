"""Lists, definitions and boxes of a book."""

from docutils import nodes
from sphinx.locale import admonitionlabels

from edition.sphinx.typst.back_index import note_entries
from edition.sphinx.typst.syntax import Code, Markup, call, expression, text
from edition.sphinx.typst.writer import Writer, elements

_ENUMERATION = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


# -- lists ----------------------------------------------------------------------


def visit_bullet_list(book: Writer, node: nodes.bullet_list) -> None:
    """Write a list with bullets."""
    book.put_block(call("list", *_items(book, node), tight=_is_tight(node)))


def visit_enumerated_list(book: Writer, node: nodes.enumerated_list) -> None:
    """Write a numbered list, with the source's own kind of number."""
    number = _ENUMERATION.get(node.get("enumtype", "arabic"), "1")
    pattern = f"{node.get('prefix', '')}{number}{node.get('suffix', '.')}"
    named = {"tight": _is_tight(node), "start": node.get("start", 1), "numbering": pattern}
    book.put_block(call("enum", *_items(book, node), **named))


def _items(book: Writer, node: nodes.Element) -> list[Markup]:
    book.await_label(node)
    items = []
    for item in elements(node):
        book.dispatch_ids(item)
        items.append(Markup(book.rendered(item) + book.arrival(block=True)))
    return items


def visit_definition_list(book: Writer, node: nodes.Element) -> None:
    """Write terms with their definitions; a list of fields is one too."""
    book.await_label(node)
    items: list[Code] = []
    for item in elements(node):
        book.dispatch_ids(item)
        terms: list[str] = []
        bodies: list[str] = []
        for piece in elements(item):
            book.dispatch_ids(piece)
            if isinstance(piece, nodes.definition | nodes.field_body):
                bodies.append(book.rendered(piece))
            else:
                between = " : " if isinstance(piece, nodes.classifier) else ", "
                terms += [between, book.rendered_text(piece)]
        items.append(_item("".join(terms[1:]), "".join(bodies)))
    note_entries(book, node)
    kind = "entries" if "index-entries" in node["classes"] else "terms"
    book.put_block(call(kind, *items))


visit_field_list = visit_definition_list


def visit_option_list(book: Writer, node: nodes.option_list) -> None:
    """Write options of a command with what they do."""
    items: list[Code] = []
    for item in node.findall(nodes.option_list_item):
        options = ", ".join(option.astext() for option in item.findall(nodes.option))
        body = "".join(book.rendered(d) for d in item.findall(nodes.description))
        items.append(_item(call("raw", options), body))
    book.put_block(call("terms", *items))


def visit_desc(book: Writer, node: nodes.Element) -> None:
    """Write what a program knows by name, such as a function or an option: a term, and its use."""
    held = elements(node)
    names = []
    for piece in held[:-1]:
        book.dispatch_ids(piece)
        names.append(book.rendered_text(piece))
    book.put_block(call("terms", _item("#linebreak();".join(names), book.rendered(held[-1]))))


def visit_desc_parameterlist(book: Writer, node: nodes.Element) -> None:
    """Write the parameters of a function between their brackets."""
    opening, closing = ("[", "]") if "type" in type(node).__name__ else ("(", ")")
    inner = [book.rendered(node, [child]) for child in node.children]
    book.put(text(opening) + text(", ").join(inner) + text(closing))


visit_desc_type_parameter_list = visit_desc_parameterlist


def visit_desc_returns(book: Writer, node: nodes.Element) -> None:
    """Write what a function returns."""
    book.put(text(" → ") + book.rendered(node))


def visit_desc_optional(book: Writer, node: nodes.Element) -> None:
    """Write parameters that may be left out."""
    book.put(text("[") + book.rendered(node) + text("]"))


def _item(term: str, body: str) -> Code:
    return expression("terms.item", Code(f"[{term}]"), Code(f"[{body}]"))


# -- boxes ----------------------------------------------------------------------


def visit_admonition(book: Writer, node: nodes.Element) -> None:
    """Write a box with a heading: its own, or the name of its kind."""
    rest = list(node.children)
    if rest and isinstance(heading := rest[0], nodes.title):
        del rest[0]
        title = book.rendered_text(heading)
    else:
        title = text(str(admonitionlabels.get(type(node).__name__, "")))
    kind = type(node).__name__
    book.put_block(call("admonition", book.rendered(node, rest), title=title, kind=kind))


visit_attention = visit_caution = visit_danger = visit_error = visit_hint = visit_admonition
visit_important = visit_note = visit_tip = visit_warning = visit_seealso = visit_admonition
visit_sidebar = visit_Admonition = visit_admonition  # noqa: N816  the boxes of extensions


def visit_topic(book: Writer, node: nodes.topic) -> None:
    """Write a box apart from the text; a list of contents has its own place in the book."""
    if "contents" in node["classes"]:
        book.skip(node)
    else:
        visit_admonition(book, node)


def _is_tight(node: nodes.Element) -> bool:
    """Return whether no item of a list holds more than one paragraph."""
    return all(
        sum(isinstance(piece, nodes.paragraph) for piece in item.children) <= 1
        for item in node.children
    )
