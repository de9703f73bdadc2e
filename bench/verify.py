"""Measure the locating of quotations, and its peers, on a set with known answers.

    python bench/verify.py DIR [--peers tantivy ahocorasick rapidfuzz] [--json] [--table]

DIR holds `pages.json.gz` (a list of `{vol, label, text}`) and `quotes.json.gz` (a list of
`{text, vol, p0, p1, cvol, cite, fab}`, of which an invented one has no `vol`, `p0`, `p1`; further
fields serve the table and may be missing). Everything runs on one core. A time is
that of one quotation from its raw text to its pages; `judge_ms_mean` is that of the whole verdict
with the differences of words. `--repeat` takes the least of several runs of each quotation, for
us and the peers alike, because other work on the machine only ever adds to it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from edition.formats.pages import Page, Source
from edition.verify.corpus import Corpus, build_corpus
from edition.verify.judge import Judge
from edition.verify.locate import place
from edition.verify.quotation_text import read_quotation
from edition.verify.verdict import Query, Verdict

Record = dict[str, Any]
Answer = tuple[Any, Any, Any] | None  # volume, first and last page
PEERS = ("tantivy", "ahocorasick", "rapidfuzz")
SLOW = {"rapidfuzz": 5}  # seconds a quotation: of so many quotations only
FIELDS = (
    "recall right_page fabricated_accepted wrong_cites_corrected false_page_alarms "
    "ms_mean ms_p50 ms_p95 index_s peak_mb"
).split()


def main() -> None:
    """Read the set, run what was asked for, print."""
    parser = argparse.ArgumentParser(description="Measure the locating of quotations.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=[])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--table", action="store_true", help="by noise and length, as Markdown")
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    pages = load(given.folder / "pages.json.gz")
    quotes = [completed(quote) for quote in load(given.folder / "quotes.json.gz")]
    results: dict[str, Record] = {}
    results["edition"], answers = ours(pages, quotes, given.repeat)
    for name in given.peers:
        import peers  # not loaded without need: its libraries take memory

        few = quotes[: SLOW.get(name)]
        results[name] = peer(peers.PEERS[name], pages, few, 1 if name in SLOW else given.repeat)
    if given.json:
        own = results.pop("edition")
        print(json.dumps(own | ({"peers": results} if results else {}), indent=2))
        return
    print(as_table(results))
    if given.table:
        print(by_kind(quotes, answers))


def load(file: Path) -> list[Record]:
    """A list of records; ends the program with a reason where there is none."""
    try:
        data = json.loads(gzip.decompress(file.read_bytes()))
    except (OSError, EOFError, ValueError) as error:
        sys.exit(f"bench/verify.py: {file}: {error}")
    return list(data)


def completed(quote: Record) -> Record:
    """A quotation with the fields that a set may lack."""
    cite = quote.get("cite") or [quote.get("p0"), quote.get("p1")]
    fab = quote.get("fab", False)
    ends = [quote.get("p0"), quote.get("p1")]
    given = {
        "cvol": quote.get("vol"),
        "wrong": not fab
        and (list(cite) != ends or quote.get("cvol", quote["vol"]) != quote["vol"]),
        "rate": 0,
        "ell": False,
        "n": len(quote["text"].split()),
    }
    return given | quote | {"fab": fab, "cite": cite}


def labels_of(quote: Record) -> tuple[str, ...]:
    """The labels of the pages that a quotation cites."""
    first, last = quote["cite"]
    if isinstance(first, int) and isinstance(last, int):
        return tuple(str(number) for number in range(first, last + 1))
    return tuple(dict.fromkeys(str(label) for label in (first, last)))


def corpus_of(pages: list[Record]) -> Corpus:
    """The pages as sources, one a volume."""
    volumes: dict[Any, list[Record]] = defaultdict(list)
    for page in pages:
        volumes[page["vol"]].append(page)
    return build_corpus(
        [
            Source(
                key=f"work-{volume}",
                path="",
                pages=tuple(Page(str(page["label"]), page["text"]) for page in inside),
                digest="",
            )
            for volume, inside in volumes.items()
        ]
    )


def ours(pages: list[Record], quotes: list[Record], repeat: int) -> tuple[Record, list[Answer]]:
    """Our own figures, and the answers."""
    start = time.perf_counter()
    corpus = corpus_of(pages)
    index_s = time.perf_counter() - start
    volumes = list(dict.fromkeys(page["vol"] for page in pages))
    named = {str(page["label"]): page["label"] for page in pages}

    def locate(quote: Record) -> Answer:
        cited = corpus.pages_labelled(f"work-{quote['cvol']}", None, labels_of(quote))
        places = place(corpus.indexed, read_quotation(quote["text"]), corpus.stretch(cited))
        if not places or not places[0].found:
            return None
        best = places[0]
        first, last = corpus.page_at(best.start), corpus.page_at(best.end - 1)
        volume = volumes[corpus.spans[first].source]
        return volume, named[corpus.page(first).label or ""], named[corpus.page(last).label or ""]

    answers, times = timed(locate, quotes, repeat)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    measured = figures(quotes, answers, times) | {"index_s": index_s, "peak_mb": peak}
    return measured | judged(corpus, quotes), answers


def judged(corpus: Corpus, quotes: list[Record]) -> Record:
    """The whole verdict: its time, and how many words changed on purpose it names."""
    judge = Judge(corpus)
    named = altered = 0
    times = []
    for quote in quotes:
        asked = Query(key=f"work-{quote['cvol']}", labels=labels_of(quote), text=quote["text"])
        start = time.perf_counter()
        verdict = judge.judge(asked)
        times.append(time.perf_counter() - start)
        if "altered" in quote:
            altered += 1
            new = quote["altered"][1]
            told = any(new in d.quoted and not d.damaged for d in verdict.differences)
            right = verdict.verdict in (Verdict.DIFFERS, Verdict.ELSEWHERE)
            named += told and right
    found: Record = {"judge_ms_mean": float(np.mean(times)) * 1000}
    return found | ({"altered_named": named / altered} if altered else {})


def peer(
    build: Callable[[list[Record], list[Record]], Callable[[Record], Answer]],
    pages: list[Record],
    quotes: list[Record],
    repeat: int,
) -> Record:
    """A peer's figures."""
    start = time.perf_counter()
    locate = build(pages, quotes)
    index_s = time.perf_counter() - start
    answers, times = timed(locate, quotes, repeat)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures(quotes, answers, times) | {"index_s": index_s, "peak_mb": peak}


def timed(
    locate: Callable[[Record], Answer], quotes: list[Record], repeat: int
) -> tuple[list[Answer], list[float]]:
    """The answers, and for each the least time of several runs over all."""
    answers: list[Answer] = []
    times = [float("inf")] * len(quotes)
    for _ in range(repeat):
        answers = []
        for number, quote in enumerate(quotes):
            start = time.perf_counter()
            answers.append(locate(quote))
            times[number] = min(times[number], time.perf_counter() - start)
    return answers, times


def figures(quotes: list[Record], answers: list[Answer], times: list[float]) -> Record:
    """Shares of genuine quotations found and on the right page, and so on."""
    genuine = [(q, a) for q, a in zip(quotes, answers, strict=True) if not q["fab"]]
    wrong = [(q, a) for q, a in genuine if q["wrong"]]
    fabricated = [a for q, a in zip(quotes, answers, strict=True) if q["fab"]]
    ms = np.array(times) * 1000
    return {
        "recall": share([a is not None for _, a in genuine]),
        "right_page": share([a == truth(q) for q, a in genuine if a]),
        "fabricated_accepted": sum(a is not None for a in fabricated),
        "wrong_cites_corrected": share([a == truth(q) for q, a in wrong]),
        "false_page_alarms": sum(
            a is not None and a[1:] != tuple(q["cite"]) for q, a in genuine if not q["wrong"]
        ),
        "ms_mean": float(ms.mean()),
        "ms_p50": float(np.percentile(ms, 50)),
        "ms_p95": float(np.percentile(ms, 95)),
        "quotations": len(quotes),
    }


def truth(quote: Record) -> Answer:
    """Where a genuine quotation stands."""
    return quote["vol"], quote["p0"], quote["p1"]


def share(items: list[bool]) -> float | None:
    """The share that is true; None of nothing."""
    return sum(items) / len(items) if items else None


def as_table(results: dict[str, Record]) -> str:
    """The figures as a Markdown table, one method a row."""
    lines = ["| | " + " | ".join(FIELDS) + " |", "|---" * (len(FIELDS) + 1) + "|"]
    for name, result in results.items():
        cells = [shown(result.get(field)) for field in FIELDS]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    own = results["edition"]
    lines += ["", f"The whole verdict takes {own['judge_ms_mean']:.2f} ms a quotation."]
    if "altered_named" in own:
        lines.append(f"Changed words named: {own['altered_named']:.4f}")
    return "\n".join(lines)


def shown(value: object) -> str:
    """A figure, short."""
    if value is None:
        return "–"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def by_kind(quotes: list[Record], answers: list[Answer]) -> str:
    """Recall and right pages by the share of damaged letters and by length."""
    groups: dict[str, list[tuple[Record, Answer]]] = defaultdict(list)
    for quote, answer in zip(quotes, answers, strict=True):
        if quote["fab"]:
            continue
        groups[f"damage {quote['rate']:.0%}"].append((quote, answer))
        step = next(n for n in (10, 20, 50, 100, 1000) if quote["n"] <= n)
        groups[f"up to {step} words"].append((quote, answer))
        if quote["ell"]:
            groups["with an ellipsis"].append((quote, answer))
    lines = ["", "| | quotations | found | right pages |", "|---|---|---|---|"]
    for name, inside in sorted(groups.items(), key=lambda g: (g[0][0], len(g[0]), g[0])):
        found = sum(a is not None for _, a in inside)
        right = sum(a == truth(q) for q, a in inside)
        lines.append(f"| {name} | {len(inside)} | {found} | {right} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
