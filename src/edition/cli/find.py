"""`edition find`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from edition.cli.options import open_edition, open_project, stop
from edition.cli.verify import open_corpus, progress, require


@click.command()
@click.argument("words")
@click.option(
    "--sources", type=click.Path(path_type=Path), help="The folder of sources (default: setting)."
)
@click.option(
    "--workers", type=click.IntRange(1), help="Processes that read (default: as many as pay)."
)
@click.option("--most", type=click.IntRange(0), default=20, show_default=True, help="Places shown.")
def find(words: str, sources: Path | None, workers: int | None, most: int) -> None:
    """Find WORDS in the sources, as they stand or, if they do not, nearly so.

    Exit status: 0 found, 1 not found, 2 could not run.
    """
    require()
    from edition.verify.judge import Judge
    from edition.verify.letters import letters
    from edition.verify.search import find_words, in_context

    if not letters(words).stream.size:
        stop(f"there is no letter in “{words}” to look for", "Give a word, or several in quotes.")
    project = open_project(Path())
    edition = open_edition(project)
    with progress("Reading the sources") as tick:
        corpus, problems = open_corpus(project, edition, sources, workers, tick)
    for problem in problems:
        click.echo(f"edition: {problem.path}: {problem.message}. {problem.hint}", err=True)
    judge = Judge(corpus)
    places = find_words(corpus, words)
    for start, end in places[:most] if most else places:
        before, inside, after = in_context(corpus, start, end)
        click.echo(judge.place_named(start, end))
        click.echo(f"    {before} {click.style(inside, bold=True)} {after}")
    if most and len(places) > most:
        more = len(places) - most
        click.echo(f"{more} more place{'' if more == 1 else 's'}; --most 0 shows all.")
    if not places:
        click.echo("Not found.")
        sys.exit(1)
