"""`edition lsp`: the edition in an editor, over the Language Server Protocol."""

import logging
import sys
import traceback
from pathlib import Path
from typing import BinaryIO, cast

import click

from edition.cli import write_report
from edition.cli.options import stop
from edition.model.errors import EditionError
from edition.project.files import MOST_BYTES

_LONGEST_LINE = 1000  # of a header: two short ones are known
_OURS = str(Path(__file__).parents[2])


@click.command()
@click.option("--stdio", is_flag=True, help="Talk over standard input and output, as always.")
def lsp(stdio: bool) -> None:
    """Serve an editor: findings as you type, completion, hover, renaming."""
    from edition.cli.lsp.answers import make_server

    heard, said = (getattr(stream, "buffer", None) for stream in (sys.stdin, sys.stdout))
    if heard is None or said is None:
        stop("standard input or output is closed", "Start this command in an editor.")
    handler = logging.StreamHandler()
    handler.setFormatter(_Brief())
    logging.basicConfig(handlers=[handler])
    make_server().start_io(cast(BinaryIO, _Heard(heard)), said)


class _Heard:
    """What an editor sends: lines and messages of a bounded length."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream

    def readline(self) -> bytes:
        """Return a line of a header."""
        line = self.stream.readline(_LONGEST_LINE)
        if len(line) == _LONGEST_LINE:
            raise EditionError("what was sent is no message of an editor", "Start it in an editor.")
        return line

    def read(self, length: int) -> bytes:
        """Return a message."""
        if length > MOST_BYTES:
            limit = f"more than {MOST_BYTES // 1_000_000} MB"
            raise EditionError(f"a message of {limit}", "Is the file that is edited a text?")
        return self.stream.read(length)


class _Brief(logging.Formatter):
    """One line on what went wrong; a fault of this program gets a report of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = f"edition: {record.getMessage().partition(chr(10))[0]}"
        _, error, trace = record.exc_info or (None, None, None)
        if error is None:
            return told
        if any(frame.filename.startswith(_OURS) for frame in traceback.extract_tb(trace)):
            return f"{told}; please send the report to its developers: {write_report(error)}"
        return f"{told}: {type(error).__name__}"
