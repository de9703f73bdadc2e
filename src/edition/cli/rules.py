"""`edition rules`."""

from __future__ import annotations

from inspect import cleandoc

import click

from edition.cli.options import stop
from edition.model.errors import EditionError
from edition.report import render_rows
from edition.rules import RULES, find_rule


@click.command()
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
    except EditionError as error:
        stop(error.message, error.hint)
    click.echo(f"{rule.code} {rule.name} ({rule.severity})\n\n{cleandoc(rule.page)}")
