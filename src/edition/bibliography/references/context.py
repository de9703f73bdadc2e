"""A reference taken apart, what a text has cited before it, and what it was found to mean."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from edition.bibliography.references.patterns import LINES, POINTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One work that a reference names.

    `words` is the description without locator, remark and words before; `titles` the titles in
    quotation marks; `author` the name that the text gives before a bracket. `locator` is in the
    normal form, None where no page is given. `back` is `ibid`, `work` (op. cit.), `place` (loc.
    cit.) or `person` (idem) where the reference leads back to an earlier one. `typed` are its
    characters as they are typed; of several works of one author, those of all. `note` is the
    number of the note that it points to: `(wie Anm. 6)`. `volume_of` is the word right before a
    volume without a label: `Staatsrecht II`. `number` counts pieces of the work before the page:
    `Briefe, Nr. 84, S. 165`; of a journal it is the issue.
    """

    words: str
    titles: tuple[str, ...] = ()
    volume: str | None = None
    locator: str | None = None
    pages: tuple[int, ...] = ()
    years: tuple[str, ...] = ()
    prenote: str = ""
    remark: str = ""
    back: str = ""
    author: str = ""
    typed: str = ""
    note: str = ""
    volume_of: str = ""
    number: str = ""

    @property
    def points(self) -> bool:
        """Tell whether it only points to a work (`see …`) and quotes nothing."""
        return self.prenote.casefold().startswith(POINTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """A reference whose work was found; `volume` is to be typed where the entry has none.

    `remark` are words of the reference that neither the entry nor the locator holds.
    """

    key: str
    locator: str | None
    volume: str | None
    why: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A reference whose work was not found, and the nearest candidates, best first.

    `ambiguous` says that several works fit; `unknown_words` that no work holds its words.
    """

    candidates: tuple[str, ...]
    why: str
    ambiguous: bool = False


_Cited = tuple[str, str | None, str | None]  # key, volume, locator


@dataclass(slots=True)
class Context:
    """What was cited so far, a group for each reference, and the words before the next one.

    An empty group is a reference whose work is not known. `before` is the text of the
    paragraph before the reference, `paragraph` the number of groups that were there before it,
    `keys` the works cited and `named` those whose titles the text named so far, `nearby` the
    paragraphs before; `notes` are the works cited in each note, by its number; `capitals` the
    words that have a capital within a sentence of the text; `topic` is the work under discussion
    that was named last, `in_text` the one of which pages are given in the text alone.
    """

    groups: list[tuple[_Cited, ...]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    paragraph: int = 0
    before: str = ""
    nearby: list[str] = field(default_factory=list)
    notes: dict[str, frozenset[str]] = field(default_factory=dict)
    capitals: frozenset[str] = frozenset()
    topic: str = ""
    in_text: str = ""

    @property
    def last(self) -> tuple[_Cited, ...]:
        """The group of the reference before; an empty one where there is none."""
        return self.groups[-1] if self.groups else ()

    @property
    def here(self) -> frozenset[str]:
        """The works cited so far in the paragraph."""
        return frozenset(c[0] for group in self.groups[self.paragraph :] for c in group)

    def last_of(self, keys: Collection[str]) -> str | None:
        """Return the one of some works that was cited last."""
        cited = (c[0] for group in reversed(self.groups) for c in reversed(group))
        return next((key for key in cited if key in keys), None)

    def add(self, group: tuple[_Cited, ...]) -> None:
        """Note the works of a reference."""
        self.groups.append(group)
        self.keys |= {c[0] for c in group}

    def close_note(self, number: str) -> None:
        """Make the works of a note one group, and keep them by its number.

        `Ibid.` in the next note means the work of this one, if there is but one.
        """
        if here := self.groups[self.paragraph :]:
            cited = tuple(c for group in here for c in group)
            self.notes[number] = self.notes.get(number, frozenset()) | {c[0] for c in cited}
            self.groups[self.paragraph :] = [cited if all(here) else ()]


def in_levels(found: Resolved | Unresolved, context: Context) -> Resolved | Unresolved:
    """Return book and chapter for pages, as the work before has (`leg. 1, 42; Catil. 1, 2`)."""
    if isinstance(found, Resolved) and any(re.match(LINES, c[2] or "") for c in context.last):
        levels = re.fullmatch(r"pp\. (\d+(?:, \d+){1,2})", found.locator or "")
        found = replace(found, locator=levels[1].replace(", ", ".")) if levels else found
    return found


def in_place(found: Resolved, part: Part, context: Context) -> Resolved:
    """Return a work with the place that was cited last (`Hart, loc. cit.`)."""
    if part.back != "place" or part.locator:
        return found
    last = next((c for g in reversed(context.groups) for c in g if c[0] == found.key), None)
    return replace(found, volume=found.volume or last[1], locator=last[2]) if last else found
