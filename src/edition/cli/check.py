"""`edition check`."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from edition.check import findings_of
from edition.cli.options import (
    PROJECT,
    TEXTS,
    inner_path,
    open_edition,
    open_project,
    read_source,
    say,
    stop,
    writing,
)
from edition.loading.baseline import BASELINE
from edition.loading.baseline import write_baseline as write_baseline_text
from edition.model.diagnostic import Diagnostic, RuleInfo, Severity
from edition.model.errors import EditionError
from edition.project.layout import Project
from edition.report import FORMATS, render, wants_colour

if TYPE_CHECKING:
    from edition.cli.fix import FixedFile

_FROM_THE_REPOSITORY = ("github", "gitlab", "sarif")
_OF_A_BOOK = ("myst.yml", "_toc.yml", "_config.yml")
_PAUSE = 0.4
"""Seconds between two looks at the files: soon enough for a person, next to nothing for a disk."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice([str(s) for s in Severity]),
    help="The least severity that makes the check fail (default: warning).",
)
@click.option("--select", multiple=True, metavar="RULE", help="Apply only this rule; repeatable.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not apply this rule; repeatable.")
@click.option("--fix", is_flag=True, help="Mend what can be mended exactly, then check again.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--write-baseline", is_flag=True, help="Take today's findings as known; report new ones only."
)
@click.option("--watch", is_flag=True, help="Check again after every change, until Ctrl-C.")
@PROJECT
def check(
    paths: tuple[Path, ...],
    form: Any,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    diff: bool,
    write_baseline: bool,
    watch: bool,
    project: Path,
) -> None:
    """Check every citation, quotation and anchor of a project.

    With PATHS, the project that they belong to, and only what is in them is reported.
    """
    start = paths[0] if paths and project == Path() else project
    only = [inner_path(open_project(start), path) for path in paths]

    def chosen() -> Project:
        now = open_project(start)
        config = now.config
        wanted = replace(config, select=select or config.select, ignore=(*config.ignore, *ignore))
        return replace(now, config=wanted)

    opened = chosen()
    if watch:
        if fix or diff or write_baseline or form != "text":
            stop("--watch only shows findings as text", "Leave the other option away.")
        _watch(chosen, only)
    if write_baseline:
        count = write_known(opened)
        click.echo(f"{BASELINE} knows {count} findings; the next check reports new ones only.")
        return
    if diff:
        mended = _fixed(opened, only)
        click.echo("".join(file.difference() for file in mended), nl=False)
        sys.exit(1 if mended else 0)
    if fix:
        with writing(opened.root, TEXTS):
            if mended := _fixed(opened, only):
                from edition.cli.fix import write_fixed

                write_fixed(opened, mended)
    found = _findings(opened, only)
    show(opened, found, form)
    least = Severity[fail_on.upper()] if fail_on else opened.config.fail_on
    if any(finding.severity >= least for finding in found):
        sys.exit(1)


def _fixed(project: Project, only: list[str]) -> list[FixedFile]:
    from edition.cli.fix import fixed_files

    mended, left_out = fixed_files(project, open_edition(project), lambda f: _concerns(only, f))
    for path in left_out:
        why = "is a notebook" if path.endswith(".ipynb") else "has faults of syntax"
        say(f"edition: {path} {why} and is not mended", err=True)
    return mended


def show(project: Project, found: list[Diagnostic], form: Any) -> None:
    """Print findings in a format."""
    shown = found
    if form in _FROM_THE_REPOSITORY:
        # A service that shows findings beside the lines of a change takes their paths from the
        # root of the repository, which may hold several editions.
        folders = (project.root, *project.root.parents)
        repository = next((f for f in folders if (f / ".git").exists()), project.root)
        inner = project.root.relative_to(repository)
        shown = [_below(inner, finding) for finding in found]
    click.echo(
        render(
            shown,
            format=form,
            sources=lambda path: read_source(project, path),
            rules=_catalogue() if form == "sarif" else (),
            colour=form == "text" and wants_colour(sys.stdout, os.environ),
            width=shutil.get_terminal_size((100, 24)).columns,
        ),
        nl=False,
        color=True,
    )
    if form == "text" and (unread := Counter(project.unread)):
        left = ", ".join(f"{count} {kind}" for kind, count in sorted(unread.items()))
        read = len(project.sources) + len(project.restructured)
        click.echo(f"{read} {'file' if read == 1 else 'files'} checked, {left} not read.")


def _below(folder: Path, finding: Diagnostic) -> Diagnostic:
    place = finding.location
    return replace(finding, location=place._replace(path=(folder / place.path).as_posix()))


def _watch(project_now: Callable[[], Project], only: list[str]) -> NoReturn:
    """Show the findings now and after every change, until the user ends it."""
    seen: object = None
    while True:
        try:
            project = project_now()
            state: object = _state(project)
            if state != seen:
                found = _findings(project, only)
                if sys.stdout.isatty():
                    click.clear()
                show(project, found, "text")
        except EditionError as error:  # the user is just changing it
            state = (error.message, error.hint)
            if state != seen:
                click.echo(f"edition: {error.message}\n  {error.hint}", err=True)
        seen = state
        sys.stdout.flush()
        time.sleep(_PAUSE)


def _state(project: Project) -> list[tuple[str, int, int]]:
    """Return what tells that a file of the project was changed, added or taken away."""
    files = [*project.sources, *project.unchecked, *project.bibliography, project.lock]
    files += [project.root / name for name in ("pyproject.toml", BASELINE)]
    files += [project.root / project.config.source / name for name in _OF_A_BOOK]
    told = [(file, file.stat()) for file in files if file.exists()]
    return [(str(file), status.st_mtime_ns, status.st_size) for file, status in told]


def _findings(project: Project, only: list[str]) -> list[Diagnostic]:
    return [f for f in findings_of(project) if _concerns(only, f)]


def _concerns(only: list[str], finding: Diagnostic) -> bool:
    """Tell whether a finding is of one of the paths given, if any were."""
    path = finding.location.path
    return not only or any(not p or path == p or path.startswith(f"{p}/") for p in only)


def _catalogue() -> Sequence[RuleInfo]:
    # Imported where it is published: an unchanged project is answered without the rules.
    from edition.rules import RULES

    return [RuleInfo(rule.code, rule.name, rule.summary, rule.severity) for rule in RULES]


def write_known(project: Project) -> int:
    """Write the baseline: what is found today is known; return the number of findings."""
    from edition.check import check_edition
    from edition.project.files import replace_file

    edition = replace(open_edition(project), baseline=None)
    found = check_edition(edition, project.config)
    replace_file(project.root / BASELINE, write_baseline_text(found).encode())
    return len(found)
