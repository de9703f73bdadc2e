"""A whole import, as a process of its own carries it out: from a file to MyST."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from edition.importer.document import Source
from edition.importer.importing import Imported, import_source
from edition.model import Quotation, Work
from edition.texts.apparatus import Apparatus
from edition.texts.fingerprint import Fingerprint

READER = f"{__name__}:import_document"
SECONDS_PER_MEGABYTE = 90.0
"""What a document may take: pandoc read 0.63 MB of DOCX, 1,500 pages with 10,000 notes, in 34 s."""


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


def import_document(name: str, data: bytes, asked: Asked) -> Done:
    """Read a document and turn it into MyST."""
    # Imported here: the command shows its help without the extra that reads documents.
    from edition.importer.input_formats import read_source

    source = read_source(data, name)
    imported = import_source(source, **{f.name: getattr(asked, f.name) for f in fields(asked)})
    return Done(replace(source, text="", tree=None), imported)
