"""Project → `Edition`: every file read once, for the command line and the Sphinx build alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from edition.anchors.lockfile import read_lock
from edition.bibliography import read_bibliography
from edition.bibliography.citations import resolve_citations
from edition.loading.baseline import BASELINE, read_baseline
from edition.loading.documents import read_sources, read_text, settings_of
from edition.loading.link_targets import ids_elsewhere, is_built, refused_links, resolve_targets
from edition.loading.reading_order import in_reading_order, unlisted
from edition.model import Baseline, Bibliography, Document, Edition, ImportedText, Lock
from edition.model.build import MYSTMD
from edition.model.errors import EditionError
from edition.myst.mystmd import with_cross_references
from edition.project.files import read_file, read_text_file
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
        unlisted=_unlisted(project, documents),
    )


def with_texts(project: Project, edition: Edition, texts: Mapping[str, str]) -> Edition:
    """Return the edition as it would be if the files at these paths held these texts.

    A path is one that findings show, of a source, of a file that one includes, or of a BibTeX
    file.
    """
    documents = [_read_again(project, document, texts) for document in edition.documents]
    works = edition.bibliography
    if any(path in texts for path in works.paths):
        works = _bibliography(project, texts)
    return replace(
        edition,
        documents=_finished(project, documents, works),
        bibliography=works,
        unlisted=_unlisted(project, documents),
    )


def _read_again(project: Project, document: Document, texts: Mapping[str, str]) -> Document:
    text = texts.get(document.path)
    if text is None and texts.keys().isdisjoint(document.included):
        return document
    if text is None:
        try:
            text = read_file(project.root / document.path).decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return document
    read = read_text(text, document.path, settings_of(project), texts)
    return resolve_targets(project, read)


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
    return tuple(in_reading_order(documents, _first(project)))


def _first(project: Project) -> str:
    return (PurePosixPath(project.config.source) / "index.md").as_posix()


def _unlisted(project: Project, documents: Sequence[Document]) -> frozenset[str]:
    pages = unlisted(documents, _first(project))
    return frozenset(page for page in pages if is_built(project, project.root / page))


def _texts(project: Project) -> tuple[ImportedText, ...]:
    if not (project.root / TEXTS).is_dir():
        return ()
    # Imported here: few projects have a text beside them.
    from edition.texts.imported import texts_beside

    settings = settings_of(project)
    return texts_beside(project.root, lambda text, path: read_text(text, path, settings))


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
