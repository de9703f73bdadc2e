"""References carried on from the work cited last, and works given as what a reference means."""

import re
from collections.abc import Mapping
from dataclasses import replace

from edition.bibliography.references.context import Context, Part, Resolved, Unresolved
from edition.bibliography.references.counting import as_counted
from edition.bibliography.references.discussed import Discussed
from edition.bibliography.references.evidence import Evidence
from edition.bibliography.references.patterns import LINES
from edition.bibliography.references.profile import tokens
from edition.bibliography.references.sentences import Sentences
from edition.bibliography.references.speakers import SAID
from edition.model import Work

SEVERAL = "more than one work fits"

_IN_VERSE = re.compile(rf"ll?\.|vv?\.|{LINES}")


class Carried(Sentences):
    """Knows the works of a bibliography, and what a text makes of them."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.evidence = Evidence(works)
        self.profiles = self.evidence.profiles
        self.mentions = self.evidence.mentions
        self.listed: set[str] = set()  # in the text's own list of works
        self.discussed = Discussed()

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
