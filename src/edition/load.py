"""Project → `Edition`: every file read once, for the command line and the Sphinx build alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePosixPath

from edition.bibliography import read_bibliography
from edition.diagnostic import Diagnostic, Location, Severity
from edition.model import Bibliography, Document, Edition
from edition.project import Project, ProjectError
from edition.source import read_document


def load(project: Project) -> Edition:
    """Read the sources and the bibliography of a project.

    What is wrong with them is in the edition's `problems`; ProjectError is raised only where
    a BibTeX file cannot be read at all.
    """
    read = partial(
        read_document,
        extensions=frozenset(project.config.extensions),
        inline_words=project.config.inline_words,
    )
    documents = [_document(project, file, read) for file in project.sources]
    first = PurePosixPath(project.config.source) / "index.md"
    return Edition(
        documents=tuple(in_reading_order(documents, first.as_posix())),
        bibliography=_bibliography(project),
    )


def _document(project: Project, file: Path, read: Callable[[str, str], Document]) -> Document:
    path = project.path(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be opened"
        return Document(path=path, problems=(_unreadable(Location(path), reason),))
    try:
        return read(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        reason = f"not UTF-8: byte 0x{data[error.start]:02X}"
        return Document(path=path, problems=(_unreadable(Location(path, line, column), reason),))


def _unreadable(place: Location, reason: str) -> Diagnostic:
    return Diagnostic(
        code="S104",
        rule="unreadable-source",
        severity=Severity.ERROR,
        message=f"the file cannot be read ({reason}), so nothing in it was checked",
        location=place,
        hint="Save it as UTF-8, readable by you.",
    )


def _bibliography(project: Project) -> Bibliography:
    files = []
    for file in project.bibliography:
        try:
            files.append((project.path(file), file.read_bytes()))
        except OSError as error:
            raise ProjectError(f"{file}: {error.strerror}", "Make it readable.") from None
    return read_bibliography(files)


def in_reading_order(documents: Iterable[Document], first: str) -> list[Document]:
    """Documents as a reader meets them: down the tables of contents from the document `first`.

    What no table of contents names comes last, in the order of paths.
    """
    by_path = {d.path: d for d in documents}
    ordered: dict[str, Document] = {}
    waiting = [first]
    while waiting:
        path = waiting.pop()
        if path not in by_path or path in ordered:
            continue
        document = by_path[path]
        ordered[path] = document
        waiting += [_entry_path(path, entry, first) for entry in reversed(document.toctree)]
    for path in sorted(by_path):
        ordered.setdefault(path, by_path[path])
    return list(ordered.values())


def _entry_path(path: str, entry: str, first: str) -> str:
    """The path of a table of contents' entry, which may begin at the source folder (`/text/a`)."""
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
    return joined if joined.endswith(".md") else joined + ".md"
