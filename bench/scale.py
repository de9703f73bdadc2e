"""How locating grows: the index and a quotation's time on a corpus and on ten times as much.

    python bench/scale.py DIR

The larger corpus is the pages of DIR ten times, nine of them with the letters exchanged, which
keeps the habits of a language and repeats no text.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from verify import Record, completed, load, ours

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    parser = argparse.ArgumentParser(description="How locating grows.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    pages = load(given.folder / "pages.json.gz")
    quotes = [completed(quote) for quote in load(given.folder / "quotes.json.gz")]
    for times in (1, given.times):
        result, _ = ours(enlarged(pages, times), quotes[:250], 2)
        print(
            f"{times} ×: index {result['index_s']:.1f} s, {result['ms_mean']:.2f} ms a quotation, "
            f"recall {result['recall']:.4f}, right page {result['right_page']:.4f}, "
            f"peak {result['peak_mb']:.0f} MB"
        )


def enlarged(pages: list[Record], times: int) -> list[Record]:
    found = list(pages)
    for copy in range(1, times):
        texts = exchanged([page["text"] for page in pages], copy)
        found += [
            page | {"vol": page["vol"] + 100 * copy, "text": text}
            for page, text in zip(pages, texts, strict=True)
        ]
    return found


def exchanged(texts: list[str], seed: int) -> list[str]:
    """Texts with their letters exchanged, otherwise by each seed."""
    shuffled = "".join(random.Random(seed).sample(LETTERS, len(LETTERS)))
    table = str.maketrans(LETTERS + LETTERS.upper(), shuffled + shuffled.upper())
    return [text.translate(table) for text in texts]


if __name__ == "__main__":
    main()
