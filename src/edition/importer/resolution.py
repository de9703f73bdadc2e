"""Which work of the bibliography a typed reference means.

Every work is held against the words of the reference: how much of its title stands there,
whose name, which volume, which year, and how much of the reference it explains. A work is
chosen only where it explains what a reader would need it to; otherwise the nearest ones are
named and nothing is decided.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from edition.importer.reference import Part
from edition.importer.work_profile import Profile, acronyms, content_words, held, profile_of, share
from edition.model import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A reference whose work was found; `volume` is to be typed where the entry has none."""

    key: str
    locator: str | None
    volume: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A reference whose work was not found, and the nearest candidates, best first."""

    candidates: tuple[str, ...]
    why: str


@dataclass(slots=True)
class Context:
    """What was cited so far, and the words since: a later reference may lean on them."""

    cited: list[tuple[str, str | None, str | None]] = field(
        default_factory=list
    )  # key, volume, locator
    nearby: list[str] = field(default_factory=list)

    def last(self, keys: Iterable[str] | None = None) -> tuple[str, str | None, str | None] | None:
        """Return the last citation, of those works if any are given."""
        wanted = None if keys is None else set(keys)
        return next((c for c in reversed(self.cited) if wanted is None or c[0] in wanted), None)


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
                self.profiles[key] = replace(profile, families=tuple(people))
        self.families = {f for p in self.profiles.values() for f in (*p.families, *p.others)}

    def resolve(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Return the work of one part of a reference; the context is not changed."""
        if part.back == "ibid" or (
            not content_words(part.words) and not part.author and not part.years
        ):
            return self._again(part, context)
        scored = sorted(
            ((self._score(part, p), key) for key, p in self.profiles.items()),
            key=lambda pair: (-pair[0], pair[1]),
        )
        nearest = tuple(key for score, key in scored[:3] if score > 1)
        said = self._content_of(part)
        fit = [
            (s, key) for s, key in scored if s > 0 and self._fits(part, said, self.profiles[key])
        ]
        if not fit:
            return Unresolved(candidates=nearest, why="no work of the bibliography fits")
        best = [key for score, key in fit if score > fit[0][0] - 0.75]
        key, why = best[0], "title"
        if len(best) > 1 or self._by_name_alone(part, said, self.profiles[key]):
            found = self._among(part, [k for _, k in fit], best, context)
            if found is None:
                return Unresolved(candidates=tuple(best[:3]), why="more than one work fits")
            key, why = found
        if self.profiles[key].children:
            key, why = self._child(part, key, context) or (
                key,
                "the volume; no piece of it is named",
            )
        return self._resolved(part, key, why, context)

    def named(self, text: str) -> list[tuple[str, int, int]]:
        """Return works whose title stands in a text, with the title's place."""
        found = []
        for key, profile in self.profiles.items():
            for title in profile.phrases:
                if len(title) < 2 or profile.children:
                    continue
                pattern = r"[\W_]+(?:(?:the|a|an|of|in|and|on|to|for|by|from|with|at)[\W_]+)*".join(
                    map(re.escape, title)
                )
                if match := re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
                    found.append((key, match.start(), match.end()))
                    break
        return found

    # -- how well a work fits -----------------------------------------------------------------

    @staticmethod
    def _content_of(part: Part) -> list[str]:
        return [
            t
            for t in content_words(f"{part.author} {part.words}")
            if not re.fullmatch(r"1[4-9]\d\d[a-z]?|20\d\d[a-z]?", t)
        ]

    def _score(self, part: Part, profile: Profile) -> float:
        said = self._content_of(part)
        score = 0.0
        cover = max((share(t, said) for t in profile.titles), default=0.0)
        if self._title_stands(profile, said):
            longest = max(len(t) for t in profile.titles)
            score += 6 * cover + min(longest, 8) * 0.15
        if part.titles and profile.titles:
            quoted = content_words(" ".join(part.titles))
            score += 3 * max(share(quoted, t) for t in profile.titles) if quoted else 0.0
        if share(profile.families, said) or any(held(f, said) for f in profile.families):
            score += 3
        elif any(held(f, said) for f in profile.others):
            score += 1.5
        if profile.book and share(profile.book, said) >= 0.75:
            score += 2
        if part.volume and profile.volume:
            score += 2 if part.volume == profile.volume else -6
        if part.years:
            years = set(part.years)
            score += 1.5 if years & profile.years else 0.0
        if part.pages and profile.ranges:
            inside = all(any(a <= n <= b for a, b in profile.ranges) for n in part.pages)
            score += 1 if inside else -1.5
        if said:
            score += 4 * share(said, tuple(profile.explains)) if score > 0 else 0.0
        return score

    @staticmethod
    def _title_stands(profile: Profile, said: Sequence[str]) -> bool:
        for title in profile.titles:
            if not title:
                continue
            cover = share(title, said)
            if cover >= (1.0 if len(title) < 3 else 0.75):
                return (
                    len(title) > 1 or any(held(f, said) for f in profile.families) or len(said) == 1
                )
        return False

    def _fits(self, part: Part, said: Sequence[str], profile: Profile) -> bool:
        """Tell whether a work may be meant at all."""
        if part.volume and profile.volume and part.volume != profile.volume:
            return False
        named = any(held(f, said) for f in (*profile.families, *profile.others))
        if _leads_elsewhere(part, profile):
            return False
        if self._title_stands(profile, said):
            return True
        known = {t for title in profile.titles for t in title} | {
            *profile.families,
            *profile.given,
            *profile.others,
        }
        if profile.children:
            known |= set(profile.book) | acronyms(profile)
        rest = [t for t in said if not held(t, known) and not t.isdigit()]
        if rest:
            return False
        if self._by_name_alone(part, said, profile):
            if part.years and not part.titles:
                return bool(set(part.years) & profile.years)
            return True
        return (
            named or (len(said) > 1 and bool(profile.titles)) or bool(set(said) & acronyms(profile))
        )

    @staticmethod
    def _by_name_alone(part: Part, said: Sequence[str], profile: Profile) -> bool:
        """Tell whether the reference gives a name and no word of a title."""
        people = (*profile.families, *profile.given, *profile.others)
        return (
            bool(said)
            and all(held(t, people) for t in said)
            and any(held(t, (*profile.families, *profile.others)) for t in said)
        )

    def _among(
        self, part: Part, fit: Sequence[str], best: Sequence[str], context: Context
    ) -> tuple[str, str] | None:
        """Return one of several works that fit: by its year, by what was cited last."""
        if part.years:
            dated = [k for k in best if set(part.years) & self.profiles[k].years]
            if len(dated) == 1:
                return dated[0], "author and year"
        whole = [k for k in best if self.profiles[k].children]
        if part.volume and len(whole) == 1:
            return whole[0], "volume"
        own = [k for k in fit if self._is_author(part, k)] or list(best)
        if (last := context.last(own)) is not None:
            return last[0], "the work of this author cited last"
        if len(best) == 1 and (
            len(own) == 1
            or not self._by_name_alone(part, self._content_of(part), self.profiles[best[0]])
        ):
            return best[0], "the only work of this author"
        return None

    def _is_author(self, part: Part, key: str) -> bool:
        said = self._content_of(part)
        return any(held(f, said) for f in self.profiles[key].families)

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
        named: list[tuple[int, int, str]] = []
        for age, text in enumerate(reversed(context.nearby[-3:])):
            named += [(-age, start, k) for k, start, _ in self.named(text) if k in children]
            if named:
                break
        if named:
            return max(named)[2], f"the piece of '{key}' named before"
        last = context.last(children)
        if last is not None and context.cited[-1][0] == last[0]:
            return last[0], f"the piece of '{key}' cited last"
        return None

    def _again(self, part: Part, context: Context) -> Resolved | Unresolved:
        last = context.last()
        if last is None:
            return Unresolved(candidates=(), why="nothing was cited before")
        if part.locator is None and part.back != "ibid":
            return Unresolved(candidates=(last[0],), why="no page is given")
        return self._resolved(part, last[0], "the work cited last", context, last)

    def _resolved(
        self,
        part: Part,
        key: str,
        why: str,
        context: Context,
        last: tuple[str, str | None, str | None] | None = None,
    ) -> Resolved:
        profile = self.profiles[key]
        volume = part.volume
        if profile.volume is not None:
            volume = None
        elif volume is None and profile.volumes:
            before = last or context.last([key])
            volume = before[1] if before else None
        locator = part.locator
        if locator is None and part.back == "ibid" and last is not None:
            locator = last[2]
        return Resolved(key=key, locator=locator, volume=volume, why=why)


def _leads_elsewhere(part: Part, profile: Profile) -> bool:
    """Tell whether the reference begins with a name that is not of this work."""
    first = re.split(r"[,:“\"(]", part.words.strip(), maxsplit=1)[0]
    lead = [t for t in content_words(first) if not t.isdigit()]
    if not lead:
        return False
    people = {*profile.families, *profile.others, *profile.given}
    title = {t for words in profile.titles for t in words} | set(profile.book) | acronyms(profile)
    unknown = [t for t in lead if not held(t, people | title)]
    return len(unknown) * 2 > len(lead) or (
        # A name before the comma, none of it this work's: `Fitzpatrick, The Russian Revolution`.
        len(unknown) == len(lead)
    )
