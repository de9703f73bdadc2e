"""Which ids a built output really has: a folder of HTML, an EPUB, or a PDF.

They are read from the files themselves, not from what a build says of itself.
"""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from edition.model.errors import EditionError

_PAGES = (".html", ".xhtml", ".htm")


class OutputError(EditionError):
    """An output that cannot be looked into; the message says why."""


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the id of an element, unless it only leads on to where the anchor has gone."""
        given = dict(attrs)
        if (ident := given.get("id")) and "departed" not in (given.get("class") or "").split():
            self.found.add(ident)


def read_ids(output: Path) -> set[str]:
    """Return the ids of all pages, or the named destinations of a PDF.

    Raises OutputError where the output is of no known kind or cannot be read.
    """
    try:
        if output.is_dir():
            pages = (p for p in sorted(output.rglob("*")) if p.suffix in _PAGES)
            return _ids(p.read_text(encoding="utf-8") for p in pages)
        if output.suffix == ".pdf":
            return _destinations(output)
        if output.suffix in _PAGES:
            return _ids([output.read_text(encoding="utf-8")])
        with ZipFile(output) as archive:
            names = [n for n in archive.namelist() if n.endswith(_PAGES)]
            return _ids(archive.read(name).decode() for name in names)
    except (OSError, BadZipFile, UnicodeDecodeError) as error:
        raise OutputError(f"{output}: cannot be read: {error}", "Build it again.") from None


def _ids(pages: Iterator[str] | list[str]) -> set[str]:
    reader = _Ids()
    for page in pages:
        reader.feed(page)
        reader.close()
        reader.reset()
    return reader.found


def _destinations(output: Path) -> set[str]:
    import pikepdf

    try:
        with pikepdf.open(output) as pdf:
            if "/Names" not in pdf.Root or "/Dests" not in pdf.Root.Names:
                return set()
            return {str(name) for name in pikepdf.NameTree(pdf.Root.Names.Dests)}
    except pikepdf.PdfError as error:
        raise OutputError(f"{output}: cannot be read: {error}", "Build it again.") from None
