"""The formats that are XML, told by their root element."""

import re

from edition.importer.document import Source
from edition.texts.errors import WitnessError

_FIRST = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+"
    rb"<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL | re.IGNORECASE,
)
_HEAD = 200_000
"""Characters before the root element; licences in comments have some thousands."""
_MARKUP = frozenset("html head body p div span h1 h2 h3 article main section table ul ol".split())


def read_xml(data: bytes, name: str) -> Source | None:
    """Return a document in TEI, JATS, FictionBook or flat ODT; None for a web page or a text.

    Raises WitnessError for XML of another kind.
    """
    first = _FIRST.match(data[:_HEAD])
    root = first[1].decode("ascii", "replace") if first else ""
    if root in ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2", "text"):
        from edition.importer.tei import read_tei

        return read_tei(data)
    if root == "document" and b"<office:text" in data:
        from edition.importer.odt import read_flat_odt

        return read_flat_odt(data)
    if root == "FictionBook":
        from edition.importer.fictionbook import read_fictionbook

        return read_fictionbook(data)
    if root in ("book-part-wrapper", "book-part") or (
        root in ("article", "pmc-articleset", "book")
        and re.search(b"JATS|BITS|<front|<liminaire|<corps|<book-meta|<book-part", data[:_HEAD])
    ):
        from edition.importer.jats import read_jats

        return read_jats(data)
    declared = data[:100].lstrip(b"\xef\xbb\xbf").startswith(b"<?xml")
    if root and root.casefold() not in _MARKUP and (declared or name.casefold().endswith(".xml")):
        raise WitnessError(
            f"{name} is XML, but of a kind that is not known: its root is <{root}>",
            "Give TEI, JATS or FictionBook, or save it as HTML, DOCX or text.",
        )
    return None
