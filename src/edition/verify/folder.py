"""The folder of sources: which files are the text of which work, each read once.

A file `KEY.txt` (or .pdf, .epub, …) is the work with that citation key. A folder `KEY/` holds a
work in several files: volumes where their names end in a number or carry one after `vol`
(`vol-2.pdf`, `ii.txt`), else its pages in the order of their names.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from edition.verify.cache import Cache
from edition.verify.formats import LARGEST, SUFFIXES, read_pages
from edition.verify.labels import label_remarks, label_runs, number_of, printed_labels
from edition.verify.pages import NoTextError, Page, Source, SourceError

_VOLUME = re.compile(r"(?:^|[^a-z])(?:vol(?:ume)?|bd|band|t(?:ome)?|v)[\s._-]*(\d+|[ivx]+)$", re.I)
_BARE = re.compile(r"(\d{1,2}|[ivx]+)$", re.I)
_PAYS = 4_000_000  # bytes for which another process pays
_MANY = 12  # so many files of a folder are pages, not volumes


@dataclass(frozen=True, slots=True)
class Problem:
    """A source that was not read, or not as it stands there: which, why, and what to do."""

    path: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Files that are one source: a work, or a volume of it."""

    key: str
    volume: str | None
    files: tuple[Path, ...]


def find_sources(folder: Path, keys: Iterable[str]) -> tuple[list[Found], list[Problem]]:
    """The sources in a folder for the works with some keys, and what does not fit.

    Raises SourceError where there is no such folder.
    """
    if not folder.is_dir():
        raise SourceError(
            f"no folder of sources: {folder}",
            "Name one with --sources, or as sources under [tool.edition] in pyproject.toml.",
        )
    known = {key.casefold(): key for key in keys}
    found: dict[str, list[Found]] = {}
    problems: list[Problem] = []
    for path in _inside(folder):
        stem = path.name if path.is_dir() else path.stem
        key = known.get(stem.casefold())
        if not path.is_dir() and path.suffix.lower() not in SUFFIXES:
            if key:
                problems.append(_unread(path))
            continue
        if key is None:
            problems.append(
                Problem(path.name, f"no work has the key “{stem}”", "Name it after a citation key.")
            )
            continue
        if path.is_dir():
            try:
                inside, strange = _volumes(key, path)
            except SourceError as error:
                problems.append(Problem(path.name, error.message, error.hint))
                continue
            found.setdefault(key, []).extend(inside)
            problems += strange
        else:
            found.setdefault(key, []).append(Found(key, None, (path,)))
    for key, sources in list(found.items()):
        tops = {file.relative_to(folder).parts[0] for s in sources for file in s.files}
        if len(tops) > 1:
            problems.append(
                Problem(
                    " and ".join(sorted(tops)),
                    f"two sources for “{key}”, so neither was read",
                    "Leave one, or put the volumes into one folder.",
                )
            )
            del found[key]
        elif not sources:
            problems.append(
                Problem(key, "a folder without a text", "Put the text of the work into it.")
            )
    return [source for sources in found.values() for source in sources], problems


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted((p for p in folder.iterdir() if not p.name.startswith(".")), key=_natural)
    except OSError as error:
        raise SourceError(
            f"{folder} cannot be read: {error.strerror}", "Make the folder readable."
        ) from None


def _volumes(key: str, folder: Path) -> tuple[list[Found], list[Problem]]:
    """The volumes in a work's folder, or its pages; a volume may be a folder of pages."""
    parts: list[tuple[Path, tuple[Path, ...]]] = []
    problems = []
    for path in _inside(folder):
        if path.is_dir():
            files = tuple(p for p in _inside(path) if p.suffix.lower() in SUFFIXES)
            if files:
                parts.append((path, files))
        elif path.suffix.lower() in SUFFIXES:
            parts.append((path, (path,)))
        else:
            problems.append(_unread(path))
    names = [_VOLUME.search(_name(p)) or _BARE.search(_name(p)) for p, _ in parts]
    if len(parts) > _MANY or not all(names):
        files = tuple(file for _, inside in parts for file in inside)
        return ([Found(key, None, files)] if files else []), problems
    found = [
        Found(key, str((number_of(n[1].lower()) or (False, n[1]))[1]), files)
        for (_, files), n in zip(parts, names, strict=True)
        if n
    ]
    return found, problems


def _name(path: Path) -> str:
    return path.name if path.is_dir() else path.stem


def _unread(path: Path) -> Problem:
    return Problem(
        path.name,
        f"files like *{path.suffix} are not read" if path.suffix else "what it holds is not told",
        f"Read are {', '.join(sorted(SUFFIXES))}.",
    )


def _natural(path: Path) -> list[tuple[int, str]]:
    return [(int(part or 0), text) for text, part in re.findall(r"(\D*)(\d*)", path.name)]


def read_sources(
    found: Sequence[Found],
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
    found: Sequence[Found],
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


def _size(source: Found) -> int:
    total = 0
    for file in source.files:
        with suppress(OSError):
            total += file.stat().st_size
    return total


def _shown(found: Found) -> str:
    return "/".join(found.files[0].parts[-2:]) if found.volume else found.files[0].name


def read_source(found: Found, cache: Cache | None, marks: Sequence[str]) -> Source | Problem:
    """One source from its files; of several, those without a word are blank pages."""
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


def sources_report(sources: Iterable[Source]) -> Iterator[dict[str, object]]:
    """One row a source: what was read."""
    for source in sources:
        labels = [page.label for page in source.pages if page.label]
        yield {
            "key": source.key,
            "volume": source.volume,
            "file": source.path,
            "pages": len(source.pages),
            "first": labels[0] if labels else None,
            "last": labels[-1] if labels else None,
            "labels": label_runs(labels),
            "remarks": "; ".join(source.remarks),
        }
