"""What the book's pages are found to hold: links, pictures, headings, kinds of content.

The pages are read back as XML, as a reading system will read them. So a book takes in what
its pages use and nothing else, and says of itself only what was seen in it.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}svg"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XLINK = "{http://www.w3.org/1999/xlink}href"

# Elements that the mark of a printed page's beginning can be in, in a list within the first item.
_MARKABLE = frozenset(
    "section div p span figure ol ul dl li dd dt blockquote aside h1 h2 h3 h4 h5 h6".split()
)
# How many words of a passage the contents give.
_OPENING = 5
_CSS_URL = re.compile(r"""url\(\s*(['"]?)(.*?)\1\s*\)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a page cannot go into the book; `line` is a line of the page, if known."""

    page: str
    message: str
    hint: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the book. Paths are relative to the book's root.

    `links` are the pages that it leads to, `resources` the files that it shows or is styled
    by, `remote` the addresses of what it would have to fetch. `elements` are the names of
    the elements that occur, `classes` and `types` the values of `class` and `epub:type`,
    `languages` those of `lang`, the page's own among them, `ids` those of
    `id` on elements that can hold words, `passages` the ids of passages with a title for each.
    """

    path: str
    title: str
    links: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    elements: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    ids: tuple[str, ...] = ()
    passages: tuple[tuple[str, str], ...] = ()
    pictures_described: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The pages in reading order, those that only links lead to, and all other files."""

    pages: tuple[Page, ...]
    beside: tuple[Page, ...]
    resources: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def every_page(self) -> tuple[Page, ...]:
        """Return all pages, those in reading order first."""
        return self.pages + self.beside


def read_page(path: str, text: str) -> Page:
    """Read a page of XHTML.

    Raises ElementTree.ParseError, with its place, where the page is not well-formed XML.
    """
    root = ElementTree.fromstring(text)  # noqa: S314  our own page, just written
    links: list[str] = []
    resources: list[str] = []
    remote: list[str] = []
    for element in root.iter():
        for name, address in _addresses(element):
            parts = urlsplit(address)
            shown = element.tag != f"{XHTML}a"
            if parts.scheme or parts.netloc:
                if shown and name != "cite" and parts.scheme != "data":
                    remote.append(address)
            elif parts.path:
                inner = posixpath.join(posixpath.dirname(path), unquote(parts.path))
                (resources if shown else links).append(posixpath.normpath(inner))
    return Page(
        path=path,
        title="".join(root.findtext(f".//{XHTML}title") or ""),
        links=tuple(dict.fromkeys(links)),
        resources=tuple(dict.fromkeys(resources)),
        remote=tuple(dict.fromkeys(remote)),
        elements=frozenset(map(_name, root.iter())),
        classes=_words(root, "class"),
        types=_words(root, EPUB_TYPE),
        languages=_words(root, "lang"),
        ids=tuple(
            e.attrib["id"] for e in root.iter() if "id" in e.attrib and _name(e) in _MARKABLE
        ),
        passages=tuple(_passages(root)),
        pictures_described=all(_described(e) for e in root.iter(f"{XHTML}img"))
        and all(e.get("aria-label") or e.get("aria-hidden") == "true" for e in root.iter(SVG)),
    )


def _passages(root: ElementTree.Element) -> Iterable[tuple[str, str]]:
    """Yield each passage with its number and first words."""
    for element in root.iter():
        classes = element.get("class", "").split()
        if "id" in element.attrib and ("passage" in classes or "cited-passage" in classes):
            number, *words = _text(element).split()[: _OPENING + 1] or [""]
            yield element.attrib["id"], f"{number}\N{EN SPACE}{' '.join(words)} …"


def _text(element: ElementTree.Element) -> str:
    """Return the words of a passage: its number, and what is in its paragraphs."""
    number = next(
        (e for e in element.iter() if e.get("class", "").endswith("passage-number")), None
    )
    first = element.find(f".//{XHTML}p")
    words = "".join(_words_of_text(element if first is None else first))
    shown = next(number.itertext(), "") if number is not None else ""
    return f"{shown} {words.strip().removeprefix(shown)}"


def _words_of_text(element: ElementTree.Element) -> Iterator[str]:
    """Yield the words within an element without the numbers of quotations."""
    if "quotation-number" not in element.get("class", "").split():
        yield element.text or ""
        for child in element:
            yield from _words_of_text(child)
            yield child.tail or ""


def _addresses(element: ElementTree.Element) -> Iterable[tuple[str, str]]:
    for name in ("href", "src", "data", "poster", XLINK):
        if name in element.attrib:
            yield name, element.attrib[name]


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(root: ElementTree.Element, attribute: str) -> frozenset[str]:
    return frozenset(word for e in root.iter() for word in e.get(attribute, "").split())


def _described(picture: ElementTree.Element) -> bool:
    """Return whether a picture has an alternative text, or an empty one as decoration.

    Sphinx writes the file's path where the source gives no text at all.
    """
    text = picture.get("alt")
    return text is not None and (not text or text != picture.get("src"))


def resources_of_style(path: str, text: str) -> list[str]:
    """Return the files that a style sheet asks for, such as fonts; not those on other sites."""
    addresses = [unquote(urlsplit(m[2]).path) for m in _CSS_URL.finditer(text) if ":" not in m[2]]
    folder = posixpath.dirname(path)
    return [posixpath.normpath(posixpath.join(folder, inner)) for inner in addresses if inner]


def read_book(spine: Iterable[str], read: Callable[[str], bytes | None]) -> Book:
    """Read the pages of the spine, and whatever can be reached from them.

    `read` gives the bytes of a file of the book, and None where there is none.
    """
    in_order = list(dict.fromkeys(spine))
    pages: dict[str, Page] = {}
    faults: list[Fault] = []
    waiting = list(in_order)
    while waiting:
        path = waiting.pop(0)
        if path not in pages:
            pages[path] = page = _page(path, read(path), faults)
            faults += _missing(page, read)
            waiting += [link for link in page.links if link.endswith(".xhtml") and read(link)]
    used = {resource for page in pages.values() for resource in page.resources}
    for style in sorted(name for name in used if name.endswith(".css")):
        used.update(resources_of_style(style, (read(style) or b"").decode("utf-8", "replace")))
    return Book(
        pages=tuple(pages[path] for path in in_order),
        beside=tuple(pages[path] for path in sorted(pages.keys() - set(in_order))),
        resources=tuple(sorted(used)),
        faults=tuple(faults),
    )


def _page(path: str, data: bytes | None, faults: list[Fault]) -> Page:
    try:
        return read_page(path, (data or b"").decode("utf-8"))
    except ElementTree.ParseError as error:
        message = f"the page is not well-formed XML: {error}"
        hint = "Write it in Markdown; raw HTML must close every element, as in <br/>."
        faults.append(Fault(page=path, message=message, hint=hint, line=error.position[0]))
        return Page(path=path, title="")


def _missing(page: Page, read: Callable[[str], bytes | None]) -> Iterable[Fault]:
    for name in page.resources:
        if read(name) is None:
            yield Fault(
                page=page.path,
                message=f"the page shows {name}, which is not in the book",
                hint="Give pictures in Markdown, ![…](file.png), with a path that exists.",
            )
    for address in page.remote:
        yield Fault(
            page=page.path,
            message=f"the page would fetch {address}, and a book must hold all that it shows",
            hint="Keep a copy of the file beside the source.",
        )
    for link in page.links:
        if read(link) is None:
            yield Fault(
                page=page.path,
                message=f"the page leads to {link}, which is not in the book",
                hint="Link to a document of the edition, or to a web address.",
            )


def unpackable(
    book: Book, cover: str, read: Callable[[str], bytes | None], suffixes: Iterable[str]
) -> Iterable[Fault]:
    """Yield a fault for each file that a book cannot hold, and for a cover that is missing."""
    known = sorted(suffixes)
    if cover and read(cover) is None:
        hint = "Give epub_cover a path such as _static/cover.png."
        yield Fault(page="conf.py", message=f"there is no cover {cover}", hint=hint)
    for name in filter(None, [*book.resources, cover]):
        if PurePosixPath(name).suffix.lower() not in known:
            page = next((p.path for p in book.every_page if name in p.resources), "conf.py")
            hint = f"Use one of {', '.join(known)}."
            yield Fault(page=page, message=f"a book cannot hold {name}", hint=hint)
