"""Other ways to locate quotations, each the obvious use of a known library.

A peer is a function from the pages and the quotations to a function that answers for one
quotation. All align with edlib under one limit, and none knows ellipses or running heads; the
cited page is preferred where it is among a peer's candidates.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import ahocorasick
import edlib
import tantivy
from rapidfuzz import fuzz

Record = dict[str, Any]
Answer = tuple[int, int, int] | None
Locate = Callable[[Record], Answer]
_LIMIT = 0.30


def plain(text: str) -> str:
    """Letters and digits alone, in small letters."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", folded)


class Shelf:
    """The pages as letters, and the edit distance of a text to a page and the next."""

    def __init__(self, pages: list[Record]) -> None:
        self.pages = pages
        self.texts = [plain(page["text"]) for page in pages]
        self.place = {(page["vol"], page["label"]): i for i, page in enumerate(pages)}

    def best(self, quote: Record, candidates: list[int]) -> Answer:
        """The candidate that the quotation fits best, if any does."""
        text = plain(re.sub(r"\[[^\]]{4,}\]", "", quote["text"]))
        cited = self.place.get((quote["cvol"], quote["cite"][0]))
        if cited is not None:
            candidates = [cited, *(c for c in candidates if c != cited)]
        least = int(_LIMIT * len(text))
        answer: Answer = None
        for at in candidates:
            both = self.texts[at] + (self.texts[at + 1] if at + 1 < len(self.texts) else "")
            found = edlib.align(text, both, mode="HW", task="locations", k=least)
            if found["editDistance"] < 0:
                continue
            start, end = found["locations"][0]
            size = len(self.texts[at])
            if start >= size:
                continue
            least = found["editDistance"] - 1
            page = self.pages[at]
            last = page if end < size else self.pages[at + 1]
            answer = page["vol"], page["label"], last["label"]
            if least < 0:
                break
        return answer


def grams(text: str, size: int) -> list[str]:
    """Runs of so many letters."""
    return [text[i : i + size] for i in range(len(text) - size + 1)]


def with_tantivy(pages: list[Record], _quotes: list[Record]) -> Locate:
    """Candidates from a full-text index of runs of five letters, ranked by BM25."""
    shelf = Shelf(pages)
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("grams", tokenizer_name="whitespace")
    schema.add_unsigned_field("page", stored=True)
    index = tantivy.Index(schema.build())
    writer = index.writer(64_000_000, 1)
    for number, text in enumerate(shelf.texts):
        writer.add_document(tantivy.Document(grams=" ".join(grams(text, 5)), page=number))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def locate(quote: Record) -> Answer:
        text = plain(quote["text"])
        terms = grams(text, 5)[:: max(1, len(text) // 60)]
        query = index.parse_query(" ".join(f'"{term}"' for term in terms), ["grams"])
        hits = searcher.search(query, 5).hits
        found = [searcher.doc(address)["page"][0] for _, address in hits]
        return shelf.best(quote, [p for n in found for p in (n, n - 1) if p >= 0])

    return locate


def with_ahocorasick(pages: list[Record], quotes: list[Record]) -> Locate:
    """All runs of nine letters of all quotations, found in one pass over the pages."""
    shelf = Shelf(pages)
    wanted: dict[str, list[int]] = defaultdict(list)
    for number, quote in enumerate(quotes):
        for gram in set(grams(plain(quote["text"]), 9)):
            wanted[gram].append(number)
    automaton = ahocorasick.Automaton()
    for gram, numbers in wanted.items():
        automaton.add_word(gram, numbers)
    automaton.make_automaton()
    votes: list[dict[int, int]] = [defaultdict(int) for _ in quotes]
    for page, text in enumerate(shelf.texts):
        for _, numbers in automaton.iter(text):
            for number in numbers:
                votes[number][page] += 1
    of_quote = {id(quote): votes[number] for number, quote in enumerate(quotes)}

    def locate(quote: Record) -> Answer:
        counted = of_quote[id(quote)]
        likely = sorted(counted, key=lambda page: -counted[page])[:5]
        return shelf.best(quote, [p for n in likely for p in (n, n - 1) if p >= 0])

    return locate


def with_rapidfuzz(pages: list[Record], _quotes: list[Record]) -> Locate:
    """Every page scored by the similarity of its best part."""
    shelf = Shelf(pages)

    def locate(quote: Record) -> Answer:
        text = plain(quote["text"])
        scores = [fuzz.partial_ratio(text, page) for page in shelf.texts]
        likely = sorted(range(len(scores)), key=lambda page: -scores[page])[:3]
        return shelf.best(quote, [p for n in likely for p in (n, n - 1) if p >= 0])

    return locate


PEERS = {
    "tantivy": with_tantivy,
    "ahocorasick": with_ahocorasick,
    "rapidfuzz": with_rapidfuzz,
}
