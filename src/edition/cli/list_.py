"""`edition list`."""

import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from edition.cli.options import PROJECT, open_edition, open_project, say
from edition.model import Edition
from edition.report import ROW_FORMATS, render_rows
from edition.report.listing import (
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
from edition.verify.ledger import LEDGER, read_ledger, status

LISTINGS: dict[str, tuple[Callable[[Edition], list[Row]], list[str]]] = {
    "quotations": (quotation_rows, QUOTATION_COLUMNS),
    "citations": (citation_rows, CITATION_COLUMNS),
    "anchors": (anchor_rows, ANCHOR_COLUMNS),
    "works": (work_rows, WORK_COLUMNS),
}


@click.command("list")
@click.argument("what", type=click.Choice(list(LISTINGS)))
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(ROW_FORMATS), default="text", show_default=True)
@PROJECT
def list_(what: str, path: Path | None, form: Any, project: Path) -> None:
    """List the quotations, citations, anchors or works of a project.

    PATH, a path in the project, is another way to give --project.
    """
    opened = open_project(path or project)
    edition = open_edition(opened)
    rows_of, columns = LISTINGS[what]
    if what == "quotations":
        rows_of = partial(
            quotation_rows, verified=partial(status, read_ledger(opened.root / LEDGER))
        )
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    (say if form == "text" else click.echo)(
        render_rows(rows_of(edition), columns, form, width=width), nl=False
    )
