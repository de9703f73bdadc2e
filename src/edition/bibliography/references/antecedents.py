"""References without a work of their own: a page alone, `ibid.`, and what is carried on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from edition.bibliography.references.agreement import same_year
from edition.bibliography.references.context import Context, Part, Resolved, Unresolved
from edition.bibliography.references.counting import as_counted
from edition.bibliography.references.evidence import Evidence
from edition.bibliography.references.line_places import works_of_lines
from edition.bibliography.references.mentions import Mention
from edition.bibliography.references.patterns import LINES, YEAR
from edition.bibliography.references.profile import content_words, tokens
from edition.bibliography.references.speakers import (
    HE_SAYS,
    IN_MARKS,
    OF_ANOTHER,
    PRONOUNS,
    SAID,
    SENTENCE,
    SPEAKER,
    by_pronoun,
    is_subject,
    quoted_people,
    reads,
    speaks,
    subject_of,
)
from edition.model import Work

_TITLE_WITHIN = 200
"""Characters before a bracket in which the title before it begins."""

SEVERAL = "more than one work fits"

# `in his introduction to`, `in an 1863 letter`
_IN_HIS = re.compile(
    r"\b[Ii]n\s(?:an?|his|her|their)\s((?:[\w-]+\s){0,2}?[a-z]{4,})(?=,|\s(?:to|of|on|from)\b)"
)
_IN_VERSE = re.compile(rf"ll?\.|vv?\.|{LINES}")


class Antecedents:
    """Finds the works that the text before a reference names or cites."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.evidence = Evidence(works)
        self.profiles = self.evidence.profiles
        self.mentions = self.evidence.mentions
        self.listed: set[str] = set()  # in the text's own list of works

    def by_sentence(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Resolve a page alone: by the work or the author that its sentence names."""
        if re.fullmatch(r"[^\W\d_a-z]", part.words):
            return Unresolved(candidates=(), why="a letter alone names no work")
        outside = self.spoken(context.before)
        if part.locator and re.match(LINES, part.locator):
            return self._of_lines(part, outside, context)
        another = OF_ANOTHER.match(outside)
        before = self.mentions.of_people(another[0]) if another else ()
        if before and not HE_SAYS.match(outside, before[-1].end):
            another = None  # `Hart was the first; he says`
        subject = self._subject(context.before) if another else ()
        if dated := [k for k in subject if self._dated(part, k)]:
            titled = self._titled(outside, context)
            return self._of_person(part, [k for k in dated if k in titled] or dated, context)
        letter = any(len(y) > 4 for y in part.years)  # a title is of any work of the year
        for text in (outside, context.before):
            named = {k for k in self._titled(text, context) if not letter and self._dated(part, k)}
            people = [
                keys
                for m in self._people(text, in_one=text is outside)
                if (keys := [k for k in m.keys if self._dated(part, k)])
            ]
            if len(named) == 1:
                others = [k for keys in people for k in keys if named.isdisjoint(keys)]
                cited = {c[0] for c in context.last}
                if others and (cited != named or self._speaker(text)):
                    sentence = text if text is outside else ""
                    return self._of_two(part, (*named, *others), sentence, context)
                return self.resolved(part, named.pop(), "the work that the sentence names")
            last = max((m.end for m in self.mentions.of_people(text)), default=0)
            if text is outside and self._speaks_unknown(outside[last:]):
                return Unresolved(candidates=(), why="no work of the person named fits")
            if people:
                subject = self._subject(context.before) if by_pronoun(outside) else ()
                both = (*subject, *people[-1]) if {*subject}.isdisjoint(people[-1]) else people[-1]
                return self._of_person(part, both, context)
            if context.groups[context.paragraph :] and not part.years:
                break
        if part.years:
            return Unresolved(candidates=(), why="no person named before has a work of that year")
        if context.groups[context.paragraph :] or part.back:
            if not part.back and self._is_of_another_story(outside, context):
                return Unresolved(candidates=(), why="its sentence is of someone unknown")
            return self.again(part, context)
        return Unresolved(
            candidates=(), why="neither its sentence nor a reference before names a work"
        )

    def title_before(self, before: str) -> str | None:
        """Return the work whose title stands right before a bracket: `In “On Tar” (chap. 3)`."""
        titles = self.mentions.in_titles(before[-_TITLE_WITHIN:])
        behind = before[-_TITLE_WITHIN:][titles[-1].end :] if titles else "-"
        only = titles and len(titles[-1].keys) == 1
        return titles[-1].keys[0] if only and not behind.strip(" ”\"“»’'*_,") else None

    def _of_two(
        self, part: Part, keys: Sequence[str], sentence: str, context: Context
    ) -> Resolved | Unresolved:
        """Resolve a page where one work is named, the first, and a person who did not write it.

        It is of the person who speaks in the sentence: `Bloom says of Hamlet “…” (45)`.
        """
        if (speaker := self._speaker(sentence)) and keys[0] not in speaker:
            return self._of_person(part, speaker, context)
        return Unresolved(candidates=tuple(keys[:3]), why=SEVERAL, ambiguous=True)

    def _speaker(self, sentence: str) -> tuple[str, ...]:
        """Return the works of the last of a sentence's people to speak, or to be its subject.

        `Bloom says of Hamlet “…”`, `Bloom’s reading of Hamlet turns to “…”`.
        """
        people = self.mentions.of_people(sentence)
        speakers = [m for m in people if speaks(m, sentence)]
        leading = [m for m in people[:1] if reads(m, sentence)]
        return (speakers or leading or [Mention(0, 0, ())])[-1].keys

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

    def _subject(self, before: str) -> tuple[str, ...]:
        """Return the works of the one person in the sentence to which `His index …` leads back."""
        for sentence in reversed(self._sentences(before)[:-1]):
            plain = IN_MARKS.sub(" ", sentence)
            people = self.mentions.of_people(plain)
            several = len({m.keys for m in people}) > 1
            if OF_ANOTHER.match(sentence) or several:
                people = [m for m in people if is_subject(m, plain)]  # no `Webb’s notes; he says`
            if not people and (several or not OF_ANOTHER.match(sentence)):
                return ()
            if people:
                return people[0].keys if len({m.keys for m in people}) == 1 else ()
        return ()

    def spoken(self, text: str) -> str:
        """Return the last sentence without references in brackets, and quotations but titles."""
        return self._sentences(text)[-1]

    def _sentences(self, text: str) -> list[str]:
        """Return the sentences of a text so; a quotation of several sentences parts none."""

        def emptied(quoted: re.Match[str]) -> str:
            stop = quoted[0][-2] if quoted[0][-2] in ".!?" else ""
            is_title = self.mentions.are_title(quoted[0])
            return quoted[0] if is_title else f"{quoted[0][0]}{stop}{quoted[0][-1]}"

        plain = re.sub(r"\([^()]*\)", " ", text)
        if plain.count('"') % 2:
            plain = plain.partition('"')[2]  # it begins within a quotation
        return SENTENCE.split(IN_MARKS.sub(emptied, plain))

    def _titled(self, text: str, context: Context) -> set[str]:
        """Return the works whose titles a text names; of several, those named after a bracket."""
        named = {k for m in self.mentions.in_titles(text) for k in m.keys}
        if len(named) < 2:
            return named
        last = self.mentions.in_titles(self.spoken(context.before.rpartition(")")[2]))
        return {k for m in last for k in m.keys} or named

    def _dated(self, part: Part, key: str) -> bool:
        return not part.years or same_year(part, self.profiles[key])

    def _people(self, text: str, *, in_one: bool) -> list[Mention]:
        """Return the people that a text names; in one sentence, those that it may quote."""
        people = self.mentions.of_people(text)
        return quoted_people(people, text) if in_one else people

    def _speaks_unknown(self, sentence: str) -> bool:
        """Tell whether someone speaks in a sentence whom the bibliography does not know."""
        return any(
            not self.mentions.of_people(match[1])
            and not PRONOUNS.issuperset(match[1].casefold().split())
            for match in SPEAKER.finditer(sentence)
        )

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
        near = " ".join(self._sentences(context.before)[-2:])
        said = [tuple(content_words(m[1])) for m in _IN_HIS.finditer(near)]
        return [k for k in keys if any(t == w[-len(t) :] for t in self.profiles[k].titles if t for w in said)]

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
