"""Files read and written safely: regular files of a bounded size, replaced whole, one at a time.

A reader sees what a file was or what it is, never half of it; where the disk is full or the
program is broken off, it stays what it was. A writer that reads a file first holds its lock
from the reading to the replacing, so that two writers lose nothing.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

MOST_BYTES = 100_000_000
"""The largest file that is read: ten times the largest single text in the benchmark's sources."""

_UNFINISHED = re.compile(r"\..*\.[0-9a-f]{8}\.edition-unfinished")
_CHUNK = 1_000_000
_OLD = 3600  # seconds: no file is written for so long


def read_file(file: Path, limit: int = MOST_BYTES) -> bytes:
    """Return the content of a regular file.

    Raises OSError for a file that cannot be opened, is no regular file (a pipe or a device would
    be waited for, or never end) or has more than `limit` bytes; it names the file.
    """
    # Without O_NONBLOCK a pipe that nobody writes to would be waited for.
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as stream:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(file))
        # Of its own size, for room for as much as is asked for is taken at once. Some files of
        # the system call themselves regular, of no size, or have nothing to give yet.
        size = status.st_size
        content = b"" if size > limit else stream.read(size + 1) or b""
        while len(content) > size and len(content) <= limit and (more := stream.read(_CHUNK)):
            content += more
    if max(size, len(content)) > limit:
        raise OSError(errno.EFBIG, f"larger than {limit // 1_000_000} MB", str(file))
    return content


def read_text_file(file: Path, encoding: str = "utf-8") -> str:
    """Return the text of a regular file, its line ends as they are in Python.

    Raises OSError as `read_file` does, and UnicodeDecodeError.
    """
    return read_file(file).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def locked(folder: Path, name: str, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a file of a project; call `waiting` once if another process holds it.

    The lock is a file of that name in `folder`, which is made; it may be deleted.
    """
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """Yield an empty file beside `file`, put in its place when the block ends; dropped if it fails.

    A symbolic link stays one, and what it leads to is replaced, if that is a regular file: a
    device is nothing of ours. The permissions are those of the file replaced, or what the user
    gives new files. An OSError names `file`.
    """
    target = Path(os.path.realpath(file))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(file))
    beside = unfinished(target)
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


def unfinished(target: Path) -> Path:
    """Return a name beside `target` for what is to take its place."""
    _clear(target.parent)
    # Of a long name so much that the whole is none too long.
    begun = target.name.encode("utf-8", "surrogateescape")[:99].decode("utf-8", "ignore")
    return target.with_name(f".{begun}.{os.urandom(4).hex()}.edition-unfinished")


@cache
def _clear(folder: Path) -> None:
    """Delete what another writer, ended by force, left unfinished in a folder an hour ago.

    Looked for once, not before each of a thousand files.
    """
    with suppress(OSError):
        for name in filter(is_unfinished, os.listdir(folder)):
            left = folder / name
            if time.time() - left.lstat().st_mtime <= _OLD:
                continue
            if left.is_dir() and not left.is_symlink():
                import shutil  # seldom needed, and slow to import

                shutil.rmtree(left)
            else:
                left.unlink()


def is_unfinished(name: str) -> bool:
    """Tell whether a name is one that `unfinished` gives."""
    return _UNFINISHED.fullmatch(name) is not None


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


def move_all(places: Mapping[Path, Path]) -> None:
    """Move files to places where there is nothing, all or none. Raises FileExistsError."""
    taken: list[Path] = []
    try:
        for place in places.values():
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb"):  # from now on it is nobody else's
                taken.append(place)
        for file, place in places.items():
            file.replace(place)
    except BaseException:
        for place in taken:
            with suppress(OSError):
                place.unlink()
        raise


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
