"""What a document holds, added block by block as the reader meets it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from edition.model import (
    Anchor,
    AnchorKind,
    BackReference,
    Citation,
    Document,
    Entry,
    Ignore,
    Inclusion,
    LanguageMark,
    Mention,
    NamedUse,
    Passage,
    Picture,
    Prose,
    Quotation,
    RawTag,
    Reference,
    Title,
)
from edition.model.diagnostic import Finding, Location
from edition.myst.positions import PlacedText, SourceText
from edition.myst.quotation_marks import Pairing

# Stands for the citations of a role that cannot be read; that finding says enough.
BROKEN = -1
# Stands for the citation in whose place an `ibid.` or the like was typed.
BY_HAND = -2
# From here down, each stands for a reference typed by hand, in the builder's `typed`.
TYPED = -3

# A file's path and the target of its directive -> the path and the text of what is included.
Include = Callable[[str, str], tuple[str, str] | None]

_FLAGS = frozenset({"orphan", "numbered", "lists_uncited"})
# Where a passage begins with a directive: its name and its options.
_HEADS = re.compile(r"\A(?:\s*(?::{3,}|`{3,})\{.*\n(?:[ \t]*:[\w-]+:.*\n)*)+")
RESTRUCTURED = ".rst"
_NEXT_BLOCK = re.compile(r"\n\s*(?:\n|:{3,}|`{3,}|>)")
# Of a role that names a person, a term or an event, or notes a reading, the words are the text's.
_NAMED = re.compile(
    r"\{(?:person|gloss|event|sic|lem|supplied)\}`+([^`<]+?)\s*(?:<[^`<>]*>)?`+", re.IGNORECASE
)
_NO_WORDS = re.compile(r"\{[\w:+-]+\}`+[^`]*`+|\[\^[^\]\s]+\]|^[ \t]*(?:%|:::|```)[^\n]*\n?", re.M)
_LINKED = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\n]*\)|\{[^{}\n]*\})")
_MARKUP = re.compile(r"[*_`]|^#+\s*|^[ \t]*(?:[-+]|\d+[.)])[ \t]+", re.M)


@dataclass(slots=True)
class QuotationDraft:
    """A quotation whose citations are not settled; `citations` are indices into the builder's.

    Of a displayed one, `inside` are the paragraphs within it, `below` the reference that
    stands alone right after it, `above` the paragraph that introduces it with a colon.
    """

    quotation: Quotation
    citations: list[int] = field(default_factory=list)
    inside: tuple[Paragraph, ...] = ()
    below: Paragraph | None = None
    above: Paragraph | None = None


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a cell of a table, whose quotations wait for the footnotes to be known.

    `references` are the spans of citation roles, with the indices of their citations, and of
    footnote marks, with their labels. `previous` is the paragraph right before it, `above` the
    one that introduces the list it stands in, `row` the cells of its row. `named` are the
    spans with an anchor that begin with a quotation mark, `back` those of `ibid.` and the like.
    """

    text: PlacedText
    prose: str
    references: list[tuple[int, int, list[int] | str]]
    passage: str | None
    marks: Pairing
    quotes: bool
    previous: Paragraph | None = None
    above: Paragraph | None = None
    row: tuple[Paragraph, ...] = ()
    back: tuple[tuple[int, int], ...] = ()
    named: tuple[tuple[int, int, str], ...] = ()

    def anchor_of_span(self, start: int, end: int) -> tuple[str, int] | None:
        """Return the anchor and the beginning of the span, `[“…”]{#q7}`, around a quotation."""
        for first, last, name in self.named:
            if first < start and end <= last:
                return name, first + 1
        return None


class Note(NamedTuple):
    """What a footnote holds: from where to where in the builder's lists."""

    citations: range
    paragraphs: range
    drafts: range


class DocumentBuilder:
    """What has been read of one document; each list has the name of a field of `Document`.

    `passage` is the passage that surrounds the current block, `pending` the anchors that
    wait for the block they stand before, `group` counts the citation roles. Where `enclosed`
    is set, in a passage's directive or in a note, an anchor begins no passage of its own.
    `texts` are the pieces of each passage's text; what stands `aside`, in a note or an
    editor's commentary, is none.
    """

    def __init__(
        self,
        source: SourceText,
        extensions: frozenset[str],
        inline_words: int,
        include: Include | None = None,
        substitutions: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.source = source
        self.path = source.path
        self.extensions = extensions
        self.inline_words = inline_words
        self.include = include
        self.included: list[str] = []
        self.open_files = [source.path]
        self.substitutions = substitutions
        self.names = set(substitutions)
        self.orphan = self.numbered = self.lists_uncited = False
        self.restructured = source.path.endswith(RESTRUCTURED)
        self.defined_roles: set[str] = set()
        self.highlight = ""  # the language of code that names none
        self.substituted: dict[str, list[int]] = {}
        self.environment: dict[str, object] = {}
        self.anchors: list[Anchor] = []
        self.citations: list[Citation] = []
        self.passages: list[Passage] = []
        self.targets: list[str] = []
        self.headings: dict[str, int] = {}
        self.untitled: list[str] = []
        self.references: list[Reference] = []
        self.back_references: list[BackReference] = []
        self.entries: list[Entry] = []
        self.mentions: list[Mention] = []
        self.ignores: list[Ignore] = []
        self.prose: list[Prose] = []
        self.raw_tags: list[RawTag] = []
        self.inclusions: list[Inclusion] = []
        self.pictures: list[Picture] = []
        self.languages: list[LanguageMark] = []
        self.titles: list[Title] = []
        self.toctree: list[str] = []
        self.unregistered: list[NamedUse] = []
        self.bibliographies: list[str] = []
        self.problems: list[Finding] = []
        self.refused: list[Finding] = []
        self.drafts: list[QuotationDraft] = []
        self.paragraphs: list[Paragraph] = []
        self.notes: dict[str, Note] = {}
        self.note_places: list[tuple[str, Location]] = []
        self.typed: list[BackReference] = []
        self.passage: str | None = None
        self.enclosed = False
        self.aside = False
        self.texts: dict[str, list[str]] = {}
        self.pending: list[tuple[str, Location]] = []
        self.group = 0

    def anchor(
        self, kind: AnchorKind, content: str, quoted: str = "", *, titled: bool = True
    ) -> None:
        """Give the pending anchors to the block that begins here; `content` is its text.

        `quoted` is the text of a quotation, to which its anchor will be held; `titled` says
        whether a link to the block takes its words from there.
        """
        if not self.pending:
            return
        if not titled:
            self.untitled += [ident for ident, _place in self.pending]
        opening = opening_words(content)
        if kind is AnchorKind.PASSAGE:
            if self.enclosed:
                kind = AnchorKind.BLOCK
            else:
                self.passage, place = self.pending[-1]
                self.passages.append(Passage(id=self.passage, location=place, opening=opening))
        first = self.pending[-1][0]
        for ident, place in self.pending:
            self.anchors.append(
                Anchor(
                    id=ident,
                    kind=kind,
                    location=place,
                    opening=opening,
                    passage=self.passage,
                    text=quoted,
                    alias_of=first if ident != first else None,
                )
            )
        self.pending.clear()

    def label(self, name: str, place: Location) -> None:
        """Add the name by which an equation is found; the build keeps one of a name."""
        if f"eq:{name}" in self.targets:
            message = f"the label “{name}” already stands above"
            hint = "Give this equation a label of its own."
            self.problems.append(Finding(place, message, hint, rule="duplicate-anchor"))
        self.targets.append(f"eq:{name}")

    def add_typed(self, reference: BackReference) -> int:
        """Keep a reference typed by hand; return the number that stands for it."""
        self.typed.append(reference)
        return TYPED - len(self.typed) + 1

    def typed_reference(self, index: int) -> BackReference | None:
        """Return the reference typed by hand that a number stands for."""
        return self.typed[TYPED - index] if index <= TYPED else None

    def document(self) -> Document:
        """Return the document, without its quotations and what depends on them."""
        unbound = {"path", "anchors", "citations", "quotations", "mark_faults", *_FLAGS}
        lists: dict[str, Any] = {
            f.name: tuple(getattr(self, f.name)) for f in fields(Document) if f.name not in unbound
        }
        anchors = self._anchors_with_text()
        flags = {name: getattr(self, name) for name in _FLAGS}
        return Document(path=self.path, anchors=anchors, **flags, **lists)

    def _anchors_with_text(self) -> tuple[Anchor, ...]:
        """Return the anchors, those of passages with the passages' texts."""
        whole = {ident: "\n\n".join(pieces) for ident, pieces in self.texts.items()}
        return tuple(
            replace(anchor, text=whole.get(anchor.passage or "", ""))
            if anchor.kind is AnchorKind.PASSAGE
            else anchor
            for anchor in self.anchors
        )

    def end(self) -> None:
        """Add the anchors after which no block came."""
        self.anchor(AnchorKind.BLOCK, "")


def opening_words(content: str) -> str:
    """Return the first five words of a block, without roles, emphasis and what stands below it."""
    start = _HEADS.sub("", content[:400]).lstrip()
    first = _NEXT_BLOCK.split(start, maxsplit=1)[0]
    plain = _plain(first) or _plain(start)
    return " ".join(plain[:5])


def _plain(text: str) -> list[str]:
    return _MARKUP.sub("", _LINKED.sub(r"\1", _NO_WORDS.sub(" ", _NAMED.sub(r"\1", text)))).split()
