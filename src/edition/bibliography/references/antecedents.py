"""References without a work of their own: a page alone, `ibid.`, and what is carried on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from edition.bibliography.references.agreement import same_year
from edition.bibliography.references.context import Context, Part, Resolved, Unresolved
from edition.bibliography.references.counting import as_counted
from edition.bibliography.references.discussed import Discussed
from edition.bibliography.references.evidence import Evidence
from edition.bibliography.references.line_places import works_of_lines
from edition.bibliography.references.patterns import LINES, YEAR
from edition.bibliography.references.profile import content_words, tokens
from edition.bibliography.references.sentences import Sentences
from edition.bibliography.references.speakers import (
    HE_SAYS,
    IN_MARKS,
    OF_ANOTHER,
    PRONOUNS,
    SAID,
    SENTENCE,
    by_pronoun,
    subject_of,
)
from edition.model import Work

SEVERAL = "more than one work fits"

# `in his introduction to`, `in an 1863 letter`
_IN_HIS = re.compile(
    r"\b[Ii]n\s(?:an?|his|her|their)\s((?:[\w-]+\s){0,2}?[a-z]{4,})(?=,|\s(?:to|of|on|from)\b)"
)
_IN_VERSE = re.compile(rf"ll?\.|vv?\.|{LINES}")


class Antecedents(Sentences):
    """Finds the works that the text before a reference names or cites."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.evidence = Evidence(works)
        self.profiles = self.evidence.profiles
        self.mentions = self.evidence.mentions
        self.listed: set[str] = set()  # in the text's own list of works
        self.discussed = Discussed()

    def by_sentence(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Resolve a page alone: by the work or the author that its sentence names."""
        if re.fullmatch(r"[^\W\d_a-z]", part.words):
            of = self.by_initial(part.words, context.named)
            if len(of) == 1:
                return self.resolved(part, of.pop(), "the work named whose initial it is")
            return Unresolved(candidates=(), why="a letter alone names no work")
        outside = self.spoken(context.before)
        if part.locator and re.match(LINES, part.locator):
            return self._of_lines(part, outside, context)
        another = OF_ANOTHER.match(outside)
        before = self.mentions.of_people(another[0]) if another else ()
        if before and not HE_SAYS.match(outside, before[-1].end):
            another = None  # `Hart was the first; he says`
        subject = self.subject(context.before) if another else ()
        if dated := [k for k in subject if self._dated(part, k)]:
            titled = self._titled(outside, context)
            return self._of_person(part, [k for k in dated if k in titled] or dated, context)
        letter = any(len(y) > 4 for y in part.years)  # a title is of any work of the year
        for text in (outside, context.before):
            named = {k for k in self._titled(text, context) if not letter and self._dated(part, k)}
            people = [
                keys
                for m in self.people(text, in_one=text is outside)
                if (keys := [k for k in m.keys if self._dated(part, k)])
            ]
            if len(named) == 1:
                others = [k for keys in people for k in keys if named.isdisjoint(keys)]
                cited = {c[0] for c in context.last}
                if others and (cited != named or self.speaker(text)):
                    sentence = text if text is outside else ""
                    return self._of_two(part, (*named, *others), sentence, context)
                return self.resolved(part, named.pop(), "the work that the sentence names")
            last = max((m.end for m in self.mentions.of_people(text)), default=0)
            leads = not self.speaker(outside) and self.leads_unknown(outside)
            if text is outside and (leads or self.speaks_unknown(outside[last:])):
                return Unresolved(candidates=(), why="no work of the person named fits")
            if text is outside and not people and (told := self._story(part, outside, context)):
                return told
            if text is not outside and self.discussed.works:
                people = [k for k in people if any(self.profiles[x].has(part.pages) for x in k)]
            if people:
                subject = self.subject(context.before) if by_pronoun(outside) else ()
                both = (*subject, *people[-1]) if {*subject}.isdisjoint(people[-1]) else people[-1]
                return self._of_person(part, both, context)
            if context.groups[context.paragraph :] and not part.years:
                break
        if part.years:
            return Unresolved(candidates=(), why="no person named before has a work of that year")
        if context.groups[context.paragraph :] or part.back:
            if not part.back and self._is_of_another_story(outside, context):
                unknown = Unresolved(candidates=(), why="its sentence is of someone unknown")
                told = " " not in subject_of(outside, context.before)
                return (self._topic(part, context) if told else None) or unknown
            again = self.again(part, context)
            out = isinstance(again, Unresolved) and context.last and not part.back
            return (self._topic(part, context) if out else None) or again
        if topic := self._topic(part, context):
            return topic
        return Unresolved(
            candidates=(), why="neither its sentence nor a reference before names a work"
        )

    def by_initial(self, letter: str, named: Iterable[str]) -> set[str]:
        """Return the works whose title begins with a letter, of those that a text names."""
        books = named if self.discussed.works else ()
        titles = ((k, t) for k in books for t in self.profiles[k].titles if t)
        return {k for k, t in titles if t[0][0] == letter.lower()}

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

    def _story(self, part: Part, sentence: str, context: Context) -> Resolved | Unresolved | None:
        """Resolve a page alone behind words of a story by the work that is discussed.

        It is no page of the critic cited last, unless only pages of theirs are known to fit.
        """
        key = self.discussed.told_of(sentence, self._topic_of(context))
        if not key or part.years or part.back:
            return None
        last = {c[0] for c in context.last} - {key} if key not in context.here else set()
        if any(self.profiles[k].ranges and self.profiles[k].has(part.pages) for k in last):
            return Unresolved(candidates=(key, *last), why=SEVERAL, ambiguous=True)
        return self.resolved(part, key, "the work that is discussed")

    def _topic(self, part: Part, context: Context) -> Resolved | None:
        """Return the work that is discussed for a page that may be of no other, behind its words."""
        key = self._topic_of(context)
        quotes = context.before.rstrip()[-1:] in tuple("”\"»“’'")
        fits = key and quotes and part.pages and self.profiles[key].has(part.pages)
        return self.resolved(part, key, "the work that is discussed") if fits else None

    def _topic_of(self, context: Context) -> str:
        """Return the work under discussion: that named last, or by far the most often."""
        works = self.discussed.works
        named = [k for m in self.mentions.in_titles(context.before) for k in m.keys if k in works]
        most = works.most_common(2)
        sole = most[0][0] if most and (len(most) < 2 or most[0][1] > 2 * most[1][1]) else ""
        return named[-1] if named else context.topic or sole

    def _is_of_another_story(self, sentence: str, context: Context) -> bool:
        """Tell whether a sentence goes on with a person of a story, behind the page of a critic.

        `Hart calls the lamp a threshold (529). Lily has her vision (209).`
        """
        name, last = subject_of(sentence, context.before), context.last
        if not name or len(context.keys) < 2 or name.casefold() in PRONOUNS:
            return False
        if self.mentions.of_people(name):
            return False
        if context.capitals.isdisjoint(name.split()):
            return False  # no name: it has a capital at the beginning of sentences alone
        spoken = IN_MARKS.sub(" ", re.sub(r"\([^()]*\)", " ", context.before))
        named = filter(None, map(self.mentions.of_people, reversed(SENTENCE.split(spoken))))
        return any(c[0] in m.keys for c in last for m in next(named, ()))

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

    def again(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Return the work cited last, with the place that a reference back gives."""
        if not context.groups:
            return Unresolved(candidates=(), why="nothing was cited before")
        if not (last := context.groups[-1]):
            return Unresolved(candidates=(), why="the work cited before it is not known")
        spoken = self.spoken(context.before) if part.back else ""
        people = self.mentions.of_people(spoken)
        named = {k for m in people for k in m.keys}.intersection(c[0] for c in last)
        if len(named) == 1:
            last = tuple(c for c in last if c[0] in named)  # `Hart sums up (ibid., 71)`
        if len({c[0] for c in last}) > 1:
            keys = tuple(dict.fromkeys(c[0] for c in last))
            return Unresolved(
                candidates=keys, why="more than one work was cited before it", ambiguous=True
            )
        key, volume, locator = last[-1]
        profile = self.profiles[key]
        if part.volume and (profile.is_article or not profile.is_in(part.volume)):
            return Unresolved(candidates=(key,), why="the work cited before it has no such volume")
        in_verse = [_IN_VERSE.match(place or "") is not None for place in (locator, part.locator)]
        if not part.back and part.locator and in_verse == [True, False]:
            return Unresolved(candidates=(key,), why="the work cited before it is cited by lines")
        for mention in people:
            name = tokens(spoken[: mention.end])[-1]
            speaks = SAID.match(spoken, mention.end + 1) and context.here.intersection(mention.keys)
            if (speaks or name in profile.families) and key not in mention.keys:
                # `G. Hart, p. 3. … E. Hart says (ibid.)`, `Hart 5 … (Cole 7). … Hart says (ibid.)`
                return Unresolved(candidates=(key, *mention.keys[:2]), why=SEVERAL, ambiguous=True)
        if not (part.back or profile.has(part.pages)):
            return Unresolved(candidates=(key,), why="the work cited before it has no such page")
        if part.locator is None and not part.back:
            return Unresolved(candidates=(key,), why="no page is given")
        if part.locator is None and re.search(r"\d", part.remark + part.words):
            return Unresolved(candidates=(key,), why="its place is not understood")
        found = self.resolved(part, key, "the work cited last")
        # The same reference goes on: its volume holds, and its page, if none is given.
        same = part.volume in (None, volume)
        place = found.locator or (locator if same else None)
        return replace(found, volume=part.volume or volume, locator=place)

    def resolved(self, part: Part, key: str, why: str) -> Resolved:
        """Return a work as that of a reference, with its volume where the entry has none."""
        profile = self.profiles[key]
        part = as_counted(part, profile)
        own = profile.volume is not None or profile.is_in_journal
        volume = None if own else part.volume
        if volume and (word := part.volume_of):
            # `Figures III`, a title; `Discourse V`, a part of the work.
            held = self.evidence.near(word) | self.evidence.near(f"{word}.")
            if (word, volume) in profile.numerals or held.isdisjoint(profile.explains):
                volume = None
        return Resolved(
            key=key,
            locator=part.locator,
            volume=volume,
            why=why,
            remark=self.evidence.remark(part, profile),
        )
