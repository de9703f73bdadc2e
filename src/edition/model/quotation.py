"""Quotations, the citations that give their sources, and the passages that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from edition.model.diagnostic import Location


class QuotationForm(StrEnum):
    """How a quotation is written in the source."""

    DISPLAYED = "displayed"  # a block quote, {epigraph} or {pull-quote}
    INLINE = "inline"  # words in quotation marks within a paragraph
    STRUCTURED = "structured"  # the {quotation} directive


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One key of one citation role, or the work that a {quotation} names.

    `locator` is what the editor typed between the braces, or as `:page:`; `volume` what a
    {quotation} gives as `:volume:`. `location` is the key's own place, `locator_location`
    the first character of the locator. `role` is `cite:p`, `cite:t`, … or `quotation`.
    `schemes` are those of canonical references that the work's entry declares.
    `group` numbers the roles of a file, so that keys of one role can be told.
    """

    key: str
    role: str
    location: Location
    locator: str | None = None
    locator_location: Location | None = None
    schemes: tuple[str, ...] = ()
    volume: str | None = None
    prenote: str | None = None
    passage: str | None = None
    quotation: str | None = None
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of another work: given in full as `text`, or by their lemma alone.

    `text` is as typed, `plain` the words that readers see of it. `id` is the anchor, or None
    where the editor gave none. `opening` and `closing` are the lemma's ends (of a quotation with
    a body, what the editor gave, if anything); `words` the number of its words and `digest` that
    of its letters, where the editor gave them. `citations` are those that bind it to its source,
    in source order; `by_hand` says that it has none, but an `ibid.` or a reference typed by hand
    in the place of one; `typed` is that reference.
    """

    form: QuotationForm
    location: Location
    id: str | None = None
    text: str | None = None
    plain: str | None = None
    opening: str = ""
    closing: str = ""
    words: int | None = None
    digest: str | None = None
    speaker: str | None = None
    citations: tuple[Citation, ...] = ()
    passage: str | None = None
    by_hand: bool = False
    typed: BackReference | None = None


class Passage(NamedTuple):
    """A citable unit of the text, from its anchor to its last line."""

    id: str
    location: Location
    opening: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    r"""A paragraph, heading or cell as the editor typed it, with all that is no prose blotted out.

    In `text` each character of a role, of code, mathematics, markup or a link's address is
    `\0`; blanks at the beginnings of its lines are left out. `places` are those of the first
    characters of its lines. `quoted` says whether it stands within a displayed quotation.
    """

    text: str
    places: tuple[Location, ...]
    quoted: bool = False
    passage: str | None = None

    def location(self, offset: int) -> Location:
        """Return where the character at an offset of the text stands."""
        row = self.text.count("\n", 0, offset)
        start = self.text.rfind("\n", 0, offset) + 1
        place = self.places[row]
        return Location(place.path, place.line, place.column + offset - start)


class BackReference(NamedTuple):
    """An `ibid.`, `op. cit.` or the like that the editor typed for a citation; `text` as typed."""

    text: str
    location: Location


class MarkFaultKind(StrEnum):
    """What is wrong with a quotation mark."""

    UNCLOSED = "unclosed"  # it opens a run that nothing closes
    UNOPENED = "unopened"  # it closes what nothing opened
    NESTED = "nested"  # it opens a run right within a run of the same marks


class MarkFault(NamedTuple):
    """A quotation mark that has no partner, or stands within its own kind."""

    kind: MarkFaultKind
    mark: str
    location: Location
