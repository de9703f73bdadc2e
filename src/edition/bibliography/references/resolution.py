"""Which work of the bibliography a typed reference means.

Every work that shares a word with the reference is held against it: how much of its title is
there, whose name, which volume, which year, and how much of the reference it explains. A work
is taken only where it is the only one that fits; else nothing is decided, and the nearest are
named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from edition.bibliography.references.agreement import named_as_authors, same_year
from edition.bibliography.references.antecedents import SEVERAL, Antecedents
from edition.bibliography.references.canonical import CanonicalReferences
from edition.bibliography.references.context import (
    Context,
    Part,
    Resolved,
    Unresolved,
    in_levels,
    in_place,
)
from edition.bibliography.references.evidence import CLEAR_LEAD
from edition.bibliography.references.patterns import CANONICAL, LOCATOR, SECTION_OF
from edition.bibliography.references.profile import content_words, share, tokens
from edition.model import Work

WHOLE_NAME = 0.75
"""Share of a journal's name that names it, measured as CLEAR_LEAD was."""

_IN_IBID = re.compile(r"(?:\A|,\s*|\s)(?:in|dans|en|в):?\Z")
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|at|from|off|near|of|the|im|aus|bei|à|de|en|du|dans)|:)\s+[^\W\d_a-z][\w’'-]*\s*\Z"
)


class Resolver(Antecedents):
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
        if isinstance(found, Unresolved) and (of := SECTION_OF.search(part.words)):
            book = replace(part, words=part.words[of.end() :], titles=part.titles[1:])
            whole = replace(book, words=f"{part.words[: of.start()]}, {book.words}")
            again = (self._described(p, context) for p in (whole, book))
            found = next((m for m in again if isinstance(m, Resolved)), found)
        return in_levels(found, context)

    def _described(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Return the work that a reference describes by its words, or leads back to."""
        said = self.evidence.said(part)
        if part.back in ("ibid", "place") and not (said and self.is_other(said, part, context)):
            return self.again(part, context)
        if part.back == "ibid" and (essay := _IN_IBID.search(part.words)):
            whole = replace(part, words=part.words[: essay.start()], back="")
            own = self._scored(whole, said, self.evidence.held(said), context)
            titled = isinstance(own, Resolved) and not self.names_author_alone(whole, own.key)
            return own if titled else self.again(replace(part, words=""), context)
        if part.back == "person":
            if not (said or part.years):
                return self.again(part, context)
            said = [*self.last_people(context), *said]
        held = self.evidence.held(said)
        if part.author and not held and not part.words and _PLACE_BEFORE.search(context.before):
            said = []  # `in Antigua (84)`: no author
        if not said:
            return self.by_sentence(part, context)
        return self._scored(part, said, held, context)

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
        best = self._best(part, said, held, fit)
        if alike := self._titled_alike(part, said, [k for _, k in scored], best):
            best = alike if len(alike) == 1 else self.of_speaker(alike, context)
            if len(best) != 1:
                return Unresolved(candidates=tuple(alike[:3]), why=SEVERAL, ambiguous=True)
        key, why = best[0], "title"
        if len(best) > 1 or self.evidence.by_name_alone(said, self.profiles[key]):
            found = self._among(part, said, [k for _, k in fit], best, context)
            if found is None:
                both = tuple(dict.fromkeys((*best, *(k for _, k in fit))))[:3]
                return Unresolved(candidates=both, why=SEVERAL, ambiguous=True)
            key, why = found
        if not self._is_plain(part, said, key, context):
            return Unresolved(candidates=(key,), why="a single word of its title")
        if self.profiles[key].children:
            key, why = self._child(part, key, context) or (
                key,
                "the volume; no piece of it is named",
            )
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

    def _best(
        self,
        part: Part,
        said: Sequence[str],
        held: frozenset[str],
        fit: Sequence[tuple[float, str]],
    ) -> list[str]:
        """Return the works that fit best, and those that may be meant as well."""
        best = [key for score, key in fit if score > fit[0][0] - CLEAR_LEAD]
        best = self._holding(part, held, best)
        best += [k for k in self._of_letter(part, [k for _, k in fit]) if k not in best]
        named = [k for _, k in fit if self.evidence.by_name_alone(said, self.profiles[k])]
        if named and best[0] not in named:
            best += [k for k in named if k not in best]  # the title is a person's name
        return best

    def _holding(self, part: Part, held: frozenset[str], best: list[str]) -> list[str]:
        """Leave out pieces without the page, where their book is named by its title."""
        profiles = self.profiles
        whole = [k for k in best if any(share(t, held) == 1 for t in profiles[k].titles)]
        books = [k for k in whole if not profiles[k].ranges]
        inside = [k for k in best if profiles[k].has(part.pages[:1])]
        return inside if books and not part.titles else best

    def _titled_alike(
        self, part: Part, said: Sequence[str], keys: Sequence[str], best: Sequence[str]
    ) -> list[str]:
        """Return the works that a title cut short may begin, as `Ozu` does two: its beginning."""
        named = any(self.evidence.by_name_alone(said, self.profiles[k]) for k in keys)
        if named or part.volume or part.years:
            return []
        begun = tuple(said)
        alike = [k for k in keys if any(t[: len(said)] == begun for t in self.profiles[k].titles)]
        whole = begun == max(self.profiles[best[0]].titles, key=len, default=begun)
        if len(best) > 1 and len(alike) == 1:
            return [k for k in alike if k in best]  # and no word of another's: `Treatise`
        if len(alike) < 2 or best[0] not in alike or whole:
            return []
        # `Tess 124` is a book: where pages have no label, articles have quotation marks.
        books = [k for k in alike if not (self.profiles[k].is_article or part.titles)]
        return books if len(books) == 1 and not LOCATOR.search(part.typed) else alike

    def _of_letter(self, part: Part, fit: Sequence[str]) -> list[str]:
        """Return the works of a year with a letter, `1999b`, where none of them has a letter."""
        lettered = any(len(y) > 4 for y in part.years)
        if not lettered or any(len(y) > 4 for k in fit for y in self.profiles[k].years):
            return []
        return [k for k in fit if same_year(part, self.profiles[k])]

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

    def _among(
        self,
        part: Part,
        said: Sequence[str],
        fit: Sequence[str],
        best: Sequence[str],
        context: Context,
    ) -> tuple[str, str] | None:
        """Return the only one of several works that can be meant."""
        people = self.mentions.of_people(context.before) if part.author else []
        if people and context.before.rstrip()[people[-1].end :] in ("", "’s", "'s"):
            best = [k for k in best if k in people[-1].keys] or best
            fit = [k for k in fit if k in people[-1].keys] or fit
        if part.years:
            dated = [k for k in best if same_year(part, self.profiles[k])]
            if len(dated) == 1:
                return dated[0], "author and year"
            if dated and (exact := [k for k in dated if set(part.years) & self.profiles[k].years]):
                if len(exact) > 1:  # `Hart 2022` is no work of Hart and others
                    held = self.evidence.held(said)
                    exact = [k for k in exact if named_as_authors(said, held, self.profiles[k])]
                return (exact[0], "author and year") if len(exact) == 1 else None
        if part.titles and (essays := [k for k in best if self.profiles[k].is_article]):
            best = essays  # in quotation marks
        whole = [k for k in best if self.profiles[k].children]
        if part.volume and len(whole) == 1:
            return whole[0], "volume"
        held = self.evidence.held(said)
        own = [k for k in fit if k in best or held & set(self.profiles[k].families)]
        # `Farber` is the author of one book rather than the third of another's four.
        if part.back == "work" and re.search(r"\b[Aa]rt\.", part.typed):
            own = [k for k in own if self.profiles[k].is_article] or own
        alone = [k for k in own if named_as_authors(said, held, self.profiles[k])]
        own = alone or own
        if len(best) == 1 and not self.evidence.by_name_alone(said, self.profiles[best[0]]):
            return best[0], "the only work that fits"
        if len(own) == 1:
            return own[0], "the only work of this author"
        noted = context.notes.get(part.note, frozenset()).intersection(own)
        if len(noted) == 1:
            return min(noted), "the work cited in the note"
        spoken = "" if part.back else self.spoken(context.before)
        named = {k for m in self.mentions.in_titles(spoken) for k in m.keys if k in own}
        if len(named) == 1:
            return named.pop(), "the work named before"
        if not self.evidence.of_one_person(own):
            meant = {k for m in self.mentions.of_people(spoken) for k in own if k in m.keys}
            return (meant.pop(), "the person named before") if len(meant) == 1 else None
        cited = context.keys & set(own)
        sole = part.back and cited and len((cited | context.named) & set(own)) == 1
        return (cited.pop(), "the only work of this author cited before") if sole else None

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
