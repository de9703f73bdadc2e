"""The names that sphinxcontrib-bibtex and pybtex look up in our place."""

from collections.abc import Callable
from typing import Any, ClassVar

import pybtex.plugin
from docutils import nodes
from pybtex.database import Entry
from pybtex.style import FormattedEntry
from pybtex.style.formatting.unsrt import Style
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle

from edition.bibliography.markup import Rich, ended
from edition.bibliography.record import record_of
from edition.model import Work
from edition.sphinx.citations import chicago
from edition.sphinx.citations.doctree import as_nodes

REFERENCES = "short_title"
BIBLIOGRAPHY = "edition"

WORK = "edition_work"
"""The attribute of a pybtex entry that holds the work as we have read it."""


class _Text:
    """A text with markup where pybtex expects one of its own."""

    def __init__(self, text: Rich) -> None:
        self._text = text

    def render(self, _backend: object) -> list[nodes.Node]:
        """Return the docutils nodes of the text."""
        return as_nodes(self._text)


class NoteStyle(Style):
    """The style of the notes that `{footcite}` makes: full ones."""

    write: ClassVar[Callable[[Work], Rich]] = staticmethod(
        lambda work: chicago.note(record_of(work))
    )
    """What a note says of a work; a build sets its own style."""

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:
        """Return a work as a note has it."""
        text = ended(NoteStyle.write(getattr(entry, WORK)))
        return FormattedEntry(entry.key, _Text(text), label)


def register() -> None:
    """Register the two styles that stand for ours, and the writers that every citation asks for.

    pybtex finds a writer by reading the metadata of every installed package, each time anew,
    which takes longer than all else that is done for a citation.
    """
    register_plugin(
        "sphinxcontrib.bibtex.style.referencing", REFERENCES, LabelReferenceStyle, force=True
    )
    pybtex.plugin.register_plugin("pybtex.style.formatting", BIBLIOGRAPHY, NoteStyle, force=True)
    for name in ("docutils", "plaintext"):
        writer = pybtex.plugin.find_plugin("pybtex.backends", name)
        pybtex.plugin.register_plugin("pybtex.backends", name, writer, force=True)
