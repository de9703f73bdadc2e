"""The edition as data: frozen types that every room reads and none changes.

Nothing here reads or writes a file. The words are those of textual scholarship: a
*passage* is a citable unit of the text, a *lemma* the opening and closing words that
stand for a text that the repository does not hold, a *locator* the part of a citation
that says where in the work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from edition.diagnostic import Diagnostic, Location


class AnchorKind(Enum):
    """What an anchor stands before."""

    PASSAGE = "passage"
    QUOTATION = "quotation"
    SECTION = "section"
    FIGURE = "figure"
    BLOCK = "block"

    def __str__(self) -> str:
        return self.value


class QuotationForm(Enum):
    """How a quotation is written in the source."""

    DISPLAYED = "displayed"  # a block quote, {epigraph} or {pull-quote}
    INLINE = "inline"  # words in quotation marks within a paragraph
    STRUCTURED = "structured"  # the {quotation} directive

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """An id that can be cited: `(p12)=` before a block, or the `:name:` of a directive.

    `opening` holds the first five words of what it stands before, `text` the words of a
    passage or quotation (of a stand-off one: key, page and lemma), empty for other kinds.
    `passage` is the id of the passage that surrounds it, itself where it is one. `alias_of`
    is the id of the block that this one stands before as a second name.
    """

    id: str
    kind: AnchorKind
    location: Location
    opening: str = ""
    passage: str | None = None
    text: str = ""
    alias_of: str | None = None


class AnchorStatus(Enum):
    """What became of a published anchor."""

    LIVE = "live"
    MOVED = "moved"  # in another file than at first
    SPLIT = "split"  # it kept the first part; its successors have the others
    MERGED = "merged"  # absorbed: it lives on as a second name of its successor
    RETIRED = "retired"  # gone; a tombstone says why

    def __str__(self) -> str:
        return self.value

    @property
    def stands(self) -> bool:
        """Whether the text still holds it as an anchor of its own."""
        return self not in (AnchorStatus.MERGED, AnchorStatus.RETIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedAnchor:
    """A published anchor, as anchors.lock keeps it.

    `file` is the source it stands in, or stood in last; `formerly` the files before that.
    `since` is its first release, `until` the one it was retired in. `aliases` are the ids
    that it answers to beside its own. `digest` is that of the text last locked; `sketch` that
    of the text first published or last accepted (`edition.anchors.sketch`), and `kept` the
    share of the latter, 0 to 1, that the text last locked still held. `line` is its line in
    the lock file.
    """

    id: str
    kind: str
    file: str
    label: str
    status: AnchorStatus = AnchorStatus.LIVE
    since: str = ""
    until: str = ""
    formerly: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    reason: str = ""
    kept: float = 1.0
    digest: str = ""
    sketch: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The anchors that have been published, by id, and what was wrong with their file."""

    path: str
    anchors: Mapping[str, LockedAnchor] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One key of one citation role, or the work that a {quotation} names.

    `locator` is what the editor typed between the braces, or as `:page:`; `volume` what a
    {quotation} gives as `:volume:`. `location` is the key's own place, `locator_location`
    the first character of the locator. `role` is `cite:p`, `cite:t`, … or `quotation`.
    `group` numbers the roles of a file, so that keys of one role can be told.
    """

    key: str
    role: str
    location: Location
    locator: str | None = None
    locator_location: Location | None = None
    volume: str | None = None
    prenote: str | None = None
    passage: str | None = None
    quotation: str | None = None
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of another work: given in full as `text`, or by their lemma alone.

    `id` is the anchor, or None where the editor gave none. `opening` and `closing` are
    the lemma's ends (of a quotation with a body, what the editor gave, if anything); `words`
    the number of its words and `digest` that of its letters, where the editor gave them.
    `citations` are those that bind it to its source, in source order; `by_hand` says that it
    has none, but an `ibid.` or the like in the place of one.
    """

    form: QuotationForm
    location: Location
    id: str | None = None
    text: str | None = None
    opening: str = ""
    closing: str = ""
    words: int | None = None
    digest: str | None = None
    speaker: str | None = None
    citations: tuple[Citation, ...] = ()
    passage: str | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A citable unit of the text, from its anchor to its last line."""

    id: str
    location: Location
    opening: str = ""


class Standing(Enum):
    """Where the file stands that a link or an inclusion names."""

    PRESENT = "present"
    MISSING = "missing"
    OUTSIDE = "outside"  # beyond the project's root, by its path or through a symbolic link

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link within the edition: `[](#p12)`, `[](other.md#p12)`, ``{ref}`p12` `` and their kin.

    `target` is the id, empty where a link names a document alone; `document` what it names
    the document by, as typed. What the loader adds: `file`, the document's path from the
    root, and where that stands.
    """

    target: str
    location: Location
    document: str = ""
    file: str = ""
    standing: Standing = Standing.PRESENT


class EntryKind(Enum):
    """What an entry of an index explains; the value is the name of its directive and its role."""

    PERSON = "person"
    TERM = "gloss"
    EVENT = "event"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an index explains once: a person, a term or an event.

    `key` is what its id is made of, `also` the other names that it goes by. `dates` is what
    the editor typed: for an event a date of the Extended Date/Time Format, in the calendar
    that `calendar` names, `julian` or empty. `explained` says whether it has a body.
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

    @property
    def id(self) -> str:
        """The id that links lead to."""
        return f"{self.kind}-{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A role that names an entry, ``{person}`Serge` `` or ``{person}`he <serge>` ``."""

    kind: EntryKind
    target: str
    location: Location
    passage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """`% edition: ignore RULE, RULE -- reason`, and the lines of the block that it speaks for.

    `reason` is empty where the editor gave none; then it speaks for nothing. `first_line`
    and `last_line` count from 1, both included; they are 0 where no block follows.
    """

    location: Location
    rules: tuple[str, ...]
    reason: str = ""
    first_line: int = 0
    last_line: int = 0


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
        """Where the character at an offset of the text stands."""
        row = self.text.count("\n", 0, offset)
        start = self.text.rfind("\n", 0, offset) + 1
        place = self.places[row]
        return Location(place.path, place.line, place.column + offset - start)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackReference:
    """An `ibid.`, `op. cit.` or the like that the editor typed for a citation; `text` as typed."""

    text: str
    location: Location


class MarkFaultKind(Enum):
    """What is wrong with a quotation mark."""

    UNCLOSED = "unclosed"  # it opens a run that nothing closes
    UNOPENED = "unopened"  # it closes what nothing opened
    NESTED = "nested"  # it opens a run right within a run of the same marks

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkFault:
    """A quotation mark that has no partner, or stands within its own kind."""

    kind: MarkFaultKind
    mark: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTag:
    """Raw HTML: `text` is the tag that opens it."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """A file that a directive (`include`, `literalinclude`) reads in; `target` as typed.

    `standing` is what the loader found.
    """

    target: str
    directive: str
    location: Location
    standing: Standing = Standing.PRESENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a source shows; `target` as typed.

    `alternative` is the text that stands for it where it is not seen: None where none is given,
    empty where the editor says that there is nothing to tell. `standing` is what the loader found.
    """

    target: str
    alternative: str | None
    location: Location
    standing: Standing = Standing.PRESENT


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageMark:
    """The language that words are marked with; `kept` is whether the outputs will have it."""

    tag: str
    location: Location
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A heading, as a number of words."""

    words: int
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All that the checks need to know of one source file.

    `targets` are the ids, besides anchors, that links find from everywhere: of equations and
    terms; `headings` those that its headings have for links from within and for links that
    name the document. `toctree` lists the documents that it puts in order below itself, as
    typed.
    """

    path: str
    anchors: tuple[Anchor, ...] = ()
    citations: tuple[Citation, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    passages: tuple[Passage, ...] = ()
    targets: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
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
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a BibTeX entry, as typed (without its outer braces), with its place.

    `location` is the place of the field's name.
    """

    name: str
    value: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work of the bibliography.

    `fields` are the entry's own, by lower-case name. `inherited` are those that the
    `crossref` parent lends it, under the child's names (`title` becomes `booktitle`),
    with the parent's places.
    """

    key: str
    type: str
    location: Location
    fields: Mapping[str, Field] = field(default_factory=dict)
    inherited: Mapping[str, Field] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        """The value of a field, its own or inherited; None where there is none."""
        found = self.field(name)
        return found.value if found else None

    def field(self, name: str) -> Field | None:
        """The field of that name, its own before an inherited one."""
        return self.fields.get(name) or self.inherited.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """The works by key, in the order of the files, and what was wrong with the files."""

    works: Mapping[str, Work] = field(default_factory=dict)
    paths: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


Known = tuple[str, str, str]
"""What a finding is known by: its path, its rule, its message without places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """How often each known finding stood in the text; `path` is the baseline's own file."""

    path: str
    counts: Mapping[Known, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A passage of a text that lacks `sentences` of those that its fingerprints tell."""

    passage: str
    location: Location
    sentences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessText:
    """The text of a witness, imported beside the edition and never published with it."""

    siglum: str
    document: Document
    deviations: tuple[Deviation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition: its documents in reading order, its bibliography, its published anchors.

    Reading order is that of the tables of contents, from the first document down; what no
    table of contents names comes last, by path. `baseline` lists the findings that are known.
    `lock` is None where no anchor was published yet; `uncitable` are the paths of documents
    whose anchors promise nothing, such as a manual's. `elsewhere` are the ids that stand in
    pages that the build reads and the checker does not. `texts` are those of witnesses that
    were imported beside it.
    """

    documents: tuple[Document, ...]
    bibliography: Bibliography
    baseline: Baseline | None = None
    lock: Lock | None = None
    uncitable: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    texts: tuple[WitnessText, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation, those of quotations included, in source order."""
        return tuple(c for d in self.documents for c in d.citations)

    @property
    def quotations(self) -> tuple[Quotation, ...]:
        """Every quotation in source order."""
        return tuple(q for d in self.documents for q in d.quotations)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of an index in source order."""
        return tuple(e for d in self.documents for e in d.entries)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every role that names an entry, in source order."""
        return tuple(m for d in self.documents for m in d.mentions)

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Every anchor in source order."""
        return tuple(a for d in self.documents for a in d.anchors)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage in source order."""
        return tuple(p for d in self.documents for p in d.passages)
