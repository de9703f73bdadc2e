"""How well works fit a typed reference: the words that it shares with each."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import takewhile

from edition.bibliography.references.grammar import Part
from edition.bibliography.references.mentions import Mention, Mentions
from edition.bibliography.references.patterns import LABEL, VOLUME, YEAR_FORM
from edition.bibliography.references.profile import (
    Profile,
    content_words,
    profile_of,
    share,
    short_words,
    skeleton,
    tokens,
    whole_name,
)
from edition.model import Work

ALIKE = 0.86
"""Similarity from which two words of five letters or more are one word with a misprint.

Measured on the essays in tests/importer (`pytest tests/test_importer_references.py`): at 0.80
two names of different authors become one, at 0.90 half of the scanned names are missed.
"""

ALIKE_LONG = 0.8
"""The same of words of eight letters and more, measured in `tests/test_importer_essays.py`."""

CLEAR_LEAD = 0.75
"""Score by which the best work must lead the next, measured as ALIKE was: a year counts 1.5."""

LEAST_KNOWN, MOST_UNKNOWN = 0.6, 3
"""Share of its words that a reference without a page's label has from its work, and the words that
it may have besides, measured as ALIKE
was: below 0.5 whole sentences in brackets that name a title are taken for references."""


# Before a volume or a place: `KdU, S. 4`, `Hist. Eng. Law, i, p. 3`, `Att. 2.18`.
_SHORT_FORM = re.compile(
    r"(?<![\w.])(?:(?P<siglum>(?=\w*[^\W\d_a-zа-я]\w*[^\W\d_a-zа-я])[^\W\d_]{2,6})"
    r"|[^\W\d_a-zа-я][^\W\d_]{1,7}\.(?:\s?[^\W\d_]{2,7}\.){0,5})"
    rf"(?=[.,:]?\s+(?:{VOLUME.pattern}|{LABEL}|[IVXLivxl]+[.,:\s]|\d))"
)
_INVERTED = re.compile(
    r"([^\W\d_][\w’'-]+),?\s+((?:[^\W\d_a-zа-я]\.[\s-]?)+)(?![^\W\d_a-zа-я][\w-]+,)"
)


class Evidence:
    """The words of one bibliography, and how a reference fits each of its works."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        children: dict[str, list[str]] = defaultdict(list)
        for key, work in works.items():
            parent = work.fields.get("crossref")
            if parent is not None and parent.value in works:
                children[parent.value].append(key)
        self.profiles = {k: profile_of(w, tuple(children[k])) for k, w in works.items()}
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
        self.skeletons: dict[str, list[str]] = defaultdict(list)
        self.by_end: dict[str, list[str]] = defaultdict(list)
        for word in self.holders:
            if not word.isdigit():
                self.skeletons[skeleton(word)].append(word)
                for end in {word[:2], word[-3:]}:
                    self.by_end[end].append(word)
        self.in_order = sorted(w for w in self.holders if not w[0].isdigit())
        self.given = {g for p in self.profiles.values() for g in p.given}
        self.declared: dict[str, str] = {}
        self.shared = self._shared_names()
        self.like: dict[str, frozenset[str]] = {}
        self.mentions = Mentions(self.profiles.values())

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
        self.holders[siglum].add(key)

    def short_forms(self, text: str) -> list[Mention]:
        """Return sigla and titles cut short before a place: `GS I, S. 477`, `Corr., II, p. 31`."""
        found = []
        for match in _SHORT_FORM.finditer(text):
            words = tokens(match[0])
            held = [self._beginning(w) if w in short_words(match[0]) else {w} for w in words]
            keys = set.intersection(
                *({k for w in near for k in self.holders.get(w, ())} for near in held)
            )
            if match["siglum"]:
                meant = {self.declared.get(words[0], k) for k in keys}
                keys = {k for k in meant if words[0] in self.profiles[k].acronyms}
            if keys:
                found.append(Mention(match.start(), match.end(), tuple(sorted(keys))))
        return found

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
            return frozenset((word,))
        if word.endswith("."):
            return self._beginning(word[:-1])
        if len(word) < 4 or word.isdigit():
            return frozenset()
        if word.endswith("s") and word[:-1] in self.holders:
            return frozenset((word[:-1],))  # `Hart’s`
        if alike := self.skeletons.get(skeleton(word)):
            return frozenset(alike)
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
        for word in content_words(text):
            meant = self._beginning(word) if word in cut else frozenset()
            found.append(min(meant) if len(meant) == 1 else f"{word}." if meant else word)
        return found

    def said(self, part: Part) -> list[str]:
        """Return the words by which a reference names a work."""
        text = f"{part.author} {part.words}."
        return [t for t in self.words(text) if not re.fullmatch(rf"{YEAR_FORM}[a-z]?", t)]

    # -- how well a work fits -----------------------------------------------------------------

    def scored(
        self, part: Part, said: Sequence[str], held: frozenset[str]
    ) -> list[tuple[float, str]]:
        """Return the works that share a word with a reference, the best first."""
        keys = {k for w in held for k in self.holders[w]}
        rows = ((self._score(part, said, held, self.profiles[k]), k) for k in keys)
        return sorted(rows, key=lambda pair: (-pair[0], pair[1]))

    def _score(
        self, part: Part, said: Sequence[str], held: frozenset[str], profile: Profile
    ) -> float:
        score = 0.0
        cover = max((share(t, held) for t in profile.titles), default=0.0)
        if self._title_stands(profile, said, held):
            longest = max(len(t) for t in profile.titles)
            score += 6 * cover + min(longest, 8) * 0.15
        if part.titles and profile.titles:
            quoted = self.held(content_words(" ".join(part.titles)))
            if quoted:
                score += 3 * max(share(sorted(quoted), t) for t in profile.titles)
        names = _names(part)
        if held & set(profile.families):
            score += 3 + 1.5 * whole_name(names, profile) - 3 * self._another(names, profile)
            if part.years and set(self.held(said)) & set(profile.families):
                score += 0.5 * named_as_authors(said, held, profile)
        elif held & set(profile.others):
            score += 1.5
        if profile.book and share(profile.book, held) >= 0.75:
            score += 2
        if part.volume and profile.volume:
            score += 2 if part.volume == profile.volume else -6
        if same_year(part, profile):
            score += 1.5
        if part.pages and profile.ranges:
            inside = all(any(a <= n <= b for a, b in profile.ranges) for n in part.pages)
            score += 1 if inside else -1.5
        if said and score > 0:
            known = profile.explains
            score += 4 * sum(bool(self.near(w) & known) for w in said) / len(said)
        return score

    def _another(self, names: Sequence[str], profile: Profile) -> bool:
        """Tell whether a given name before the family name is not of this work's people."""
        return any(
            names[i + 1] in profile.families
            and names[i] in self.given
            and names[i] not in profile.given
            for i in range(len(names) - 1)
        )

    def _title_stands(self, profile: Profile, said: Sequence[str], held: frozenset[str]) -> bool:
        if _shortens_title(said, profile):
            return True
        named = bool(held & set(profile.families))
        declared = self.declared
        acronyms = {
            a
            for a in profile.acronyms.intersection(said)
            if declared.get(a, profile.key) == profile.key
        }
        if acronyms:
            sure = not profile.sigla.isdisjoint(acronyms) or not self.shared & set(profile.families)
            if (named and sure) or len(said) == 1:
                return True
        for title in profile.titles:
            # Half of a long title is a short title, two words of three, where its author is named.
            short = {3: 0.6}.get(len(title), 0.5) if named else 0.75
            least = short if len(title) > 2 else 1.0
            if share(title, held) >= least:
                return len(title) > 1 or named or len(said) == 1
        return False

    def fits(self, part: Part, said: Sequence[str], held: frozenset[str], profile: Profile) -> bool:
        """Tell whether a work may be meant at all."""
        if part.volume and profile.volume and part.volume != profile.volume:
            return False
        if self._leads_elsewhere(part, profile):
            return False
        stands = self._title_stands(profile, said, held)
        dated = same_year(part, profile)
        if not part.titles and not stands and whole_name(_names(part), profile) < 0:
            return False  # another person of the name
        if part.years and profile.years and not dated and not stands:
            return False
        if part.years and stands and not part.titles and _shortens_title(said, profile):
            # `Oxford 1861` is a place and a year, and no title.
            stands = len(said) > 1
        if stands:
            return True
        known = profile.title_words | profile.people
        if profile.children or part.titles:
            known |= profile.whole
        rest = [t for t in said if not self.near(t) & known and not t.isdigit()]
        people = bool(held & profile.family_names)
        if rest:
            # A year and its author's name are enough, whatever else is said.
            return bool(dated and people and not part.titles and set(rest) <= {"al", "others"})
        if self.by_name_alone(said, profile):
            return dated if part.years and not part.titles else True
        return (
            people or (len(said) > 1 and bool(profile.titles)) or bool(set(said) & profile.acronyms)
        )

    def is_name(self, said: Sequence[str], profile: Profile) -> bool:
        """Tell whether a word is a name or an abbreviation of a work."""
        held = self.held(said)
        return bool(held & profile.family_names or set(said) & profile.acronyms)

    def by_name_alone(self, said: Sequence[str], profile: Profile) -> bool:
        """Tell whether the reference gives a name and no word of a title."""
        rest = [t for t in said if t not in ("al", "others")]
        return (
            bool(rest)
            and all(self.near(t) & profile.people for t in rest)
            and any(self.near(t) & profile.family_names for t in rest)
        )

    def _leads_elsewhere(self, part: Part, profile: Profile) -> bool:
        """Tell whether the reference begins with a name that is not of this work."""
        first = re.split(r"[,:“\"„«(]", part.words.strip(), maxsplit=1)[0]
        cut = short_words(first)  # `Art. „Krise“`
        lead = [
            t
            for t in self.words(f"{first}.")
            if not (t[0].isdigit() or t in ("al", "others") or (t in cut and t not in self.holders))
        ]
        if not lead:
            return False
        known = profile.people | profile.title_words | profile.whole
        unknown = [t for t in lead if not self.near(t) & known]
        return len(unknown) * 2 > len(lead)

    def knows(self, part: Part) -> bool:
        """Tell whether a family name or a title is in a reference, and little that no work has."""
        said = self.said(part)
        held = self.held(said)
        for key in {k for w in held for k in self.holders[w]}:
            profile = self.profiles[key]
            if held & profile.family_names or self._title_stands(profile, said, held):
                known = sum(bool(self.near(w) & profile.explains) for w in said)
                if known >= LEAST_KNOWN * len(said) and len(said) - known <= MOST_UNKNOWN:
                    return True
        return False


def _shortens_title(said: Sequence[str], profile: Profile) -> bool:
    """Tell whether a reference is made of words of a title in their order: `Const. Hist. 44`."""
    return sum(map(len, said)) > 3 and any(_in_order(said, t) for t in profile.titles)


def _in_order(words: Sequence[str], title: Sequence[str]) -> bool:
    following = iter(title)
    return all(
        any(word == t or (word[-1] == "." and t.startswith(word[:-1])) for t in following)
        for word in words
    )


def _names(part: Part) -> list[str]:
    """Return the words of a reference, initials before their family name: `Collins, R.`"""
    return tokens(_INVERTED.sub(r"\2 \1", f"{part.author} {part.words}"))


def same_year(part: Part, profile: Profile) -> bool:
    """Tell whether a reference names a year of a work."""
    bare = {y[:4] for y in part.years}
    lettered = {y for y in profile.years if len(y) > 4}
    if lettered and any(len(y) > 4 for y in part.years):
        return bool(set(part.years) & lettered)
    return bool(bare & profile.years)


def named_as_authors(said: Sequence[str], held: frozenset[str], profile: Profile) -> bool:
    """Tell whether a reference names as many people as the work has, the first of them first."""
    named = [s for s in profile.surnames if set(s) & held]
    return (
        bool(named)
        and named[0] == profile.surnames[0]
        and (len(named) == len(profile.surnames) or "al" in said)
    )
