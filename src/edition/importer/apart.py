"""A whole import, as a process of its own carries it out: from a file to MyST."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from edition.importer.document import Source
from edition.importer.importing import Imported, import_source
from edition.model import Quotation, Work
from edition.texts.apparatus import Apparatus
from edition.texts.fingerprint import Fingerprint

READER = f"{__name__}:import_document"
# Seconds for a megabyte of text: each reference is held against each work of the bibliography. Of
# 3,000 works, a text with 3 references in each 800 letters took .22 s for a thousand letters.
_OF_TEXT, _OF_WORKS = 60.0, 0.25
_PACKED = 6  # times its size: 0.63 MB of DOCX, 1,500 pages with 10,000 notes, were 3.7 MB of text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an import is told, as `import_source` is."""

    works: Mapping[str, Work] = field(default_factory=dict)
    options: frozenset[str] = frozenset()
    style: str = ""
    keep: bool = False
    show_changes: bool = False
    apparatus: Apparatus | None = None
    known: tuple[Fingerprint, ...] = ()
    quoted: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What an import gives; the source is without its text and tree."""

    source: Source
    imported: Imported


def seconds_per_megabyte(data: bytes, works: int) -> float:
    """Return what a document may take with so many works in the bibliography."""
    return (_OF_TEXT + _OF_WORKS * works) * (_PACKED if data.startswith(b"PK") else 1)


def import_document(name: str, data: bytes, asked: Asked) -> Done:
    """Read a document and turn it into MyST."""
    # Imported here: the command shows its help without the extra that reads documents.
    from edition.importer.input_formats import read_source

    source = read_source(data, name)
    imported = import_source(source, **{f.name: getattr(asked, f.name) for f in fields(asked)})
    return Done(replace(source, text="", tree=None), imported)
