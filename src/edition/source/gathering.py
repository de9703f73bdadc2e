"""What a document holds, gathered block by block, and bound together at its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from edition.diagnostic import Diagnostic, Location
from edition.model import (
    Anchor,
    AnchorKind,
    Citation,
    Document,
    Passage,
    Quotation,
    QuotationForm,
    Reference,
)
from edition.source.place import PlacedText, SourceText
from edition.source.quoting import (
    BLOT,
    Quoted,
    ReferenceSpan,
    bind,
    is_headline,
    words,
)


_NEXT_BLOCK = re.compile(r"\n\s*(?:\n|:{3,}|`{3,}|>)")


@dataclass(slots=True)
class QuotationDraft:
    """A quotation in the making; `citations` are indices into the gathering's."""

    form: QuotationForm
    location: Location
    id: str | None = None
    text: str | None = None
    opening: str = ""
    closing: str = ""
    speaker: str | None = None
    passage: str | None = None
    citations: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Paragraph:
    """A paragraph whose quotations wait for the footnotes to be known."""

    text: PlacedText
    prose: str
    references: list[tuple[int, int, list[int] | str]]
    passage: str | None
    quoted: list[Quoted]
    displayed: QuotationDraft | None = None


class Gathering:
    """The mutable side of reading one document.

    `passage` is the passage that surrounds the current block, `pending` the anchors that
    wait for the block they stand before, `group` counts the citation roles.
    """

    def __init__(self, source: SourceText, extensions: frozenset[str], inline_words: int) -> None:
        self.source = source
        self.extensions = extensions
        self.inline_words = inline_words
        self.anchors: list[Anchor] = []
        self.citations: list[Citation] = []
        self.passages: list[Passage] = []
        self.references: list[Reference] = []
        self.toctree: list[str] = []
        self.problems: list[Diagnostic] = []
        self.drafts: list[QuotationDraft] = []
        self.paragraphs: list[Paragraph] = []
        self.footnotes: dict[str, list[int]] = {}
        self.passage: str | None = None
        self.pending: list[tuple[str, Location]] = []
        self.group = 0

    def anchor(self, kind: AnchorKind, content: str) -> None:
        """Give the waiting anchors to the block that begins here; `content` is its text."""
        if not self.pending:
            return
        opening = opening_words(content)
        if kind is AnchorKind.PASSAGE:
            self.passage, place = self.pending[-1]
            self.passages.append(Passage(id=self.passage, location=place, opening=opening))
        for ident, place in self.pending:
            self.anchors.append(
                Anchor(id=ident, kind=kind, location=place, opening=opening, passage=self.passage)
            )
        self.pending.clear()

    def document(self) -> Document:
        """What was gathered, with quotations bound to their citations."""
        for ident, place in self.pending:
            self.anchors.append(Anchor(id=ident, kind=AnchorKind.BLOCK, location=place))
        for paragraph in self.paragraphs:
            self._bind(paragraph)
        quotation_of: dict[int, str] = {}
        for draft in self.drafts:
            for index in draft.citations:
                if draft.id is not None:
                    quotation_of.setdefault(index, draft.id)
        citations = tuple(
            replace(c, quotation=quotation_of.get(i)) for i, c in enumerate(self.citations)
        )
        quotations = tuple(
            Quotation(
                form=d.form,
                location=d.location,
                id=d.id,
                text=d.text,
                opening=d.opening,
                closing=d.closing,
                speaker=d.speaker,
                passage=d.passage,
                citations=tuple(citations[i] for i in d.citations),
            )
            for d in sorted(self.drafts, key=lambda d: d.location)
        )
        return Document(
            path=self.source.path,
            anchors=tuple(self.anchors),
            citations=citations,
            quotations=quotations,
            passages=tuple(self.passages),
            references=tuple(self.references),
            toctree=tuple(self.toctree),
            problems=tuple(self.problems),
        )

    def _bind(self, paragraph: Paragraph) -> None:
        references = [
            ReferenceSpan(
                start, end, tuple(self.footnotes.get(held, ()) if isinstance(held, str) else held)
            )
            for start, end, held in paragraph.references
        ]
        if paragraph.displayed is not None:
            paragraph.displayed.citations += [i for r in references for i in r.citations]
        taken = bind(paragraph.prose, paragraph.quoted, references)
        for span, indices in zip(paragraph.quoted, taken, strict=True):
            inner = span.inner(paragraph.text.content)
            if is_headline(inner) or not self._is_quotation(span, paragraph, references):
                continue
            self.drafts.append(
                QuotationDraft(
                    QuotationForm.INLINE,
                    paragraph.text.location(span.start),
                    text=inner,
                    passage=paragraph.passage,
                    citations=list(indices),
                )
            )

    def _is_quotation(
        self, span: Quoted, paragraph: Paragraph, references: Sequence[ReferenceSpan]
    ) -> bool:
        """Long enough to want a reference, or short with a located one right behind it."""
        prose = span.inner(paragraph.prose).replace(BLOT, " ")
        if len(words(prose)) >= self.inline_words:
            return True
        return any(
            self.citations[i].locator
            for r in references
            if r.start >= span.end and _beside(paragraph.prose, span.end, r.start)
            for i in r.citations
        )


def _beside(prose: str, start: int, end: int) -> bool:
    return not prose[start:end].strip(" \n,.;:()[]…")


def opening_words(content: str) -> str:
    """The first five words of a block, without roles, emphasis and what stands below it."""
    first = _NEXT_BLOCK.split(content[:600].lstrip(), maxsplit=1)[0]
    plain = re.sub(r"[*_`]|^#+\s*", "", re.sub(r"\{[\w:+-]+\}`+[^`]*`+", " ", first))
    return " ".join(plain.split()[:5])
