"""Sources read from their files, each once, and what of them cannot be read."""

import os
import stat
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path

from edition.formats.page_labels import label_remarks, printed_labels
from edition.formats.pages import NoTextError, Page, Source, SourceError
from edition.formats.reading import LARGEST, READER
from edition.project.worker import ReadingError, TooLongError, Workers
from edition.verify.cache import Cache
from edition.verify.folder import Problem, SourceFiles

_PAYS = 4_000_000  # bytes for which another process pays
_MOST_AT_ONCE = 3  # processes, among which the memory is divided


class _ShortError(Exception):
    """A file that wants more memory than one process of several has."""


Reading = tuple[list[Source], list[Problem]]
"""The sources that were read, and what could not be."""


def read_sources(
    found: Sequence[SourceFiles],
    cache: Cache | None = None,
    marks: Sequence[str] = (),
    *,
    workers: int | None = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Reading:
    """Read the sources, in their order; what cannot be read is a problem and stops no other.

    With a cache, a file that was read before is not read again: work that was broken off goes
    on where it was. Without a number of `workers`, there are as many as there is work for.
    `progress` is called with the number of sources that are done, and of all.
    """
    if workers is None:
        large = sum(_size(source) for source in found) // _PAYS
        workers = max(1, min(os.cpu_count() or 1, large, len(found), _MOST_AT_ONCE))
    results: dict[int, Source | Problem] = {}
    short: list[int] = []
    with Workers(workers) as readers, ThreadPoolExecutor(workers) as pool:
        # The largest first, so that none is left alone at the end.
        order = sorted(range(len(found)), key=lambda number: -_size(found[number]))
        waiting = {pool.submit(read_source, found[n], cache, marks, readers): n for n in order}
        try:
            for done in as_completed(waiting):
                try:
                    results[waiting[done]] = done.result()
                except _ShortError:
                    short.append(waiting[done])
                progress(len(results), len(found))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    with Workers(1) as alone:
        for number in short:
            results[number] = read_source(found[number], cache, marks, alone)
            progress(len(results), len(found))
    ordered = [results[number] for number in range(len(found))]
    return (
        [result for result in ordered if isinstance(result, Source)],
        [result for result in ordered if isinstance(result, Problem)],
    )


def _size(source: SourceFiles) -> int:
    total = 0
    for file in source.files:
        with suppress(OSError):
            total += file.stat().st_size
    return total


def read_source(
    found: SourceFiles, cache: Cache | None, marks: Sequence[str], readers: Workers
) -> Source | Problem:
    """Return one source from its files; of several, those without a word are blank pages."""
    first = found.files[0]
    shown = "/".join(first.parts[-2:]) if found.volume else first.name
    digests: list[str] = []
    pages: list[Page] = []
    for file in found.files:
        several = len(found.files) > 1
        named = "/".join(file.parts[-2:]) if several else shown
        try:
            digest, inside = _read_file(file, cache, marks, readers)
        except NoTextError as error:
            if not several:
                return Problem(named, error.message, error.hint)
            digest, inside = sha256(b"").hexdigest(), [Page(None, "")]
        except SourceError as error:
            return Problem(named, error.message, error.hint)
        digests.append(digest)
        pages += [replace(page, file=file.name) for page in inside] if several else inside
    if not any(page.text for page in pages):
        return Problem(
            found.files[0].parent.name,
            "none of the files holds text",
            "Put the text of the work into them.",
        )
    if len(found.files) > 1 and not any(page.label for page in pages):
        labels = printed_labels([page.text for page in pages])
        pages = [replace(p, label=label) for label, p in zip(labels, pages, strict=True)]
    whole = digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()
    return Source(
        key=found.key,
        volume=found.volume,
        path=shown,
        pages=tuple(pages),
        digest=whole,
        remarks=label_remarks(pages),
        files=tuple(file.name for file in found.files) if len(found.files) > 1 else (),
        taken_for=found.taken_for,
        extract=found.extract,
    )


def _read_file(
    file: Path, cache: Cache | None, marks: Sequence[str], readers: Workers
) -> tuple[str, list[Page]]:
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("not a file that can be read", "Put a file or a folder there.")
        if not status.st_size:  # some files of the system say so and would be waited for
            raise NoTextError("the file is empty", "Put the text of the work into it.")
        if status.st_size > LARGEST:
            raise SourceError(
                f"{status.st_size / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} MB are read",
                "Divide it into volumes in a folder, or take the pictures out of it.",
            )
        with file.open("rb") as opened:
            digest = file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", "Make it readable.") from None
    name = sha256("\0".join((digest, file.suffix.lower(), *marks)).encode()).hexdigest()
    known = cache.pages(name) if cache else None
    if known is not None:
        return digest, known
    try:
        pages = readers.ask(READER, file, list[Page], marks=list(marks))
    except ReadingError as error:
        if readers.count > 1 and not isinstance(error, TooLongError):
            raise _ShortError from error
        raise SourceError(error.message, error.hint) from None
    if cache:
        cache.keep_pages(name, pages)
    return digest, pages
