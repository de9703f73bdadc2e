"""`edition check`."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from edition.check import findings_of
from edition.cli.options import PROJECT, inner_path, open_edition, open_project
from edition.loading.baseline import BASELINE
from edition.loading.baseline import write_baseline as write_baseline_text
from edition.model.diagnostic import Diagnostic, Severity
from edition.project.atomic import read_file
from edition.project.layout import Project
from edition.report import FORMATS, RuleInfo, render, wants_colour


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
    project: Path,
) -> None:
    """Check every citation, quotation and anchor of a project.

    With PATHS, the project that they belong to, and only what is in them is reported.
    """
    opened = open_project(paths[0] if paths and project == Path() else project)
    only = [inner_path(opened, path) for path in paths]
    config = opened.config
    config = replace(config, select=select or config.select, ignore=(*config.ignore, *ignore))
    opened = replace(opened, config=config)
    if write_baseline:
        _write_baseline(opened)
        return
    found = _findings(opened, only)
    if diff or fix:
        from edition.cli.fix import fixed_files, write_fixed

        edition = open_edition(opened)
        mended, left_out = fixed_files(opened, edition, lambda f: _concerns(only, f))
        for path in left_out:
            click.echo(f"edition: {path} has faults of syntax and is not mended", err=True)
        if diff:
            click.echo("".join(file.difference() for file in mended), nl=False)
            sys.exit(1 if mended else 0)
        for file in mended:
            write_fixed(opened, file)
        if mended:
            found = _findings(opened, only)
    width = shutil.get_terminal_size((100, 24)).columns
    click.echo(
        render(
            found,
            format=form,
            sources=lambda path: _read(opened.root / path),
            rules=_catalogue() if form == "sarif" else (),
            colour=form == "text" and wants_colour(sys.stdout, os.environ),
            width=width,
        ),
        nl=False,
        color=True,
    )
    if form == "text" and (unread := Counter(opened.unread)):
        left = ", ".join(f"{count} {kind}" for kind, count in sorted(unread.items()))
        click.echo(f"{len(opened.sources)} files checked, {left} not read.")
    least = Severity[fail_on.upper()] if fail_on else config.fail_on
    if any(finding.severity >= least for finding in found):
        sys.exit(1)


def _findings(project: Project, only: list[str]) -> list[Diagnostic]:
    return [f for f in findings_of(project) if _concerns(only, f)]


def _concerns(only: list[str], finding: Diagnostic) -> bool:
    """Tell whether a finding is of one of the paths given, if any were."""
    path = finding.location.path
    return not only or any(not p or path == p or path.startswith(f"{p}/") for p in only)


def _catalogue() -> Sequence[RuleInfo]:
    # Imported where it is published: an unchanged project is answered without the rules.
    from edition.rules import RULES

    return RULES


def _write_baseline(project: Project) -> None:
    from edition.check import check_edition
    from edition.project.atomic import replace_file

    edition = replace(open_edition(project), baseline=None)
    found = check_edition(edition, project.config)
    replace_file(project.root / BASELINE, write_baseline_text(found).encode())
    click.echo(f"{BASELINE} knows {len(found)} findings; the next check reports new ones only.")


def _read(file: Path) -> str | None:
    try:
        return read_file(file).decode("utf-8", "replace")
    except OSError:
        return None
