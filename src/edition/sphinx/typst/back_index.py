"""The index at the end of the book: persons, subjects and what `{index}` marks, with pages."""

from docutils import nodes

from edition.indexes.entries import sort_key_of
from edition.sphinx.translation import _
from edition.sphinx.typst.syntax import Markup, call, text
from edition.sphinx.typst.writer import Writer

_KINDS = {"person-entries", "gloss-entries"}


def note_entries(book: Writer, node: nodes.Element) -> None:
    """Keep the names of an index's entries, without the dates of persons."""
    if not _KINDS & set(node["classes"]):
        return
    for term in node.findall(nodes.term):
        name = nodes.inline("", "", *(n.deepcopy() for n in term.children if not _is_date(n)))
        with book.repeatable(plain=True):
            words = book.rendered(name)
        for ident in term["ids"]:
            book.entries[ident] = (name.astext(), words)


def mark_entry(book: Writer, ident: str) -> None:
    """Mark a place where an entry is named."""
    book.put(call("index-mark", ident))


def mark_words(book: Writer, value: str) -> None:
    """Mark what a line of `{index}` names, its parts divided by semicolons."""
    name = ", ".join(part.strip() for part in value.split(";") if part.strip())
    if name:
        book.entries.setdefault(f"index {name}", (name, text(name)))
        book.put(call("index-mark", f"index {name}"))


def back_index(book: Writer) -> str:
    """Return the call that prints the index; nothing where it is not wanted or empty."""
    if not book.config.edition_pdf_index or not book.entries:
        return ""
    named = sorted(book.entries.items(), key=lambda entry: sort_key_of(entry[1][0]))
    entries = [(Markup(words), key, sort_key_of(name)[:1]) for key, (name, words) in named]
    return f"\n{call('back-index', *entries, title=_('Persons and subjects'))}\n"


def _is_date(node: nodes.Node) -> bool:
    return isinstance(node, nodes.inline) and "dates" in node["classes"]
