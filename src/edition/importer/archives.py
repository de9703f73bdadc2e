"""Archives that would swell, reach outside themselves or define entities are refused."""

import re
import zipfile
from pathlib import PurePosixPath

from edition.texts.errors import WitnessError

_MOST_UNPACKED = 60_000_000
_MOST_RATIO = 200
_MOST_PARTS = 5_000
_MANIFEST = "META-INF/manifest.xml"
_SUBSET = re.compile(rb"<!DOCTYPE[^>]*\[")
_UNREAD = re.compile(r"(?:Basic|__MACOSX|Configurations2|Scripts|Dialogs)/")
"""Folders of an archive that nothing reads."""


def refuse_hostile(archive: zipfile.ZipFile, name: str) -> None:
    """Raise WitnessError for an archive that must not be unpacked."""
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or total > _MOST_UNPACKED:
        raise WitnessError(
            f"{name} would unpack to {total // 1_000_000} MB in {len(parts)} files",
            "It is refused.",
        )
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0:1]:
            raise WitnessError(
                f"{name} holds a file outside itself: {part.filename}", "It is refused."
            )
        if part.file_size > 1_000_000 and part.file_size > _MOST_RATIO * max(1, part.compress_size):
            times = part.file_size // max(1, part.compress_size)
            raise WitnessError(f"{name}: {part.filename} swells {times} times", "It is refused.")
        if part.flag_bits & 1:
            raise WitnessError(f"{name} is encrypted", "Save it without a password.")
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise WitnessError(f"{name} is encrypted", "Save it without a password.")
    for part in parts:
        read = part.filename.endswith((".xml", ".rels", ".opf", ".ncx"))
        if read and not _UNREAD.match(part.filename):
            head = archive.read(part)
            if b"<!ENTITY" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in head[:64]:
                raise WitnessError(f"{name}: {part.filename} defines entities", "It is refused.")
            if _SUBSET.search(head) and not part.filename.endswith((".ncx", ".opf")):
                raise WitnessError(f"{name}: {part.filename} has a document type", "It is refused.")
