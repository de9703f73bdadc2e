"""`python -m edition`, and the command `edition`."""

import sys


def run() -> None:
    """Run the command line; Ctrl-C ends it quietly at any moment."""
    try:
        from edition.cli import run as command_line

        command_line()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
