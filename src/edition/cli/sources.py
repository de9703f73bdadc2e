"""`edition sources`."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from edition.cli.options import JOBS, PROJECT, SOURCES, open_edition, open_project, say
from edition.cli.verify import progress, read_folder, tell


@click.command()
@SOURCES
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
)
@JOBS
@PROJECT
def sources(sources: Path | None, form: str, jobs: int | None, project: Path) -> None:
    """List the texts of the works quoted, by work and volume.

    For each work: its files and what each was taken for, its volumes, pages and gaps, and the
    works quoted that have no file.

    Exit status: 0 every file read, 1 not so, 2 could not run.
    """
    from edition.verify.folder import sources_report
    from edition.verify.query import Asker
    from edition.verify.reports import sources_text

    opened = open_project(project)
    edition = open_edition(opened)
    with progress("Reading the sources") as tick:
        read, problems = read_folder(opened, edition, sources, jobs, tick)
    rows = list(sources_report(read))
    asker = Asker(edition, {source.key for source in read})
    missing = asker.without_source()
    if form == "json":
        unread = [asdict(problem) for problem in problems]
        report = {"sources": rows, "problems": unread, "without": missing}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        say(sources_text(rows), nl=False)
        for key in missing:
            say(f"{key}  no file")
        tell(problems)
    if problems:
        sys.exit(1)
