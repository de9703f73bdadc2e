"""Builder → `Document`: quotations bound to their citations, footnotes resolved."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.model import (
    BackReference,
    Document,
    MarkFault,
    MarkFaultKind,
    Quotation,
    QuotationForm,
)
from edition.model.diagnostic import Location
from edition.myst.builder import BROKEN, BY_HAND, DocumentBuilder, Note, Paragraph, QuotationDraft
from edition.myst.hand_typed import is_typed_reference
from edition.myst.inline_quotations import (
    Bound,
    ReferenceSpan,
    bind,
    is_narrative,
    is_quoted_speech,
    is_title,
    nothing_between,
    only_brackets_between,
    prefer_located,
    word_count,
    words,
)
from edition.myst.plain_words import plain_words
from edition.myst.quotation_marks import Quoted, typed_start

# A paragraph with no more words than these beside its citations is a line of references.
_REFERENCE_LINE_WORDS = 6

_NARRATIVE = (":t", ":ts", ":author", "quotation")
_EMPHASIS = "*_ "
_ATTRIBUTION = re.compile(r"^[ \t]*(?:--|—|–)", re.MULTILINE)


def build_document(builder: DocumentBuilder) -> Document:
    """Return the document that a builder holds, its quotations bound."""
    return _Binding(builder).document()


class _Binding:
    def __init__(self, builder: DocumentBuilder) -> None:
        self.builder = builder
        self.citations = list(builder.citations)
        self.drafts = list(builder.drafts)
        # Paragraphs of a quotation in quotation marks that goes on in the next one.
        self.continued: dict[int, Paragraph] = {}
        self.typed_notes: dict[int, int] = {}

    def document(self) -> Document:
        builder = self.builder
        self._place_notes()
        for draft in builder.drafts:
            self._bind_displayed(draft)
        for paragraph in builder.paragraphs:
            if paragraph.previous is not None and _is_continued(paragraph.previous, paragraph):
                self.continued[id(paragraph.previous)] = paragraph
        carried: dict[int, tuple[Location, str]] = {}
        for paragraph in builder.paragraphs:
            if paragraph.quotes and (paragraph.marks.quoted or id(paragraph) in self.continued):
                self._bind_inline(paragraph, carried)
        quotation_of: dict[int, str] = {}
        for draft in self.drafts:
            for index in draft.citations:
                if draft.quotation.id is not None:
                    quotation_of.setdefault(index, draft.quotation.id)
        citations = tuple(
            replace(c, quotation=quotation_of[i]) if i in quotation_of else c
            for i, c in enumerate(self.citations)
        )
        quotations = (
            replace(
                d.quotation,
                plain=self._plain(d.quotation.text),
                citations=tuple(citations[i] for i in d.citations if i >= 0),
                by_hand=bool(d.citations) and all(i <= BY_HAND for i in d.citations),
                typed=next(filter(None, map(builder.typed_reference, d.citations)), None),
            )
            for d in sorted(self.drafts, key=lambda d: d.quotation.location)
            if BROKEN not in d.citations
        )
        return replace(
            builder.document(),
            citations=citations,
            quotations=tuple(quotations),
            back_references=tuple(self._back_references()),
            mark_faults=tuple(self._mark_faults()),
        )

    def _plain(self, text: str | None) -> str | None:
        return None if text is None else plain_words(text, self.builder.extensions)

    def _place_notes(self) -> None:
        """Give each footnote the passage that first refers to it."""
        builder, passages = self.builder, dict[str, str | None]()
        for paragraph in builder.paragraphs:
            for _start, _end, held in paragraph.references:
                if isinstance(held, str):
                    passages.setdefault(held, paragraph.passage)
        for label, note in builder.notes.items():
            passage = passages.get(label)
            for i in note.citations:
                self.citations[i] = replace(self.citations[i], passage=passage)
            for i in note.paragraphs:
                builder.paragraphs[i].passage = passage
            for i in note.drafts:
                draft = builder.drafts[i]
                draft.quotation = replace(draft.quotation, passage=passage)

    # -- references -----------------------------------------------------------------------

    def _references(self, paragraph: Paragraph) -> list[ReferenceSpan]:
        return [self._reference_span(*reference) for reference in paragraph.references]

    def _reference_span(self, start: int, end: int, held: list[int] | str) -> ReferenceSpan:
        if isinstance(held, str):
            return ReferenceSpan(start, end, *self._note_citations(held))
        located = any(self._located(i) for i in held)
        narrative = all(i >= 0 and self.citations[i].role.endswith(_NARRATIVE) for i in held)
        return ReferenceSpan(start, end, tuple(held), located, narrative)

    def _note_citations(self, label: str) -> tuple[tuple[int, ...], bool]:
        """Return the citations of a footnote that count: the located ones; else the first."""
        note = self.builder.notes.get(label)
        citations = tuple(note.citations) if note else ()
        located = tuple(i for i in citations if self._located(i))
        if not citations and note is not None:
            located = (*self._hand_typed_in_note(note), *self._typed_note(note))[:1]
        return located or citations[:1], bool(located)

    def _typed_note(self, note: Note) -> Iterator[int]:
        """Yield the number of a note's text, where it is a reference typed by hand."""
        for number in note.paragraphs:
            paragraph = self.builder.paragraphs[number]
            text = paragraph.text.content
            if id(paragraph) in self.typed_notes:
                yield self.typed_notes[id(paragraph)]
            elif is_typed_reference(text):
                place = paragraph.text.location(0)
                reference = BackReference(text=" ".join(text.split()), location=place)
                self.typed_notes[id(paragraph)] = index = self.builder.add_typed(reference)
                yield index

    def _hand_typed_in_note(self, note: Note) -> Iterator[int]:
        """Yield the marks of a footnote for citations that are unreadable or typed by hand."""
        for number in note.paragraphs:
            for _start, _end, held in self.builder.paragraphs[number].references:
                if not isinstance(held, str):
                    yield from (i for i in held if i < 0)

    def _located(self, index: int) -> bool:
        return index < 0 or bool(self.citations[index].locator)

    # -- displayed quotations -------------------------------------------------------------

    def _bind_displayed(self, draft: QuotationDraft) -> None:
        if draft.quotation.form is QuotationForm.INLINE:
            return
        found = list(self._citations_inside(draft.inside))
        if draft.below is not None:
            references = self._references(draft.below)
            alone = not words(draft.below.prose)
            wanted = alone or not (found or draft.citations)
            if wanted and is_reference_line(draft.below):
                found += prefer_located(references)
        if draft.above is not None and not (found or draft.citations):
            found += self._introducing(draft.above)
        draft.citations += [i for i in dict.fromkeys(found) if i not in draft.citations]

    def _citations_inside(self, inside: Sequence[Paragraph]) -> Iterator[int]:
        """Yield the references that close a displayed quotation's paragraphs; else the last."""
        last: tuple[int, ...] = ()
        closing: list[int] = []
        for paragraph in inside:
            references = [r for r in self._references(paragraph) if r.citations]
            if not references:
                continue
            last = prefer_located(_closing_references(paragraph, references))
            rest = paragraph.prose[references[-1].end :]
            if not words(rest) or is_reference_line(paragraph):
                closing += last
        yield from closing or last

    # -- quotations in quotation marks ----------------------------------------------------

    def _bind_inline(self, paragraph: Paragraph, carried: dict[int, tuple[Location, str]]) -> None:
        references = self._references(paragraph)
        begun = carried.pop(id(paragraph), None)
        quoted: Sequence[Quoted] = paragraph.marks.quoted
        if (following := self.continued.get(id(paragraph))) is not None:
            start = paragraph.marks.unclosed[0]
            quoted = [q for q in quoted if q.start < start]
            place, text = begun or (paragraph.text.location(start), "")
            carried[id(following)] = place, text + paragraph.text.content[start + 1 :] + "\n\n"
            begun = None
        begins = [r.start for r in references]
        for bound in bind(paragraph.prose, quoted, references):
            content = paragraph.text.content
            inner = " ".join(
                content[run.start + 1 : typed_start(content, run.end - 1)] for run in bound.runs
            )
            place = paragraph.text.location(typed_start(content, bound.runs[0].start))
            if begun is not None and not paragraph.prose[: bound.runs[0].start].strip(_EMPHASIS):
                place, inner, begun = begun[0], begun[1] + inner, None
            elif not self._is_quotation(bound, paragraph, references, begins):
                continue
            named = paragraph.anchor_of_span(bound.runs[0].start, bound.runs[-1].end)
            if named and named[1] < bound.runs[0].start:
                # It opens twice and closes once; the anchor tells where it begins.
                inner = paragraph.text.content[named[1] + 1 : bound.runs[-1].end - 1]
            self.drafts.append(
                QuotationDraft(
                    Quotation(
                        form=QuotationForm.INLINE,
                        location=place,
                        id=named[0] if named else None,
                        text=inner,
                        passage=paragraph.passage,
                    ),
                    citations=list(bound.citations or self._citations_around(paragraph)),
                )
            )

    def _is_quotation(
        self,
        bound: Bound,
        paragraph: Paragraph,
        references: Sequence[ReferenceSpan],
        begins: Sequence[int],
    ) -> bool:
        """Return True if it is long enough to want a reference, or has one right behind it."""
        prose, start, end = paragraph.prose, bound.runs[0].start, bound.runs[-1].end
        inner = [run.inner(prose) for run in bound.runs]
        before, whole = prose[max(start - 60, 0) : start], " ".join(inner)
        if is_title(whole, before):
            return False
        if sum(word_count(run) for run in inner) >= self.builder.inline_words:
            return bool(bound.citations) or is_quoted_speech(whole, before)
        following = bisect_left(begins, end)
        return (
            following < len(references)
            and references[following].located
            and only_brackets_between(prose, end, begins[following])
        )

    def _citations_around(self, paragraph: Paragraph) -> tuple[int, ...]:
        """Return the reference in the same row of a table, or in a list's introduction."""
        for cell in paragraph.row:
            if located := [r for r in self._references(cell) if r.located]:
                return located[0].citations
        if paragraph.above is not None:
            return self._introducing(paragraph.above)
        return ()

    def _introducing(self, paragraph: Paragraph) -> tuple[int, ...]:
        """Return the reference of the sentence that introduces a quotation with a colon."""
        references = self._references(paragraph)
        if not references or not references[-1].located:
            return ()
        last, prose = references[-1], paragraph.prose
        if words(prose[last.end :]) and not is_narrative(prose, last):
            return ()  # what it cites stands before it
        return last.citations

    def _back_references(self) -> Iterator[BackReference]:
        """Yield each `ibid.` of the editor; those within quotations are the quoted author’s."""
        yield from self.builder.back_references
        quoted = {
            id(paragraph)
            for draft in self.builder.drafts
            if any(i >= 0 for i in draft.citations)
            for paragraph in draft.inside
        }
        for paragraph in self.builder.paragraphs:
            for start, end in paragraph.back if id(paragraph) not in quoted else ():
                yield BackReference(
                    text=" ".join(paragraph.prose[start:end].split()),
                    location=paragraph.text.location(start),
                )

    def _mark_faults(self) -> Iterator[MarkFault]:
        for paragraph in self.builder.paragraphs:
            marks = paragraph.marks
            unclosed = marks.unclosed[1:] if id(paragraph) in self.continued else marks.unclosed
            for kind, offsets in (
                (MarkFaultKind.UNCLOSED, unclosed),
                (MarkFaultKind.UNOPENED, marks.unopened),
                (MarkFaultKind.NESTED, marks.nested),
            ):
                for at in offsets:
                    mark, place = paragraph.prose[at], paragraph.text.location(at)
                    yield MarkFault(kind=kind, mark=mark, location=place)


def is_reference_line(paragraph: Paragraph) -> bool:
    """Return True if a paragraph holds references and next to nothing else."""
    return (
        bool(paragraph.references)
        and not paragraph.marks.quoted
        and len(words(paragraph.prose)) <= _REFERENCE_LINE_WORDS
    )


def _closing_references(
    paragraph: Paragraph, references: Sequence[ReferenceSpan]
) -> Sequence[ReferenceSpan]:
    """Return the references of a paragraph's attribution; else the last adjacent ones."""
    prose = paragraph.prose
    if is_reference_line(paragraph):
        return references
    attributions = [m.start() for m in _ATTRIBUTION.finditer(prose)]
    if attributions and references[-1].start > attributions[-1]:
        return [r for r in references if r.start > attributions[-1]]
    first = len(references) - 1
    while first and nothing_between(prose, references[first - 1].end, references[first].start):
        first -= 1
    return references[first:]


def _is_continued(previous: Paragraph, paragraph: Paragraph) -> bool:
    """Return True if a paragraph reopens the quotation that the previous one left open."""
    if not previous.marks.unclosed or paragraph.quotes is not previous.quotes:
        return False
    mark = previous.prose[previous.marks.unclosed[0]]
    return paragraph.prose.lstrip(_EMPHASIS)[:1] == mark
