"""Texts for the tests of sources: words without meaning, pages and files made from them."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO

from edition.formats.pages import Page, Source
from edition.verify.corpus import Corpus, build_corpus

_SYLLABLES = (
    "ba den fo gri hal in jor ka lum mor ne ol pri qua ren sti ta ur ven wo xi yel zan".split()
)


def words(count: int, seed: int = 1) -> list[str]:
    """So many words, most of them from a small stock, as in a language."""
    chance = random.Random(seed)
    stock = [
        "".join(chance.choices(_SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(2500)
    ]
    weights = [1 / (rank + 5) for rank in range(len(stock))]
    return chance.choices(stock, weights, k=count)


def book(pages: int, seed: int = 1, per_page: int = 120) -> list[str]:
    """The texts of pages, in lines of eight words, without heads or numbers."""
    made = words(pages * per_page, seed)
    texts = []
    for number in range(pages):
        inside = made[number * per_page : (number + 1) * per_page]
        lines = [" ".join(inside[at : at + 8]) for at in range(0, per_page, 8)]
        texts.append("\n".join(lines))
    return texts


def source(
    texts: list[str], key: str = "hart", volume: str | None = None, first: int = 1
) -> Source:
    """A source with the labels from `first` on."""
    pages = tuple(Page(str(first + number), text) for number, text in enumerate(texts))
    return Source(key=key, volume=volume, path=f"{key}.txt", pages=pages, digest="0")


def corpus(texts: list[str], key: str = "hart") -> Corpus:
    """A corpus of one source."""
    return build_corpus([source(texts, key)])


def zipped(files: dict[str, str | bytes]) -> bytes:
    """A zip archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()
