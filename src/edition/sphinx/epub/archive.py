"""The file that a reading system opens: a ZIP archive in the form that EPUB asks for.

Source: EPUB 3.3, "Open Container Format": the entry `mimetype` comes first, uncompressed
and without an extra field, so that the kind of file can be read off its first bytes.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from edition.project.files import replacing

MIMETYPE = "application/epub+zip"

# The first and the last moment that a ZIP archive can tell.
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_LATEST = (2107, 12, 31, 23, 59, 58)


def write_archive(target: Path, entries: Mapping[str, bytes], published: int) -> None:
    """Write the entries, by their paths, as an EPUB; the same input gives the same bytes.

    `published`, in seconds since 1970 (UTC), becomes the time of every entry. The archive
    is written beside the target and then put in its place, so that a failure leaves the
    target as it was. Raises OSError where the folder cannot be written.
    """
    moment = min(max(time.gmtime(published)[:6], _EARLIEST), _LATEST)
    with replacing(target) as beside, ZipFile(beside, "w") as archive:
        archive.writestr(_entry("mimetype", moment, ZIP_STORED), MIMETYPE)
        for name in sorted(entries):
            archive.writestr(_entry(name, moment, ZIP_DEFLATED), entries[name], compresslevel=9)


def _entry(name: str, moment: tuple[int, int, int, int, int, int], method: int) -> ZipInfo:
    entry = ZipInfo(name, moment)
    entry.compress_type = method
    entry.create_system = 3  # Unix, on every machine
    entry.external_attr = 0o644 << 16
    return entry
