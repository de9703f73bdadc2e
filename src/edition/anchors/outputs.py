"""Which ids a built output really has: a folder of HTML, an EPUB, or a PDF.

They are read from the files themselves, not from what a build says of itself.
"""

import io
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from edition.model.errors import EditionError

READER = f"{__name__}:ids_of_file"
ReadApart = Callable[[str, Path, type[list[str]]], list[str]]

_PAGES = (".html", ".xhtml", ".htm")


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id of an element, unless it only leads on to where the anchor has gone."""
        given = dict(attrs)
        if (ident := given.get("id")) and "departed" not in (given.get("class") or "").split():
            self.found.add(ident)


def read_ids(output: Path, read_apart: ReadApart) -> set[str]:
    """Return the ids of all pages, or the named destinations of a PDF.

    `read_apart` reads an e-book and a PDF in a process of their own.

    Raises EditionError where the output is of no known kind or cannot be read.
    """
    try:
        if output.is_dir():
            pages = (p for p in sorted(output.rglob("*")) if p.suffix in _PAGES and p.is_file())
            return _ids(p.read_text(encoding="utf-8") for p in pages)
        if output.suffix in _PAGES and output.is_file():  # a pipe would be waited for
            return _ids([output.read_text(encoding="utf-8")])
        return set(read_apart(READER, output, list[str]))
    except (OSError, UnicodeDecodeError) as error:
        raise EditionError(f"{output}: cannot be read: {error}", "Build it again.") from None


def ids_of_file(name: str, data: bytes) -> list[str]:
    """Return the ids of an e-book's pages, or the named destinations of a PDF."""
    if name.endswith(".pdf"):
        return sorted(_destinations(name, data))
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = [n for n in archive.namelist() if n.endswith(_PAGES)]
            return sorted(_ids(archive.read(name).decode() for name in names))
    except (OSError, BadZipFile, EOFError, UnicodeDecodeError, RuntimeError) as error:
        raise EditionError(f"{name}: cannot be read: {error}", "Build it again.") from None


def _ids(pages: Iterator[str] | list[str]) -> set[str]:
    reader = _Ids()
    for page in pages:
        reader.feed(page)
        reader.close()
        reader.reset()
    return reader.found


def _destinations(name: str, data: bytes) -> set[str]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
                return set()
            return {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)}
    except pikepdf.PdfError as error:
        raise EditionError(f"{name}: cannot be read: {error}", "Build it again.") from None
