"""What the commands begin with: the project, its edition, or an end with a reason."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from edition.model import Edition
from edition.project.layout import Project, ProjectError, find_project
from edition.verify.ledger import LEDGER, Entry, LedgerError, read_ledger


def open_project(path: Path) -> Project:
    """The project that a path belongs to; ends the command with 2 where there is none."""
    try:
        return find_project(path)
    except ProjectError as error:
        stop(error.message, error.hint)


def open_edition(project: Project) -> Edition:
    """The project's edition; ends the command with 2 where it cannot be read."""
    from edition.loading.load import load

    try:
        return load(project)
    except ProjectError as error:
        stop(error.message, error.hint)


def ledger_of(project: Project) -> dict[str, Entry]:
    """The project's ledger of verdicts; ends the command with 2 where it cannot be read."""
    try:
        return read_ledger(project.root / LEDGER)
    except LedgerError as error:
        stop(str(error), f"Restore {LEDGER} from version control, or delete it and verify anew.")


def inner_path(project: Project, path: Path) -> str:
    """A path as findings show it; empty for the root itself or what surrounds it."""
    absolute = Path(os.path.abspath(path))
    if not absolute.exists():
        stop(f"no such file or folder: {path}", "Check the path.")
    known = (*project.sources, *project.bibliography, project.root)
    if not any(file == absolute or absolute in file.parents for file in known):
        stop(
            f"{path} is no source of the project at {project.root}",
            f"Its sources are the *.md files in {project.config.source}/ and its BibTeX files.",
        )
    if not absolute.is_relative_to(project.root) or absolute == project.root:
        return ""
    return project.path(absolute)


def stop(message: str, hint: str) -> NoReturn:
    """End the command: it could not run."""
    click.echo(f"edition: {message}", err=True)
    if hint:
        click.echo(f"  {hint}", err=True)
    sys.exit(2)
