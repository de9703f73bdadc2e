"""`edition anchors`: the lock of published anchors, the one group of commands that writes it."""

import json
import os
import stat
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import click

from edition.anchors.comparison import Change, Event, citable_anchors, compare
from edition.anchors.lockfile import NAME, write_lock
from edition.anchors.outputs import read_ids
from edition.anchors.renewal import accept, merge, renew, retire, split
from edition.check import check_edition
from edition.cli.cite import metadata_of
from edition.cli.options import PROJECT, open_edition, open_project, say, stop, writing
from edition.loading.load import load
from edition.model import Edition, Lock, LockedAnchor
from edition.project.files import replace_file
from edition.project.layout import Project, ProjectError, find_project, is_inside
from edition.project.worker import ReadingError, read_apart

# What no lock can promise: ids that are given twice, or that the outputs rename.
_UNFIT = ("duplicate-anchor", "unstable-anchor")

REASON = click.option("--reason", required=True, help="Why, in words for a reader; kept for good.")
WHY = click.option("--reason", default="", help="Why, in words for a reader; kept for good.")
RELEASE = click.option(
    "--release", default=None, help="The release in preparation (default: CITATION.cff's version)."
)


@click.group()
def anchors() -> None:
    """Keep published anchors: lock, compare, retire, accept."""


@anchors.command()
@PROJECT
@RELEASE
def lock(project: Path, release: str | None) -> None:
    """Write anchors.lock: new anchors, moves, splits, merges and small changes.

    Nothing is written, and the exit status is 1, where an anchor is lost, an id was used
    again or stands before another text, or would not be the same in the outputs.
    """
    opened = open_project(project)
    with writing(opened.root, NAME):
        _lock(opened, release)


def _lock(opened: Project, release: str | None) -> None:
    edition = _edition(opened)
    renewal = renew(edition, _release(opened, release))
    for change in renewal.recorded:
        say(_words(change))
    unfit = check_edition(edition, replace(opened.config, select=_UNFIT, ignore=()))
    if renewal.refused or unfit:
        for change in renewal.refused:
            say(f"refused: {_words(change)}", err=True)
        for finding in unfit:
            say(f"refused: {finding.location}: {finding.message}", err=True)
        say("anchors.lock was not written; `edition check` says what to do.", err=True)
        raise SystemExit(1)
    _write(opened, renewal.anchors)


@anchors.command("accept")
@click.argument("ident", metavar="ID")
@REASON
@PROJECT
def accept_(ident: str, reason: str, project: Path) -> None:
    """Hold ID to the text that it stands before now."""
    _decide(project, lambda edition, _release: accept(edition, ident, reason))


@anchors.command("retire")
@click.argument("ident", metavar="ID")
@REASON
@click.option("--see", multiple=True, metavar="OTHER", help="Where to look instead; repeatable.")
@PROJECT
@RELEASE
def retire_(
    ident: str, reason: str, see: tuple[str, ...], project: Path, release: str | None
) -> None:
    """Let ID go, which no longer stands in the text; a note takes its place."""
    _decide(project, lambda edition, now: retire(edition, ident, reason, see, now), release)


@anchors.command("merge")
@click.argument("ident", metavar="ID")
@click.argument("heir", metavar="SURVIVOR")
@WHY
@PROJECT
def merge_(ident: str, heir: str, reason: str, project: Path) -> None:
    """Let ID, which no longer stands in the text, live on as a second name of SURVIVOR."""
    _decide(project, lambda edition, _release: merge(edition, ident, heir, reason))


@anchors.command("split")
@click.argument("ident", metavar="ID")
@click.argument("parts", metavar="PART...", nargs=-1, required=True)
@WHY
@PROJECT
@RELEASE
def split_(
    ident: str, parts: tuple[str, ...], reason: str, project: Path, release: str | None
) -> None:
    """Record that ID kept its first part and gave the others to each PART."""
    _decide(project, lambda edition, now: split(edition, ident, parts, reason, now), release)


@anchors.command()
@click.argument("against", metavar="[REV|OUTPUT]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@PROJECT
def diff(against: str | None, form: str, project: Path) -> None:
    """Show what has happened to the anchors since they were locked.

    With a tag or another revision of git, since that revision; with a folder of HTML, an EPUB
    or a PDF, which anchors of the lock that output has and lacks. Exit status 1 where an
    anchor is lost, used again or stands before another text, or the output lacks one.
    """
    opened = open_project(project)
    edition = _edition(opened)
    if against is not None and Path(against).exists():
        _diff_output(edition, Path(against), form)
        return
    if against is not None:
        edition = _since(opened, edition, against)
    changes = compare(edition)
    if form == "json":
        click.echo(json.dumps([_row(c) for c in changes], ensure_ascii=False, indent=2))
    else:
        for change in changes:
            say(_words(change))
        if not changes:
            say("Nothing has happened to the anchors.")
    if any(c.event in (Event.LOST, Event.REUSED, Event.REPLACED) for c in changes):
        raise SystemExit(1)


def _diff_output(edition: Edition, output: Path, form: str) -> None:
    promised = {
        ident
        for entry in (edition.lock.anchors if edition.lock else {}).values()
        if entry.status.is_citable
        for ident in (entry.id, *entry.aliases)
    }
    try:
        found = read_ids(output, read_apart)
    except ReadingError as error:
        stop(f"{output}: {error.message}", error.hint)
    missing = sorted(promised - found)
    unlocked = sorted(found & set(citable_anchors(edition).anchors) - promised)
    if form == "json":
        click.echo(json.dumps({"missing": missing, "unlocked": unlocked}, indent=2))
    else:
        for ident in missing:
            say(f"missing: {ident} is in the lock and not in {output}")
        for ident in unlocked:
            say(f"unlocked: {ident} is in {output} and not in the lock")
        if not missing and not unlocked:
            say(f"{output} has all {len(promised)} anchors of the lock.")
    if missing:
        raise SystemExit(1)


def _since(project: Project, edition: Edition, revision: str) -> Edition:
    """Return the edition with the lock of a revision, or one made of that revision's text."""
    commit = _git(project, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    with tempfile.TemporaryDirectory() as folder:
        # A zip, which is unpacked safely by each Python 3.11; tar files only from 3.11.4.
        packed = _git(project, "archive", "--format=zip", commit.decode().strip(), ".")
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            archive.extractall(folder)
            _restore_links(archive, Path(folder))
        try:
            then = load(find_project(Path(folder)))
        except ProjectError as error:
            stop(f"{revision}: {error.message}", error.hint)
    lock = then.lock or Lock(path="anchors.lock", anchors=renew(then, "").anchors)
    return replace(edition, lock=lock)


def _restore_links(archive: zipfile.ZipFile, folder: Path) -> None:
    """Make links again of the links that were unpacked as files, where they stay in the folder."""
    for entry in archive.infolist():
        if stat.S_ISLNK(entry.external_attr >> 16):
            file, target = folder / entry.filename, os.fsdecode(archive.read(entry))
            if is_inside(folder, file.parent / target):
                file.unlink()
                file.symlink_to(target)


def _git(project: Project, *arguments: str) -> bytes:
    command = ["git", "-C", str(project.root), *arguments]
    try:
        shown = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        stop("git is not installed, so no revision can be looked into", "Install git.")
    if shown.returncode:
        reason = shown.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        stop(
            f"no such output and no such revision: {reason}",
            "Name a tag or commit, or an output that exists: build/html, an .epub, a .pdf.",
        )
    return shown.stdout


def _edition(project: Project) -> Edition:
    edition = open_edition(project)
    if edition.lock and edition.lock.problems:
        first = edition.lock.problems[0]
        stop(f"{first.location}: {first.message}", first.hint)
    return edition


def _release(project: Project, given: str | None) -> str:
    if given is not None:
        return given
    return metadata_of(project).release if (project.root / "CITATION.cff").exists() else ""


def _decide(
    project: Path,
    decision: Callable[[Edition, str], Mapping[str, LockedAnchor]],
    release: str | None = None,
) -> None:
    opened = open_project(project)
    with writing(opened.root, NAME):
        _write(opened, decision(_edition(opened), _release(opened, release)))


def _write(project: Project, entries: Mapping[str, LockedAnchor]) -> None:
    replace_file(project.lock, write_lock(entries.values()).encode())
    say(f"Wrote {project.lock.name}: {len(entries)} anchors.")


def _row(change: Change) -> dict[str, Any]:
    return {
        "id": change.id,
        "event": str(change.event),
        "path": change.anchor.location.path if change.anchor else None,
        "line": change.anchor.location.line if change.anchor else None,
        "locked_path": change.locked.file if change.locked else None,
        "others": list(change.others),
        "kept": round(change.kept, 2),
    }


def _words(change: Change) -> str:
    others = ", ".join(change.others)
    there = f"{change.anchor.location}: " if change.anchor else ""
    match change.event:
        case Event.MOVED:
            more = f" from {change.locked.file}" if change.locked else ""
        case Event.SPLIT | Event.MERGED:
            more = f" into {others}"
        case Event.CHANGED | Event.DRIFTED:
            more = f", {change.kept:.0%} of the words are there"
        case Event.LOST | Event.REPLACED:
            more = f"; the words stand under {others}" if others else ""
        case _:
            more = ""
    return f"{there}{change.id} {change.event}{more}"
