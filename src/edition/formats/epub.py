"""EPUB: the spine's text, divided where the print's pages begin (`epub:type="pagebreak"`).

EPUB 3.3 and EPUB Accessibility 1.1: page breaks are marked in the text, and listed in the
navigation document's page-list (in EPUB 2, in the NCX's pageList).
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote

from edition.formats.html import gather, pieces
from edition.formats.markup_events import events
from edition.formats.pages import Page, SourceError

_MOST_BYTES = 256 * 1024 * 1024
_MOST_RATIO = 200
DAMAGED = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, KeyError, ValueError,
    struct.error, zlib.error,
)  # fmt: skip
"""What reading a broken archive may raise."""


class Part(NamedTuple):
    """A document of an EPUB's spine: its path, and whether it is a table of contents."""

    path: str
    is_navigation: bool


def read_epub(data: bytes) -> list[Page]:
    """Return the pages of an EPUB. Without page breaks it is one page without a label."""
    with open_epub(data) as (archive, parts, lists):
        listed = _page_list(archive, lists)
        flow = ((*pieces(archive.read(p.path), p.path, listed), "\n") for p in parts)
        return gather(chain.from_iterable(flow))


@contextmanager
def open_epub(data: bytes) -> Iterator[tuple[zipfile.ZipFile, list[Part], list[str]]]:
    """Open an EPUB: its archive, the parts of its spine, the documents that may list pages.

    Raises SourceError, also for what goes wrong while the archive is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _guard(archive)
            if "META-INF/encryption.xml" in archive.namelist() and _locked(archive):
                raise SourceError("the EPUB is encrypted", "Give a copy without copy protection.")
            yield archive, *_spine(archive, _package_path(archive))
    except DAMAGED as error:
        reason = error.args[0] if isinstance(error, KeyError) else error
        raise SourceError(f"a broken EPUB: {reason}", "Fetch the file anew.") from None


def _guard(archive: zipfile.ZipFile) -> None:
    whole = sum(member.file_size for member in archive.infolist())
    packed = sum(member.compress_size for member in archive.infolist()) or 1
    if whole > _MOST_BYTES or (whole > 1 << 24 and whole / packed > _MOST_RATIO):
        raise SourceError(
            f"the archive would unpack to {whole / 1e6:.0f} MB from {packed / 1e6:.1f} MB",
            "This is not a book; fetch the file anew.",
        )


def _locked(archive: zipfile.ZipFile) -> bool:
    """Return whether more than the fonts is encrypted."""
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


def _spine(archive: zipfile.ZipFile, package: str) -> tuple[list[Part], list[str]]:
    """Return the parts in reading order, each once, and the documents that may list pages."""
    folder = posixpath.dirname(package)
    items: dict[str, Part] = {}
    parts: dict[str, Part] = {}
    lists: list[str] = []
    for event in events(archive.read(package)):
        given = event.attributes
        if event.kind == "start" and event.value == "item":
            path = posixpath.normpath(posixpath.join(folder, unquote(given.get("href", ""))))
            is_navigation = "nav" in given.get("properties", "").split()
            items[given.get("id", "")] = Part(path, is_navigation)
            if is_navigation or "ncx" in given.get("media-type", ""):
                lists.append(path)
        elif event.kind == "start" and event.value == "itemref":
            part = items.get(given.get("idref", ""))
            if part:
                parts.setdefault(part.path, part)
    return list(parts.values()), lists


def _page_list(archive: zipfile.ZipFile, lists: list[str]) -> dict[str, str]:
    """Return the labels by place (`path#id`), from the page-list or the NCX."""
    found: dict[str, str] = {}
    for path in lists:
        inside, place, label = 0, "", ""
        for event in events(archive.read(path)):
            given = event.attributes
            if event.kind == "start":
                if inside or given.get("type") == "page-list" or event.value == "pageList":
                    inside += 1
                if inside and event.value in ("a", "pageTarget"):
                    label = ""
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
