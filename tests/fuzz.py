"""Mutate MyST and BibTeX, and see that the checker neither falls nor hangs.

    python tests/fuzz.py [--rounds 100000] [--seed 1]

Begins from the cases of the rules and this edition's own sources, cuts, doubles, swaps and
damages them, and checks the result as the command does. Stops with the input on the first
traceback, on a finding outside its file, and on a check of more than five seconds.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from edition.bibliography import read_bibliography
from edition.check import check_edition
from edition.model import Edition
from edition.model.diagnostic import Diagnostic
from edition.myst import read_document
from edition.report import render
from edition.report.listing import anchor_rows, citation_rows, quotation_rows, work_rows

HERE = Path(__file__).parent
LIMIT = 5
PIECES = [
    "`", "{cite:p}`", "{", "}", "“", "”", "‘", "’", "> ", ":::", "::::{passage}\n", "(p1)=\n",
    ":::{quotation} k\n:page: ", "[^a]", "[^a]: ", "|", "\n\n", "\t", "\r", "\0", "\ufeff", "%",
    "% edition: ignore ", "@", "@book{", "@string{", "=", '"', "#", ",", "--", "–", "xiv", "pp. ",
    "f.", "s.v. ", "𝔸", "\u0301", "\u202e", "$", "$$", "<b>", "](#", "---\n", "crossref = {",
    "pages = {", "\\", "ibid.", "9" * 30, "(" * 40, "[" * 40, "*" * 40,
]  # fmt: skip


def seeds() -> tuple[list[str], list[str]]:
    roots = (HERE / "rules", HERE / "roots", HERE.parent / "docs")
    texts = [
        p.read_text(encoding="utf-8", errors="replace") for r in roots for p in r.rglob("*.md")
    ]
    works = [
        p.read_text(encoding="utf-8", errors="replace") for r in roots for p in r.rglob("*.bib")
    ]
    return sorted(texts), sorted(works)


def mutated(chance: random.Random, seeds: list[str]) -> str:
    text = chance.choice(seeds)
    if len(text) > 4000:
        start = chance.randrange(len(text) - 3000)
        text = text[start : start + 3000]
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        match chance.randrange(6):
            case 0:
                text = text[:at] + text[to:]
            case 1:
                text = text[:to] + text[at:to] + text[to:]
            case 2:
                text = text[:at] + chance.choice(PIECES) + text[at:]
            case 3:
                text = text[:at] + chance.choice(PIECES) * chance.randint(1, 30) + text[to:]
            case 4:
                other = chance.choice(seeds)
                begin = chance.randrange(len(other) + 1)
                text = text[:at] + other[begin : begin + chance.randint(1, 200)] + text[at:]
            case _:
                text = (
                    text[:at]
                    + chr(chance.choice([chance.randrange(32, 127), 0x2014, 0x1F600]))
                    + text[at + 1 :]
                )
    return text


def check(text: str, works: str) -> Iterator[Diagnostic]:
    """Everything that the command does with a text and a bibliography."""
    edition = Edition(
        documents=(read_document(text, "text.md"),),
        bibliography=read_bibliography([("works.bib", works.encode("utf-8", "surrogatepass"))]),
    )
    found = check_edition(edition)
    held = {"text.md": text, "works.bib": works}
    for rows in (quotation_rows, citation_rows, anchor_rows, work_rows):
        rows(edition)
    for form in ("text", "json", "sarif", "github"):
        render(found, format=form, sources=held.get)
    for finding in found:
        lines = held[finding.location.path].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if finding.location.line > len(lines):
            yield finding


def fuzz(rounds: int, seed: int) -> str:
    """Run the rounds; give the report of the first failure, or nothing."""
    texts, works = seeds()
    chance = random.Random(seed)

    def too_long(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, too_long)
    began = time.monotonic()
    for number in range(rounds):
        text, work = mutated(chance, texts), mutated(chance, works)
        signal.alarm(LIMIT)
        try:
            outside = list(check(text, work))
        except BaseException as error:  # noqa: BLE001  whatever it is, it is a failure
            return f"round {number}: {type(error).__name__}: {error}\n{text!r}\n{work!r}"
        finally:
            signal.alarm(0)
        if outside:
            return f"round {number}: outside its file: {outside}\n{text!r}\n{work!r}"
        if number % 1000 == 999 and sys.stderr.isatty():
            print(f"\r{number + 1} of {rounds}", end="", file=sys.stderr)
    print(f"{rounds} rounds in {time.monotonic() - began:.0f} s: no failure")
    return ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.exit(fuzz(given.rounds, given.seed))
