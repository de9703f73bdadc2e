"""Stand-off quotations: found by their first and last words, and by the digest of their letters.

A digest tells every letter, so that a quotation whose text is not at hand is verified word for
word. The first and last words alone tell where a quotation is, and no more.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import islice
from typing import NamedTuple

from edition.model.quoted_words import as_digested
from edition.model.text_folding import letters_of
from edition.verify.corpus import Corpus
from edition.verify.differences import LINE_END, NOTE_MARK, word_places, words_of
from edition.verify.letters import letters
from edition.verify.locate import place
from edition.verify.quotation_text import read_quotation

_FARTHEST = 4000  # letters between the first and last words where their number is not known
_WORD = 12  # letters of a word and a blank, at most, in a text of some length
_REACH = 6000  # letters, three pages or so: how far an ellipsis may reach
_LONGEST = 300  # words of a part whose length is not known
_MOST_PLACES = 500  # of first or last words: those of a lemma are few
_TELLING = 12  # letters: fewer are found everywhere
_FEW = 10  # words that may be left out of a short quotation
_ALIKE = 0.7  # the share of letters in first or last words that are nearly the same
_NEAREST = 20  # places of the last words behind one of the first


class Ends(NamedTuple):
    """The stretch from the first to the last words, and how many words it has."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class StandOff:
    """A stand-off quotation: its first and last words, its word count and digests, if known."""

    opening: str
    closing: str
    words: int | None
    digests: tuple[str, ...]


def find_ends(corpus: Corpus, ranges: Iterable[tuple[int, int]], asked: StandOff) -> list[Ends]:
    """Return the stretches, within one source, that begin and end with the known words.

    Those come first whose number of words is nearest to the known one, else the shortest.
    """
    most = _FARTHEST if asked.words is None else 200 + _WORD * asked.words + _REACH
    found = []
    for low, high in ranges:
        starts = list(islice(occurrences(corpus, low, high, asked.opening), _MOST_PLACES))
        ends = list(islice(occurrences(corpus, low, high, asked.closing), _MOST_PLACES))
        begins = [begin for begin, _ in ends]
        for start, first_end in starts:
            after = bisect_left(begins, start)
            near = [end for _, end in ends[after : after + _NEAREST] if end - start <= most]
            found += [
                Ends(start, end, len(words_of(corpus.text(start, end))))
                for end in (near if asked.closing else (first_end,))
            ]
    return sorted(found, key=lambda ends: _excess(ends, asked))


def _excess(ends: Ends, asked: StandOff) -> int:
    return ends.words if asked.words is None else abs(ends.words - asked.words)


def has_right_count(ends: Ends, words: int) -> bool:
    """Return whether a stretch has so many words, but for words divided otherwise."""
    return abs(ends.words - words) <= max(1, words // 50)


def is_likely(ends: Ends, asked: StandOff) -> bool:
    """Return whether first and last words so far apart may be the quotation's.

    Trivial words are found everywhere, so that only the right number of words tells.
    """
    if asked.words is None or len(asked.digests) > 1 or has_right_count(ends, asked.words):
        return True
    shortest = min(len(letters_of(e)) for e in (asked.opening, asked.closing or asked.opening))
    return shortest >= _TELLING and _excess(ends, asked) <= max(_FEW, asked.words)


def begins_and_ends_nearly(corpus: Corpus, start: int, end: int, asked: StandOff) -> bool:
    """Return whether a stretch has nearly the first and the last words, and the right length."""
    words = words_of(corpus.text(start, end))
    opening, closing = words_of(asked.opening), words_of(asked.closing)
    if not _nearly(opening, words[: len(opening) + 1]):
        return False
    if closing and not _nearly(closing, words[-len(closing) - 1 :]):
        return False
    if asked.words is None:
        return end - start <= _FARTHEST
    return len(asked.digests) > 1 or abs(len(words) - asked.words) <= max(3, asked.words // 10)


def _nearly(wanted: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether all words but one are there in their order, most letters with them."""
    whole, other = "".join(wanted), "".join(words)
    same = SequenceMatcher(None, wanted, words, autojunk=False).get_matching_blocks()
    alike = SequenceMatcher(None, whole, other, autojunk=False).get_matching_blocks()
    enough = sum(block.size for block in alike) >= _ALIKE * len(whole)
    return enough and sum(block.size for block in same) >= len(wanted) - 1


def find_digest(
    corpus: Corpus, ranges: Iterable[tuple[int, int]], asked: StandOff
) -> tuple[int, int] | None:
    """Return the stretch whose letters are those of the digests, each part after the other."""
    most = _LONGEST if asked.words is None else asked.words + asked.words // 10 + 5
    for low, high in ranges:
        for start, _ in islice(occurrences(corpus, low, high, asked.opening), _MOST_PLACES):
            end = _digested(corpus, start, high, asked.digests[0], most)
            if end is None:
                continue
            for digest in asked.digests[1:]:
                end = _part_after(corpus, end, min(end + _REACH, high), digest, most)
                if end is None:
                    break
            else:
                return start, end
    return None


def _part_after(corpus: Corpus, low: int, high: int, digest: str, most: int) -> int | None:
    """Return where a part ends that begins with any word between two places."""
    begin = low
    for word, *_ in word_places(LINE_END.sub("", corpus.text(low, high, whole_words=False))):
        found = _digested(corpus, begin, high, digest, most)
        if found is not None:
            return found
        begin += len(letters(word).stream)
    return None


def _digested(corpus: Corpus, start: int, high: int, digest: str, most: int) -> int | None:
    """Return where the words from a place on end whose digest is this one; None without such.

    The words are tried with and without the numbers of notes.
    """
    text = LINE_END.sub("", corpus.text(start, min(start + _WORD * most, high), whole_words=False))
    words = [(key, text[begin:end]) for key, begin, end in word_places(text)][:most]
    for without_notes in (False, True):
        digested = sha256()
        at = start
        for key, written in words:
            bare = NOTE_MARK.sub("", written) if without_notes else ""
            shown = "".join(key for key, *_ in word_places(bare)) or key
            digested.update(as_digested(shown))
            at += len(letters(written).stream)
            if digested.copy().hexdigest()[:16] == digest:
                return at
    return None


def occurrences(corpus: Corpus, low: int, high: int, words: str) -> Iterator[tuple[int, int]]:
    """Return the places between two where some words are, letter for letter, whole words."""
    wanted = words_of(words)
    pattern = letters(words).stream.tobytes()
    if not pattern:
        return
    stream = corpus.indexed.stream[low:high].tobytes()
    at = stream.find(pattern)
    while at >= 0:
        start, end = low + at, low + at + len(pattern)
        if _holds(words_of(corpus.text(start, end)), wanted):
            yield start, end
        at = stream.find(pattern, at + 1)


def find_words(corpus: Corpus, words: str) -> list[tuple[int, int]]:
    """Return the places of some words in the stream, whole words only; else places of like ones."""
    exact = list(occurrences(corpus, 0, len(corpus.indexed.stream), words))
    if exact:
        return exact
    return [(p.start, p.end) for p in place(corpus.indexed, read_quotation(words)) if p.found]


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(
        list(words[n : n + len(wanted)]) == list(wanted)
        for n in range(len(words) - len(wanted) + 1)
    )
