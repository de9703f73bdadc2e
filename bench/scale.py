"""How locating grows: the index and a quotation's time on a corpus and on ten times as much.

    python bench/scale.py DIR [--engine]

The larger corpus is the pages of DIR ten times, nine of them with the letters exchanged, which
keeps the habits of a language and repeats no text. `--engine` puts some volumes into tantivy and
judges their quotations by one and by two worker processes; the time that these worked is shown
beside the time that passed, because other work on the machine lengthens only the latter.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
from verify import Record, completed, corpus_of, labels_of, load, ours

from edition.verify.verdict import Query, Verdict

LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOLUMES = 3
AGAIN = 5  # times that the quotations are asked for, so that starting a worker weighs little


def main() -> None:
    parser = argparse.ArgumentParser(description="How locating grows.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--engine", action="store_true")
    given = parser.parse_args()
    pages = load(given.folder / "pages.json.gz")
    quotes = [completed(quote) for quote in load(given.folder / "quotes.json.gz")]
    if given.engine:
        by_engine(pages, quotes)
        return
    for times in (1, given.times):
        result, _ = ours(enlarged(pages, times), quotes[:250], 2)
        print(
            f"{times} ×: index {result['index_s']:.1f} s, {result['ms_mean']:.2f} ms a quotation, "
            f"recall {result['recall']:.4f}, right page {result['right_page']:.4f}, "
            f"peak {result['peak_mb']:.0f} MB"
        )


def enlarged(pages: list[Record], times: int) -> list[Record]:
    chance = random.Random(3)
    found = list(pages)
    for copy in range(1, times):
        shuffled = "".join(chance.sample(LETTERS, len(LETTERS)))
        table = str.maketrans(LETTERS + LETTERS.upper(), shuffled + shuffled.upper())
        found += [
            p | {"vol": p["vol"] + 100 * copy, "text": p["text"].translate(table)} for p in pages
        ]
    return found


def children() -> float:
    """Seconds that processes started here have worked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def by_engine(pages: list[Record], quotes: list[Record]) -> None:
    from edition.verify.engine import judge_all, write_tantivy

    some = [page for page in pages if page["vol"] < VOLUMES]
    asked, truths = [], []
    for quote in quotes:
        if quote["cvol"] < VOLUMES:
            labels = labels_of(quote)
            asked.append(Query(key=f"work-{quote['cvol']}", labels=labels, text=quote["text"]))
            truths.append(quote)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        write_tantivy(Path(folder), corpus_of(some).sources)
        print(f"tantivy: {len(some)} pages indexed in {time.perf_counter() - start:.1f} s")
        for workers in (1, 2):
            start, before = time.perf_counter(), children()
            found = judge_all(Path(folder), asked * AGAIN, workers)[: len(asked)]
            took = (time.perf_counter() - start) * 1000 / (AGAIN * len(asked))
            worked = (children() - before) * 1000 / (AGAIN * len(asked))
            bad = (Verdict.NOT_FOUND, Verdict.PARTLY)
            genuine = [(q, j) for q, j in zip(truths, found, strict=True) if not q["fab"]]
            recall = np.mean([j.verdict not in bad for _, j in genuine])
            fakes = sum(
                j.verdict not in bad for q, j in zip(truths, found, strict=True) if q["fab"]
            )
            right = np.mean(
                [tuple(dict.fromkeys((str(q["p0"]), str(q["p1"])))) == j.found for q, j in genuine]
            )
            print(
                f"{workers} workers: {took:.1f} ms a quotation over all, {worked:.1f} ms of "
                f"processor time, recall {recall:.4f}, "
                f"right page {right:.4f}, fabricated taken for real {fakes}"
            )


if __name__ == "__main__":
    main()
