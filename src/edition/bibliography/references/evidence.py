"""How well works fit a typed reference: the words that it shares with each."""

import re
from collections.abc import Sequence
from itertools import pairwise

from edition.bibliography.references.agreement import (
    is_another_author,
    lacks_volume,
    named_as_authors,
    same_year,
    whole_name,
)
from edition.bibliography.references.context import Part
from edition.bibliography.references.lexicon import Lexicon
from edition.bibliography.references.patterns import YEAR_FORM
from edition.bibliography.references.profile import (
    OTHERS,
    Profile,
    content_words,
    share,
    short_words,
    tokens,
)

CLEAR_LEAD = 0.75
"""Score by which the best work must lead the next, measured as ALIKE was: a year counts 1.5."""

LEAST_KNOWN, MOST_UNKNOWN = 0.6, 3
"""Share of its words that a reference without a page's label has from its work, and the words that
it may have besides, measured as ALIKE was: below 0.5 whole sentences in brackets that name a title
are taken for references."""

_INVERTED = re.compile(
    r"([^\W\d_][\w’'-]+),?\s+((?>(?:[^\W\d_a-zа-я]\.[\s-]?)+))(?![^\W\d_a-zа-я][\w-]+,)"
)
# `“An Essay,” in A Volume`.
CONTAINED = re.compile(r"[”“»’][,.]?\s*(?:(?:in|dans|en|в)\b|//)")
_EDITED = re.compile(r",\s\(?(?:eds?|Hrsg|Hgg?)\.")
_WITHIN = re.compile(r",?\s+(?:in|dans|en|в)\b:?\s")


class Evidence(Lexicon):
    """How a reference fits each work of one bibliography."""

    def scored(
        self, part: Part, said: Sequence[str], held: frozenset[str]
    ) -> list[tuple[float, str]]:
        """Return the works that a reference may name, the best first."""
        years = {y for typed in part.years for y in (typed, typed[:4])}
        keys = self.candidates(held, years)
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
        if profile.titles and (quoted := self.held(content_words(" ".join(part.titles)))):
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
            score += 2 if profile.is_in(part.volume) else -6
        if profile.is_edited and _EDITED.search(part.words):
            score += 2  # `Hart, ed., The Lamp`, beside Hart’s essay in it
        if same_year(part, profile):
            score += 1.5 if profile.years.intersection(y[:4] for y in part.years) else 0.5
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

    def _is_given_name(self, part: Part, profile: Profile) -> bool:
        """Tell whether all names of a work are given names here: `Michael Smith`, no Michael’s."""
        runs = [tokens(run) for run in re.split(r"[^\w\s’'.-]", f"{part.author} {part.words}")]
        pairs = [p for run in runs for p in pairwise((*run, "")) if p[0] in profile.families]
        others = self.families - profile.people
        return bool(pairs) and all(a in self.given and b in others for a, b in pairs)

    def _title_stands(self, profile: Profile, said: Sequence[str], held: frozenset[str]) -> bool:
        if _shortens_title(said, profile):
            return True
        named = bool(held & set(profile.families))
        declared = self.declared
        acronyms = {
            a
            for a in profile.acronyms.intersection(said)
            if declared.get(a, profile.key) == profile.key and a not in self.families
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
        if lacks_volume(part, held, profile):
            return False
        if self._leads_elsewhere(part, profile) or self._holds_another(part, profile):
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
        if stands or (OTHERS in said and len(profile.surnames) == 1):
            return stands
        known = profile.title_words | profile.people
        if profile.children or part.titles or (profile.is_article and _WITHIN.search(part.words)):
            known |= profile.whole  # `Hart, in Hellenica, p. 3`
        if dated or frozenset() < profile.series <= held:
            # `Hart, Letters, 2. Aufl., Göttingen 1967`, `Hart, Adelphi Lectures, p. 3`
            known |= profile.imprint
        if dated and profile.is_article and (within := _WITHIN.search(part.words)):
            said = self.words(part.words[: within.start()] + ".")  # `Hatzfeld, in: Weiß 1932`
        rest = [t for t in said if not (self.near(t) & known or t.isdigit() or t == OTHERS)]
        if part.years and is_another_author(held, profile):
            return False
        people = bool(held & profile.family_names)
        if rest:
            # A year, its author's name and a word of its title are enough, whatever else is said.
            titled = held & profile.title_words - profile.people
            return bool(dated and people and not part.titles and titled)
        if self.by_name_alone(said, profile):
            named = [s for s in profile.surnames if set(s) & held]
            if profile.is_edited and not dated and len(named) < len(profile.surnames) < 4:
                return OTHERS in said  # `Lakatos, 91` is no page of two editors'
            return dated if part.years and not part.titles else True
        return (
            people
            or (len(said) > 1 and bool(profile.titles))
            or bool(set(said) & profile.acronyms)
            or self._is_sole_word(part, said, profile)
        )

    def _is_sole_word(self, part: Part, said: Sequence[str], profile: Profile) -> bool:
        """Tell whether a word with a page is in the title of no other work: `Deronda 740`."""
        paged = part.words and part.pages and not part.years and not part.volume
        return bool(paged) and self.naming.get(said[0]) == {profile.key}

    def of_one_person(self, keys: Sequence[str]) -> bool:
        """Tell whether works may be by one person: no two have other given names."""
        initials = [self.profiles[k].initials for k in keys if self.profiles[k].initials]
        return all(a & b for a, b in pairwise(initials))

    def is_name(self, said: Sequence[str], profile: Profile) -> bool:
        """Tell whether a word is a name or an abbreviation of a work."""
        held = self.held(said)
        return bool(held & profile.family_names or set(said) & profile.acronyms)

    def by_name_alone(self, said: Sequence[str], profile: Profile) -> bool:
        """Tell whether the reference gives a name and no word of a title."""
        rest = [t for t in said if t != OTHERS]
        return (
            bool(rest)
            and all(self.near(t) & profile.people for t in rest)
            and any(self.near(t) & profile.family_names for t in rest)
        )

    def _leads_elsewhere(self, part: Part, profile: Profile) -> bool:
        """Tell whether the reference begins with a name that is not of this work."""
        if self._is_given_name(part, profile):
            return True
        pieces = re.split(r"[,:“\"„«(]\s*", part.words)
        title, *subtitle = re.split(r"[.!?]\s+", pieces[0], maxsplit=1)
        held = self.held(self.words(title)) if subtitle else frozenset()
        if any(held.issuperset(t) for t in profile.titles):
            pieces[0] = title  # a subtitle may say what the entry does not
        lead = self._telling(pieces[0])
        if not lead:
            return False
        if len(pieces) > 1 and len(lead) == 1 and lead[0] in self.families - profile.people:
            rest = self.held(self.words(" ".join(pieces[1:])))
            own = (self.profiles[k] for k in self.holders[lead[0]])
            if any(lead[0] in p.families and rest & p.title_words for p in own):
                return True  # `Hart, Letters`: no `Hart and Her Letters` of another
        inverted = _INVERTED.match(part.words)
        if inverted and self.held(self.words(inverted[1])).isdisjoint(profile.people):
            return True  # `Достоевский Ф. М. Полное собрание сочинений`, and another's
        known = profile.people | profile.title_words | profile.whole
        unknown = [t for t in lead if not self.near(t) & known]
        return len(unknown) * 2 > len(lead) or self._goes_on_elsewhere(part, pieces, lead, profile)

    def _holds_another(self, part: Part, profile: Profile) -> bool:
        """Tell whether an essay is named that the bibliography lacks, in an edited volume."""
        named = self.held(content_words(" ".join(part.titles)))
        return (
            profile.is_edited
            and not profile.children
            and CONTAINED.search(part.words) is not None
            and named.isdisjoint(profile.title_words)
        )

    def _goes_on_elsewhere(
        self, part: Part, pieces: Sequence[str], lead: Sequence[str], profile: Profile
    ) -> bool:
        """Tell whether a title of another work follows on the name that begins a reference.

        `Michel Foucault, Dits et écrits` is no page of a book on him, and `Adorno, Beethoven: The
        Philosophy of Music` not the Philosophy of New Music.
        """
        pieces = [p for p in pieces if p]
        if len(pieces) < 2 or pieces[1][:1].islower():
            return False
        following = self._telling(pieces[1])
        if not following or self.held(following) & profile.explains:
            return False
        if same_year(part, profile):
            return False
        if all(self.near(t) & profile.people for t in lead):
            said = self.held(self.said(part))
            return not any(share(title, said) == 1 for title in profile.titles)
        imprint = re.search(YEAR_FORM, pieces[1]) or re.match(YEAR_FORM, "".join(pieces[2:3]))
        return not imprint and tuple(lead) in profile.titles

    def _telling(self, piece: str) -> list[str]:
        """Return the words of a piece without years, `al.` and what is cut short as `Art.` is."""
        cut = short_words(piece)
        return [
            t
            for t in self.words(f"{piece}.")
            if not (t[0].isdigit() or (t in cut and t not in self.holders))
        ]

    def knows(self, part: Part) -> bool:
        """Tell whether a family name or a title is in a reference, and little that no work has."""
        said = [t for t in self.said(part) if t != OTHERS]
        held = self.held(said)
        for key in self.candidates(held):
            profile = self.profiles[key]
            sole = len(said) == 1 and self._is_sole_word(part, said, profile)
            if sole or held & profile.family_names or self._title_stands(profile, said, held):
                whole = any(share(t, held) == 1 for t in profile.titles)
                if whole and same_year(part, profile) and held & set(profile.families):
                    return True  # what is besides is a subtitle
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
    """Return the words of a reference, initials before their family name (`Collins, R.`).

    A joining word of one letter is no initial (`Апресян и Падучева`).
    """
    joined = re.sub(r"\s[иey]\s", " and ", f"{part.author} {part.words}.")
    return tokens(_INVERTED.sub(r"\2 \1", joined))
