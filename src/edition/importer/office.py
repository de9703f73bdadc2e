"""DOCX and ODT prepared for pandoc; their pictures."""

import io
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from edition.importer.docx import PARSER, Items, default_language, sign_docx, word_sources
from edition.importer.odt import sign_odt

_TEXT_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")


def prepared(data: bytes, kind: str) -> tuple[bytes, Items]:
    """Return a document with signs in its text, and the citations that the signs number.

    Raises lxml's errors where a part is no XML.
    """
    items: Items = []
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if kind == "docx":
            sources = word_sources(archive)
            language = default_language(archive, names)
            for name in _TEXT_PARTS:
                if name in names:
                    root = etree.fromstring(archive.read(name), PARSER)
                    sign_docx(root, items, sources, language)
                    changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        else:
            root = etree.fromstring(archive.read("content.xml"), PARSER)
            styles = etree.fromstring(archive.read("styles.xml"), PARSER)
            sign_odt(root, styles, items)
            changed["content.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return _rewritten(archive, changed), items


def _rewritten(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return an archive with parts replaced, without macros and without pictures."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for part in archive.infolist():
            if part.filename.endswith((".bin", "/")):
                continue
            content = changed.get(part.filename)
            new.writestr(part.filename, archive.read(part) if content is None else content)
    return out.getvalue()


def pictures(data: bytes, wanted: Iterator[str]) -> dict[str, bytes]:
    """Return the files of the pictures that a text shows, by the names that it gives them."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        for address in wanted:
            inside = next((n for n in names if n == address or n.endswith("/" + address)), None)
            if inside is not None:
                found[address] = archive.read(inside)
    return found
