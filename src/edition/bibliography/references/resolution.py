"""Which work of the bibliography a typed reference means.

Every work that shares a word with the reference is held against it: how much of its title is
there, whose name, which volume, which year, and how much of the reference it explains. A work
is taken only where it is the only one that fits; else nothing is decided, and the nearest are
named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from edition.bibliography.references.canonical import CanonicalReferences
from edition.bibliography.references.carried import SEVERAL
from edition.bibliography.references.choice import Choice
from edition.bibliography.references.context import (
    Context,
    Part,
    Resolved,
    Unresolved,
    in_levels,
    in_place,
)
from edition.bibliography.references.patterns import CANONICAL, SECTION_OF
from edition.bibliography.references.profile import content_words, share, tokens
from edition.model import Work

WHOLE_NAME = 0.75
"""Share of a journal's name that names it, measured as CLEAR_LEAD was."""

_A_PART = re.compile(
    r"(?:(?:and|und|et|e|y)\s)?(?:the|der|die|das|le|la|les|l’|il|lo|el|los|las)\s*[^\W\d_]"
)
_IN_IBID = re.compile(r"(?:\A|,\s*|\s)(?:in|dans|en|в):?\Z")
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|from|off|near|of|the|im|aus|bei|à|de|en|du|dans)|:)\s+[^\W\d_a-z][\w’'-]*\s*\Z"
)


class Resolver(Choice):
    """Holds references against one bibliography."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        super().__init__(works)
        self.canonical = CanonicalReferences(self.profiles, self.evidence.near)

    def declare(self, siglum: str, key: str) -> None:
        """Take a siglum that the text gives to a work: `(hereafter GS)`."""
        self.evidence.declare("".join(tokens(siglum)), key)

    def knows(self, part: Part) -> bool:
        """Tell whether a family name or a title is in a reference, and little that no work has."""
        return self.canonical.read(part.typed) is not None or self.evidence.knows(part)

    def knows_names(self, words: str) -> bool:
        """Tell whether names are written as the bibliography has them, and not inflected."""
        return all(word in self.evidence.holders for word in content_words(words))

    def names_author_alone(self, part: Part, key: str) -> bool:
        """Tell whether a reference gives the author of a work and no word of its title."""
        return self.evidence.by_name_alone(self.evidence.said(part), self.profiles[key])

    def resolve(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Return the work of one part of a reference; the context is not changed."""
        if self.canonical.lacks_fragments(part.typed):
            return Unresolved(candidates=(), why="no collection of fragments of that editor")
        found = None if part.back else self._canonical(part, context)
        found = found or self._described(part, context)
        if isinstance(found, Unresolved) and (named := self._named_right_before(part, context)):
            own = self._described(named, context)
            found = own if isinstance(own, Resolved) else found
        if isinstance(found, Unresolved) and (of := SECTION_OF.search(part.words)):
            book = replace(part, words=part.words[of.end() :], titles=part.titles[1:])
            whole = replace(book, words=f"{part.words[: of.start()]}, {book.words}")
            again = (self._described(p, context) for p in (whole, book))
            found = next((m for m in again if isinstance(m, Resolved)), found)
        return in_levels(found, context)

    def _named_right_before(self, part: Part, context: Context) -> Part | None:
        """Return a title in brackets with the author right before: `Hart (Handb. of Tar, p. 3)`."""
        if (
            part.back
            or part.years
            or not part.locator
            or not re.fullmatch(r"[^,:]{3,}", part.words)
        ):
            return None
        before = context.before.rstrip()[-60:]
        person = next(reversed(self.mentions.of_people(before)), None)
        if person is None or before[person.end :] not in ("", "’s", "'s"):
            return None
        return replace(part, words=f"{before[person.start : person.end]}, {part.words}")

    def _described(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Return the work that a reference describes by its words, or leads back to."""
        said = self.evidence.said(part)
        if part.back in ("ibid", "place") and not (said and self._is_other(said, part, context)):
            return self.again(part, context)
        if part.back == "ibid" and (essay := _IN_IBID.search(part.words)):
            whole = replace(part, words=part.words[: essay.start()], back="")
            own = self._scored(whole, said, self.evidence.held(said), context)
            titled = isinstance(own, Resolved) and not self.names_author_alone(whole, own.key)
            return own if titled else self.again(replace(part, words=""), context)
        if part.back == "person":
            if not (said or part.years):
                return self.again(part, context)
            said = [*self._last_people(context), *said]
        held = self.evidence.held(said)
        if part.author and not held and not part.words and _PLACE_BEFORE.search(context.before):
            said = []  # `in Antigua (84)`: no author
        bare = not (part.words or part.years or part.titles)
        dated = part.years or (re.search(r"\d", part.typed) and not part.locator)  # `(1975–79)`
        unnamed = (not said or (bare and part.author)) and not dated
        if unnamed and (key := self.title_before(context.before)):
            return self.behind_title(part, key, context)
        if not said:
            return self.by_sentence(part, context)
        return self._scored(part, said, held, context)

    def _is_other(self, said: Sequence[str], part: Part, context: Context) -> bool:
        """Tell whether a reference back has words of its own, and no name of the work before it.

        `Spitzer (a. a. O., 366)` is no page of a book by Curtius that was cited last.
        """
        last = {f for c in context.last for f in self.profiles[c[0]].family_names}
        held = self.evidence.held(said)
        if _A_PART.match(part.words) and not held & self.evidence.naming.keys():
            return False  # `the Inaugural, ibid., p. 3`
        return bool(part.words) or bool(held & self.evidence.families and last.isdisjoint(said))

    def _last_people(self, context: Context) -> list[str]:
        """Return the family names of the authors of the work cited last."""
        last = context.last
        since = re.search(r"\)([^()\d]+)\Z", context.before)  # `…), Auerbach (vgl. ders. 1938`
        spoken = since[1] if since else "" if last else self.spoken(context.before)
        if people := self.mentions.of_people(spoken):
            return list(self.profiles[people[-1].keys[0]].families)
        return list(self.profiles[last[-1][0]].families) if last else []

    def _scored(
        self, part: Part, said: Sequence[str], held: frozenset[str], context: Context
    ) -> Resolved | Unresolved:
        """Return the only work that fits the words of a reference."""
        scored = self.evidence.scored(part, said, held)
        nearest = tuple(key for score, key in scored[:3] if score > 1)
        fit = [
            (s, key)
            for s, key in scored
            if s > 0 and self.evidence.fits(part, said, held, self.profiles[key])
        ]
        if not fit and (piece := self._of_journal(part, held, context)):
            return self.resolved(part, piece, "the piece of it that is named before")
        if not fit:
            return Unresolved(candidates=nearest, why="no work of the bibliography fits")
        best = self.best(part, said, held, fit)
        if alike := self.titled_alike(part, said, [k for _, k in scored], best):
            meant = alike if len(alike) == 1 else self.of_speaker(alike, context)
            whole = tuple(said) == max(self.profiles[best[0]].titles, key=len)
            best = meant if len(meant) == 1 or not whole else best
            if len(best) != 1 and not whole:
                return Unresolved(candidates=tuple(alike[:3]), why=SEVERAL, ambiguous=True)
        key, why = best[0], "title"
        if len(best) > 1 or self.evidence.by_name_alone(said, self.profiles[key]):
            found = self.among(part, said, [k for _, k in fit], best, context)
            if found is None:
                both = tuple(dict.fromkeys((*best, *(k for _, k in fit))))[:3]
                return Unresolved(candidates=both, why=SEVERAL, ambiguous=True)
            key, why = found
        if not self._is_plain(part, said, key, context):
            return Unresolved(candidates=(key,), why="a single word of its title")
        if self.profiles[key].children:
            volume = key, "the volume; no piece of it is named"
            key, why = self._child(part, key, context) or volume
        return in_place(self.resolved(part, key, why), part, context)

    def _canonical(self, part: Part, context: Context) -> Resolved | Unresolved | None:
        """Return the work of a reference by its place in every edition, if it is one."""
        shared = self.canonical.read(part.typed)
        if shared is None and part.typed[:1].isdigit() and part.words and part.locator:
            shared = self.canonical.read(f"{part.words}. {part.typed}")  # `Pl. Resp. 520b; 552c`
        if shared is None:
            return None
        keys = shared.keys
        if len(keys) > 1:
            # `Ep. 84.3` is of the author cited last.
            last = {f for c in context.last for f in self.profiles[c[0]].families}
            keys = tuple(k for k in keys if last.intersection(self.profiles[k].families)) or keys
        if len(keys) != 1:
            why = SEVERAL if keys else "its author has no work of that title"
            return Unresolved(candidates=keys[:3], why=why, ambiguous=bool(keys))
        found = self.resolved(part, keys[0], "author, title and place")
        if shared.locator:
            return replace(found, locator=shared.locator, volume=None, remark="")
        place = re.sub(r"\A[A-Z][a-z]+\.\s", "", part.locator or "")  # `Liv.` is no label here
        return replace(found, locator=place or None, remark="")

    def _is_plain(self, part: Part, said: Sequence[str], key: str, context: Context) -> bool:
        """Tell whether one word can mean a work: its short title, or its author is named before."""
        profile = self.profiles[key]
        whole = tuple(said) in (*profile.titles, *profile.phrases)
        if len(said) > 1 or part.titles or whole or self.evidence.is_name(said, profile):
            return True
        if re.fullmatch(rf"(?!.*(?:lect|dist)\.)(?:{CANONICAL})", part.locator or ""):
            return True  # `Conf. II, iv, 9`, and no `In Metaph. III, lect. 1` in a modern book
        # Another work of its author is cited before; or in the paragraph, for any word.
        first = len(self.evidence.naming.get(said[0], ())) == 1 and part.words[:1].isupper()
        if first and re.search(rf"\b[Tt]he\s{re.escape(part.words)}\b", context.before):
            return True  # `the Agamemnon`, in an Oresteia
        begun = first and any(said[0] == title[0] for title in profile.titles)
        groups = context.groups[0 if begun else context.paragraph :]
        if any(self.profiles[c[0]].families == profile.families for g in groups for c in g):
            return True
        people = self.mentions.of_people(context.before[-300:])
        before = (*people, *self.mentions.in_titles(context.before))
        return key in context.keys | context.named or any(key in m.keys for m in before)

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

    def _child(self, part: Part, key: str, context: Context) -> tuple[str, str] | None:
        """Return the piece of a volume that is meant where only the volume is named."""
        children = [c for c in self.profiles[key].children if self.profiles[c].has(part.pages)]
        holding = [c for c in children if part.pages and self.profiles[c].ranges]
        if len(holding) == 1:
            return holding[0], f"the piece of '{key}' that holds the page"
        for text in (context.before, *reversed(context.nearby[-3:])):
            named = [k for m in self.mentions.in_titles(text) for k in m.keys if k in children]
            if named:
                return named[-1], f"the piece of '{key}' named before"
        last = context.last[-1:]
        if last and last[0][0] in children:
            return last[0][0], f"the piece of '{key}' cited last"
        return None
