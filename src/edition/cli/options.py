"""The options that several commands share, and how a command opens its project or ends."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from edition.model.errors import EditionError

if TYPE_CHECKING:
    from edition.model import Edition
    from edition.project.layout import Project

TEXTS = "the texts"
"""What a command holds that changes sources, imported texts or bibliographies."""

_COMMAND = re.compile(r"^(\s*)::", re.MULTILINE)

PROJECT = click.option(
    "--project",
    default=".",
    type=click.Path(path_type=Path),
    help="A path in the project (default: the current folder).",
)
JOBS = click.option(
    "--jobs",
    "--workers",
    "jobs",
    type=click.IntRange(1),
    help="Processes that read (default: as many as pay).",
)
SOURCES = click.option(
    "--sources", type=click.Path(path_type=Path), help="The folder of sources (default: setting)."
)


def open_project(path: Path) -> Project:
    """Return the project that a path belongs to. Raises ProjectError where there is none."""
    from edition.project.layout import find_project

    return find_project(path)


def open_edition(project: Project) -> Edition:
    """Return the project's edition. Raises EditionError where it cannot be read."""
    from edition.loading.load import load

    return load(project)


def inner_path(project: Project, path: Path) -> str:
    """Return a path as findings show it; empty for the root itself or a folder around it."""
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


def read_source(project: Project, path: str) -> str | None:
    """Return the text of a file by the path that findings show; None where it cannot be read."""
    from edition.loading.notebooks import NOTEBOOK, notebook_text
    from edition.project.files import read_file

    try:
        text = read_file(project.root / path).decode("utf-8", "replace")
        return notebook_text(text) if path.endswith(NOTEBOOK) else text
    except (OSError, EditionError):
        return None


def git_says(*words: str) -> str:
    """Return what a command of git prints; nothing where it fails or there is no git."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - the words are ours
            ["git", *words],  # noqa: S607 - the user's own git
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


@contextmanager
def writing(root: Path, name: str) -> Iterator[None]:
    """Hold the lock of what a command reads, changes and replaces in a project."""
    from edition.project.cache import own_folder

    with taking_turns(own_folder(root) / "locks", name):
        yield


@contextmanager
def taking_turns(folder: Path, name: str) -> Iterator[None]:
    """Hold a lock that lies in a folder; say so if another command has it."""
    from edition.project.files import locked

    def waiting() -> None:
        say(f"edition: another command is writing {name}; waiting for it", err=True)

    with locked(folder, name, waiting):
        yield


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print text in which file names, sources and settings may stand: nothing obeys it."""
    click.echo(obeyed_by_none(text), err=err, nl=nl)


def obeyed_by_none(text: str) -> str:
    """Return a text that is no command to a terminal, nor to GitHub's runner (`::error::`)."""
    from edition.report.cells import harmless

    shown = harmless(text)
    return _COMMAND.sub("\\1\u2237", shown) if os.environ.get("GITHUB_ACTIONS") else shown


def stop(message: str, hint: str = "") -> NoReturn:
    """End the command: it could not run."""
    say(f"edition: {message}", err=True)
    if hint:
        say(f"  {hint}", err=True)
    sys.exit(2)
