"""The command `edition`: a thin shell over the package, one module a command.

Exit status: 0 clean, 1 findings, 2 could not run, 3 a fault of this program.
"""

import errno
import io
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from edition import __version__
from edition.cli.options import stop
from edition.model.errors import EditionError

# Each command and the first line of its help, so that the list of commands is shown without
# importing any of them; a test compares the lines.
COMMANDS = {
    "anchors": "Keep published anchors: lock, compare, retire, accept.",
    "build": "Check a project, then build its PDF, EPUB and website.",
    "check": "Check every citation, quotation and anchor of a project.",
    "cite": "Print a citation of the passage, quotation or other anchor ID.",
    "digest": "Write number and digest of the words into quotations.",
    "find": "Find WORDS in the texts of the works quoted.",
    "import": "Turn a document into MyST, its references into citations.",
    "list": "List the quotations, citations, anchors or works of a project.",
    "lsp": "Serve an editor: findings as you type, completion, hover, renaming.",
    "new": "Begin an edition in DIR, which builds at once.",
    "rules": "Show the catalogue of rules, or the page of one rule.",
    "serve": "Show the website at a local address, rebuilt after every change.",
    "sources": "List the texts of the works quoted, by work and volume.",
    "verify": "Look quotations up in the texts of the works quoted.",
}

# What is installed only with an extra, by the name under which it is imported.
EXTRAS = {
    **dict.fromkeys(("charset_normalizer", "merge3"), "import"),
    **dict.fromkeys("edlib lxml numpy pypdfium2 rapidfuzz spellchecker".split(), "verify"),
    **dict.fromkeys(("lsprotocol", "pygls"), "lsp"),
    "pikepdf": "build",
    "pypandoc": "documents",
}


class Commands(click.Group):
    """A group that imports a command when it is asked for: quick work stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if cmd_name in ("import", "list") else cmd_name  # Python's own
        command: click.Command = getattr(import_module(f"edition.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for; name the nearest where there is none."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            close = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"Did you mean “{close[0]}”?" if close else "`edition --help` lists them all."
            stop(f"there is no command “{args[0]}”", hint)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; say in two lines why it could not run."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # else click says “Aborted!” and that there are findings
            sys.exit(130)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except EditionError as error:
            stop(error.message, error.hint)
        except ModuleNotFoundError as error:
            library = (error.name or "").partition(".")[0]
            if library not in EXTRAS:
                raise
            extra = f"pip install 'sphinx-edition[{EXTRAS[library]}]'"
            stop(f"this needs {library}, which is not installed", f"Run: {extra}")
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of a pipe has closed it: click ends quietly
                raise
            what = error.filename or "the output"
            why = error.strerror or error
            stop(
                f"{what} cannot be written or read: {why}",
                "Make room or set its rights, and run the command again.",
            )
        except Exception as error:  # noqa: BLE001 - what nobody foresaw
            click.echo(f"edition: a fault of this program: {type(error).__name__}", err=True)
            report = write_report(error)
            click.echo(f"  Please send the report to its developers: {report}", err=True)
            sys.exit(3)


def write_report(error: BaseException) -> str:
    """Write a report for the developers on an error that nobody foresaw; return its path."""
    import tempfile
    import traceback

    report = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix="edition-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(f"edition {__version__}, Python {sys.version}\n{sys.argv!r}\n\n{report}")
    return file.name


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edition")
def main() -> None:
    """Critical editions in MyST and BibTeX: check the citations, list what is cited."""


def run() -> None:
    """Run the command line, in a terminal of any encoding, with any of its streams closed."""
    # A stream that was closed before the program began is None.
    sys.stdin, sys.stdout, sys.stderr = (
        stream or io.StringIO() for stream in (sys.stdin, sys.stdout, sys.stderr)
    )
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    main(prog_name="edition")
