"""The sentence of a reference: whom and what it names, outside of what it quotes."""

import re

from edition.bibliography.references.discussed import Discussed
from edition.bibliography.references.mentions import Mention, Mentions
from edition.bibliography.references.profile import tokens
from edition.bibliography.references.speakers import (
    IN_MARKS,
    OF_ANOTHER,
    PRONOUNS,
    SENTENCE,
    SPEAKER,
    SUBJECT,
    is_subject,
    quoted_people,
    reads,
    speaks,
)

_TITLE_WITHIN = 200
"""Characters before a bracket in which the title before it begins."""


class Sentences:
    """Reads the sentences before a reference."""

    mentions: Mentions
    discussed: Discussed

    def title_before(self, before: str) -> str | None:
        """Return the work whose title stands right before a bracket: `In “On Tar” (chap. 3)`."""
        titles = self.mentions.in_titles(before[-_TITLE_WITHIN:])
        behind = before[-_TITLE_WITHIN:][titles[-1].end :] if titles else "-"
        only = titles and len(titles[-1].keys) == 1
        return titles[-1].keys[0] if only and not behind.strip(" ”\"“»’'*_,") else None

    def spoken(self, text: str) -> str:
        """Return the last sentence without references in brackets, and quotations but titles."""
        return self.sentences(text)[-1]

    def sentences(self, text: str) -> list[str]:
        """Return the sentences of a text so; a quotation of several sentences parts none."""

        def emptied(quoted: re.Match[str]) -> str:
            stop = quoted[0][-2] if quoted[0][-2] in ".!?" else ""
            is_title = self.mentions.are_title(quoted[0])
            return quoted[0] if is_title else f"{quoted[0][0]}{stop}{quoted[0][-1]}"

        plain = re.sub(r"\([^()]*\)", " ", text)
        if plain.count('"') % 2:
            plain = plain.partition('"')[2]  # it begins within a quotation
        return SENTENCE.split(IN_MARKS.sub(emptied, plain))

    def speaker(self, sentence: str) -> tuple[str, ...]:
        """Return the works of the last of a sentence's people to speak, or to be its subject.

        `Bloom says of Hamlet “…”`, `Bloom’s reading of Hamlet turns to “…”`.
        """
        people = self.mentions.of_people(sentence)
        speakers = [m for m in people if speaks(m, sentence)]
        leading = [m for m in people[:1] if reads(m, sentence)]
        return (speakers or leading or [Mention(0, 0, ())])[-1].keys

    def subject(self, before: str) -> tuple[str, ...]:
        """Return the works of the one person in the sentence to which `His index …` leads back."""
        for sentence in reversed(self.sentences(before)[:-1]):
            plain = IN_MARKS.sub(" ", sentence)
            people = self.mentions.of_people(plain)
            several = len({m.keys for m in people}) > 1
            if OF_ANOTHER.match(sentence) or several:
                may = quoted_people(people, plain)
                people = [m for m in may if is_subject(m, plain)]  # no `Webb’s notes; he says`
            if not people and (several or not OF_ANOTHER.match(sentence)):
                return ()
            if people:
                return people[0].keys if len({m.keys for m in people}) == 1 else ()
        return ()

    def people(self, text: str, *, in_one: bool) -> list[Mention]:
        """Return the people that a text names; in one sentence, those that it may quote."""
        people = self.mentions.of_people(text)
        return quoted_people(people, text) if in_one else people

    def is_of_unknown(self, sentence: str) -> bool:
        """Tell whether someone whom the bibliography does not know is quoted in a sentence.

        It is no one of a story that is discussed. Someone known who speaks may be behind.
        """
        if not self.speaker(sentence) and self._leads_unknown(sentence):
            return True
        names = self.discussed.names
        last = max((m.end for m in self.mentions.of_people(sentence)), default=0)
        return any(
            not self.mentions.of_people(match[1])
            and not PRONOUNS.issuperset(match[1].casefold().split())
            and names.keys().isdisjoint(match[1].split())
            for match in SPEAKER.finditer(sentence[last:])
        )

    def _leads_unknown(self, sentence: str) -> bool:
        """Tell whether someone unknown is named first, by given and family name.

        Or by that which the text's own list of works has besides: `Keel finds that Hart is …`.
        """
        people = self.mentions.of_people(sentence)
        first = people[0].start if people else len(sentence)
        name = SUBJECT.match(sentence)
        words = name["name"].split() if name and name.end("name") < first else []
        if len(words) > 1 and not self.mentions.in_titles(" ".join(words)):
            return self.discussed.names.keys().isdisjoint(words)
        return not self.discussed.unknown.isdisjoint(tokens(sentence[:first]))
