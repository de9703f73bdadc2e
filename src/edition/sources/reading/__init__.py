"""Readers of sources: one a format, each from bytes to pages.

A reader raises SourceError, and nothing else, for a file that it cannot or will not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from edition.sources.pages import Page, SourceError
from edition.sources.reading.epub import read_epub
from edition.sources.reading.hocr import read_hocr
from edition.sources.reading.markup import root_name
from edition.sources.reading.pdf import read_pdf
from edition.sources.reading.plain import read_plain
from edition.sources.reading.xml import read_alto, read_tei

__all__ = ["LARGEST", "SUFFIXES", "read_pages"]

LARGEST = 512 * 1024 * 1024
"""Bytes of a file; a longer one is not a book."""

_READERS: dict[str, Callable[[bytes], list[Page]]] = {
    ".pdf": read_pdf,
    ".epub": read_epub,
    ".hocr": read_hocr,
    ".html": read_hocr,
    ".htm": read_hocr,
}
SUFFIXES = frozenset({*_READERS, ".txt", ".text", ".md", ".xml", ".tei", ".alto"})
"""The endings of file names that are read."""


def read_pages(name: str, data: bytes, marks: Sequence[str] = ()) -> list[Page]:
    """The pages of a file, by the ending of its name.

    `marks` are further regular expressions for page marks of plain text. Raises SourceError.
    """
    if not data.strip():
        raise SourceError("the file is empty", "Put the text of the work into it.")
    suffix = PurePath(name).suffix.lower()
    if suffix in (".xml", ".tei", ".alto"):
        pages = _xml_reader(data)(data)
    elif suffix in _READERS:
        pages = _READERS[suffix](data)
    else:
        pages = read_plain(data, marks)
    if not any(page.text.strip() for page in pages):
        raise SourceError(
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
        return read_hocr
    raise SourceError(
        f"an XML file whose root is <{root}> is not known here",
        "TEI, ALTO and hOCR are; or give the text as plain text with page marks.",
    )
