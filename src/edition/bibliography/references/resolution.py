"""Which work of the bibliography a typed reference means.

Every work that shares a word with the reference is held against it: how much of its title is
there, whose name, which volume, which year, and how much of the reference it explains. A work
is taken only where it is the only one that fits; else nothing is decided, and the nearest are
named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from edition.bibliography.references.context import Context, Resolved, Unresolved
from edition.bibliography.references.evidence import (
    CLEAR_LEAD,
    Evidence,
    named_as_authors,
    same_year,
)
from edition.bibliography.references.grammar import Part
from edition.bibliography.references.patterns import VOLUME, YEAR, YEAR_FORM
from edition.bibliography.references.profile import (
    Profile,
    content_words,
    share,
    tokens,
)
from edition.model import Work

WHOLE_NAME = 0.75
"""Share of a journal's name that names it, measured as CLEAR_LEAD was."""

_SEVERAL = "more than one work fits"
_PRONOUNS = frozenset(
    "he she it they we i you one nobody everybody this that these those another both who the "
    "his her others some many few all none er sie es wir man il elle on ils nous он она они "
    "мы".split()
)
_SPEAKER = re.compile(
    r"(?<![\w’])([^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'-]+){0,2})\s(?:also\s|himself\s|herself\s)?"
    r"(?:sa(?:ys?|id)|wr(?:ites?|ote)|calls?|called|argues?|argued|notes?|noted|adds?|added|claims?"
    r"|claimed|observes?|observed|remarks?|remarked|insists?|insisted|finds?|found|puts?|tells?|told"
    r"|reports?|reported|states?|stated|asks?|asked|recalls?|recalled|maintains?|suggests?|thinks?"
    r"|thought|holds?|held|schreibt|sagt|meint|écrit|dit|пишет|говорит)\b"
)


_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|from|off|near|of|the|im|aus|bei|à|de|en|du|dans)|:)\s+[^\W\d_a-z][\w’'-]*\s*\Z"
)
_SENTENCE = re.compile(r"(?<=[.!?])[”\"»]?\s+(?=[A-ZÀ-Þ“\"„«])")
_QUOTED = re.compile(r"[“\"„«][^”\"“»]*[”\"“»]")


class Resolver:
    """Holds references against one bibliography."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.evidence = Evidence(works)
        self.profiles = self.evidence.profiles
        self.mentions = self.evidence.mentions

    def declare(self, siglum: str, key: str) -> None:
        """Take a siglum that the text gives to a work: `(hereafter GS)`."""
        self.evidence.declare("".join(tokens(siglum)), key)

    def knows(self, part: Part) -> bool:
        """Tell whether a family name or a title is in a reference, and little that no work has."""
        return self.evidence.knows(part)

    def names_author_alone(self, part: Part, key: str) -> bool:
        """Tell whether a reference gives the author of a work and no word of its title."""
        return self.evidence.by_name_alone(self.evidence.said(part), self.profiles[key])

    def resolve(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Return the work of one part of a reference; the context is not changed."""
        said = self.evidence.said(part)
        if part.back in ("ibid", "place") and not said:
            return self._again(part, context)
        if part.back == "person":
            if not said:
                return self._again(part, context)
            said = [*self._last_people(context), *said]
        held = self.evidence.held(said)
        if part.author and not held and not part.words and _PLACE_BEFORE.search(context.before):
            said = []  # `in Antigua (84)`: no author
        if not said:
            return self._by_sentence(part, context)
        scored = self.evidence.scored(part, said, held)
        nearest = tuple(key for score, key in scored[:3] if score > 1)
        fit = [
            (s, key)
            for s, key in scored
            if s > 0 and self.evidence.fits(part, said, held, self.profiles[key])
        ]
        if not fit and (piece := self._of_journal(part, held, context)):
            return self._resolved(part, piece, "the piece of it that is named before")
        if not fit:
            return Unresolved(candidates=nearest, why="no work of the bibliography fits")
        best = [key for score, key in fit if score > fit[0][0] - CLEAR_LEAD]
        if any(len(y) > 4 for y in part.years) and not any(
            len(y) > 4 for _, k in fit for y in self.profiles[k].years
        ):
            # `1999b`, and the bibliography has two works of 1999 without a letter.
            best += [k for _, k in fit if k not in best and same_year(part, self.profiles[k])]
        named = [k for _, k in fit if self.evidence.by_name_alone(said, self.profiles[k])]
        if named and best[0] not in named:
            best += [k for k in named if k not in best]  # the title is a person's name
        key, why = best[0], "title"
        if len(best) > 1 or self.evidence.by_name_alone(said, self.profiles[key]):
            found = self._among(part, said, [k for _, k in fit], best, context)
            if found is None:
                both = tuple(dict.fromkeys((*best, *(k for _, k in fit))))[:3]
                return Unresolved(candidates=both, why=_SEVERAL, ambiguous=True)
            key, why = found
        if not self._is_plain(part, said, key, context):
            return Unresolved(candidates=(key,), why="a single word of its title")
        if self.profiles[key].children:
            key, why = self._child(part, key, context) or (
                key,
                "the volume; no piece of it is named",
            )
        return self._resolved(part, key, why)

    def _is_plain(self, part: Part, said: Sequence[str], key: str, context: Context) -> bool:
        """Tell whether one word can mean a work: its short title, or its author is named before."""
        profile = self.profiles[key]
        whole = tuple(said) in (*profile.titles, *profile.phrases)
        if len(said) > 1 or part.titles or whole or self.evidence.is_name(said, profile):
            return True
        people = self.mentions.of_people(context.before[-300:])
        return key in context.keys | context.named or any(key in m.keys for m in people)

    def _of_journal(self, part: Part, held: frozenset[str], context: Context) -> str | None:
        """Return the piece named before, where a reference gives its journal or book alone."""
        named = {k for m in self.mentions.in_titles(context.before[-300:]) for k in m.keys}
        fit = [
            k
            for k in named
            if self.profiles[k].book
            and share(self.profiles[k].book, held) >= WHOLE_NAME
            and (part.volume or self.profiles[k].volume) == self.profiles[k].volume
        ]
        return fit[0] if len(fit) == 1 else None

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
            dated = [k for k in best if same_year(part, self.profiles[k])]
            if len(dated) == 1:
                return dated[0], "author and year"
            if dated and (exact := [k for k in dated if set(part.years) & self.profiles[k].years]):
                return (exact[0], "author and year") if len(exact) == 1 else None
        whole = [k for k in best if self.profiles[k].children]
        if part.volume and len(whole) == 1:
            return whole[0], "volume"
        held = self.evidence.held(said)
        own = [k for k in fit if k in best or held & set(self.profiles[k].families)]
        # `Farber` is the author of one book rather than the third of another's four.
        alone = [k for k in own if named_as_authors(said, held, self.profiles[k])]
        own = alone or own
        if len(best) == 1 and not self.evidence.by_name_alone(said, self.profiles[best[0]]):
            return best[0], "the only work that fits"
        if len(own) == 1:
            return own[0], "the only work of this author"
        noted = context.notes.get(part.note, frozenset()).intersection(own)
        if len(noted) == 1:
            return min(noted), "the work cited in the note"
        spoken = "" if part.back else self._spoken(context.before)
        named = {k for m in self.mentions.in_titles(spoken) for k in m.keys}
        if len(named & set(own)) == 1:
            return (named & set(own)).pop(), "the work named before"
        if not self._of_one_person(own):
            return None
        cited = context.keys & set(own)
        if part.back and len((cited | context.named) & set(own)) == 1 and cited:
            return cited.pop(), "the only work of this author cited before"
        return None

    def _of_one_person(self, keys: Sequence[str]) -> bool:
        """Tell whether works may be by one person: no two have other given names."""
        initials = [self.profiles[k].initials for k in keys if self.profiles[k].initials]
        return all(a & b for a, b in pairwise(initials))

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
        last = context.groups[-1][-1:] if context.groups else ()
        if last and last[0][0] in children:
            return last[0][0], f"the piece of '{key}' cited last"
        return None

    # -- references without a work of their own ---------------------------------------------------

    def _by_sentence(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Resolve a page alone: by the work or the author that its sentence names."""
        outside = self._spoken(context.before)
        for text in (outside, context.before):
            named = {
                k for m in self.mentions.in_titles(text) for k in m.keys if self._dated(part, k)
            }
            people = [
                keys
                for m in self.mentions.of_people(text)
                if (keys := [k for k in m.keys if self._dated(part, k)])
            ]
            if len(named) == 1:
                if others := [k for keys in people for k in keys if named.isdisjoint(keys)]:
                    # `Bloom says of Hamlet`: one of the two is quoted.
                    both = (*named, *others)[:3]
                    return Unresolved(candidates=both, why=_SEVERAL, ambiguous=True)
                return self._resolved(part, named.pop(), "the work that the sentence names")
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

    def _spoken(self, text: str) -> str:
        """Return the last sentence without references in brackets, and quotations but titles."""

        def title_only(quoted: re.Match[str]) -> str:
            return quoted[0] if self.mentions.are_title(quoted[0]) else " "

        sentence = _SENTENCE.split(re.sub(r"\([^()]*\)", " ", text))[-1]
        return _QUOTED.sub(title_only, sentence)

    def _dated(self, part: Part, key: str) -> bool:
        return not part.years or same_year(part, self.profiles[key])

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
        years = YEAR.findall(_SENTENCE.split(context.before)[-1])
        dated = [k for k in keys if years and "".join(years[-1]) in self.profiles[k].years]
        if len(dated) == 1:
            return self._resolved(part, dated[0], "the work of the year that the sentence names")
        known = context.keys | context.named
        here = {c[0] for group in context.groups[context.paragraph :] for c in group}
        for cited, why in (
            (here & set(keys), "the work of this author cited in the paragraph"),
            (known & set(keys), "the only work of this author cited before"),
        ):
            if len(cited) == 1:
                return self._resolved(part, cited.pop(), why)
        return Unresolved(candidates=tuple(keys[:3]), why=_SEVERAL, ambiguous=True)

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
        spoken = self._spoken(context.before) if part.back else ""
        for mention in self.mentions.of_people(spoken):
            name = tokens(spoken[: mention.end])[-1]
            if name in self.profiles[key].families and key not in mention.keys:
                # `G. Hart, p. 3. … E. Hart says (ibid.)`
                return Unresolved(candidates=(key, *mention.keys[:2]), why=_SEVERAL, ambiguous=True)
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
        known = profile.volume is not None or (
            not VOLUME.search(part.typed)
            and any(n == part.volume and w in tokens(part.words) for w, n in profile.numerals)
        )
        volume = None if known else part.volume
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
            unknown = said and not any(self.evidence.near(t) & profile.explains for t in said)
            small = [w for w in words.split() if w[:1].islower() and content_words(w)]
            if unknown and small and len(words.split()) <= 8:
                kept.append(words)
        return ", ".join(kept)
