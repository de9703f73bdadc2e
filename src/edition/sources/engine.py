"""Corpora past one machine's memory: pages found by an existing engine, placed by us.

From some hundred million words on, our index no longer fits into memory. Then an engine that was
made for it (here tantivy, whose index lies in files that any number of processes read) names
the pages that share most with a quotation; those few pages become a corpus of their own, and the
same code places the quotation in it. Another engine, an OpenSearch cluster say, takes the place
of tantivy by having `pages`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import tantivy

from edition.sources.corpus import build_corpus
from edition.sources.judge import Judge
from edition.sources.pages import Page, Source
from edition.sources.verdict import Asked, Judgement, Verdict

_GRAM = 7  # letters: rare enough that few pages share one by chance
_TERMS = 48
_PAGES = 4
_AROUND = 1


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as an engine keeps it; `number` counts the pages of the work from 0."""

    key: str
    volume: str | None
    number: int
    label: str | None
    text: str


class Engine(Protocol):
    """What is asked of an engine."""

    def pages(self, text: str, most: int) -> list[StoredPage]:
        """The pages that share most with a text, each with the one before and after it."""

    def cited(self, key: str, labels: Sequence[str]) -> list[StoredPage]:
        """The pages of a work with some labels, each with the one before and after it."""


class Tantivy:
    """tantivy as an engine: an index in a folder, of runs of letters, ranked by BM25."""

    def __init__(self, folder: Path) -> None:
        self.index = tantivy.Index.open(str(folder))
        self.searcher = self.index.searcher()

    def pages(self, text: str, most: int) -> list[StoredPage]:
        """The pages that share most with a text, each with the one before and after it."""
        grams = list(dict.fromkeys(_grams(text)))
        step = max(1, len(grams) // _TERMS)
        query = self.index.parse_query(" ".join(f'"{g}"' for g in grams[::step]), ["grams"])
        return self._with_neighbours(query, most)

    def cited(self, key: str, labels: Sequence[str]) -> list[StoredPage]:
        """The pages of a work with some labels, each with the one before and after it."""
        places = " OR ".join(f'"{_name(key, label)}"' for label in labels)
        return self._with_neighbours(self.index.parse_query(places, ["place"]), len(labels) * 2)

    def _with_neighbours(self, query: tantivy.Query, most: int) -> list[StoredPage]:
        hits = self.searcher.search(query, max(most, 1)).hits
        wanted: dict[tuple[str, str | None, int], None] = {}
        for _, address in hits:
            page = _stored(self.searcher.doc(address))
            for number in range(page.number - _AROUND, page.number + _AROUND + 1):
                wanted[page.key, page.volume, number] = None
        found = []
        for key, volume, number in wanted:
            name = _name(key, volume or "", str(number))
            near = self.searcher.search(self.index.parse_query(f'"{name}"', ["name"]), 1).hits
            found += [_stored(self.searcher.doc(address)) for _, address in near]
        return found


def write_tantivy(folder: Path, sources: Iterable[Source], threads: int = 1) -> None:
    """Index the pages of the sources, one source in memory at a time, into an empty folder."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("grams", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("name", tokenizer_name="raw", index_option="basic")
    for stored in ("key", "volume", "label", "text"):
        builder.add_text_field(stored, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", stored=True)
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(builder.build(), str(folder))
    writer = index.writer(128_000_000, threads)
    for source in sources:
        for number, page in enumerate(source.pages):
            document = tantivy.Document()
            document.add_text("grams", " ".join(_grams(page.text)))
            document.add_text("place", _name(source.key, page.label or ""))
            document.add_text("name", _name(source.key, source.volume or "", str(number)))
            document.add_text("key", source.key)
            document.add_text("volume", source.volume or "")
            document.add_text("label", page.label or "")
            document.add_text("text", page.text)
            document.add_unsigned("number", number)
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def judge_by(engine: Engine, asked: Asked) -> Judgement:
    """The verdict on a quotation from the pages that an engine names."""
    text = asked.text if asked.text is not None else f"{asked.opening} {asked.closing}"
    pages = engine.pages(text, _PAGES)
    if asked.labels:
        pages += engine.cited(asked.key, asked.labels)
    works: dict[tuple[str, str | None], dict[int, StoredPage]] = {}
    for page in pages:
        works.setdefault((page.key, page.volume), {})[page.number] = page
    sources = [
        Source(
            key=key,
            volume=volume,
            path="",
            digest="",
            pages=tuple(Page(p.label, p.text) for _, p in sorted(inside.items())),
        )
        for (key, volume), inside in works.items()
    ]
    if not sources:
        return Judgement(verdict=Verdict.NOT_FOUND, key=asked.key)
    if not any(source.key == asked.key for source in sources):
        sources.append(Source(key=asked.key, path="", digest="", pages=(Page(None, ""),)))
    return Judge(build_corpus(sources)).judge(asked)


_engine: Tantivy | None = None


def _open(folder: Path) -> None:
    global _engine  # one index a worker process, opened when it starts
    _engine = Tantivy(folder)


def _judge(asked: Asked) -> Judgement:
    if _engine is None:
        raise RuntimeError("a worker without an index")
    return judge_by(_engine, asked)


def judge_all(folder: Path, asked: Sequence[Asked], workers: int) -> list[Judgement]:
    """The verdicts on many quotations, by worker processes that read one index."""
    with ProcessPoolExecutor(workers, initializer=_open, initargs=(folder,)) as pool:
        return list(pool.map(_judge, asked, chunksize=8))


def _grams(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = re.sub(r"[\W_]+", "", folded)
    return [plain[at : at + _GRAM] for at in range(max(len(plain) - _GRAM + 1, 1))]


def _name(*parts: str) -> str:
    return "/".join(part.casefold().replace('"', "") for part in parts)


def _stored(document: tantivy.Document) -> StoredPage:
    def value(name: str) -> str:
        return str(document.get_first(name) or "")

    return StoredPage(
        value("key"),
        value("volume") or None,
        int(value("number") or 0),
        value("label") or None,
        value("text"),
    )
