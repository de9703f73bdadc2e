"""The folder of sources: which files are the text of which work, each read once.

A file `KEY.txt` (or .pdf, .epub, …) is the work with that citation key. A folder `KEY/` holds a
work in several files: volumes where their names end in a number or carry one after `vol`
(`vol-2.pdf`, `ii.txt`), else its pages in the order of their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from edition.formats.page_labels import label_runs, number_of
from edition.formats.pages import Source, SourceError
from edition.formats.reading import SUFFIXES

_VOLUME = re.compile(r"(?:^|[^a-z])(?:vol(?:ume)?|bd|band|t(?:ome)?|v)[\s._-]*(\d+|[ivx]+)$", re.I)
_BARE = re.compile(r"(\d{1,2}|[ivx]+)$", re.I)
_MANY = 12  # so many files of a folder are pages, not volumes


@dataclass(frozen=True, slots=True)
class Problem:
    """A source that was not read, or not whole: its path, the reason, and what to do."""

    path: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SourceFiles:
    """Files that are one source: a work, or a volume of it."""

    key: str
    volume: str | None
    files: tuple[Path, ...]


def find_sources(folder: Path, keys: Iterable[str]) -> tuple[list[SourceFiles], list[Problem]]:
    """Return the sources in a folder for the works with some keys, and what does not fit.

    Raises SourceError where there is no such folder.
    """
    if not folder.is_dir():
        raise SourceError(
            f"no folder of sources: {folder}",
            "Name one with --sources, or as sources under [tool.edition] in pyproject.toml.",
        )
    known = {key.casefold(): key for key in keys}
    found: dict[str, list[SourceFiles]] = {}
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
            found.setdefault(key, []).append(SourceFiles(key, None, (path,)))
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


def _volumes(key: str, folder: Path) -> tuple[list[SourceFiles], list[Problem]]:
    """Return the volumes in a work's folder, or its pages; a volume may be a folder of pages."""
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
        return ([SourceFiles(key, None, files)] if files else []), problems
    found = [
        SourceFiles(key, str((number_of(n[1].lower()) or (False, n[1]))[1]), files)
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


def sources_report(sources: Iterable[Source]) -> Iterator[dict[str, object]]:
    """Return one row a source: what was read."""
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
