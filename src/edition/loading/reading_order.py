"""The order of documents: that of the tables of contents, and what none of them names."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edition.model import Document

_SUFFIXES = (".md", ".rst")


def in_reading_order(documents: Iterable[Document], first: str) -> list[Document]:
    """Documents as a reader meets them: down the tables of contents from the document `first`.

    An entry with `*` or `?` names every document that it fits, in the order of their names.
    What no table of contents names comes last, in the order of paths.
    """
    by_path = {d.path: d for d in documents}
    paths = sorted(by_path, key=_name)
    ordered: dict[str, Document] = {}
    waiting = [first]
    while waiting:
        path = _existing(waiting.pop(), by_path)
        if path not in by_path or path in ordered:
            continue
        document = by_path[path]
        ordered[path] = document
        for entry in reversed(document.toctree):
            waiting += reversed(fitting(_entry_path(path, entry, first), paths))
    for path in sorted(by_path):
        ordered.setdefault(path, by_path[path])
    return list(ordered.values())


def unlisted(documents: Iterable[Document], first: str) -> set[str]:
    """Return the paths of documents that no table of contents names, but for the first one."""
    sources = {d.path: d for d in documents}
    first = _existing(first, sources)
    if first not in sources:
        return set()  # nothing is built
    paths = sorted(sources, key=_name)
    named = {
        _existing(path, sources)
        for document in sources.values()
        for entry in document.toctree
        for path in fitting(_entry_path(document.path, entry, first), paths)
    }
    return {path for path in sources if path.endswith(_SUFFIXES)} - named - {first}


def _name(path: str) -> str:
    return path.removesuffix(".md").removesuffix(".rst")


def _existing(path: str, sources: Container[str]) -> str:
    """Return a path, or that of the page in reStructuredText which stands for it."""
    other = f"{_name(path)}.rst"
    return other if path not in sources and other in sources else path


def fitting(name: str, paths: Sequence[str]) -> list[str]:
    """Return the paths that an entry names; in a pattern `*` stops at a slash, `**` does not."""
    if not any(sign in name for sign in "*?["):
        return [name]
    name = _name(name)
    if "**" in name:
        return [path for path in paths if fnmatchcase(_name(path), name)]
    wanted = name.split("/")
    return [
        path
        for path in paths
        if len(parts := _name(path).split("/")) == len(wanted)
        and all(fnmatchcase(part, want) for part, want in zip(parts, wanted, strict=True))
    ]


def _entry_path(path: str, entry: str, first: str) -> str:
    """Return the path of an entry in a table of contents; `/text/a` begins at the source folder."""
    if entry.startswith("/"):
        base, entry = PurePosixPath(first).parent, entry.lstrip("/")
    else:
        base = PurePosixPath(path).parent
    parts: list[str] = []
    for part in (base / entry).parts:
        if part == ".." and parts:
            parts.pop()
        elif part != ".":
            parts.append(part)
    joined = "/".join(parts)
    return joined if joined.endswith(_SUFFIXES) else joined + ".md"
