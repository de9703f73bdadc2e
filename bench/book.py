"""Time the making of a book, by Typst and by LuaLaTeX, on generated editions of growing size.

    python bench/book.py [--words 10 20 50 100 200] [--repeat 1] [--keep FOLDER]

`--words` counts thousands. Both routes set the same text, one after the other: `whole` is Sphinx
from nothing to the PDF, `set` the typesetting alone: Typst in a process of its own, with the step
that adds destinations, and as many runs of lualatex as latexmk finds needed. Where there is no
lualatex Typst alone is timed. Prints a table in Markdown; the last two columns are how many times
as long LuaLaTeX takes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from generate import generate

from edition.sphinx.typst.builder import MAIN
from edition.sphinx.typst.compilation import compile_book
from edition.sphinx.typst.destinations import finish

CONFIGURATION = """\
project = "A Generated Book"
author = "Nobody"
language = "en"
extensions = ["edition.sphinx"]
edition_pdf_name = "book.pdf"
latex_engine = "lualatex"
latex_documents = [("index", "book.tex", project, author, "manual")]
latex_elements = {"papersize": "a5paper", "pointsize": "10pt"}
"""
WORDS_A_CHAPTER = 5000
WORDS_A_CITATION = 90


@dataclass(frozen=True, slots=True)
class Timed:
    """What one route took, in seconds, and how many pages it made."""

    whole: float
    setting: float
    pages: int


def edition_of(folder: Path, words: int) -> Path:
    """A generated edition with chapters, quotations, notes, links and a bibliography; its docs."""
    files = max(2, words // WORDS_A_CHAPTER)
    generate(folder, words, files, words // WORDS_A_CITATION, max(20, words // 1000))
    (folder / "docs" / "conf.py").write_text(CONFIGURATION, encoding="utf-8")
    for number, chapter in enumerate(sorted((folder / "docs").glob("part-*.md"))):
        blocks = chapter.read_text(encoding="utf-8").split("\n(p")
        notes = []
        for at in range(3, len(blocks), 4):
            first, _, rest = blocks[at].partition(".\n")
            blocks[at] = f"{first}.[^n{number}-{at}]\n{rest}"
            note = "A note on the tide; see also [the first passage](#p1)."
            notes.append(f"[^n{number}-{at}]: {note}\n")
        text = "\n(p".join(blocks) + "\n" + "\n".join(notes)
        chapter.write_text(text, encoding="utf-8")
    return folder / "docs"


def sphinx(builder: str, docs: Path, out: Path) -> float:
    """Seconds that a build from nothing takes, in one process."""
    command = [sys.executable, "-m", "sphinx", "-E", "-q", "-W", "-b", builder]
    shutil.rmtree(out, ignore_errors=True)
    return seconds(lambda: subprocess.run([*command, str(docs), str(out)], check=True))


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def by_typst(docs: Path, out: Path) -> Timed:
    whole = sphinx("typst", docs, out)
    # In a process of its own, because Typst remembers what it has set before.
    setting = seconds(
        lambda: subprocess.run([sys.executable, __file__, "--set", str(out)], check=True)
    )
    return Timed(whole, setting, pages_of(out / "book.pdf"))


def set_again(out: Path) -> None:
    """The typesetting alone."""
    made = compile_book(out / "typst" / MAIN, [], 0)
    finish(made, {}, {}, out / "again.pdf")


def by_lualatex(docs: Path, out: Path) -> Timed:
    writing = sphinx("latex", docs, out)
    command = ["latexmk", "-lualatex", "-interaction=nonstopmode", "-silent", "book.tex"]
    log = out / "latexmk.out"

    def typeset() -> None:
        with log.open("w") as said:
            subprocess.run(command, cwd=out, check=True, stdout=said, stderr=said)

    setting = seconds(typeset)
    return Timed(writing + setting, setting, pages_of(out / "book.pdf"))


def pages_of(pdf: Path) -> int:
    with pikepdf.open(pdf) as book:
        return len(book.pages)


def best(times: int, route: Callable[[], Timed]) -> Timed:
    runs = [route() for _ in range(times)]
    return Timed(min(r.whole for r in runs), min(r.setting for r in runs), runs[0].pages)


def row(words: int, ours: Timed, latex: Timed | None) -> str:
    each = f"{ours.whole / ours.pages * 1000:.0f}"
    cells = [f"{words:,}", str(ours.pages), f"{ours.whole:.1f}", f"{ours.setting:.1f}", each]
    if latex:
        cells += [f"{latex.whole:.1f}", f"{latex.setting:.1f}", str(latex.pages)]
        cells += [f"{latex.whole / ours.whole:.1f}", f"{latex.setting / ours.setting:.1f}"]
    return f"| {' | '.join(cells)} |"


def compare(folder: Path, sizes: list[int], repeat: int) -> None:
    both = bool(shutil.which("lualatex") and shutil.which("latexmk"))
    head = ["words", "pages", "whole, s", "set, s", "whole, ms a page"]
    if both:
        head += ["LuaLaTeX: whole, s", "set, s", "pages", "whole, times", "set, times"]
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for words in sizes:
        docs = edition_of(folder / str(words), words)
        ours = best(repeat, lambda docs=docs: by_typst(docs, docs.parent / "typst"))
        latex = (
            best(repeat, lambda docs=docs: by_lualatex(docs, docs.parent / "latex"))
            if both
            else None
        )
        print(row(words, ours, latex), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=int, nargs="+", default=[10, 20, 50, 100, 200])
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where the editions and books are left")
    parser.add_argument("--set", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.set:
        set_again(given.set)
    elif given.keep:
        compare(given.keep, [n * 1000 for n in given.words], given.repeat)
    else:
        with TemporaryDirectory() as folder:
            compare(Path(folder), [n * 1000 for n in given.words], given.repeat)


if __name__ == "__main__":
    main()
