"""Search for words in the sources: the exact places, or else places of similar words."""

from __future__ import annotations

from collections.abc import Iterator

from edition.verify.corpus import Corpus
from edition.verify.differences import words_of
from edition.verify.letters import letters
from edition.verify.locate import place
from edition.verify.quotation_text import read_quotation

_AROUND = 40  # letters on either side that are shown


def find_words(corpus: Corpus, words: str) -> list[tuple[int, int]]:
    """Return the places of some words in the stream, whole words only; else places of like ones."""
    exact = list(_exact(corpus, words))
    if exact:
        return exact
    return [(p.start, p.end) for p in place(corpus.indexed, read_quotation(words)) if p.found]


def _exact(corpus: Corpus, words: str) -> Iterator[tuple[int, int]]:
    wanted = words_of(words)
    pattern = letters(words).stream.tobytes()
    if not pattern:
        return
    stream = corpus.indexed.stream.tobytes()
    at = stream.find(pattern)
    while at >= 0:
        end = at + len(pattern)
        there = words_of(corpus.text(at, end))
        if any(there[n : n + len(wanted)] == wanted for n in range(len(there))):
            yield at, end
        at = stream.find(pattern, end)


def in_context(corpus: Corpus, start: int, end: int, around: int = _AROUND) -> tuple[str, str, str]:
    """Return the words before a place, those in it, and those after it, on one line each."""
    inside = corpus.text(start, end).split()
    before = corpus.text(max(start - around, 0), start).split()
    after = corpus.text(end, end + around).split()
    # Where a place lies within a word, that word is on both sides.
    before = before[:-1] if before[-1:] == inside[:1] else before
    after = after[1:] if after[:1] == inside[-1:] else after
    return " ".join(before), " ".join(inside), " ".join(after)
