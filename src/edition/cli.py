"""The command `edition`: a thin shell over the package.

Exit status: 0 clean, 1 findings, 2 could not run.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from inspect import cleandoc
from pathlib import Path
from typing import Any, NoReturn

import click

from edition import __version__
from edition.checks import RULES, find_rule, run
from edition.config import ConfigError
from edition.diagnostic import Severity
from edition.listing import (
    ANCHOR_COLUMNS,
    CITATION_COLUMNS,
    QUOTATION_COLUMNS,
    WORK_COLUMNS,
    Row,
    anchor_rows,
    citation_rows,
    quotation_rows,
    work_rows,
)
from edition.load import load
from edition.model import Edition
from edition.project import Project, ProjectError, find_project
from edition.report import FORMATS, ROW_FORMATS, render, render_rows, wants_colour

LISTINGS: dict[str, tuple[Callable[[Edition], list[Row]], list[str]]] = {
    "quotations": (quotation_rows, QUOTATION_COLUMNS),
    "citations": (citation_rows, CITATION_COLUMNS),
    "anchors": (anchor_rows, ANCHOR_COLUMNS),
    "works": (work_rows, WORK_COLUMNS),
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edition")
def main() -> None:
    """Critical editions in MyST and BibTeX: check the citations, list what is cited."""


@main.command()
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
    project = _project(paths[0] if paths else Path())
    only = [_inner(project, path) for path in paths]
    config = project.config
    config = replace(config, select=select or config.select, ignore=(*config.ignore, *ignore))
    try:
        found = run(load(project), config)
    except (ProjectError, ConfigError) as error:
        _stop(error.message, error.hint)
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


@main.command()
@click.argument("name", required=False)
def rules(name: str | None) -> None:
    """Show the catalogue of rules, or the page of the rule NAME (or code)."""
    if name is None:
        rows = [
            {"code": r.code, "name": r.name, "severity": str(r.severity), "finds": r.summary}
            for r in RULES
        ]
        click.echo(render_rows(rows, ["code", "name", "severity", "finds"], "text"), nl=False)
        return
    try:
        rule = find_rule(name)
    except ConfigError as error:
        _stop(error.message, error.hint)
    click.echo(f"{rule.code} {rule.name} ({rule.severity})\n\n{cleandoc(rule.page)}")


@main.command("list")
@click.argument("what", type=click.Choice(list(LISTINGS)))
@click.argument("path", required=False, default=".", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(ROW_FORMATS), default="text", show_default=True)
def list_(what: str, path: Path, form: Any) -> None:
    """List the quotations, citations, anchors or works of the project that PATH belongs to."""
    project = _project(path)
    try:
        edition = load(project)
    except ProjectError as error:
        _stop(error.message, error.hint)
    rows_of, columns = LISTINGS[what]
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo(render_rows(rows_of(edition), columns, form, width=width), nl=False)


def _project(path: Path) -> Project:
    try:
        return find_project(path)
    except ProjectError as error:
        _stop(error.message, error.hint)


def _inner(project: Project, path: Path) -> str:
    """A path as findings show it; empty for the root itself or what surrounds it."""
    absolute = Path(os.path.abspath(path))
    if not absolute.exists():
        _stop(f"no such file or folder: {path}", "Check the path.")
    known = (*project.sources, *project.bibliography, project.root)
    if not any(file == absolute or absolute in file.parents for file in known):
        _stop(
            f"{path} is no source of the project at {project.root}",
            f"Its sources are the *.md files in {project.config.source}/ and its BibTeX files.",
        )
    if not absolute.is_relative_to(project.root) or absolute == project.root:
        return ""
    return project.path(absolute)


def _holds(outer: str, path: str) -> bool:
    return path == outer or path.startswith(outer + "/")


def _read(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def _stop(message: str, hint: str) -> NoReturn:
    click.echo(f"edition: {message}", err=True)
    if hint:
        click.echo(f"  {hint}", err=True)
    sys.exit(2)
