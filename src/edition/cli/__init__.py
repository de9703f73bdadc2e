"""The command `edition`: a thin shell over the package, one module a command.

Exit status: 0 clean, 1 findings, 2 could not run.
"""

from __future__ import annotations

import click

from edition import __version__
from edition.cli.anchors import anchors
from edition.cli.check import check
from edition.cli.cite import cite
from edition.cli.find import find
from edition.cli.listing import list_
from edition.cli.rules import rules
from edition.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="edition")
def main() -> None:
    """Critical editions in MyST and BibTeX: check the citations, list what is cited."""


main.add_command(anchors)
main.add_command(check)
main.add_command(cite)
main.add_command(find)
main.add_command(list_)
main.add_command(rules)
main.add_command(verify)
