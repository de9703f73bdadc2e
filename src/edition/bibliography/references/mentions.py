"""Works and people of the bibliography where a text names them."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from edition.bibliography.references.profile import (
    PARTICLES,
    Profile,
    content_words,
    latinised,
    stems,
    tells,
    tokens,
)
from edition.model.lazy_pattern import lazy

WHOLE_TITLE = 0.7
"""Share of the letters in quotation marks that a title has, where they are that title: the rest
is an article, or a stop (`pytest tests/test_importer_references.py`)."""

_DROPPED = frozenset({"de", "du", "di", "von", "zu"})  # particles that are often left out
_SHORT_TITLE = lazy(
    r"(?:(?<![\w’])|(?<=[“\"„«‘]))(?P<words>[^\W\d_a-zß-ÿа-яё][\w’'-]+(?:\s[\w’'-]+){0,5}?)"
    r"(?=[,.]?[”\"“»’*_]?,?\s(?:cit\.,?\s)?(?:pp?\.\s|[SС]\.\s|vol\.\s|[IVXLivxl]+[,.:]\s)?(?!1[4-9]\d\d|20\d\d)\d)"
)
_WORD = re.compile(r"[^\W_]+(?:[’'](?=\w)[^\W_]+)?")
_GENITIVE = re.compile(r"[’']s?\Z")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text, the works that may be meant, and where its page ends, if that is known."""

    start: int
    end: int
    keys: tuple[str, ...]
    stop: int = 0
    is_person: bool = False


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, ...]:
    """Return a word as it is, without a genitive's s, and its stems.

    Titles are inflected where a sentence names them: `in der Negativen Dialektik`.
    """
    typed = dict.fromkeys((word, _GENITIVE.sub("", word)))
    both = dict.fromkeys(f[0] for f in map(tokens, typed) if f)
    return tuple(dict.fromkeys([*both, *(s for f in both for s in (*stems(f), latinised(f)[1]))]))


class Mentions:
    """Finds titles and family names; each text is gone through once, whatever the bibliography."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.titles: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self.names: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self.last_names: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self.profiles = {p.key: p for p in profiles}
        self.given = {g for p in self.profiles.values() for g in p.given}
        for profile in self.profiles.values():
            for surname in (*profile.surnames, *((alias,) for alias in profile.aliases)):
                if profile.key not in self.names[surname]:
                    self.names[surname].append(profile.key)
        for profile in self.profiles.values():
            for phrase in profile.phrases:
                named = phrase in self.names and profile.key not in self.names[phrase]
                if phrase and (len(phrase) > 1 or (len(phrase[0]) > 5 and not named)):
                    for first in {phrase[0], *stems(phrase[0]), phrase[0] + "-"}:
                        self.titles[first].append((phrase, profile.key))
        for surname in self.names:
            for form in (
                surname[-1],
                *(s for s in stems(surname[-1]) if not s.isascii()),
                latinised(surname[-1])[0],
            ):
                self.last_names[form].append(surname)

    def in_titles(self, text: str) -> list[Mention]:
        """Return the titles that stand in a text, the longest at each place."""
        words = list(_WORD.finditer(text))
        found: list[Mention] = []
        begin_titles = self.titles.keys()
        for i, match in enumerate(words):
            forms = _forms(match[0])
            if begin_titles.isdisjoint(forms):
                continue
            start = match.start()
            best: dict[int, list[str]] = defaultdict(list)
            for phrase, key in (t for word in forms for t in self.titles.get(word, ())):
                if len(phrase) == 1 and not text[start].isupper():
                    continue
                last = _last_word(words, i, phrase)
                if last is not None and key not in best[last]:
                    best[last].append(key)
            if best:
                last = max(best)
                if found and start < found[-1].end:
                    continue
                found.append(Mention(start, words[last].end(), tuple(best[last])))
        return found

    def in_short_titles(self, text: str) -> list[Mention]:
        """Return titles cut short before a place (`Tractatus, 4.112`, `“Some Thoughts,” 12`)."""
        found = []
        for match in _SHORT_TITLE.finditer(text):
            words = tuple(content_words(match["words"]))
            keys = [
                key
                for phrase, key in self.titles.get(words[0] if words else "", ())
                if phrase[: len(words)] == words != phrase and len("".join(words)) > 4
            ]
            if keys and words not in self.names:
                found.append(Mention(match.start(), match.end(), tuple(dict.fromkeys(keys))))
        return found

    def of_people(self, text: str) -> list[Mention]:
        """Return the family names of authors and editors that stand in a text."""
        found: list[Mention] = []
        words = list(_WORD.finditer(text))
        for i, match in enumerate(words):
            if not match[0][0].isupper() and match[0][0].lower() != match[0][0].upper():
                continue
            surnames = [s for f in _forms(match[0]) for s in self.last_names.get(f, ())]
            if not surnames or self._is_given(words[i : i + 2], text):
                continue
            joined = text[max(0, match.start() - 1) : match.start()] in (" ", "-", "\n")
            before = tokens(text[max(0, match.start() - 40) : match.start()]) if joined else []
            keys, parts = self._meant(surnames, before)
            if keys:
                found.append(Mention(words[i - parts].start(), match.end(), keys, is_person=True))
        return found

    def _is_given(self, pair: list[re.Match[str]], text: str) -> bool:
        """Tell whether a family name is a given name here: `Michael Smith`."""
        if len(pair) < 2 or text[pair[0].end() : pair[1].start()] != " ":
            return False
        given, family = ((tokens(m[0]) or [""])[0] for m in pair)
        return given in self.given and pair[1][0][0].isupper() and (family,) in self.names

    def _meant(
        self, surnames: list[tuple[str, ...]], before: list[str]
    ) -> tuple[tuple[str, ...], int]:
        """Return the works of the people of a family name, told apart by what is before it.

        The number is that of the words before it that belong to it: `van den`.
        """
        for surname in sorted(surnames, key=len, reverse=True):
            rest = list(surname[:-1])
            if rest and before[-len(rest) :] != rest:
                continue
            lead = before[: len(before) - len(rest)]
            keys = self.names[surname]
            if not rest and lead and lead[-1] in PARTICLES:
                keys = [k for k in keys if lead[-1] in self.profiles[k].given]
            if keys:
                return self._of_given(keys, lead[-1] if lead else ""), len(rest)
        for surname in surnames:
            if len(surname) > 1 and _DROPPED.issuperset(surname[:-1]):
                return self._of_given(self.names[surname], before[-1] if before else ""), 0
        return (), 0

    def are_title(self, words: str) -> bool:
        """Tell whether words are the title of a work, and little else."""
        return any(m.end - m.start > WHOLE_TITLE * len(words) for m in self.in_titles(words))

    def _of_given(self, keys: list[str], given: str) -> tuple[str, ...]:
        """Return the works of the person whose given name or initial is before the family name."""
        known = [self.profiles[k] for k in keys]
        if len(given) == 1:
            return tuple(p.key for p in known if given in p.initials) or tuple(keys)
        return tuple(p.key for p in known if given in p.given) or tuple(keys)


def _last_word(words: list[re.Match[str]], first: int, phrase: tuple[str, ...]) -> int | None:
    """Return the index of the word that ends a title which begins at a word, if it stands there."""
    at = first
    for wanted in phrase[1:]:
        at += 1
        skipped = 0
        ends = {wanted, *stems(wanted), wanted + "-"}
        while at < len(words) and ends.isdisjoint(_forms(words[at][0])) and skipped < 3:
            if all(map(tells, _forms(words[at][0]))):
                return None
            at += 1
            skipped += 1
        if at >= len(words) or ends.isdisjoint(_forms(words[at][0])):
            return None
    return at
