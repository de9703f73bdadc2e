"""`edition find`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from edition.cli.opening import open_edition, open_project
from edition.cli.verify import open_corpus, progress, require


@click.command()
@click.argument("words")
@click.option(
    "--sources", type=click.Path(path_type=Path), help="The folder of sources (default: setting)."
)
@click.option(
    "--workers", type=click.IntRange(1), help="Processes that read (default: as many as pay)."
)
def find(words: str, sources: Path | None, workers: int | None) -> None:
    """Find WORDS in the sources, as they stand or nearly so.

    Exit status: 0 found, 1 not found, 2 could not run.
    """
    require()
    from edition.sources.judge import Judge
    from edition.sources.placing import place
    from edition.sources.wording import read_wording

    project = open_project(Path())
    edition = open_edition(project)
    with progress("Reading the sources") as tick:
        corpus, problems = open_corpus(project, edition, sources, workers, tick)
    for problem in problems:
        click.echo(f"edition: {problem.path}: {problem.message}. {problem.hint}", err=True)
    judge = Judge(corpus)
    places = [p for p in place(corpus.space, read_wording(words)) if p.found]
    for placement in places:
        click.echo(judge.shown(placement))
        click.echo(f"    {' '.join(corpus.text(placement.start, placement.end).split())}")
    if not places:
        click.echo("Not found.")
        sys.exit(1)
