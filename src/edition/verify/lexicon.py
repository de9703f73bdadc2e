"""The words of languages with their frequencies, and the forms that scans make alike."""

from __future__ import annotations

import gzip
import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from operator import neg
from pathlib import Path

# Letters that scans take for each other; those of a group count as one.
_GROUPS = ("ceo0a", "hb", "il1tfjr", "nu", "s5", "gq9", "yv", "38", "сео", "нип", "шщ")
_CONFUSED = str.maketrans({other: group[0] for group in _GROUPS for other in group[1:]})
LOOK_ALIKE = (("rn", "m"), ("cl", "d"), ("vv", "w"), ("li", "h"), ("ii", "n"))


@dataclass(frozen=True)
class Lexicon:
    """The words of a language, or of a work, with their frequencies."""

    counts: Mapping[str, int]

    @cached_property
    def forms(self) -> frozenset[str]:
        """The words without the letters that scans confuse."""
        return frozenset(
            form for form, words in self.by_form.items() if any(len(word) > 2 for word in words)
        )

    @cached_property
    def by_form(self) -> Mapping[str, Sequence[str]]:
        """The words by what is left of them without the letters that scans confuse."""
        found: dict[str, list[str]] = defaultdict(list)
        words = list(self.counts)
        for form, word in zip(all_folded(words), words, strict=True):
            found[form].append(word)
        return found

    @cached_property
    def by_length(self) -> Mapping[int, Ranked]:
        """The words by the number of their letters, the commonest first."""
        found: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self.counts, key=self.counts.__getitem__, reverse=True):
            found[len(word)].append(word)
        counts = self.counts.__getitem__
        ranked = {size: Ranked(words, list(map(counts, words))) for size, words in found.items()}
        return defaultdict(Ranked, ranked)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Words with how common they are, the commonest first."""

    words: Sequence[str] = ()
    counts: Sequence[int] = ()

    def commoner_than(self, least: float) -> Sequence[str]:
        """Return the words that are commoner than so much."""
        return self.words[: bisect_left(self.counts, -least, key=neg)]


NO_WORDS = Lexicon({})


def plain_word(word: str) -> str:
    """Return the letters and digits of a word in small letters."""
    return "".join(filter(str.isalnum, word)).casefold()


def folded(word: str) -> str:
    """Return a word without the differences of letters that scans confuse."""
    for many, one in LOOK_ALIKE:
        word = word.replace(many, one)
    return word.translate(_CONFUSED)


def all_folded(words: Sequence[str]) -> list[str]:
    """Return many words without the letters that scans confuse, at once."""
    return folded("\n".join(words)).split("\n") if words else []


@lru_cache
def words_of_language(code: str) -> Lexicon:
    """Return the words of a language with their frequencies, from pyspellchecker's lists."""
    found = find_spec("spellchecker")
    if found is None or not found.origin:
        return NO_WORDS
    file = Path(found.origin).parent / "resources" / f"{code}.json.gz"
    try:
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            listed: list[tuple[str, int]] = list(json.load(stream).items())
    except (OSError, ValueError, AttributeError):
        return NO_WORDS
    small = "\n".join(word for word, _ in listed).casefold().split("\n")
    plain = (word if word.isalnum() else plain_word(word) for word in small)
    return Lexicon(dict(zip(plain, (count for _, count in listed), strict=True)))
