"""References without a work of their own: a page alone, `ibid.`, and what is carried on."""

import re
from collections.abc import Sequence

from edition.bibliography.references.agreement import same_year
from edition.bibliography.references.carried import SEVERAL
from edition.bibliography.references.context import Context, Part, Resolved, Unresolved
from edition.bibliography.references.line_places import works_of_lines
from edition.bibliography.references.patterns import LINES, YEAR
from edition.bibliography.references.profile import content_words
from edition.bibliography.references.speakers import (
    HE_SAYS,
    IN_MARKS,
    OF_ANOTHER,
    SENTENCE,
    by_pronoun,
    subject_of,
)
from edition.bibliography.references.stories import Stories

# `in his introduction to`, `in an 1863 letter`
_IN_HIS = re.compile(
    r"\b[Ii]n\s(?:an?|his|her|their)\s((?:[\w-]+\s){0,2}?[a-z]{4,})(?=,|\s(?:to|of|on|from)\b)"
)


class Antecedents(Stories):
    """Finds the works that the text before a reference names or cites."""

    def by_sentence(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Resolve a page alone: by the work or the author that its sentence names."""
        if re.fullmatch(r"[^\W\d_a-z]", part.words):
            return self.of_initial(part, context)
        outside = self.spoken(context.before)
        if part.locator and re.match(LINES, part.locator):
            return self._of_lines(part, outside, context)
        if any(context.in_text in m.keys for m in self.mentions.of_people(outside)):
            return self.resolved(part, context.in_text, "the work that is discussed")
        another = OF_ANOTHER.match(outside)
        before = self.mentions.of_people(another[0]) if another else ()
        if before and not HE_SAYS.match(outside, before[-1].end):
            another = None  # `Hart was the first; he says`
        subject = self.subject(context.before) if another else ()
        holding = (k for k in subject if self.profiles[k].has(part.pages))
        if dated := [k for k in holding if self._may_be(part, k, context)]:
            titled = self._titled(outside, context)
            return self._of_person(part, [k for k in dated if k in titled] or dated, context)
        found = self._by_names(part, outside, context, in_one=True)
        if found is None and (part.years or not context.groups[context.paragraph :]):
            found = self._by_names(part, context.before, context, in_one=False)
        return found or self._without_names(part, outside, context)

    def _by_names(
        self, part: Part, text: str, context: Context, *, in_one: bool
    ) -> Resolved | Unresolved | None:
        """Resolve a page alone by the works and people that a sentence, or a text, names."""
        letter = any(len(y) > 4 for y in part.years)  # a title is of any work of the year
        named = {k for k in self._titled(text, context) if not letter and self._dated(part, k)}
        dated = (
            [k for k in m.keys if self._may_be(part, k, context)]
            for m in self.people(text, in_one=in_one)
        )
        people = [keys for keys in dated if keys]
        if len(named) == 1:
            others = [k for keys in people for k in keys if named.isdisjoint(keys)]
            cited = {c[0] for c in context.last}
            if others and (cited != named or self.speaker(text)):
                sentence = text if in_one else ""
                return self._of_two(part, (*named, *others), sentence, context)
            return self.resolved(part, named.pop(), "the work that the sentence names")
        if in_one and self.is_of_unknown(text):
            return Unresolved(candidates=(), why="no work of the person named fits")
        if in_one and not people:
            return self.story(part, text, context)
        if not in_one and self.discussed.works:
            people = [k for k in people if any(self.profiles[x].has(part.pages) for x in k)]
        if not people:
            return None
        spoken = self.spoken(context.before)
        meant = by_pronoun(spoken) and not self.speaker(spoken)  # `She is late, and Orr says “…”`
        subject = self.subject(context.before) if meant else ()
        both = (*subject, *people[-1]) if {*subject}.isdisjoint(people[-1]) else people[-1]
        return self._of_person(part, both, context)

    def _without_names(self, part: Part, sentence: str, context: Context) -> Resolved | Unresolved:
        """Resolve a page alone by the work cited last, or by that which the text discusses."""
        if part.years:
            return Unresolved(candidates=(), why="no person named before has a work of that year")
        if not (context.groups[context.paragraph :] or part.back):
            why = "neither its sentence nor a reference before names a work"
            return self.topic(part, context) or Unresolved(candidates=(), why=why)
        if not part.back and self.is_of_another_story(sentence, context):
            unknown = Unresolved(candidates=(), why="its sentence is of someone unknown")
            told = " " not in subject_of(sentence, context.before)
            return (self.topic(part, context) if told else None) or unknown
        again = self.again(part, context)
        out = isinstance(again, Unresolved) and context.last and not part.back
        return (self.topic(part, context) if out else None) or again

    def behind_title(self, part: Part, key: str, context: Context) -> Resolved | Unresolved:
        """Resolve a page right behind a title: `In “On Tar” (chap. 3)`.

        `Hart says that “…” is not true of Emma (45)` may be a page of Hart's.
        """
        sentence = self.spoken(context.before)
        own = [k for k in self.speaker(sentence) if key not in self.speaker(sentence)]
        if not (own and IN_MARKS.search(sentence)):
            return self.resolved(part, key, "the title right before")
        held = [k for k in own if self.profiles[k].ranges and self.profiles[k].has(part.pages)]
        if held:
            return self._of_person(part, held, context)
        return Unresolved(candidates=(key, *own[:2]), why=SEVERAL, ambiguous=True)

    def _of_two(
        self, part: Part, keys: Sequence[str], sentence: str, context: Context
    ) -> Resolved | Unresolved:
        """Resolve a page where one work is named, the first, and a person who did not write it.

        It is of the person who speaks in the sentence: `Bloom says of Hamlet “…” (45)`.
        """
        if (speaker := self.speaker(sentence)) and keys[0] not in speaker:
            return self._of_person(part, speaker, context)
        return Unresolved(candidates=tuple(keys[:3]), why=SEVERAL, ambiguous=True)

    def _of_lines(self, part: Part, sentence: str, context: Context) -> Resolved | Unresolved:
        """Resolve a place of every edition alone: by the play or poem named or cited so before."""
        keys = works_of_lines(part.locator or "", sentence, context, self.evidence)
        if len(keys) == 1:
            return self.resolved(part, keys.pop(), "the work that the sentence names")
        return Unresolved(candidates=tuple(sorted(keys))[:3], why=SEVERAL, ambiguous=bool(keys))

    def _titled(self, text: str, context: Context) -> set[str]:
        """Return the works whose titles a text names; of several, those named after a bracket."""
        named = {k for m in self.mentions.in_titles(text) for k in m.keys}
        if len(named) < 2:
            return named
        last = self.mentions.in_titles(self.spoken(context.before.rpartition(")")[2]))
        return {k for m in last for k in m.keys} or named

    def _may_be(self, part: Part, key: str, context: Context) -> bool:
        return self._dated(part, key) and not self.is_subject(key, context)

    def _dated(self, part: Part, key: str) -> bool:
        return not part.years or same_year(part, self.profiles[key])

    def _of_person(
        self, part: Part, keys: Sequence[str], context: Context
    ) -> Resolved | Unresolved:
        if part.volume and part.volume.isdecimal():
            keys = [k for k in keys if self.profiles[k].volumes >= int(part.volume)] or keys
        keys = self.holding(self.in_list(keys), part)
        if part.back == "work":  # `Hart thinks so too (op. cit., p. 3)`
            last = context.last_of(keys)
            keys = [last] if last else keys
        if len(keys) == 1:
            return self.resolved(part, keys[0], "the only work of the author that is named")
        if len(of := self._by_whole_title(keys, context)) == 1:
            return self.resolved(part, of[0], "the work of this author that the sentence means")
        several = set() if part.years else set(keys)  # `2009a`, where no entry has the letter
        years = YEAR.findall(SENTENCE.split(context.before)[-1])
        dated = [k for k in several if years and "".join(years[-1]) in self.profiles[k].years]
        of_one = len({self.profiles[k].families for k in keys}) == 1
        known = several & (context.keys | context.named) if of_one else set[str]()
        for cited, why in (
            (dated, "the work of the year that the sentence names"),
            (context.here & several, "the work of this author cited in the paragraph"),
            (known, "the only work of this author cited before"),
        ):
            if len(cited) == 1:
                return self.resolved(part, min(cited), why)
        return Unresolved(candidates=tuple(keys[:3]), why=SEVERAL, ambiguous=True)

    def _by_whole_title(self, keys: Sequence[str], context: Context) -> list[str]:
        """Return those of an author's works whose title a sentence has in small letters.

        `In his introduction to Emma, Hart …`, `In a letter of 1863 he …`, of “From a Letter”.
        """
        near = " ".join(self.sentences(context.before)[-2:])
        said = [tuple(content_words(m[1])) for m in _IN_HIS.finditer(near)]
        return [
            k
            for k in keys
            if any(t == w[-len(t) :] for t in self.profiles[k].titles if t for w in said)
        ]

    def in_list(self, keys: Sequence[str]) -> list[str]:
        """Return those of some works that the text itself lists at its end, if it lists any."""
        return [k for k in keys if k in self.listed] or list(keys)

    def holding(self, keys: list[str], part: Part) -> list[str]:
        """Return those of some works that may hold a place: books a chapter, articles a page.

        Pages tell only where those of all the works are known.
        """
        if (part.locator or "").startswith("chap"):
            return [k for k in keys if not self.profiles[k].is_article] or keys
        if any(not self.profiles[k].ranges for k in keys):
            return keys
        return [k for k in keys if self.profiles[k].has(part.pages)] or keys
