"""The command `edition`: a thin shell over the package, one module a command.

Exit status: 0 clean, 1 findings, 2 could not run.
"""

from __future__ import annotations

import errno
import sys
from importlib import import_module
from typing import Any

import click

from edition import __version__

# Each command's module and name in it; a module is imported when its command is asked for.
COMMANDS = {
    "anchors": ("anchors", "anchors"),
    "check": ("check", "check"),
    "cite": ("cite", "cite"),
    "find": ("find", "find"),
    "import": ("import_", "import_"),
    "list": ("list_", "list_"),
    "rules": ("rules", "rules"),
    "verify": ("verify", "verify"),
}


class Commands(click.Group):
    """A group that imports a command when it is asked for: quick work stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"edition.cli.{module}"), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; where a disk is full, or the like, it could not run."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads has had enough: click's business
                raise
            what = error.filename or "the output"
            why = error.strerror or error
            click.echo(f"edition: {what} cannot be written or read: {why}", err=True)
            click.echo("  Make room or set its rights, and run the command again.", err=True)
            sys.exit(2)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edition")
def main() -> None:
    """Critical editions in MyST and BibTeX: check the citations, list what is cited."""
