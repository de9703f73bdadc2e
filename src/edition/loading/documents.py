"""Reading a project's sources: those not in the cache anew, on several cores where that helps."""

import os
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from edition.loading.link_targets import target_file
from edition.loading.notebooks import NOTEBOOK, notebook_text
from edition.model import Document
from edition.model.build import BuildSettings
from edition.model.diagnostic import Finding, Location
from edition.model.errors import EditionError
from edition.myst import read_document
from edition.project.cache import content_key, read_cache, state_of, write_cache
from edition.project.files import read_file
from edition.project.layout import Project, is_inside

# Below this a second process costs more than it saves: bytes of sources to be read anew.
_WORTH_A_PROCESS = 400_000
_MOST_BYTES = 10_000_000  # of an included file; a longer one is data


class Settings(NamedTuple):
    """What the reader of sources is told."""

    root: Path
    source: str
    extensions: frozenset[str]
    inline_words: int
    substitutions: tuple[tuple[str, str], ...] = ()


def settings_of(project: Project) -> Settings:
    """Return what the settings of a project tell the reader."""
    config, build = project.config, project.build or BuildSettings()
    return Settings(
        root=project.root,
        source=config.source,
        extensions=frozenset((*config.extensions, *build.myst_extensions)),
        inline_words=config.inline_words,
        substitutions=build.substitutions,
    )


def read_text(
    text: str, path: str, settings: Settings, changed: Mapping[str, str] = MappingProxyType({})
) -> Document:
    """Read one source; of files that it includes, `changed` has the texts that are not on disk."""

    def include(including: str, target: str) -> tuple[str, str] | None:
        found = _included_file(settings, including, target)
        if found is None:
            return None
        name = found.relative_to(settings.root).as_posix()
        if name in changed:
            return name, changed[name]
        try:
            return name, read_file(found).decode("utf-8-sig")
        except OSError:
            return None  # the build says so

    return read_document(
        text,
        path,
        extensions=settings.extensions,
        inline_words=settings.inline_words,
        include=include,
        substitutions=dict(settings.substitutions),
    )


def _included_file(settings: Settings, including: str, target: str) -> Path | None:
    """Return the file that a directive includes, where it is one of the project's."""
    root = settings.root
    try:
        file = target_file(root, settings.source, including, target)
        inside = file.is_relative_to(root) and is_inside(root, file) and file.is_file()
        return file if inside and file.stat().st_size < _MOST_BYTES else None
    except (OSError, ValueError):
        return None


def read_sources(project: Project) -> list[Document]:
    """Return every source of a project as a document, in the order of paths.

    A file that cannot be read becomes a document with that one problem.
    """
    settings = settings_of(project)
    state = state_of((sorted(settings.extensions), settings.inline_words, *settings.substitutions))
    known = read_cache(project.root, state)
    documents: dict[str, Document] = {}
    keys: dict[str, str] = {}
    anew: list[tuple[str, bytes]] = []
    for file in (*project.sources, *project.restructured):
        path = project.path(file)
        try:
            data = read_file(file)
        except OSError as error:
            documents[path] = _unreadable(Location(path), error.strerror or "cannot be opened")
            continue
        keys[path] = key = content_key(path, data)
        if key in known and not known[key].included:  # what it includes may have changed
            documents[path] = known[key]
        else:
            anew.append((path, data))
    for document in _read(anew, settings):
        documents[document.path] = document
    if anew or len(known) > len(keys):
        write_cache(project.root, state, {keys[p]: documents[p] for p in keys})
    return [documents[path] for path in sorted(documents)]


def _read(files: Sequence[tuple[str, bytes]], settings: Settings) -> list[Document]:
    size = sum(len(data) for _, data in files)
    workers = min(os.cpu_count() or 1, len(files), size // _WORTH_A_PROCESS)
    if workers < 2 or not _can_fork():
        return _read_some(files, settings)
    # Imported here: most runs read a few changed files and never need them.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Every nth file to each worker: long files seldom stand together by chance, but often by name.
    shares = [list(files[i::workers]) for i in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        done = pool.map(_read_some, shares, [settings] * workers)
        return [document for share in done for document in share]


def _can_fork() -> bool:
    """Tell whether another process costs little and harms nothing.

    Starting one afresh would run the caller's main module again; forking one that has threads
    may hang.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _read_some(files: Sequence[tuple[str, bytes]], settings: Settings) -> list[Document]:
    return [_document(path, data, settings) for path, data in files]


def _document(path: str, data: bytes, settings: Settings) -> Document:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        reason = f"not UTF-8: byte 0x{data[error.start]:02X}"
        return _unreadable(Location(path, line, column), reason)
    if path.endswith(NOTEBOOK):
        try:
            text = notebook_text(text)
        except EditionError as error:
            return _unreadable(Location(path), error.message)
    return read_text(text, path, settings)


def _unreadable(place: Location, reason: str) -> Document:
    message = f"the file cannot be read ({reason}), so nothing in it was checked"
    hint = "Save it as UTF-8, readable by you."
    problem = Finding(place, message, hint, rule="unreadable-source")
    return Document(path=place.path, problems=(problem,))
