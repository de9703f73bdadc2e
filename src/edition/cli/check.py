"""`edition check`."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from edition.checks import RULES, run
from edition.cli.opening import inner_path, open_edition, open_project, stop
from edition.config import ConfigError
from edition.diagnostic import Severity
from edition.report import FORMATS, render, wants_colour


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
def check(
    paths: tuple[Path, ...],
    form: Any,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> None:
    """Check every citation, quotation and anchor of the project that PATHS belong to.

    Without PATHS, of the current folder's project; with them, only what they hold is reported.
    """
    project = open_project(paths[0] if paths else Path())
    only = [inner_path(project, path) for path in paths]
    config = project.config
    config = replace(config, select=select or config.select, ignore=(*config.ignore, *ignore))
    try:
        found = run(open_edition(project), config)
    except ConfigError as error:
        stop(error.message, error.hint)
    if only and "" not in only:
        found = [f for f in found if any(_holds(path, f.location.path) for path in only)]
    width = shutil.get_terminal_size((100, 24)).columns
    click.echo(
        render(
            found,
            format=form,
            sources=lambda path: _read(project.root / path),
            rules=RULES,
            colour=form == "text" and wants_colour(sys.stdout, os.environ),
            width=width,
        ),
        nl=False,
        color=True,
    )
    least = Severity[fail_on.upper()] if fail_on else config.fail_on
    if any(finding.severity >= least for finding in found):
        sys.exit(1)


def _holds(outer: str, path: str) -> bool:
    return path == outer or path.startswith(outer + "/")


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
