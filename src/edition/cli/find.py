"""`edition find`."""

import sys
from pathlib import Path

import click

from edition.cli.options import (
    JOBS,
    PROJECT,
    SOURCES,
    obeyed_by_none,
    open_edition,
    open_project,
    say,
    stop,
)
from edition.cli.verify import open_corpus, progress, tell
from edition.model.counted import counted

_AROUND = 40  # letters on either side that are shown


@click.command()
@click.argument("words")
@SOURCES
@JOBS
@click.option(
    "--limit",
    "--most",
    "limit",
    type=click.IntRange(0),
    default=20,
    show_default=True,
    help="Places shown; 0 for all.",
)
@PROJECT
def find(words: str, sources: Path | None, jobs: int | None, limit: int, project: Path) -> None:
    """Find WORDS in the texts of the works quoted.

    They are found as they are or, failing that, nearly so.

    Exit status: 0 found, 1 not found, 2 could not run.
    """
    from edition.verify.letters import letters
    from edition.verify.stand_off import find_words

    if not letters(words).stream.size:
        stop(f"there is no letter in “{words}” to look for", "Give a word, or several in quotes.")
    opened = open_project(project)
    edition = open_edition(opened)
    with progress("Reading the sources") as tick:
        corpus, problems = open_corpus(opened, edition, sources, jobs, tick)
    tell(problems)
    places = find_words(corpus, words)
    for start, end in places[:limit] if limit else places:
        before, inside, after = corpus.in_context(start, end, _AROUND)
        say(corpus.place_named(start, end))
        before, inside, after = map(obeyed_by_none, (f"    {before}", inside, after))
        click.echo(f"{before} {click.style(inside, bold=True)} {after}")
    if limit and len(places) > limit:
        more = len(places) - limit
        say(f"{counted(more, 'more place')}; --limit 0 shows all.")
    if not places:
        say("Not found.")
        sys.exit(1)
