"""A source file, as the checks see it: what it holds besides its words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from edition.model.anchor import Anchor
from edition.model.diagnostic import Finding, Location
from edition.model.file_state import FileState
from edition.model.quotation import BackReference, Citation, MarkFault, Passage, Prose, Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link within the edition: `[](#p12)`, `[](other.md#p12)`, ``{ref}`p12` `` and their kin.

    `target` is the id, empty where a link names a document alone; `document` what it names
    the document or another file by, as typed. `role` is the role's name, `toctree` in a table of
    contents, `glob` for a pattern there, empty for a Markdown link; `worded` says whether it
    brings its own words. What the loader adds: `file`, the document's path from
    the root, and the `state` of that file.
    """

    target: str
    location: Location
    document: str = ""
    role: str = ""
    worded: bool = True
    file: str = ""
    state: FileState = FileState.PRESENT


class EntryKind(StrEnum):
    """The kind of an entry of an index; the value is the name of its directive and its role."""

    PERSON = "person"
    TERM = "gloss"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an index explains once: a person, a term or an event.

    `key` is what its id is made of, `also` the other names that it goes by. `dates` is what
    the editor typed: for an event a date of the Extended Date/Time Format, in the calendar
    that `calendar` names, `julian` or empty. `explained` says whether it has a body. `sort` is
    the name as an alphabetical list has it, where that is another.
    """

    kind: EntryKind
    key: str
    name: str
    location: Location
    also: tuple[str, ...] = ()
    dates: str = ""
    dates_location: Location | None = None
    calendar: str = ""
    explained: bool = True
    sort: str = ""

    @property
    def id(self) -> str:
        """The id that links lead to."""
        return f"{self.kind}-{self.key}"


class Mention(NamedTuple):
    """A role that names an entry, ``{person}`Hart` `` or ``{person}`she <hart>` ``."""

    kind: EntryKind
    target: str
    location: Location
    passage: str | None = None


class Ignore(NamedTuple):
    """`% edition: ignore RULE, RULE -- reason`, and the lines of the block that it speaks for.

    `reason` is empty where the editor gave none; then it speaks for nothing. `first_line`
    and `last_line` count from 1, both included; they are 0 where no block follows.
    """

    location: Location
    rules: tuple[str, ...]
    reason: str = ""
    first_line: int = 0
    last_line: int = 0


class RawTag(NamedTuple):
    """Raw HTML: `text` is the tag that opens it."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """A file that a directive (`include`, `literalinclude`) reads in; `target` as typed.

    `state` is what the loader found.
    """

    target: str
    directive: str
    location: Location
    state: FileState = FileState.PRESENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a source shows; `target` as typed.

    `alternative` is the text for those who do not see it: None where none is given, empty where
    the editor says that it only decorates. `state` is what the loader found.
    """

    target: str
    alternative: str | None
    location: Location
    state: FileState = FileState.PRESENT


class LanguageMark(NamedTuple):
    """The language that words are marked with; `kept` is whether the outputs will have it."""

    tag: str
    location: Location
    kept: bool = True


class NamedUse(NamedTuple):
    """A role or a directive that no package registers which every build has."""

    name: str
    directive: bool
    location: Location
    suggestion: str = ""


class Title(NamedTuple):
    """A heading, as a number of words; its `level` is 0 where it stands within another block."""

    words: int
    location: Location
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All that the checks need to know of one source file.

    `targets` are the ids, besides anchors, that links find from everywhere; those of equations
    begin with `eq:`, of terms with `term:`. `untitled` are the anchors that lend a link no words,
    `headings` the ids that its headings have for links from within and for links that
    name the document. `toctree` lists the documents that it puts in order below itself, as
    typed, `included` the paths of the files that it includes: what they hold has their places.
    An `orphan` wants to be in no table of contents; one that is `numbered` numbers the sections
    of the documents that it lists.
    `unregistered` are roles and directives that another package may register,
    `bibliographies` the names of the directives that print one, `lists_uncited` that one of them
    lists works that nothing cites. `refused` is what only a build warns of.
    """

    path: str
    anchors: tuple[Anchor, ...] = ()
    citations: tuple[Citation, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    passages: tuple[Passage, ...] = ()
    targets: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    untitled: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    entries: tuple[Entry, ...] = ()
    mentions: tuple[Mention, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    prose: tuple[Prose, ...] = ()
    back_references: tuple[BackReference, ...] = ()
    mark_faults: tuple[MarkFault, ...] = ()
    raw_tags: tuple[RawTag, ...] = ()
    inclusions: tuple[Inclusion, ...] = ()
    pictures: tuple[Picture, ...] = ()
    languages: tuple[LanguageMark, ...] = ()
    titles: tuple[Title, ...] = ()
    toctree: tuple[str, ...] = ()
    orphan: bool = False
    numbered: bool = False
    included: tuple[str, ...] = ()
    unregistered: tuple[NamedUse, ...] = ()
    bibliographies: tuple[str, ...] = ()
    lists_uncited: bool = False
    problems: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()
