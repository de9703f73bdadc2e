"""Search for words in the sources: the exact places, or else places of similar words."""

from edition.model.text_folding import letters_of
from edition.verify.corpus import Corpus
from edition.verify.locate import place
from edition.verify.quotation_text import read_quotation
from edition.verify.stand_off import occurrences

_AROUND = 40  # letters on either side that are shown


def find_words(corpus: Corpus, words: str) -> list[tuple[int, int]]:
    """Return the places of some words in the stream, whole words only; else places of like ones."""
    exact = list(occurrences(corpus, 0, len(corpus.indexed.stream), words))
    if exact:
        return exact
    return [(p.start, p.end) for p in place(corpus.indexed, read_quotation(words)) if p.found]


def in_context(corpus: Corpus, start: int, end: int, around: int = _AROUND) -> tuple[str, str, str]:
    """Return the words before a place, those in it, and those after it, on one line each."""
    inside = corpus.text(start, end).split()
    exact = corpus.text(start, end, whole_words=False).split()
    before = corpus.text(max(start - around, 0), start).split()
    after = corpus.text(end, end + around).split()
    # Where a place begins or ends within a word, that word is on both sides.
    if before[-1:] == inside[:1] and _are_parts(inside[:1], exact[:1]):
        before = before[:-1]
    if after[:1] == inside[-1:] and _are_parts(inside[-1:], exact[-1:]):
        after = after[1:]
    return " ".join(before), " ".join(inside), " ".join(after)


def _are_parts(whole: list[str], exact: list[str]) -> bool:
    return letters_of("".join(whole)) != letters_of("".join(exact))
