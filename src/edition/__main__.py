"""`python -m edition`, and the command `edition`."""

import gc
import signal
import sys


def run() -> None:
    """Run the command line; Ctrl-C, or a wish that it end, ends it quietly at any moment."""
    # Modules and documents are many small objects that stay, and hardly any are in circles: to
    # look for those, on the way and at the end, costs a fifth of a cold check (bench/check.py).
    gc.set_threshold(300_000, 50, 1000)
    try:
        # Whoever ends it otherwise than by force lets it put its work away.
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, signal.default_int_handler)
        from edition.cli import run as command_line

        command_line()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        gc.freeze()


if __name__ == "__main__":
    run()
