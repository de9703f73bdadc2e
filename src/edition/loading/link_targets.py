"""Where on disk the files stand that links and inclusions name, and what lies beside the sources.

What a source says is read once and remembered; whether the file that it names is there can
change from one check to the next, and is looked up each time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from edition.loading.reading_order import fitting
from edition.model.diagnostic import Finding, Location
from edition.model.file_state import FileState
from edition.project.files import read_file
from edition.project.layout import Project, is_inside

if TYPE_CHECKING:
    from edition.model import Document, Edition, Reference

_SUFFIXES = (".md", ".rst", ".ipynb", ".txt", ".myst")
_GENERATED = ("genindex", "modindex", "py-modindex", "search")  # which Sphinx writes
_HOME_OR_DRIVE = re.compile(r"~|[A-Za-z]:[\\/]")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
# What a page may hold that is told by its name alone.
_DIRECTIVES = (b"bibliography", b"toctree", b"glossary", b"math")
_IDS = re.compile(
    rb"^[ \t\"]*(?:\(([^()\s]+)\)=|\.\. _([^\s:`]+):|:?name:[ \t]*([^\s,\"\\]+))", re.MULTILINE
)


def resolve_targets(project: Project, document: Document) -> Document:
    """Return the document with the state of each file that it links to, includes or shows."""
    linked = any(r.document for r in document.references)
    if not document.inclusions and not document.pictures and not linked:
        return document
    return replace(
        document,
        references=tuple(
            _resolved(project, document.path, r) if r.document else r for r in document.references
        ),
        inclusions=tuple(
            replace(i, state=_included(project, i.location.path, i.target))
            for i in document.inclusions
        ),
        pictures=tuple(
            replace(p, state=_pictured(project, document.path, p.target)) for p in document.pictures
        ),
    )


def _resolved(project: Project, path: str, reference: Reference) -> Reference:
    file, state = _linked(project, path, reference.document, reference.role)
    return replace(reference, file=file, state=state)


def target_states(edition: Edition) -> Iterator[tuple[str, FileState]]:
    """Yield what was found of each file that a link or an inclusion names, as a text of its own."""
    for document in edition.documents:
        for reference in document.references:
            if reference.document:
                kind = f"link {reference.role}"
                yield f"{document.path}\0{kind}\0{reference.document}", reference.state
        for inclusion in document.inclusions:
            yield f"{inclusion.location.path}\0inclusion\0{inclusion.target}", inclusion.state
        for picture in document.pictures:
            yield f"{document.path}\0picture\0{picture.target}", picture.state


def targets_unchanged(project: Project, known: dict[str, str]) -> bool:
    """Tell whether each file that `target_states` told of stands as it did."""
    for name, standing in known.items():
        path, kind, target = name.split("\0")
        if kind.startswith("link "):
            now = _linked(project, path, target, kind.removeprefix("link "))[1]
        else:
            now = (_pictured if kind == "picture" else _included)(project, path, target)
        if str(now) != standing:
            return False
    return True


def _linked(project: Project, path: str, target: str, role: str) -> tuple[str, FileState]:
    """Return the file that a link leads to, as findings show it, and where that stands."""
    named = _target_file(project, path, target)
    source = project.root / project.config.source
    if role == "glob":
        return "", _fitted(project, path, named)
    if role == "toctree" and named in (source / name for name in _GENERATED):
        return "", FileState.PRESENT
    # A role names a document without its ending, and a file to be downloaded with it.
    exact = [named] if role != "doc" else []
    ended = [named.with_name(named.name + end) for end in _SUFFIXES if named.name]
    files = exact if role == "download" else exact + ended
    file = next((f for f in files if _is_file(f)), None)
    if file is not None and file.suffix == ".md" and role != "download":
        there = is_built(project, file)
    else:
        # A page that is left out may be one that the build writes first.
        there = file is not None or any(project.is_named(f, project.config.exclude) for f in files)
    return _shown(project, file or files[0]), _present(there)


def is_built(project: Project, file: Path) -> bool:
    """Tell whether a file is in the source folder, and conf.py does not leave it out."""
    inside = file.is_relative_to(project.root / project.config.source)
    return inside and not project.is_named(file, project.not_built)


def _present(there: bool) -> FileState:
    return FileState.PRESENT if there else FileState.MISSING


def _fitted(project: Project, path: str, named: Path) -> FileState:
    """Return the state of a pattern of a table of contents: present where a document fits it."""
    pages = (*project.sources, *project.unchecked)
    names = [_shown(project, f.with_suffix("")) for f in pages if project.path(f) != path]
    return _present(bool(fitting(_shown(project, named), names)))


def _included(project: Project, path: str, target: str) -> FileState:
    if not target or (target.startswith("<") and target.endswith(">")):
        return FileState.PRESENT  # docutils' own
    file = _target_file(project, path, target)
    if not file.is_relative_to(project.root) or not is_inside(project.root, file):
        return FileState.OUTSIDE
    if _is_file(file):
        return FileState.PRESENT
    outside = target.startswith("/") or _HOME_OR_DRIVE.match(target)
    return FileState.OUTSIDE if outside else FileState.MISSING


def _pictured(project: Project, path: str, target: str) -> FileState:
    """Return the state of a picture; the build finds files elsewhere on the disk too."""
    target = unquote(target)
    if _ADDRESS.match(target):
        return FileState.PRESENT
    named = _target_file(project, path, target)
    if "*" in named.name:  # Sphinx takes what suits the output
        return _present(any(fnmatch(name, named.name) for name in _names_in(named.parent)))
    return _present(_is_file(named))


def _names_in(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _target_file(project: Project, path: str, target: str) -> Path:
    return target_file(project.root, project.config.source, path, target)


def target_file(root: Path, source: str, path: str, target: str) -> Path:
    """Return the file of a path from the document's folder or, with a slash, the source folder."""
    base = root / source if target.startswith("/") else root / PurePosixPath(path).parent
    return Path(os.path.normpath(base / target.lstrip("/").replace("\0", "")))


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # a name too long to be one
        return False


def _shown(project: Project, file: Path) -> str:
    return project.path(file) if file.is_relative_to(project.root) else file.as_posix()


def refused_links(project: Project) -> list[Document]:
    """Return a document with one problem for each symbolic link out of the project."""
    # Imported here: an unchanged project is answered without documents.
    from edition.model import Document

    return [
        Document(
            path=project.path(link),
            problems=(
                Finding(
                    rule="outside-project",
                    message="the symbolic link leads out of the project, to "
                    f"“{_link_target(link)}”, and was not followed: nothing behind it was checked",
                    location=Location(project.path(link)),
                    hint="Copy what it leads to into the project.",
                ),
            ),
        )
        for link in project.outside
    ]


def _link_target(link: Path) -> str:
    try:
        return os.fsencode(os.readlink(link)).decode("utf-8", "backslashreplace")
    except OSError:
        return "?"


def ids_elsewhere(project: Project) -> tuple[str, ...]:
    """Return the ids that stand in pages that the build may read and we do not."""
    found: set[bytes] = set()
    for file in sorted({*project.unchecked}.difference(project.restructured)):
        try:
            content = read_file(file)
        except OSError:
            continue
        found.update(name + b"::" for name in _DIRECTIVES if name in content)
        found.update(name for match in _IDS.finditer(content) for name in match.groups() if name)
    return tuple(sorted(name.decode("utf-8", "replace") for name in found))
