"""Where the pages of the printed book begin in the e-book: its page-list.

Source: EPUB Accessibility 1.1, "Page navigation". The book is the PDF of the same edition,
in which every anchor is a named destination: each of its pages is tied to the first anchor that
is on it, and a page on which none begins to the anchor that runs on to it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from edition.model.errors import EditionError
from edition.sphinx.translation import _


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of the PDF: its number as printed, and the names of what begins on it, in order."""

    label: str
    names: tuple[str, ...]


class PageSourceError(EditionError):
    """The PDF cannot be read."""


def printed_pages(pdf: Path) -> list[PrintedPage]:
    """Return the pages of a PDF with their named destinations; PageSourceError where it is none."""
    try:
        with pikepdf.open(pdf) as book:
            numbers = {page.obj.objgen: number for number, page in enumerate(book.pages)}
            begin: list[list[tuple[float, str]]] = [[] for _page in book.pages]
            names = book.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
            for name, spot in pikepdf.NameTree(names).items() if names is not None else ():
                number = numbers.get(spot[0].objgen)
                if number is not None:
                    begin[number].append((-float(spot[3]), str(name)))
            return [
                PrintedPage(str(page.label), tuple(name for _y, name in sorted(found)))
                for page, found in zip(book.pages, begin, strict=True)
            ]
    except (pikepdf.PdfError, OSError) as error:
        raise PageSourceError(f"{pdf}: {error}") from None


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a printed page begins: within the element of an id, in a file of the e-book."""

    label: str
    file: str
    element: str

    @property
    def mark(self) -> str:
        """Return the id of the mark."""
        return f"page-{self.label}"


def beginnings(pages: Iterable[PrintedPage], files: Mapping[str, str]) -> list[Beginning]:
    """Return where each page begins, in order; `files` gives each id's file.

    Pages before the first anchor, such as the title page, are not told.
    """
    found: list[Beginning] = []
    running = ""
    for page in pages:
        here = [name for name in page.names if name in files]
        name = here[0] if here else running
        if name:
            found.append(Beginning(page.label, files[name], name))
        running = here[-1] if here else running
    return found


def marked(text: str, begin: Iterable[Beginning]) -> str:
    """Return a page of the e-book with the marks of the printed pages that begin in it."""
    for place in reversed(list(begin)):
        mark = (
            f'<span epub:type="pagebreak" role="doc-pagebreak" id="{place.mark}" '
            f'aria-label=" {_("Page %s") % place.label}. "></span>'
        )
        opening = re.compile(
            rf'<[a-z0-9]+(?=[^<>]*\sid="{re.escape(place.element)}")[^<>]*>'
            r"(?:\s*<(?:li|dt)\b[^<>]*>)?"
        )
        text = opening.sub(lambda tag, mark=mark: tag[0] + mark, text, count=1)  # type: ignore[misc]
    return text
