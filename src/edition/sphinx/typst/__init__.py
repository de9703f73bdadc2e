"""The edition as a book: a Sphinx builder that sets PDF with Typst.

`sphinx-build -b typst docs build/typst` writes `build/typst/edition.pdf`: tagged
(PDF/UA-1), with every id of the sources as a named destination, the same to the byte from
the same source and `SOURCE_DATE_EPOCH`. Nothing is downloaded, and no font of the system
is used. The book's design is `template.typ`, a Typst file that can be changed, or replaced
by `edition_pdf_template`, without a word of Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


_SETTINGS: tuple[tuple[str, object, str], ...] = (
    ("name", "edition.pdf", "The file's name."),
    ("template", "", "A Typst file in place of the package's, which it can import."),
    ("fonts", [], "Folders with more fonts."),
    ("exclude", [], "Patterns of documents that the book leaves out, such as manual/*."),
    ("book", {}, "The template's words: title, editors and what else a template asks for."),
    ("paper", "", "The paper: a5, us-trade (6 × 9 inches) or a4; a5, for large print a4."),
    ("large_print", False, "Set the text in 16 points."),
    ("line_numbers", False, "Number every fifth line of a page."),
    ("index", True, "End the book with an index of persons and subjects."),
    ("page_references", True, "Give the page with references: “p12, p. 34”."),
    ("chapters_right", False, "Begin chapters on right-hand pages."),
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the builder and its settings."""
    from sphinx.config import ENUM

    from edition.sphinx.translation import load_catalogue
    from edition.sphinx.typst.builder import TypstBuilder

    app.add_builder(TypstBuilder)
    app.connect("config-inited", load_catalogue, priority=50)
    for name, default, words in _SETTINGS:
        kind = (list, tuple) if isinstance(default, list) else type(default)
        app.add_config_value(f"edition_pdf_{name}", default, "env", kind, words)
    words = "The place of the notes on a passage: the foot of the page, or below the passage."
    app.add_config_value("edition_pdf_commentary", "", "env", ENUM("", "foot", "passage"), words)
    app.connect("build-finished", _tell_failure)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _tell_failure(app: Sphinx, _error: Exception | None) -> None:
    """Let a build that made no book end as one that failed."""
    if getattr(app.builder, "failed", False):
        app.statuscode = 1
