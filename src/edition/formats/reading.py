"""Readers of sources: one a format, each from bytes to pages.

A reader raises SourceError, and nothing else, for a file that it cannot or will not read.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath

from edition.formats.epub import read_epub
from edition.formats.hocr import OCR_PAGE, read_hocr
from edition.formats.html import read_hypertext
from edition.formats.markup_events import root_name
from edition.formats.page_labels import normal_label, printed_labels
from edition.formats.pages import NoTextError, Page, SourceError
from edition.formats.pdf import read_pdf
from edition.formats.plain_text import read_plain
from edition.formats.tei_alto import read_alto, read_tei

__all__ = ["LARGEST", "READER", "SUFFIXES", "read_pages"]

READER = f"{__name__}:read_pages"

LARGEST = 512 * 1024 * 1024
"""Bytes of a file; a longer one is not a book."""

_MOST_LETTERS = 100_000_000  # of a file's text; a book has a million

_READERS: dict[str, Callable[[bytes], list[Page]]] = {
    ".pdf": read_pdf,
    ".epub": read_epub,
    ".hocr": read_hocr,
}
_HYPERTEXT = (".html", ".htm", ".xhtml")
SUFFIXES = frozenset({*_READERS, *_HYPERTEXT, ".txt", ".text", ".md", ".xml", ".tei", ".alto"})
"""The endings of file names that are read."""

_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")


def read_pages(name: str, data: bytes, marks: Sequence[str] = ()) -> list[Page]:
    """Return the pages of a file, read by the ending of its name.

    Where it labels no page, the printed numbers are the labels. `marks` are further regular
    expressions for page marks of plain text. Raises SourceError.
    """
    if not data.strip():
        raise NoTextError("the file is empty", "Put the text of the work into it.")
    suffix = PurePath(name).suffix.lower()
    if suffix in (".xml", ".tei", ".alto"):
        pages = _xml_reader(data)(data)
    elif suffix in _HYPERTEXT:
        pages = (read_hocr if OCR_PAGE.search(data) else read_hypertext)(data)
    elif suffix in _READERS:
        pages = _READERS[suffix](data)
    else:
        pages = read_plain(data, marks)
        if suffix == ".md":
            pages = [replace(page, text=_LINK_TARGET.sub("]", page.text)) for page in pages]
    if not any(page.label for page in pages) and len(pages) > 1:
        labels = printed_labels([page.text for page in pages])
        pages = [Page(label, page.text) for label, page in zip(labels, pages, strict=True)]
    pages = [
        replace(
            page,
            label=normal_label(page.label),
            others=tuple(label for other in page.others if (label := normal_label(other))),
        )
        for page in pages
    ]
    if sum(len(page.text) for page in pages) > _MOST_LETTERS:
        raise SourceError(
            f"its text has more than {_MOST_LETTERS:,} letters",
            "Divide it into volumes in a folder.",
        )
    if not any(page.text.strip() for page in pages):
        raise NoTextError(
            "no text was found in it",
            "If its pages are pictures, run it through optical character recognition first.",
        )
    return pages


def _xml_reader(data: bytes) -> Callable[[bytes], list[Page]]:
    root = root_name(data)
    if root == "alto":
        return read_alto
    if root in ("TEI", "TEI.2", "teiCorpus"):
        return read_tei
    if root == "html":
        return read_hocr if OCR_PAGE.search(data) else read_hypertext
    raise SourceError(
        f"an XML file whose root is <{root}> is not known here",
        "TEI, ALTO, hOCR and HTML are; or give the text as plain text with page marks.",
    )
