"""A thousand books: how long their index takes to build, what it needs, how fast it answers.

    python bench/library.py DIR [--books 1000] [--folder PLACE] [--json]

The books are the volumes of DIR in three parts each, again and again with the letters exchanged,
which keeps the habits of a language and repeats no text. They are made while they are added, so
that the memory is that of one book and of the index. Then another book is added, and quotations of
the first copy are asked for: located, and judged with the differences of words.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from scale import exchanged
from verify import Record, completed, labels_of, load

from edition.formats.pages import Page, Source
from edition.verify.judge import Judge
from edition.verify.library import Library
from edition.verify.locate import place
from edition.verify.quotation_text import read_quotation
from edition.verify.verdict import Query, Verdict

PARTS = 3  # books that a volume of the set makes
FOUND = (Verdict.VERIFIED, Verdict.DIFFERS, Verdict.ELSEWHERE)


def main() -> None:
    """Build, add, ask, print."""
    parser = argparse.ArgumentParser(description="A library of many books.")
    parser.add_argument("set", type=Path)
    parser.add_argument("--books", type=int, default=1000)
    parser.add_argument("--folder", type=Path, help="default: a temporary one")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    pages = load(given.set / "pages.json.gz")
    quotes = [completed(quote) for quote in load(given.set / "quotes.json.gz")]
    with tempfile.TemporaryDirectory() as place_of_it:
        folder = given.folder or Path(place_of_it)
        figures = measured(folder, pages, quotes, given.books)
    if given.json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        print(f"{name}: {value:.4g}")


def measured(folder: Path, pages: list[Record], quotes: list[Record], count: int) -> Record:
    """The figures of a library of so many books."""
    made = books(pages)
    start = time.perf_counter()
    Library(folder).add(islice(made, count))
    build = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    Library(folder).add([next(made)])
    added = time.perf_counter() - start
    start = time.perf_counter()
    corpus = Library(folder).corpus()
    opened = time.perf_counter() - start
    disk = sum(file.stat().st_size for file in folder.iterdir()) / 1e9
    judge = Judge(corpus)
    located, judged, right = [], [], 0
    genuine = [quote for quote in quotes if not quote["fab"]]
    for quote in genuine:
        key = book_of(pages, quote)
        cited = corpus.pages_labelled(key, None, labels_of(quote))
        start = time.perf_counter()
        place(corpus.indexed, read_quotation(quote["text"]), corpus.stretch(cited))
        located.append(time.perf_counter() - start)
        start = time.perf_counter()
        found = judge.judge(Query(key=key, labels=labels_of(quote), text=quote["text"]))
        judged.append(time.perf_counter() - start)
        truth = tuple(dict.fromkeys(str(quote[end]) for end in ("p0", "p1")))
        right += found.verdict in FOUND and found.found == truth
    return {
        "books": count,
        "letters": len(corpus.indexed.stream),
        "build_s": build,
        "build_peak_mb": peak,
        "disk_gb": disk,
        "add_one_s": added,
        "open_s": opened,
        "located_ms_mean": float(np.mean(located)) * 1000,
        "located_ms_p95": float(np.percentile(located, 95)) * 1000,
        "judged_ms_mean": float(np.mean(judged)) * 1000,
        "right_page": right / len(genuine),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def parts_of(pages: list[Record]) -> dict[str, list[Record]]:
    """The books that the set's volumes make, by their keys."""
    volumes: dict[object, list[Record]] = {}
    for page in pages:
        volumes.setdefault(page["vol"], []).append(page)
    return {
        f"book-{volume}-{part}": inside[
            part * len(inside) // PARTS : (part + 1) * len(inside) // PARTS
        ]
        for volume, inside in volumes.items()
        for part in range(PARTS)
    }


def book_of(pages: list[Record], quote: Record) -> str:
    """The key of the book whose page a quotation cites."""
    if not hasattr(book_of, "known"):
        book_of.known = {  # type: ignore[attr-defined]
            (page["vol"], page["label"]): key
            for key, inside in parts_of(pages).items()
            for page in inside
        }
    known: dict[object, str] = book_of.known  # type: ignore[attr-defined]
    return known.get((quote["cvol"], quote["cite"][0])) or known[quote["vol"], quote["p0"]]


def books(pages: list[Record]) -> Iterator[Source]:
    """Books without end: those of the set, then the same with other letters, again and again."""
    copy = 0
    while True:
        for key, inside in parts_of(pages).items():
            texts = [page["text"] for page in inside]
            texts = exchanged(texts, copy) if copy else texts
            yield Source(
                key=f"{key}-{copy}" if copy else key,
                path="",
                pages=tuple(
                    Page(str(page["label"]), text) for page, text in zip(inside, texts, strict=True)
                ),
                digest="",
            )
        copy += 1


if __name__ == "__main__":
    main()
