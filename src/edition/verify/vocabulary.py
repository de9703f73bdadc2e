"""The words of a work: which of its letters are words, and which are damage of a scan.

A quoted word that differs from the source's is a difference, whatever it looks like, unless all
this holds: the source is a scan with much damage, its language is known here, its reading is no
word, and of all words that it may have been the quoted one is the likeliest. A number is never
taken for damage, a name only where the letters cannot be told apart by eye (`rn`, `m`).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from edition.verify.differences import LINE_END
from edition.verify.lexicon import (
    LOOK_ALIKE,
    NO_WORDS,
    Lexicon,
    all_folded,
    folded,
    plain_word,
    words_of_language,
)

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_DIGIT = re.compile(r"\d")

# The commonest words of the languages whose words are known, by which a text's is found.
_LANGUAGES = {
    "en": "the of and to that was with which for is",
    "de": "der die und das nicht ist zu den mit von",
    "fr": "le la les et des est que dans une pour",
    "es": "el los las que una por con para del se",
    "it": "il che della di non per una gli con sono",
    "pt": "o que os uma não com para do da em",
    "nl": "het een van de dat niet zijn met voor en",
    "ru": "и в не на что с он как это по",
}

# Set on the scans of the table in docs/manual/verify.md, "Damage of a scan"; `altered_named` of
# python bench/verify.py DIR shows what they cost.
_RARE = 2  # a word that occurs more often is a word
_FREQUENT = 4
_STRANGE_FREQUENT = 0.07  # with more of its frequent words unknown, a text is in another spelling
_DAMAGED = 0.0015  # with fewer words that look like others and are none, a text is a clean one
_SYSTEMATIC = 20  # how much rarer than the word itself its damaged form must be
_FREQUENT_AS = 1000  # a word of the work itself is worth so many in the lexicon's texts
_LIKELY = 10  # how much commoner than any other word as near the quoted one must be
_LONG, _LONGER = 4, 8  # letters of words in which one, and two, may be wrong

_STROKES = frozenset("1lLtT|!f[]J")  # how scans read the word I

# Spellings that dictionaries of one country lack: a word is one if with the other it is.
_SPELLINGS = (
    ("our", "or"), ("is", "iz"), ("ys", "yz"), ("tre", "ter"), ("ence", "ense"), ("ogue", "og"),
    ("lled", "led"), ("lling", "ling"), ("amme", "am"), ("xion", "ction"),
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """The words of a work's texts; what it is asked is worked out when it is asked."""

    texts: tuple[str, ...]

    def is_damage(self, source: str, quoted: str) -> bool:
        """Return whether the source's word is the quoted one, damaged by a scan.

        Either may be several words, where the scan lost a space or saw one.
        """
        read, meant = plain_word(source), plain_word(quoted)
        if not read or not meant or _DIGIT.search(meant) or _are_far_apart(read, meant, quoted):
            return False
        if not self._is_scan:
            return False
        if quoted == "I":
            return source in _STROKES
        words = (read, *map(plain_word, source.split()))
        if read.isdigit() or self._is_word(read, meant) or all(map(self._is_known, words[1:])):
            return False
        if not all(self._is_common(word) for word in quoted.split()):
            return False
        if " " in source and _nearness(read, meant)[0]:
            return False
        if " " in quoted:
            lost = quoted.startswith("I ") and source[0] in _STROKES and read[1:] == meant[1:]
            return lost or _alike(read) == _alike(meant)
        if self._is_name(quoted):
            return self._is_seen_as(read, meant)
        return self._is_likeliest(read, meant)

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        """How often each word occurs, and how often with a small letter first."""
        written = Counter(LINE_END.sub("", "\n".join(self.texts)).split())
        # All at once what is folded and counted singly takes three times as long.
        small_letters = "\n".join(written).casefold().split("\n")
        every: dict[str, int] = {}
        small: dict[str, int] = {}
        for (token, count), plain in zip(written.items(), small_letters, strict=True):
            if plain.isalnum():
                every[plain] = every.get(plain, 0) + count
                if plain[0] == token[0]:
                    small[plain] = small.get(plain, 0) + count
                continue
            for word in _WORD.findall(token):
                plain = plain_word(word)
                every[plain] = every.get(plain, 0) + count
                if not word[0].isupper():
                    small[plain] = small.get(plain, 0) + count
        return Counter(every), Counter(small)

    @cached_property
    def _lexicon(self) -> Lexicon:
        """How common each word of the work's language is; empty for a language not known."""
        every, _ = self._counts
        marks = {code: sum(every[w] for w in words.split()) for code, words in _LANGUAGES.items()}
        code = max(marks, key=marks.__getitem__)
        return words_of_language(code) if marks[code] > every.total() // 20 else NO_WORDS

    @cached_property
    def _is_scan(self) -> bool:
        """Whether words that are none are so many that they must be damage."""
        if not self._lexicon.counts:
            return False
        _, small = self._counts
        words = [(word, count) for word, count in small.items() if word.isalpha() and len(word) > 2]
        frequent = [word for word, count in words if count >= _FREQUENT]
        if sum(not self._is_known(w) for w in frequent) > _STRANGE_FREQUENT * len(frequent):
            return False
        forms = self._lexicon.forms
        rare = [(word, count) for word, count in words if count <= _RARE]
        forms_of_rare = zip(rare, all_folded([word for word, _ in rare]), strict=True)
        damaged = sum(
            c for (w, c), form in forms_of_rare if form in forms and not self._is_known(w)
        )
        return damaged > _DAMAGED * sum(count for _, count in words)

    def _is_known(self, word: str) -> bool:
        """Return whether the word is in the lexicon, in one spelling or another."""
        lexicon = self._lexicon.counts
        return word in lexicon or any(
            word.replace(ours, theirs) in lexicon or word.replace(theirs, ours) in lexicon
            for ours, theirs in _SPELLINGS
            if ours in word or theirs in word
        )

    def _is_common(self, quoted: str) -> bool:
        """Return whether the quoted word is a known one."""
        word = plain_word(quoted)
        every, _ = self._counts
        return self._is_known(word) or every[word] > _RARE

    def _is_name(self, quoted: str) -> bool:
        """Return whether one of the quoted words is written as a name, and not often otherwise."""
        every, small = self._counts
        return any(
            word.lstrip("“‘„«\"'([")[:1].isupper()
            and 2 * small[plain_word(word)] <= every[plain_word(word)]
            for word in quoted.split()
            if word != "I"
        )

    def _is_seen_as(self, read: str, meant: str) -> bool:
        """Return whether a frequent name was read with letters that cannot be told from its own."""
        every, _ = self._counts
        same = _alike(read) == _alike(meant)
        return same and every[meant] > _FREQUENT and _SYSTEMATIC * every[read] <= 5 * every[meant]

    def _is_word(self, read: str, meant: str) -> bool:
        every, _ = self._counts
        if self._is_known(read):
            return True
        return every[read] > _RARE and _SYSTEMATIC * every[read] > every[meant]

    def _is_likeliest(self, read: str, meant: str) -> bool:
        """Return whether no other word that is as common is as near to what was read."""
        nearness = _nearness(read, meant)
        # A letter more at either end may be all that a lost space has left of a short word.
        if nearness[0] and _ends(folded(read)) != _ends(folded(meant)):
            return False
        known = self._commonness(meant)
        if nearness[0] == 0:
            form = folded(read)
            alike = (*self._lexicon.by_form.get(form, ()), *self._own.by_form.get(form, ()))
            return not any(
                word not in (meant, read)
                and Levenshtein.distance(read, word) <= nearness[1]
                and _LIKELY * self._commonness(word) > known
                for word in alike
            )
        most = max(nearness[1], 2)
        for words in self._common_words_like(len(read), most, known / _LIKELY):
            near = process.extract(
                read, words, scorer=Levenshtein.distance, score_cutoff=most, limit=None
            )
            if any(
                word not in (meant, read)
                and _LIKELY * self._commonness(word) > known
                and _nearness(read, word) <= nearness
                for word, _distance, _number in near
            ):
                return False
        return True

    def _commonness(self, word: str) -> int:
        every, _ = self._counts
        return self._lexicon.counts.get(word, 0) + _FREQUENT_AS * every[word]

    def _common_words_like(self, length: int, most: int, least: float) -> Iterator[Sequence[str]]:
        """Yield the words of about a length that are commoner than that, in lists.

        A word of the lexicon that is rare in the work is commoner by what the work adds.
        """
        for size in range(length - most, length + most + 1):
            yield self._own.by_length[size].commoner_than(least)
            yield self._lexicon.by_length[size].commoner_than(least - _FREQUENT_AS * _RARE)

    @cached_property
    def _own(self) -> Lexicon:
        """The frequent words of the work."""
        every, _ = self._counts
        frequent = (word for word, count in every.items() if count > _RARE)
        return Lexicon({word: self._commonness(word) for word in frequent})


def _nearness(read: str, word: str) -> tuple[int, int]:
    """Return the letters that differ, those that scans confuse not counted; and all that differ."""
    return Levenshtein.distance(folded(read), folded(word)), Levenshtein.distance(read, word)


def _are_far_apart(read: str, meant: str, quoted: str) -> bool:
    """Return whether no damage makes one word of the other, whatever the work's words are.

    It is asked before they are counted, which takes a tenth of a second for a book.
    """
    if quoted == "I" or " " in quoted:
        return False
    apart = _nearness(read, meant)[0]
    return apart > (2 if len(meant) >= _LONGER else 1) or bool(apart and len(meant) < _LONG)


def _ends(word: str) -> tuple[str, str]:
    return word[:1], word[-1:]


def _alike(word: str) -> str:
    """Return a word without the differences between letters that look the same."""
    for many, one in LOOK_ALIKE[:3]:
        word = word.replace(many, one)
    return word.replace("1", "l").replace("0", "o")
