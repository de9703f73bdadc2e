"""Sources read from their files, each once, and what of them cannot be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from edition.formats.page_labels import label_remarks, printed_labels
from edition.formats.pages import NoTextError, Page, Source, SourceError
from edition.formats.reading import LARGEST, read_pages
from edition.verify.cache import Cache
from edition.verify.folder import Problem, SourceFiles

_PAYS = 4_000_000  # bytes for which another process pays


def read_sources(
    found: Sequence[SourceFiles],
    cache: Cache | None = None,
    marks: Sequence[str] = (),
    *,
    workers: int | None = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[list[Source], list[Problem]]:
    """Read the sources, in their order; what cannot be read is a problem and stops no other.

    With a cache, a file that was read before is not read again: work that was broken off goes
    on where it was. Without a number of `workers`, there are as many as there is work for.
    `progress` is told how many of how many are done.
    """
    if workers is None:
        large = sum(_size(source) for source in found) // _PAYS
        workers = max(1, min(os.cpu_count() or 1, large, len(found)))
    results: dict[int, Source | Problem] = {}

    def keep(number: int, result: Source | Problem) -> None:
        results[number] = result
        progress(len(results), len(found))

    if workers > 1 and len(found) > 1:
        _read_together(found, cache, marks, workers, keep)
    else:
        for number, source in enumerate(found):
            keep(number, read_source(source, cache, marks))
    ordered = [results[number] for number in range(len(found))]
    return (
        [result for result in ordered if isinstance(result, Source)],
        [result for result in ordered if isinstance(result, Problem)],
    )


def _read_together(
    found: Sequence[SourceFiles],
    cache: Cache | None,
    marks: Sequence[str],
    workers: int,
    keep: Callable[[int, Source | Problem], None],
) -> None:
    left = set(range(len(found)))
    try:
        with ProcessPoolExecutor(workers) as pool:
            # The largest first, so that none is left alone at the end.
            order = sorted(left, key=lambda number: -_size(found[number]))
            waiting = {pool.submit(read_source, found[n], cache, marks): n for n in order}
            try:
                for done in as_completed(waiting):
                    keep(waiting[done], done.result())
                    left.discard(waiting[done])
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return
    except BrokenProcessPool:
        pass
    # One of them is too much for a process: each in its own, so that no other suffers.
    for number in sorted(left):
        try:
            with ProcessPoolExecutor(1) as pool:
                keep(number, pool.submit(read_source, found[number], cache, marks).result())
        except BrokenProcessPool:
            problem = Problem(
                _shown(found[number]),
                "the process that read it was ended, for want of memory perhaps",
                "Divide the file, or give the text in another format.",
            )
            keep(number, problem)


def _size(source: SourceFiles) -> int:
    total = 0
    for file in source.files:
        with suppress(OSError):
            total += file.stat().st_size
    return total


def _shown(found: SourceFiles) -> str:
    return "/".join(found.files[0].parts[-2:]) if found.volume else found.files[0].name


def read_source(found: SourceFiles, cache: Cache | None, marks: Sequence[str]) -> Source | Problem:
    """Return one source from its files; of several, those without a word are blank pages."""
    shown = _shown(found)
    digests: list[str] = []
    pages: list[Page] = []
    for file in found.files:
        several = len(found.files) > 1
        named = "/".join(file.parts[-2:]) if several else shown
        try:
            digest, inside = _read_file(file, cache, marks)
        except NoTextError as error:
            if not several:
                return Problem(named, error.message, error.hint)
            digest, inside = sha256(b"").hexdigest(), [Page(None, "")]
        except SourceError as error:
            return Problem(named, error.message, error.hint)
        except (MemoryError, RecursionError):
            hint = "Divide the file into volumes in a folder."
            return Problem(named, "too large to be read", hint)
        digests.append(digest)
        pages += inside
    if not any(page.text for page in pages):
        return Problem(
            found.files[0].parent.name,
            "none of the files holds text",
            "Put the text of the work into them.",
        )
    if len(found.files) > 1 and not any(page.label for page in pages):
        labels = printed_labels([page.text for page in pages])
        pages = [Page(label, page.text) for label, page in zip(labels, pages, strict=True)]
    whole = digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()
    return Source(
        key=found.key,
        volume=found.volume,
        path=shown,
        pages=tuple(pages),
        digest=whole,
        remarks=label_remarks(pages),
    )


def _read_file(file: Path, cache: Cache | None, marks: Sequence[str]) -> tuple[str, list[Page]]:
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("not a file that can be read", "Put a file or a folder there.")
        size = status.st_size
        if size > LARGEST:
            raise SourceError(
                f"{size / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} MB are read",
                "Divide it into volumes in a folder, or take the pictures out of it.",
            )
        data = file.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}", "Make it readable.") from None
    digest = sha256(data).hexdigest()
    name = sha256("\0".join((digest, file.suffix.lower(), *marks)).encode()).hexdigest()
    if cache:
        known = cache.pages(name)
        if known is not None:
            return digest, known
    pages = read_pages(file.name, data, marks)
    if cache:
        cache.keep_pages(name, pages)
    return digest, pages
