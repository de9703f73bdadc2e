"""Pages alone of the work that a text discusses, behind words of its story."""

import re
from collections.abc import Iterable

from edition.bibliography.references.carried import SEVERAL, Carried
from edition.bibliography.references.context import Context, Part, Resolved, Unresolved
from edition.bibliography.references.profile import content_words
from edition.bibliography.references.speakers import IN_MARKS, PRONOUNS, SENTENCE, subject_of


class Stories(Carried):
    """Finds the work under discussion."""

    def begun_in(self, text: str) -> list[str]:
        """Return the works of which a text has a title, or the first two words of one."""
        words = f" {' '.join(content_words(text))} "
        known = self.profiles.values()
        return [p.key for p in known if any(f" {' '.join(t[:2])} " in words for t in p.titles if t)]

    def of_initial(self, part: Part, context: Context) -> Resolved | Unresolved:
        """Resolve a letter and a page by the one work named that it begins: `(P 150)`."""
        of = self.by_initial(part.words, context.named)
        if len(of) == 1:
            return self.resolved(part, of.pop(), "the work named whose initial it is")
        return Unresolved(candidates=(), why="a letter alone names no work")

    def by_initial(self, letter: str, named: Iterable[str]) -> set[str]:
        """Return the works whose title begins with a letter, of those that a text names."""
        books = named if self.discussed.works else ()
        titles = ((k, t) for k in books for t in self.profiles[k].titles if t)
        return {k for k, t in titles if t[0][0] == letter.lower()}

    def story(self, part: Part, sentence: str, context: Context) -> Resolved | Unresolved | None:
        """Resolve a page alone behind words of a story by the work that is discussed.

        It is no page of the critic cited last, unless only pages of theirs are known to fit.
        """
        key = context.in_text or self.discussed.told_of(sentence, self._topic_of(context))
        if not key or part.years or part.back:
            return None
        last = {c[0] for c in context.last} - {key} if key not in context.here else set()
        if any(self.profiles[k].ranges and self.profiles[k].has(part.pages) for k in last):
            return Unresolved(candidates=(key, *last), why=SEVERAL, ambiguous=True)
        return self.resolved(part, key, "the work that is discussed")

    def is_subject(self, key: str, context: Context) -> bool:
        """Tell whether the book whose pages the text gives alone is about an author: `On Hart`."""
        if key == context.in_text or context.in_text not in self.profiles:
            return False
        titles = self.profiles[context.in_text].whole_titles
        return any({*name} <= {*t} for name in self.profiles[key].surnames for t in titles)

    def topic(self, part: Part, context: Context) -> Resolved | None:
        """Return the work that is discussed for a page of no other, behind its words."""
        key = self._topic_of(context)
        quotes = context.in_text or context.before.rstrip()[-1:] in tuple("”\"»“’'")
        fits = key and quotes and part.pages and self.profiles[key].has(part.pages)
        return self.resolved(part, key, "the work that is discussed") if fits else None

    def _topic_of(self, context: Context) -> str:
        """Return the work under discussion: that named last, or by far the most often."""
        works = self.discussed.works
        if context.in_text:
            return context.in_text
        named = [k for m in self.mentions.in_titles(context.before) for k in m.keys if k in works]
        most = works.most_common(2)
        sole = most[0][0] if most and (len(most) < 2 or most[0][1] > 2 * most[1][1]) else ""
        return named[-1] if named else context.topic or sole

    def is_of_another_story(self, sentence: str, context: Context) -> bool:
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
