"""The words of a bibliography, and the words that a reference means by its own."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import takewhile
from math import log

from edition.bibliography.references.ancient_titles import sigla_of_plays, translations
from edition.bibliography.references.context import Part
from edition.bibliography.references.mentions import Mention, Mentions
from edition.bibliography.references.numbered_titles import numbered_sigla, numbered_titles
from edition.bibliography.references.patterns import AND_OTHERS, EDITION, LABEL, VOLUME, YEAR_FORM
from edition.bibliography.references.profile import (
    OTHERS,
    Profile,
    content_words,
    latinised,
    profile_of,
    short_words,
    skeleton,
    stems,
    tells,
    tokens,
)
from edition.model import Work

ALIKE = 0.86
"""Similarity from which two words of five letters or more are one word with a misprint.

Measured on the essays in tests/importer (`pytest tests/test_importer_references.py`): at 0.80
two names of different authors become one, at 0.90 half of the scanned names are missed.
"""

ALIKE_LONG = 0.8
"""The same of words of eight letters and more, measured in `tests/test_importer_essays.py`."""

FEW = 50
"""Works that are held against a reference one by one: no essay of `tests/importer` has as many."""

# Before a volume or a place: `KdU, S. 4`, `Hist. Eng. Law, i, p. 3`, `Att. 2.18`.
_SHORT_FORM = re.compile(
    r"(?<![\w.])(?:(?P<letter>[^\W\d_a-zа-я](?![\w.’'])|(?:[^\W\d_a-zа-я]\.\s?){2,4})|(?P<siglum>(?=\w*[^\W\d_a-zа-я]\w*[^\W\d_a-zа-я])[^\W\d_]{2,6}(?!-))"
    r"|[^\W\d_a-zа-я][^\W\d_]{1,7}\.(?:\s?[^\W\d_]{2,7}\.){0,5}|[a-z]{3,7}\.(?=\s+(?:\d+\.\d|[IVXL]+,\s\d)))"
)
_DOTTED = re.compile(r"(?<!\w\s)(?<![\w.])(?:[^\W\d_a-zа-я]\.\s?){2,4}(?=[\s,.]*\Z)")
_MISREAD = re.compile(r"[^\W\d_]{2}.*\d|\d.*[^\W\d_]{2}")  # `Eng1and`
_PLACE_FOLLOWS = re.compile(
    rf"[.,:]?[*_]*[.,:]?\s+(?:{VOLUME.pattern}|{LABEL}|[IVXLivxl]+[.,:\s]|\d)"
)


class Lexicon:
    """The words of one bibliography, and the works that hold each."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        children: dict[str, list[str]] = defaultdict(list)
        for key, work in works.items():
            parent = work.fields.get("crossref")
            if parent is not None and parent.value in works:
                children[parent.value].append(key)
        self.profiles = {k: profile_of(w, tuple(children[k])) for k, w in works.items()}
        self.profiles |= self._plays()
        self.profiles |= numbered_sigla(works, self.profiles)
        self.profiles |= numbered_titles(works, self.profiles)
        for key, profile in self.profiles.items():
            # The author of a volume's pieces may be named before the volume.
            authors = [f for child in profile.children for f in self.profiles[child].families]
            if authors and "author" not in works[key].fields:
                people = dict.fromkeys((*authors, *profile.families))
                self.profiles[key] = replace(profile, families=tuple(people))
        self.holders: dict[str, set[str]] = defaultdict(set)
        for key, profile in self.profiles.items():
            for word in profile.explains | profile.acronyms:
                self.holders[word].add(key)
        self.naming: dict[str, set[str]] = defaultdict(set)
        for key, profile in self.profiles.items():
            for word in profile.title_words | profile.family_names | profile.whole:
                self.naming[word].add(key)
        self.skeletons: dict[str, list[str]] = defaultdict(list)
        self.by_end: dict[str, list[str]] = defaultdict(list)
        for word in self.holders:
            if not word.isdigit():
                for form in (skeleton(word), *(s for s in stems(word) if not s.isascii())):
                    self.skeletons[form].append(word)
                for end in {word[:2], word[-3:]}:
                    self.by_end[end].append(word)
        self.families = {f for p in self.profiles.values() for f in p.families}
        for family in self.families:
            self.skeletons[latinised(family)[0]].append(family)
        spelt = {w for p in self.profiles.values() for w in p.explains - p.acronyms | p.title_words}
        self.in_order = sorted(w for w in spelt if not w[0].isdigit())
        self.sigla = {s for p in self.profiles.values() for s in p.sigla}
        self.declared: dict[str, str] = {}
        self.shared = self._shared_names()
        self.like: dict[str, frozenset[str]] = {}
        self.mentions = Mentions(self.profiles.values())
        self.given = self.mentions.given

    def _plays(self) -> dict[str, Profile]:
        """Return Shakespeare's plays, known by their abbreviations too."""
        plays = ((k, p) for k, p in self.profiles.items() if "shakespeare" in p.families)
        return {k: replace(p, sigla=p.sigla | sigla_of_plays(p.title_words)) for k, p in plays}

    def _shared_names(self) -> frozenset[str]:
        """Return the family names that two people of the bibliography bear."""
        initials: dict[str, frozenset[str]] = {}
        shared = set()
        for profile in self.profiles.values():
            for family in profile.families if profile.initials else ():
                if initials.setdefault(family, profile.initials).isdisjoint(profile.initials):
                    shared.add(family)
        return frozenset(shared)

    def declare(self, siglum: str, key: str) -> None:
        """Take a siglum for a work, as the text declares it."""
        profile = self.profiles[key]
        self.profiles[key] = replace(profile, sigla=profile.sigla | {siglum})
        self.declared[siglum] = key
        self.sigla.add(siglum)
        self.holders[siglum].add(key)
        self.naming[siglum].add(key)
        self.like.pop(siglum, None)

    def short_forms(self, text: str) -> list[Mention]:
        """Return sigla and titles cut short before a place: `GS I, S. 477`, `Corr., II, p. 31`."""
        found = []
        for match in _SHORT_FORM.finditer(text):
            words = ["".join(tokens(match[0]))] if match["letter"] else tokens(match[0])
            placed = _PLACE_FOLLOWS.match(text, match.end())
            if EDITION.match(text, match.start()):
                continue
            if not (placed or (match["siglum"] and words[0] in self.sigla)):
                continue
            held = [self._beginning(w) if w in short_words(match[0]) else {w} for w in words]
            keys = set.intersection(
                *({k for w in near for k in self.holders.get(w, ())} for near in held)
            )
            if match["letter"] and len(words[0]) == 1 and words[0] not in self.declared:
                continue
            if match["siglum"] or match["letter"]:
                meant = {self.declared.get(words[0], k) for k in keys}
                keys = {k for k in meant if words[0] in self.profiles[k].acronyms}
            if keys:
                found.append(Mention(match.start(), match.end(), tuple(sorted(keys))))
        return found

    def candidates(self, held: Iterable[str], years: Iterable[str] = ()) -> set[str]:
        """Return the works that words may name; of very many, those that share their rare words."""
        held = set(held)
        keys = {k for w in held for k in self.naming.get(w, ())}
        if len(keys) <= FEW:
            return keys
        weights: dict[str, float] = defaultdict(float)
        for word in held | set(years):
            holders = self.holders.get(word, ())
            rarity = log(len(self.profiles) / max(len(holders), 1)) + 1
            for key in keys.intersection(holders):
                weights[key] += rarity
        # Those that share as much stay: which of them is meant is decided by more than words.
        best = nlargest(FEW, weights.values())
        return {k for k in keys if weights[k] >= max(best[-1], best[0] / 2)}

    def held(self, said: Sequence[str]) -> frozenset[str]:
        """Return the words of the bibliography that these are, misprints and scans allowed for."""
        return frozenset().union(*(self.near(w) for w in said))

    def near(self, word: str) -> frozenset[str]:
        """Return the words of the bibliography that a word is, or is a misprint of."""
        found = self.like.get(word)
        if found is None:
            found = self.like[word] = self._looked_up(word)
        return found

    def _looked_up(self, word: str) -> frozenset[str]:
        if word in self.holders:
            # `Толстой` is a case of `Толстая` too, `Livy` in a title the name of Livius.
            forms = (*stems(word), *((latinised(word)[1],) if len(word) > 3 else ()))
            same = {w for form in forms for w in self.skeletons.get(form, ())}
            return frozenset((word, *(same & self.families)))
        if word.endswith("."):
            return self._beginning(word[:-1])
        if len(word) < 4 or word.isdigit():
            return frozenset()
        if word.endswith("s") and word[:-1] in self.holders:
            return frozenset((word[:-1],))  # `Hart’s`
        for form in (skeleton(word), *stems(word), latinised(word)[1]):
            if alike := self.skeletons.get(form):
                return frozenset(alike)
        if other := self.holders.keys() & set(translations(word)):
            return frozenset(other)  # `Poetics`, De arte poetica
        if len(word) < 5:
            return frozenset()
        least = ALIKE if len(word) < 8 else ALIKE_LONG
        close = {
            other
            for end in {word[:2], word[-3:]}
            for other in self.by_end.get(end, ())
            if len(other) >= 5 and abs(len(other) - len(word)) <= 2
            and SequenceMatcher(None, word, other).ratio() >= least
        }  # fmt: skip
        return frozenset(close)

    def _beginning(self, letters: str) -> frozenset[str]:
        """Return the words of the bibliography that begin with letters."""
        first = bisect_left(self.in_order, letters)
        return frozenset(takewhile(lambda w: w.startswith(letters), self.in_order[first:]))

    def words(self, text: str) -> list[str]:
        """Return the words that tell one work from another, those cut short as they are written.

        One cut short that may be several words keeps its full stop.
        """
        cut = {w for w in short_words(text) if len(w) > 2 and w not in self.holders}
        found = []
        text = _DOTTED.sub(lambda m: "".join(tokens(m[0])).upper(), AND_OTHERS.sub(" ", text))
        for word in tokens(text):
            if not (tells(word) or (word in self.sigla and word.upper() in text)):
                continue
            meant = self._beginning(word) if word in cut else frozenset()
            if _MISREAD.search(word) and word not in self.holders:
                meant = self.near(word)
                word = min(meant) if len(meant) == 1 else word
                meant = frozenset()
            found.append(min(meant) if len(meant) == 1 else f"{word}." if meant else word)
        return found

    def said(self, part: Part) -> list[str]:
        """Return the words by which a reference names a work."""
        text = f"{part.author} {part.words}."
        found = [t for t in self.words(text) if not re.fullmatch(rf"{YEAR_FORM}[a-z]?", t)]
        return [*found, OTHERS] if AND_OTHERS.search(text) else found

    def remark(self, part: Part, profile: Profile) -> str:
        """Return the pieces of a reference that say more than the entry: `1840 reprint`."""
        kept = []
        outside = re.sub(r"[“\"„«‘][^”\"“»]*[”\"“»’]", ",", part.words)
        for piece in re.split(r"[,;()\[\]]", outside)[1:]:
            words = piece.strip(" .:")
            said = [t for t in content_words(words) if not re.fullmatch(YEAR_FORM, t)]
            unknown = said and not any(self.near(t) & profile.explains for t in said)
            small = [w for w in words.split() if w[:1].islower() and content_words(w)]
            if unknown and small and len(words.split()) <= 8:
                kept.append(words)
        return ", ".join(kept)
