"""`edition import`."""

import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from edition.bibliography import read_bibliography
from edition.cli.digest import is_stand_off, write_digests
from edition.cli.options import PROJECT, TEXTS, open_edition, open_project, say, stop, writing
from edition.importer.apart import READER, Asked, Done, seconds_per_megabyte
from edition.importer.bibtex_drafts import drafts
from edition.importer.document import Source
from edition.importer.importing import Imported
from edition.importer.line_changes import OPTIONS
from edition.importer.merging import has_conflict, merge
from edition.importer.report import report_json, report_lines
from edition.importer.styles import STYLES
from edition.model import Quotation, Work
from edition.model.edition import imported_words
from edition.project.config import Config, ConfigError, read_config
from edition.project.files import read_file, read_text_file
from edition.project.layout import Project, ProjectError, find_project
from edition.project.worker import ReadingError, read_apart
from edition.texts import layout
from edition.texts.errors import WitnessError
from edition.texts.fingerprint import write_fingerprints

DRAFT = "draft.bib"
_SIGLUM = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


@click.command("import")
@click.argument("witness", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "siglum",
    metavar="SIGLUM",
    help="The witness's siglum (default: its apparatus's, else its file's name).",
)
@click.option("--into", type=click.Path(path_type=Path), help="The MyST file to write.")
@click.option(
    "--normalise",
    multiple=True,
    type=click.Choice(OPTIONS),
    help="Bring these to one form too; repeatable.",
)
@click.option(
    "--draft-bibliography",
    is_flag=True,
    help=f"Write {DRAFT}: drafts of works that the bibliography lacks.",
)
@click.option(
    "--fingerprints",
    is_flag=True,
    help="Write the witness's fingerprints, by which other copies are known.",
)
@click.option(
    "--style",
    type=click.Choice(tuple(STYLES)),
    help="The habit in which the document cites (default: guessed).",
)
@click.option(
    "--references",
    type=click.Choice(("cite", "keep")),
    help="Make citations of references, or keep their words and link them "
    "(default: keep in a text that is laid beside an edition).",
)
@click.option(
    "--show-changes", is_flag=True, help="Mark tracked changes instead of accepting them."
)
@PROJECT
def import_(
    witness: Path,
    siglum: str | None,
    into: Path | None,
    normalise: tuple[str, ...],
    draft_bibliography: bool,
    fingerprints: bool,
    style: str | None,
    references: str | None,
    show_changes: bool,
    project: Path,
) -> None:
    """Turn a document into MyST, its references into citations.

    WITNESS is plain text, a web page, DOCX, ODT, RTF, EPUB, FictionBook, TEI, JATS, LaTeX or
    Markdown.

    In a project whose passages stand without their text, the text is laid beside them, where
    git ignores it. Elsewhere it becomes a source of the edition.
    """
    destination = _destination(project, witness, siglum, into)
    asked = Asked(
        works=destination.works,
        style=style or "",
        keep=references == "keep" or (references is None and destination.beside),
        show_changes=show_changes,
        options=frozenset(normalise),
        apparatus=layout.apparatus_of(destination.root, destination.siglum),
        known=() if fingerprints else layout.fingerprints_of(destination.root, destination.siglum),
        quoted=destination.quoted,
    )
    # A pipe, a device or what is too large is refused here.
    allowed = seconds_per_megabyte(_bytes(witness), len(asked.works))
    try:
        done = read_apart(READER, witness, Done, allowed, asked=asked)
    except ReadingError as error:
        raise WitnessError(f"{witness.name}: {error.message}", error.hint) from None
    source, imported = done.source, done.imported
    beside = layout.pictures_beside(witness, imported.text)
    source = replace(source, pictures={**beside, **source.pictures})
    with writing(destination.root, TEXTS):
        conflicts = _write(
            destination, source, imported, fingerprints=fingerprints, draft=draft_bibliography
        )
    if source.encoding not in ("utf-8", ""):
        say(f"{witness.name} was read as {source.encoding}.")
    for line in report_lines(imported, destination.siglum, source.changes):
        say(line)
    shown = _shown(destination.root, destination.target)
    listed = _shown(destination.root, layout.report_file(destination.root, destination.siglum))
    say(f"Written: {shown}; every change is listed in {listed}.")
    if destination.quoted and not conflicts:
        _write_digests(project)
    for number in conflicts:
        why = "the text was edited here, and the witness reads otherwise now"
        say(f"{shown}:{number}: {why}", err=True)
    if conflicts:
        say("  Both readings stand in the file between <<<<<<< and >>>>>>>; keep one.", err=True)
        sys.exit(1)


def _write_digests(start: Path) -> None:
    """Write the digests of the imported words into the quotations of the edition beside them."""
    project = open_project(start)
    with writing(project.root, TEXTS):
        edition = open_edition(project)
        words = imported_words(edition)
        asked = [q for q in edition.quotations if is_stand_off(q) and q.id in words]
        written, others = write_digests(project, asked, words)
    for line in others:
        say(line, err=True)
    if written:
        say(f":words: and :digest: are written into {written} stand-off quotations.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Destination:
    """The project that a witness is imported into; `beside` where its passages have no text."""

    root: Path
    siglum: str
    target: Path
    works: dict[str, Work]
    quoted: tuple[Quotation, ...]
    beside: bool


def _destination(start: Path, witness: Path, siglum: str | None, into: Path | None) -> _Destination:
    project = _project(start)
    root = project.root if project else _root(start)
    siglum = siglum or _siglum(root, witness)
    if not _SIGLUM.fullmatch(siglum):
        raise WitnessError(f"“{siglum}” is no siglum", "Use letters, digits and hyphens: --as A.")
    quoted: tuple[Quotation, ...] = ()
    own, beside = _own_file(project, root, siglum), False
    if project is not None:
        edition = open_edition(project)
        works = dict(edition.bibliography.works)
        mine = {_shown(root, own), _shown(root, Path(into or own).absolute())}
        elsewhere = [p for p in edition.passages if p.location.path not in mine]
        beside = bool(elsewhere) and into is None
        if beside:
            quoted = tuple(q for q in edition.quotations if q.id)
    else:
        files = sorted(root.glob("*.bib"))
        works = dict(read_bibliography([(f.name, _bytes(f)) for f in files]).works)
    target = Path(into).absolute() if into else layout.text_file(root, siglum) if beside else own
    return _Destination(
        root=root, siglum=siglum, target=target, works=works, quoted=quoted, beside=beside
    )


def _project(start: Path) -> Project | None:
    """Return the project that the current folder belongs to; None where it has no source yet."""
    try:
        return find_project(start)
    except ProjectError as error:
        if error.message.startswith(("nothing to read", "no sources", "no bibliography")):
            return None
        stop(error.message, error.hint)


def _root(start: Path) -> Path:
    folder = start.absolute()
    return next((f for f in (folder, *folder.parents) if _config(f) is not None), folder)


def _config(folder: Path) -> Config | None:
    try:
        return read_config(read_text_file(folder / "pyproject.toml"))
    except (OSError, UnicodeDecodeError, ConfigError):
        return None


def _own_file(project: Project | None, root: Path, siglum: str) -> Path:
    """Return the source that a text becomes in a project of its own."""
    if project is not None:
        source = project.config.source
    else:
        config = _config(root)
        source = config.source if config else "docs"
    return (root / source / f"{siglum.lower()}.md").resolve()


def _siglum(root: Path, witness: Path) -> str:
    known = layout.sigla(root)
    if len(known) == 1:
        return known[0]
    if known:
        raise WitnessError(
            f"the project knows several witnesses: {', '.join(known)}", "Say which with --as."
        )
    name = re.sub(r"[^A-Za-z0-9]+", "-", witness.stem).strip("-")
    return name if name[:1].isalpha() else f"witness-{name}".rstrip("-")


def _bytes(file: Path) -> bytes:
    try:
        return read_file(file)
    except OSError as error:
        raise WitnessError(f"{file}: {error.strerror}", "Check the path.") from None


def _shown(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


def _write(
    destination: _Destination,
    source: Source,
    imported: Imported,
    *,
    fingerprints: bool,
    draft: bool,
) -> tuple[int, ...]:
    """Write the text, merged with what stands there, its base and its report; the conflicts."""
    base_file = layout.base_file(destination.root, destination.siglum)
    fresh = layout.put_pictures(destination.target, imported.text, source.pictures)
    text, conflicts = fresh, tuple[int, ...]()
    if destination.target.exists():
        edited = layout.read(destination.target)
        shown = _shown(destination.root, destination.target)
        if has_conflict(edited):
            raise WitnessError(
                f"{shown} holds a conflict of an earlier import",
                "Resolve it first; nothing was changed.",
            )
        if not base_file.exists() and edited != text:
            raise WitnessError(
                f"{shown} exists and no import before this one is on record",
                "Move it away, or write into another file with --into; nothing was changed.",
            )
        if edited != text:
            merged = merge(layout.read(base_file), edited, text)
            text, conflicts = merged.text, merged.conflicts
    layout.keep_out_of_git(destination.root)
    files = {
        destination.target: text,
        base_file: fresh,
        layout.report_file(destination.root, destination.siglum): report_json(
            imported, destination.siglum, source.format, source.changes
        ),
    }
    if fingerprints:
        files[layout.fingerprint_file(destination.root, destination.siglum)] = write_fingerprints(
            destination.siglum, imported.prints
        )
    if draft and (entries := drafts(imported.found.missed, destination.works)):
        files[destination.root / DRAFT] = _with_drafts(destination.root / DRAFT, entries)
    layout.put(files)
    return conflicts


def _with_drafts(file: Path, entries: str) -> str:
    """Return the file of drafts with those that it does not hold yet."""
    if not file.exists():
        return entries
    held = layout.read(file)
    new = [e for e in entries.split("\n\n") if e.split(",", 1)[0].strip() not in held]
    return held if not new else held.rstrip("\n") + "\n\n" + "\n\n".join(new)
