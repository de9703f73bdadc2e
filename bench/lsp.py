"""How soon the language server answers an edit, beside a full check.

    python bench/lsp.py [--words N] [--edits N]

Generates an edition of 100,000 words in 100 files, opens it as `edition lsp` does, and types
into one file after the other: each edit is read, checked and settled as the server does it
before it answers. Prints the median and the slowest edit, a full check of the same edition in
the same process, and the ratio of the two. Times are those of the processor: other programs that
run on the machine do not count.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from generate import generate

from edition.cli.lsp.session import Session


def seconds(what: object) -> float:
    start = time.process_time()
    what()  # type: ignore[operator]
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--edits", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = given.words
        generate(folder, words, max(words // 1000, 1), words // 50, words // 500)
        opened = seconds(lambda: Session(folder))
        session = Session(folder)
        pages = [d.path for d in session.edition.documents if d.citations]
        edits = []
        for number in range(given.edits):
            path = pages[number * 7 % len(pages)]
            text = session.text(path) + f"\nAn edit, number {number}, is typed here.\n"

            def edit(path: str = path, text: str = text) -> None:
                session.change(path, text)
                session.findings()

            edits.append(seconds(edit))

        def full() -> None:
            session.reload()
            session.findings()

        whole = statistics.median(seconds(full) for _ in range(3))
        median = statistics.median(edits)
        print(
            f"{words:,} words: opened in {opened:.2f} s; a full check takes {whole * 1000:.0f} ms"
        )
        print(f"an edit: median {median * 1000:.0f} ms, slowest {max(edits) * 1000:.0f} ms")
        print(f"a full check takes {whole / median:.1f} times as long as an edit")


if __name__ == "__main__":
    main()
