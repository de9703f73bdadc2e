"""Which work of the bibliography a typed reference means.

Every work that shares a word with the reference is held against it: how much of its title is
there, whose name, which volume, which year, and how much of the reference it explains. A work
is taken only where it is the only one that fits; else nothing is decided, and the nearest are
named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from edition.bibliography.references.grammar import Part
from edition.bibliography.references.mentions import Mentions
from edition.bibliography.references.patterns import YEAR_FORM
from edition.bibliography.references.profile import (
    Profile,
    acronyms,
    content_words,
    profile_of,
    share,
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

CLEAR_LEAD = 0.75
"""Score by which the best work must lead the next, measured as ALIKE was: a year counts 1.5."""

_PRONOUNS = frozenset(
    "he she it they we i you one nobody everybody this that these those another both who the "
    "his her others some many few all none er sie es wir man il elle on ils nous он она они мы".split()
)
_SPEAKER = re.compile(
    r"(?<![\w’])([^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+){0,2})\s(?:also\s|himself\s|herself\s)?"
    r"(?:sa(?:ys?|id)|wr(?:ites?|ote)|calls?|called|argues?|argued|notes?|noted|adds?|added|claims?"
    r"|claimed|observes?|observed|remarks?|remarked|insists?|insisted|finds?|found|puts?|tells?|told"
    r"|reports?|reported|states?|stated|asks?|asked|recalls?|recalled|maintains?|suggests?|thinks?"
    r"|thought|holds?|held|schreibt|sagt|meint|écrit|dit|пишет|говорит)\b"
)

LEAST_KNOWN = 0.6
"""Share of its words that a reference without a page's label has from its work, measured as ALIKE
was: below 0.5 whole sentences in brackets that name a title are taken for references."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A reference whose work was found; `volume` is to be typed where the entry has none.

    `remark` are words of the reference that neither the entry nor the locator holds.
    """

    key: str
    locator: str | None
    volume: str | None
    why: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A reference whose work was not found, and the nearest candidates, best first.

    `ambiguous` says that several works fit; `unknown_words` that no work holds its words.
    """

    candidates: tuple[str, ...]
    why: str
    ambiguous: bool = False


_Cited = tuple[str, str | None, str | None]  # key, volume, locator


@dataclass(slots=True)
class Context:
    """What was cited so far, a group for each reference, and the words before the next one.

    An empty group is a reference whose work is not known. `before` is the text of the
    paragraph before the reference, `paragraph` the number of groups that were there before it,
    `nearby` the paragraphs before.
    """

    groups: list[tuple[_Cited, ...]] = field(default_factory=list)
    paragraph: int = 0
    before: str = ""
    nearby: list[str] = field(default_factory=list)

    def of(self, keys: Iterable[str]) -> list[_Cited]:
        """Return the citations of certain works, in order."""
        wanted = set(keys)
        return [c for group in self.groups for c in group if c[0] in wanted]


class Resolver:
    """Holds references against one bibliography."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        children: dict[str, list[str]] = defaultdict(list)
        for key, work in works.items():
            parent = work.fields.get("crossref")
            if parent is not None and parent.value in works:
                children[parent.value].append(key)
        self.profiles = {k: profile_of(w, tuple(children[k])) for k, w in works.items()}
        for key, profile in self.profiles.items():
            # Whoever wrote a volume's pieces may be named before the volume.
            authors = [f for child in profile.children for f in self.profiles[child].families]
            if authors and "author" not in works[key].fields:
                people = dict.fromkeys((*authors, *profile.families))
                self.profiles[key] = replace(
                    profile, families=tuple(people), explains=profile.explains | set(people)
                )
        self.holders: dict[str, set[str]] = defaultdict(set)
        for key, profile in self.profiles.items():
            for word in profile.explains | acronyms(profile):
                self.holders[word].add(key)
        self.skeletons: dict[str, list[str]] = defaultdict(list)
        self.by_end: dict[str, list[str]] = defaultdict(list)
        for word in self.holders:
            if not word.isdigit():
                self.skeletons[skeleton(word)].append(word)
                for end in {word[:2], word[-3:]}:
                    self.by_end[end].append(word)
        self.given = {g for p in self.profiles.values() for g in p.given}
        self.like: dict[str, frozenset[str]] = {}
        self.mentions = Mentions(self.profiles.values())

    def resolve(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Return the work of one part of a reference; the context is not changed."""
        said = _said(part)
        if part.back in ("ibid", "loc. cit.") and not said:
            return self._again(part, context)
        if part.back == "idem":
            if not said:
                return self._again(part, context)
            said = [*self._last_people(context), *said]
        if not said:
            return self._by_sentence(part, context)
        held = self._held(said)
        scored = self._scored(part, said, held)
        nearest = tuple(key for score, key in scored[:3] if score > 1)
        fit = [
            (s, key)
            for s, key in scored
            if s > 0 and self._fits(part, said, held, self.profiles[key])
        ]
        if not fit:
            return Unresolved(candidates=nearest, why="no work of the bibliography fits")
        best = [key for score, key in fit if score > fit[0][0] - CLEAR_LEAD]
        key, why = best[0], "title"
        if len(best) > 1 or self._by_name_alone(said, self.profiles[key]):
            found = self._among(part, said, [k for _, k in fit], best, context)
            if found is None:
                return Unresolved(
                    candidates=tuple(best[:3]), why="more than one work fits", ambiguous=True
                )
            key, why = found
        if self.profiles[key].children:
            key, why = self._child(part, key, context) or (
                key,
                "the volume; no piece of it is named",
            )
        return self._resolved(part, key, why)

    def knows(self, part: Part) -> bool:
        """Tell whether a family name or a title is in a reference, and little that no work has."""
        said = _said(part)
        held = self._held(said)
        for key in {k for w in held for k in self.holders[w]}:
            profile = self.profiles[key]
            named = held & {*profile.families, *profile.others}
            if named or self._title_stands(profile, said, held):
                known = sum(bool(self._near(w) & profile.explains) for w in said)
                if known >= LEAST_KNOWN * len(said):
                    return True
        return False

    # -- words ----------------------------------------------------------------------------------

    def _held(self, said: Sequence[str]) -> frozenset[str]:
        """Return the words of the bibliography that these are, misprints and scans allowed for."""
        return frozenset().union(*(self._near(w) for w in said))

    def _near(self, word: str) -> frozenset[str]:
        found = self.like.get(word)
        if found is None:
            found = self.like[word] = self._looked_up(word)
        return found

    def _looked_up(self, word: str) -> frozenset[str]:
        if word in self.holders:
            return frozenset((word,))
        if len(word) < 4 or word.isdigit():
            return frozenset()
        if alike := self.skeletons.get(skeleton(word)):
            return frozenset(alike)
        if len(word) < 5:
            return frozenset()
        close = {
            other
            for end in {word[:2], word[-3:]}
            for other in self.by_end.get(end, ())
            if len(other) >= 5 and abs(len(other) - len(word)) <= 2
            and SequenceMatcher(None, word, other).ratio() >= ALIKE
        }  # fmt: skip
        return frozenset(close)

    # -- how well a work fits -----------------------------------------------------------------

    def _scored(
        self, part: Part, said: Sequence[str], held: frozenset[str]
    ) -> list[tuple[float, str]]:
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
            quoted = self._held(content_words(" ".join(part.titles)))
            if quoted:
                score += 3 * max(share(sorted(quoted), t) for t in profile.titles)
        names = tokens(f"{part.author} {part.words}")
        if held & set(profile.families):
            score += 3 + 1.5 * whole_name(names, profile) - 3 * self._another(names, profile)
            if part.years and set(self._held([*said])) & set(profile.families):
                score += 0.5 * _first_author(said, held, profile)
        elif held & set(profile.others):
            score += 1.5
        if profile.book and share(profile.book, held) >= 0.75:
            score += 2
        if part.volume and profile.volume:
            score += 2 if part.volume == profile.volume else -6
        if _same_year(part, profile):
            score += 1.5
        if part.pages and profile.ranges:
            inside = all(any(a <= n <= b for a, b in profile.ranges) for n in part.pages)
            score += 1 if inside else -1.5
        if said and score > 0:
            known = profile.explains
            score += 4 * sum(bool(self._near(w) & known) for w in said) / len(said)
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
        if _begins_title(said, profile):
            return True
        named = bool(held & set(profile.families))
        for title in profile.titles:
            # Half of a long title is a short title, where its author is named.
            least = 1.0 if len(title) < 3 else 0.5 if named and len(title) > 3 else 0.75
            if share(title, held) >= least:
                return len(title) > 1 or named or len(said) == 1
        return False

    def _fits(
        self, part: Part, said: Sequence[str], held: frozenset[str], profile: Profile
    ) -> bool:
        """Tell whether a work may be meant at all."""
        if part.volume and profile.volume and part.volume != profile.volume:
            return False
        if self._leads_elsewhere(part, profile):
            return False
        stands = self._title_stands(profile, said, held)
        dated = _same_year(part, profile)
        if part.years and profile.years and not dated and not stands:
            return False
        if stands:
            return True
        known = {t for title in profile.titles for t in title} | {
            *profile.families,
            *profile.given,
            *profile.others,
        }
        if profile.children:
            known |= set(profile.book) | acronyms(profile)
        rest = [t for t in said if not self._near(t) & known and not t.isdigit()]
        people = bool(held & {*profile.families, *profile.others})
        if rest:
            # A year and its author's name are enough, whatever else is said.
            return bool(dated and people and not part.titles and set(rest) <= {"al", "others"})
        if self._by_name_alone(said, profile):
            return dated if part.years and not part.titles else True
        return (
            people
            or (len(said) > 1 and bool(profile.titles))
            or bool(set(said) & acronyms(profile))
        )

    def _by_name_alone(self, said: Sequence[str], profile: Profile) -> bool:
        """Tell whether the reference gives a name and no word of a title."""
        people = {*profile.families, *profile.given, *profile.others}
        families = {*profile.families, *profile.others}
        rest = [t for t in said if t not in ("al", "others")]
        return (
            bool(rest)
            and all(self._near(t) & people for t in rest)
            and any(self._near(t) & families for t in rest)
        )

    def _leads_elsewhere(self, part: Part, profile: Profile) -> bool:
        """Tell whether the reference begins with a name that is not of this work."""
        first = re.split(r"[,:“\"„«(]", part.words.strip(), maxsplit=1)[0]
        lead = [t for t in content_words(first) if not t.isdigit() and t not in ("al", "others")]
        if not lead:
            return False
        people = {*profile.families, *profile.others, *profile.given}
        title = (
            {t for words in profile.titles for t in words} | set(profile.book) | acronyms(profile)
        )
        unknown = [t for t in lead if not self._near(t) & (people | title)]
        return len(unknown) * 2 > len(lead) or len(unknown) == len(lead)

    def _among(
        self,
        part: Part,
        said: Sequence[str],
        fit: Sequence[str],
        best: Sequence[str],
        context: Context,
    ) -> tuple[str, str] | None:
        """Return the only one of several works that can be meant."""
        if part.years:
            dated = [k for k in best if _same_year(part, self.profiles[k])]
            if len(dated) == 1:
                return dated[0], "author and year"
            if dated and (exact := [k for k in dated if set(part.years) & self.profiles[k].years]):
                return (exact[0], "author and year") if len(exact) == 1 else None
        whole = [k for k in best if self.profiles[k].children]
        if part.volume and len(whole) == 1:
            return whole[0], "volume"
        held = self._held(said)
        own = [k for k in fit if held & set(self.profiles[k].families)] or list(best)
        if len(best) == 1 and not self._by_name_alone(said, self.profiles[best[0]]):
            return best[0], "the only work that fits"
        if len(own) == 1:
            return own[0], "the only work of this author"
        named = {k for m in self.mentions.in_titles(context.before[-300:]) for k in m.keys}
        if len(named & set(own)) == 1:
            return (named & set(own)).pop(), "the work named before"
        cited = {c[0] for c in context.of(own)}
        if len(cited) == 1:
            return cited.pop(), "the only work of this author cited before"
        return None

    def _child(self, part: Part, key: str, context: Context) -> tuple[str, str] | None:
        """Return the piece of a volume that is meant where only the volume is named."""
        children = self.profiles[key].children
        holding = [
            c
            for c in children
            if part.pages
            and any(a <= n <= b for n in part.pages for a, b in self.profiles[c].ranges)
        ]
        if len(holding) == 1:
            return holding[0], f"the piece of '{key}' that holds the page"
        for text in (context.before, *reversed(context.nearby[-3:])):
            named = [k for m in self.mentions.in_titles(text) for k in m.keys if k in children]
            if named:
                return named[-1], f"the piece of '{key}' named before"
        last = context.of(children)
        if last and context.groups and context.groups[-1] and context.groups[-1][-1] == last[-1]:
            return last[-1][0], f"the piece of '{key}' cited last"
        return None

    # -- references without a work of their own ---------------------------------------------------

    def _by_sentence(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Resolve a page alone: by the work or the author that its sentence names."""
        sentence = re.split(r"(?<=[.!?])[”\"»]?\s+(?=[A-ZÀ-Þ“\"„«])", context.before)[-1]
        outside = re.sub(r"[“\"„«][^”\"“»]*[”\"“»]", " ", sentence) or sentence
        for text in (outside, context.before):
            named = {
                k for m in self.mentions.in_titles(text) for k in m.keys if self._dated(part, k)
            }
            if len(named) == 1:
                return self._resolved(part, named.pop(), "the work that the sentence names")
            people = [
                keys
                for m in self.mentions.of_people(text)
                if (keys := [k for k in m.keys if self._dated(part, k)])
            ]
            if people:
                return self._of_person(part, people[-1], context)
            if text is outside and self._speaks_unknown(outside):
                return Unresolved(candidates=(), why="no work of the person named fits")
            if context.groups[context.paragraph :] and not part.years:
                break
        if part.years:
            return Unresolved(candidates=(), why="no person named before has a work of that year")
        if context.groups[context.paragraph :] or part.back:
            return self._again(part, context)
        return Unresolved(
            candidates=(), why="neither its sentence nor a reference before names a work"
        )

    def _dated(self, part: Part, key: str) -> bool:
        return not part.years or _same_year(part, self.profiles[key])

    def _speaks_unknown(self, sentence: str) -> bool:
        """Tell whether someone speaks in a sentence whom the bibliography does not know."""
        return any(
            not self.mentions.of_people(match[1])
            and match[1].split()[0].casefold() not in _PRONOUNS
            for match in _SPEAKER.finditer(sentence)
        )

    def _of_person(
        self, part: Part, keys: Sequence[str], context: Context
    ) -> Resolved | Unresolved:
        if len(keys) == 1:
            return self._resolved(part, keys[0], "the only work of the author that is named")
        here = {c[0] for group in context.groups[context.paragraph :] for c in group}
        for cited, why in (
            (here & set(keys), "the work of this author cited in the paragraph"),
            ({c[0] for c in context.of(keys)}, "the only work of this author cited before"),
        ):
            if len(cited) == 1:
                return self._resolved(part, cited.pop(), why)
        return Unresolved(candidates=tuple(keys[:3]), why="more than one work fits", ambiguous=True)

    def _again(self, part: Part, context: Context) -> Resolved | Unresolved:
        if not context.groups:
            return Unresolved(candidates=(), why="nothing was cited before")
        last = context.groups[-1]
        if not last:
            return Unresolved(candidates=(), why="the work cited before it is not known")
        if len({c[0] for c in last}) > 1:
            keys = tuple(dict.fromkeys(c[0] for c in last))
            return Unresolved(
                candidates=keys, why="more than one work was cited before it", ambiguous=True
            )
        key, volume, locator = last[-1]
        if part.locator is None and not part.back:
            return Unresolved(candidates=(key,), why="no page is given")
        found = self._resolved(part, key, "the work cited last")
        # The same reference goes on: its volume holds, and its page, if none is given.
        return replace(found, volume=part.volume or volume, locator=part.locator or locator)

    def _last_people(self, context: Context) -> list[str]:
        last = context.groups[-1] if context.groups else ()
        return list(self.profiles[last[-1][0]].families) if last else []

    def _resolved(self, part: Part, key: str, why: str) -> Resolved:
        profile = self.profiles[key]
        volume = None if profile.volume is not None else part.volume
        return Resolved(
            key=key,
            locator=part.locator,
            volume=volume,
            why=why,
            remark=self._remark(part, profile),
        )

    def _remark(self, part: Part, profile: Profile) -> str:
        """Return the pieces of a reference that say more than the entry: `1840 reprint`."""
        kept = []
        outside = re.sub(r"[“\"„«‘][^”\"“»]*[”\"“»’]", ",", part.words)
        for piece in re.split(r"[,;()\[\]]", outside)[1:]:
            words = piece.strip(" .:")
            said = [t for t in content_words(words) if not re.fullmatch(YEAR_FORM, t)]
            unknown = said and not any(self._near(t) & profile.explains for t in said)
            small = [w for w in words.split() if w[:1].islower() and content_words(w)]
            if unknown and small and len(words.split()) <= 8:
                kept.append(words)
        return ", ".join(kept)


def _begins_title(said: Sequence[str], profile: Profile) -> bool:
    """Tell whether a reference is the beginning of a title and nothing else: `Politics 44`."""
    words = tuple(said)
    return sum(map(len, words)) > 4 and any(t[: len(words)] == words for t in profile.titles)


def _said(part: Part) -> list[str]:
    text = f"{part.author} {part.words}"
    return [t for t in content_words(text) if not re.fullmatch(rf"{YEAR_FORM}[a-z]?", t)]


def _same_year(part: Part, profile: Profile) -> bool:
    bare = {y[:4] for y in part.years}
    lettered = {y for y in profile.years if len(y) > 4}
    if lettered and any(len(y) > 4 for y in part.years):
        return bool(set(part.years) & lettered)
    return bool(bare & profile.years)


def _first_author(said: Sequence[str], held: frozenset[str], profile: Profile) -> bool:
    """Tell whether a reference names as many people as the work has, the first of them first."""
    named = [s for s in profile.surnames if set(s) & held]
    return (
        bool(named)
        and named[0] == profile.surnames[0]
        and (len(named) == len(profile.surnames) or "al" in said)
    )
