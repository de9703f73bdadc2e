"""Files written whole: beside their place first, then put there.

Whoever reads a file sees what it was or what it is, never half of it; and where the disk is
full or the program is broken off, it stays what it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """Yield an empty file beside `file`, put in its place when the block ends; dropped if it fails.

    A symbolic link stays one, and what it leads to is replaced. The permissions are those of
    the file replaced, or what the user gives new files. An OSError names `file`.
    """
    target = file.resolve()
    beside = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        yield beside
        beside.replace(target)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError) and error.filename in (beside, str(beside)):
            error.filename, error.filename2 = str(file), None
        raise


def replace_file(file: Path, data: bytes, *, lasting: bool = True) -> None:
    """Replace a file's content. `lasting`: it is on the disk when this returns."""
    with replacing(file) as beside:
        _write(beside, data, lasting=lasting)


def replace_files(files: Mapping[Path, bytes]) -> None:
    """Write all files, then put all in their places, in order; where one fails, none changes."""
    with ExitStack() as waiting:
        # The last one entered is the first to be put in its place.
        for file, data in reversed(list(files.items())):
            _write(waiting.enter_context(replacing(file)), data, lasting=True)


def _write(file: Path, data: bytes, *, lasting: bool) -> None:
    try:
        with file.open("wb") as stream:
            stream.write(data)
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
    except OSError as error:
        error.filename = error.filename or str(file)
        raise
