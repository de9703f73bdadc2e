"""Project → `Edition`: every file read once, for the command line and the Sphinx build alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from edition.anchors import read_lock
from edition.bibliography import read_bibliography
from edition.bibliography.citations import resolve_citations
from edition.loading.baseline import BASELINE, read_baseline
from edition.loading.documents import read_sources, read_text, settings_of
from edition.loading.link_targets import ids_elsewhere, refused_links, resolve_targets
from edition.model import Baseline, Bibliography, Document, Edition, ImportedText, Lock
from edition.model.build import MYSTMD
from edition.model.errors import EditionError
from edition.myst.mystmd import with_cross_references
from edition.project.atomic import read_file, read_text_file
from edition.project.layout import Project, ProjectError

TEXTS = "witness"


def load(project: Project) -> Edition:
    """Read the sources and the bibliography of a project.

    What is wrong with them is in the edition's `problems`; ProjectError is raised only where
    a BibTeX file or the lock cannot be read at all.
    """
    documents = [resolve_targets(project, d) for d in read_sources(project)]
    documents += refused_links(project)
    bibliography = _bibliography(project, {})
    return Edition(
        documents=_finished(project, documents, bibliography),
        bibliography=bibliography,
        baseline=_baseline(project),
        lock=_lock(project),
        uncitable=project.uncitable,
        elsewhere=ids_elsewhere(project),
        texts=_texts(project),
        build=project.build,
    )


def with_texts(project: Project, edition: Edition, texts: Mapping[str, str]) -> Edition:
    """Return the edition as it would be if the files at these paths held these texts.

    A path is one that findings show, of a source or of a BibTeX file.
    """
    documents = [
        resolve_targets(project, _reader(project)(texts[d.path], d.path)) if d.path in texts else d
        for d in edition.documents
    ]
    works = edition.bibliography
    if any(path in texts for path in works.paths):
        works = _bibliography(project, texts)
    return replace(edition, documents=_finished(project, documents, works), bibliography=works)


def _finished(
    project: Project, documents: Sequence[Document], bibliography: Bibliography
) -> tuple[Document, ...]:
    """Return documents with what the bibliography says of their citations, in reading order."""
    works = bibliography.works
    documents = resolve_citations(documents, works, dict(project.config.locators))
    if project.build and MYSTMD in project.build.myst_extensions:
        documents = with_cross_references(documents, works.keys())
    if project.chapters:
        order = {project.path(file): number for number, file in enumerate(project.chapters)}
        return tuple(sorted(documents, key=lambda d: order.get(d.path, len(order))))
    first = (PurePosixPath(project.config.source) / "index.md").as_posix()
    return tuple(in_reading_order(documents, first))


def _reader(project: Project) -> Callable[[str, str], Document]:
    settings = settings_of(project)
    return lambda text, path: read_text(text, path, settings)


def _texts(project: Project) -> tuple[ImportedText, ...]:
    if not (project.root / TEXTS).is_dir():
        return ()
    # Imported here: few projects have a text beside them.
    from edition.texts.imported import texts_beside

    return texts_beside(project.root, _reader(project))


def _lock(project: Project) -> Lock | None:
    if not project.lock.exists():
        return None
    try:
        text = read_text_file(project.lock)
    except UnicodeDecodeError:
        raise ProjectError(
            f"{project.lock}: not UTF-8", "Take the file from its last good version."
        ) from None
    except OSError as error:
        raise ProjectError(f"{project.lock}: {error.strerror}", "Make it readable.") from None
    return read_lock(text, project.path(project.lock))


def _baseline(project: Project) -> Baseline | None:
    file = project.root / BASELINE
    if not file.exists():
        return None
    try:
        return read_baseline(BASELINE, read_text_file(file))
    except (OSError, UnicodeDecodeError, EditionError) as error:
        message = error.message if isinstance(error, EditionError) else f"{file} cannot be read"
        raise ProjectError(
            message, "Write it anew with `edition check --write-baseline`, or delete it."
        ) from None


def _bibliography(project: Project, texts: Mapping[str, str]) -> Bibliography:
    files = []
    for file in project.bibliography:
        path = project.path(file)
        if path in texts:
            files.append((path, texts[path].encode(errors="replace")))
            continue
        try:
            files.append((path, read_file(file)))
        except OSError as error:
            raise ProjectError(f"{file}: {error.strerror}", "Make it readable.") from None
    return read_bibliography(files)


def in_reading_order(documents: Iterable[Document], first: str) -> list[Document]:
    """Documents as a reader meets them: down the tables of contents from the document `first`.

    An entry with `*` or `?` names every document that it fits, in the order of their names.
    What no table of contents names comes last, in the order of paths.
    """
    by_path = {d.path: d for d in documents}
    paths = sorted(by_path, key=lambda path: path.removesuffix(".md"))
    ordered: dict[str, Document] = {}
    waiting = [first]
    while waiting:
        path = waiting.pop()
        if path not in by_path or path in ordered:
            continue
        document = by_path[path]
        ordered[path] = document
        for entry in reversed(document.toctree):
            waiting += reversed(_fitting(_entry_path(path, entry, first), paths))
    for path in sorted(by_path):
        ordered.setdefault(path, by_path[path])
    return list(ordered.values())


def _fitting(name: str, paths: Sequence[str]) -> list[str]:
    """Return the paths that an entry names; in a pattern `*` stops at a slash, `**` does not."""
    if not any(sign in name for sign in "*?["):
        return [name]
    if "**" in name:
        return [path for path in paths if fnmatchcase(path, name)]
    wanted = name.split("/")
    return [
        path
        for path in paths
        if len(parts := path.split("/")) == len(wanted)
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
    return joined if joined.endswith(".md") else joined + ".md"
