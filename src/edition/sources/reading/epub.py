"""EPUB: the spine's text, divided where the print's pages begin (`epub:type="pagebreak"`).

EPUB 3.3 and EPUB Accessibility 1.1: page breaks are marked in the text, and listed in the
navigation document's page-list (in EPUB 2, in the NCX's pageList).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from edition.sources.pages import Page, SourceError
from edition.sources.reading.markup import Event, events

_MOST_BYTES = 256 * 1024 * 1024
_MOST_RATIO = 200
_BLOCKS = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section"})
_HIDDEN = frozenset({"head", "script", "style"})


def read_epub(data: bytes) -> list[Page]:
    """The pages of an EPUB. Without page breaks it is one page without a label."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _pages(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise SourceError(f"a broken EPUB: {error}", "Fetch the file anew.") from None
    except KeyError as error:
        raise SourceError(f"a broken EPUB: {error.args[0]}", "Fetch the file anew.") from None


def _pages(archive: zipfile.ZipFile) -> list[Page]:
    _guard(archive)
    if "META-INF/encryption.xml" in archive.namelist() and _locked(archive):
        raise SourceError("the EPUB is encrypted", "Give a copy without copy protection.")
    package = _package_path(archive)
    documents, lists = _spine(archive, package)
    listed = _page_list(archive, lists)
    pages: list[tuple[str | None, list[str]]] = [(None, [])]
    for path in documents:
        for piece in _text(archive.read(path), path, listed):
            if isinstance(piece, str):
                pages[-1][1].append(piece)
            else:
                pages.append((piece[0], []))
        pages[-1][1].append("\n")
    found = [Page(label, "".join(text).strip()) for label, text in pages]
    return found if found[0].text or len(found) == 1 else found[1:]


def _guard(archive: zipfile.ZipFile) -> None:
    whole = sum(member.file_size for member in archive.infolist())
    packed = sum(member.compress_size for member in archive.infolist()) or 1
    if whole > _MOST_BYTES or (whole > 1 << 24 and whole / packed > _MOST_RATIO):
        raise SourceError(
            f"the archive would unpack to {whole / 1e6:.0f} MB from {packed / 1e6:.1f} MB",
            "This is not a book; fetch the file anew.",
        )


def _locked(archive: zipfile.ZipFile) -> bool:
    """Whether more than the fonts is encrypted."""
    locked = [
        event.attributes.get("URI", "")
        for event in events(archive.read("META-INF/encryption.xml"))
        if event.kind == "start" and event.value == "CipherReference"
    ]
    return any(re.search(r"\.(x?html?|xml|opf)$", path) for path in locked)


def _package_path(archive: zipfile.ZipFile) -> str:
    for event in events(archive.read("META-INF/container.xml")):
        if event.kind == "start" and event.value == "rootfile":
            return event.attributes.get("full-path", "")
    raise SourceError("a broken EPUB: no package document", "Fetch the file anew.")


def _spine(archive: zipfile.ZipFile, package: str) -> tuple[list[str], list[str]]:
    """The documents in reading order, and those that may hold a list of pages."""
    folder = posixpath.dirname(package)
    paths: dict[str, str] = {}
    order: list[str] = []
    lists: list[str] = []
    for event in events(archive.read(package)):
        given = event.attributes
        if event.kind == "start" and event.value == "item":
            path = posixpath.normpath(posixpath.join(folder, unquote(given.get("href", ""))))
            paths[given.get("id", "")] = path
            if "nav" in given.get("properties", "").split() or "ncx" in given.get("media-type", ""):
                lists.append(path)
        elif event.kind == "start" and event.value == "itemref":
            order.append(given.get("idref", ""))
    return [paths[name] for name in order if name in paths], lists


def _page_list(archive: zipfile.ZipFile, lists: list[str]) -> dict[str, str]:
    """The labels by place (`path#id`), from the page-list or the NCX."""
    found: dict[str, str] = {}
    for path in lists:
        inside, place, label = 0, "", ""
        for event in events(archive.read(path)):
            given = event.attributes
            if event.kind == "start":
                if inside or given.get("type") == "page-list" or event.value == "pageList":
                    inside += 1
                if inside and event.value in ("a", "content"):
                    place = given.get("href") or given.get("src", "")
            elif event.kind == "text" and inside:
                label += event.value
            elif inside:
                inside -= 1
                if event.value in ("a", "pageTarget") and label.strip():
                    target = posixpath.join(posixpath.dirname(path), unquote(place))
                    found[posixpath.normpath(target)] = label.strip()
                    label = ""
    return found


def _text(data: bytes, path: str, listed: dict[str, str]) -> Iterator[str | tuple[str | None]]:
    """Pieces of text and, as a tuple, the labels of the pages that begin between them."""
    hidden = 0
    inside_break = 0
    for event in events(data, html=False):
        if event.kind == "text":
            if not hidden and not inside_break:
                yield re.sub(r"\s+", " ", event.value)
            continue
        if event.value in _HIDDEN:
            hidden += 1 if event.kind == "start" else -1
        if inside_break:
            inside_break += 1 if event.kind == "start" else -1
        elif event.kind == "start":
            known = listed.get(f"{path}#{event.attributes.get('id', '')}")
            if known or _is_break(event):
                yield (
                    known or event.attributes.get("title") or event.attributes.get("aria-label"),
                )
                # A break's own content is its label; an element that a list names is text.
                inside_break = 1 if _is_break(event) else 0
        if event.value in _BLOCKS:
            yield "\n"


def _is_break(event: Event) -> bool:
    given = event.attributes
    return "pagebreak" in given.get("type", "").split() or given.get("role") == "doc-pagebreak"
