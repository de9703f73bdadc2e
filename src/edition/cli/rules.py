"""`edition rules`."""

from typing import Any

import click

from edition.report import ROW_FORMATS, render_rows
from edition.rules import RULES, find_rule


@click.command()
@click.argument("name", required=False)
@click.option("--format", "form", type=click.Choice(ROW_FORMATS), default="text", show_default=True)
def rules(name: str | None, form: Any) -> None:
    """Show the catalogue of rules, or the page of one rule.

    NAME is a rule's name or code; --format is for the catalogue.
    """
    if name is None:
        rows = [
            {"code": r.code, "name": r.name, "severity": str(r.severity), "finds": r.summary}
            for r in RULES
        ]
        click.echo(render_rows(rows, ["code", "name", "severity", "finds"], form), nl=False)
        return
    rule = find_rule(name)
    click.echo(f"{rule.code} {rule.name} ({rule.severity})\n\n{rule.page}")
