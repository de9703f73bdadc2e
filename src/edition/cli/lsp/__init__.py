"""`edition lsp`: the edition in an editor, over the Language Server Protocol."""

import click


@click.command()
@click.option("--stdio", is_flag=True, help="Talk over standard input and output, as always.")
def lsp(stdio: bool) -> None:
    """Serve an editor: findings as you type, completion, hover, renaming."""
    from edition.cli.lsp.answers import make_server

    make_server().start_io()
