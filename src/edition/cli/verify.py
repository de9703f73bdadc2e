"""`edition verify`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edition import __version__
from edition.cli.options import (
    JOBS,
    PROJECT,
    SOURCES,
    open_edition,
    open_project,
    read_source,
    say,
    stop,
    writing,
)
from edition.model import Edition, Quotation
from edition.project.clock import source_date
from edition.project.layout import Project
from edition.verify.ledger import (
    LEDGER,
    Entry,
    merged,
    quotation_digest,
    quotation_name,
    read_ledger,
    write_ledger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edition.verify.corpus import Corpus
    from edition.verify.folder import Problem
    from edition.verify.reading import Reading
    from edition.verify.reports import Result
    from edition.verify.verdict import Judgement, Query

Ticker = Callable[[int, int], None]


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@SOURCES
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "sarif", "github"]),
    default="text",
    show_default=True,
)
@click.option("--suggest", is_flag=True, help="Propose pages for quotations without a locator.")
@click.option("--dry-run", is_flag=True, help="Leave the ledger as it is.")
@JOBS
@PROJECT
def verify(
    ids: tuple[str, ...],
    sources: Path | None,
    form: str,
    suggest: bool,
    dry_run: bool,
    jobs: int | None,
    project: Path,
) -> None:
    """Look quotations up in the texts of the works quoted.

    With IDs, only those quotations.

    What was read is remembered, and the verdicts are kept even if the command is broken off.
    Exit status: 0 nothing speaks against a quotation, 1 something does or a source is missing, 2
    could not run.
    """
    opened = open_project(project)
    edition = open_edition(opened)
    read_ledger(opened.root / LEDGER)  # a damaged one ends the command before the work
    known = {quotation_name(q) for q in edition.quotations}
    for unknown in sorted(set(ids) - known):
        stop(f"no quotation has the id “{unknown}”", "`edition list quotations` lists them.")
    try:
        with progress("Reading the sources") as tick:
            corpus, problems = open_corpus(opened, edition, sources, jobs, tick)
    except KeyboardInterrupt:
        stop("broken off while reading", "What was read is remembered; run it again to go on.")
    tell(problems)
    with progress("Verifying") as tick:
        results, entries, left = _judged(edition, corpus, ids, suggest, tick)
    if not dry_run and not suggest:
        with writing(opened.root, LEDGER):  # another command may have added verdicts meanwhile
            old = read_ledger(opened.root / LEDGER)
            write_ledger(opened.root / LEDGER, merged(old, entries, known))
    if left:
        stop(
            f"broken off after {len(results)} of {len(results) + left} quotations",
            "Their verdicts are in the ledger. Run it again to go on.",
        )
    _show(form, results, corpus, problems, opened.root.name)
    from edition.verify.reports import RULES
    from edition.verify.verdict import Verdict

    against = {*RULES, Verdict.NO_SOURCE}
    if problems or any(result.judgement.verdict in against for result in results):
        sys.exit(1)


def _show(
    form: Any,
    results: Sequence[Result],
    corpus: Corpus,
    problems: Sequence[Problem],
    title: str,
) -> None:
    from edition.verify import html_report, reports
    from edition.verify.folder import sources_report

    read = list(sources_report(corpus.sources))
    unread = [asdict(problem) for problem in problems]
    if form == "json":
        click.echo(reports.as_json(results, read, unread), nl=False)
    elif form in ("sarif", "github"):
        from edition.report import render

        found, rules = reports.as_diagnostics(results), tuple(reports.RULES.values())
        click.echo(render(found, format=form, rules=rules), nl=False)
    elif form == "html":
        click.echo(html_report.as_html(results, read, unread, title), nl=False)
    else:
        say(reports.sources_text(read), nl=False, err=True)
        say(reports.as_text(results), nl=False)


def tell(problems: Iterable[Problem]) -> None:
    """Print the sources that were not read."""
    for problem in problems:
        say(f"edition: {problem.path}: {problem.message}. {problem.hint}", err=True)


def open_corpus(
    project: Project, edition: Edition, folder: Path | None, workers: int | None, tick: Ticker
) -> tuple[Corpus, Sequence[Problem]]:
    """Return the sources of a project; ends the command where there is no folder of them."""
    from edition.verify.cache import Cache, default_folder

    read, problems = read_folder(project, edition, folder, workers, tick)
    return Cache(default_folder()).corpus(read), problems


def read_folder(
    project: Project, edition: Edition, folder: Path | None, workers: int | None, tick: Ticker
) -> Reading:
    """Return the sources of a project as they are read, and what cannot be read."""
    from edition.bibliography.pages import facts_of
    from edition.verify.cache import Cache, default_folder
    from edition.verify.folder import find_sources
    from edition.verify.reading import read_sources

    setting = project.config.sources
    if folder is None and not setting:
        stop(
            "no folder of sources is known",
            "Name one with --sources, or as sources under [tool.edition] in pyproject.toml.",
        )
    place = folder if folder is not None else project.root / Path(setting).expanduser()
    cache = Cache(default_folder())
    works = edition.bibliography.works.values()
    found, problems = find_sources(place, {work.key: facts_of(work).volumes for work in works})
    marks = project.config.page_marks
    read, more = read_sources(found, cache, marks, workers=workers, progress=tick)
    return read, [*problems, *(_with_line(project, problem) for problem in more)]


def _with_line(project: Project, problem: Problem) -> Problem:
    """Return a problem that says which line of the settings is to blame, where one is."""
    from edition.project.config import setting_line

    setting = "page_marks in pyproject.toml"
    if setting not in problem.hint:
        return problem
    line = setting_line(read_source(project, "pyproject.toml") or "", "page_marks")
    return replace(problem, hint=problem.hint.replace(setting, f"{setting}:{line}"))


def _judged(
    edition: Edition, corpus: Corpus, ids: tuple[str, ...], suggest: bool, tick: Ticker
) -> tuple[list[Result], list[Entry], int]:
    """Return the verdicts, their entries for the ledger, and how many are left."""
    from edition.verify.judge import Judge
    from edition.verify.query import Asker
    from edition.verify.reports import Result

    judge = Judge(corpus)
    digests: dict[str, str] = {}
    for source in corpus.sources:
        digests[source.key] = digests.get(source.key, "") + source.digest[:16]
    asker = Asker(edition, digests)
    asking = []
    for quotation in edition.quotations:
        asked = asker.ask(quotation)
        name = quotation_name(quotation)
        if asked and (not ids or name in ids) and not (suggest and asked.labels):
            asking.append((name, quotation, asked))
    results: list[Result] = []
    entries: list[Entry] = []
    try:
        for name, quotation, asked in asking:
            found = judge.judge(asked)
            entry = _entry(name, quotation, asked, found, digests.get(asked.key, ""))
            anchored = quotation.id is not None
            results.append(Result(name, quotation.location, asked, found, anchored))
            entries.append(entry)
            tick(len(results), len(asking))
    except KeyboardInterrupt:
        return results, entries[: len(results)], len(asking) - len(results)
    return results, entries, 0


def _entry(name: str, quotation: Quotation, asked: Query, found: Judgement, digest: str) -> Entry:
    return Entry(
        id=name,
        key=asked.key,
        cited=", ".join(asked.labels),
        quotation=quotation_digest(quotation),
        source=digest,
        verdict=str(found.verdict),
        found="–".join(found.found),
        basis=found.basis,
        others=len(found.others),
        differing=sum(not d.damaged for d in found.differences),
        date=(source_date() or datetime.now(UTC)).date().isoformat(),
        tool=__version__,
    )


@contextmanager
def progress(title: str) -> Iterator[Ticker]:
    """Yield a bar on a terminal's standard error; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _whole: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task: Any = bar.add_task(title)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)
