"""Builder → `Document`: quotations bound to their citations, footnotes resolved."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from edition.model import BackReference, Document, Quotation, QuotationForm
from edition.model.diagnostic import Location
from edition.myst.builder import (
    BROKEN,
    BY_HAND,
    DocumentBuilder,
    Paragraph,
    QuotationDraft,
)
from edition.myst.continued_quotations import is_continued, spans_over_lists
from edition.myst.faults import back_references, footnote_faults, mark_faults
from edition.myst.hand_typed import is_typed_reference
from edition.myst.inline_quotations import (
    Bound,
    ReferenceSpan,
    bind,
    is_narrative,
    links_outwards,
    nothing_between,
    only_brackets_between,
    prefer_located,
)
from edition.myst.plain_words import plain_words
from edition.myst.quotation_marks import Quoted, typed_start
from edition.myst.quoted_speech import is_quoted_speech, is_title, word_count, words
from edition.myst.references import References

# A paragraph with no more words than these beside its citations is a line of references.
_REFERENCE_LINE_WORDS = 6

# A line after a dash with more words is speech, not an attribution.
_ATTRIBUTION_WORDS = 12

_EMPHASIS = "*_ "
_ATTRIBUTION = re.compile(r"^[ \t]*(?:--|—|–|―)", re.MULTILINE)


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
        self.following: dict[int, Paragraph] = {}
        self.references = References(builder, self.citations)
        # Marks that open and close a quotation over a list, by paragraph and offset.
        self.spanning: set[tuple[int, int]] = set()

    def document(self) -> Document:
        builder = self.builder
        self._place_notes()
        for draft in builder.drafts:
            self._bind_displayed(draft)
        for paragraph in builder.paragraphs:
            if paragraph.previous is not None:
                self.following[id(paragraph.previous)] = paragraph
            if paragraph.previous is not None and is_continued(paragraph.previous, paragraph):
                self.continued[id(paragraph.previous)] = paragraph
        carried: dict[int, tuple[Location, str]] = {}
        for paragraph in builder.paragraphs:
            if paragraph.quotes and (paragraph.marks.quoted or id(paragraph) in self.continued):
                self._bind_inline(paragraph, carried)
        self._bind_spans()
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
                plain=d.quotation.text and plain_words(d.quotation.text, builder.extensions),
                citations=tuple(citations[i] for i in d.citations if i >= 0),
                by_hand=bool(d.citations) and all(i <= BY_HAND for i in d.citations),
                typed=next(filter(None, map(builder.typed_reference, d.citations)), None),
            )
            for d in sorted(self.drafts, key=lambda d: d.quotation.location)
            if BROKEN not in d.citations
        )
        builder.problems += footnote_faults(builder)
        return replace(
            builder.document(),
            citations=citations,
            quotations=tuple(quotations),
            back_references=tuple(back_references(builder)),
            mark_faults=tuple(mark_faults(builder, self.continued, self.spanning)),
        )

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

    # -- displayed quotations -------------------------------------------------------------

    def _bind_displayed(self, draft: QuotationDraft) -> None:
        found = list(self._citations_inside(draft.inside))
        if draft.below is not None:
            references = self.references.of(draft.below)
            alone = not words(draft.below.prose)
            wanted = alone or not (found or draft.citations)
            if wanted and is_reference_line(draft.below):
                found += prefer_located(references)
        if draft.above is not None and not (found or draft.citations):
            found += self._introducing(draft.above)
        if not (found or draft.citations) and draft.inside:
            found += self._typed_attribution(draft.inside[-1])
        draft.citations += [i for i in dict.fromkeys(found) if i not in draft.citations]

    def _typed_attribution(self, paragraph: Paragraph) -> Iterator[int]:
        """Yield the number of an attribution that names its source in plain words."""
        content = paragraph.text.content
        start = content.rfind("\n") + 1
        found = _ATTRIBUTION.match(content, start)
        if found is None or (start and _ATTRIBUTION.match(content)):
            return  # none, or the lines of a dialogue
        typed = content[found.end() :].strip()
        if len(words(typed)) <= _ATTRIBUTION_WORDS and is_typed_reference(typed):
            place = paragraph.text.location(content.find(typed, found.end()))
            yield self.builder.add_typed(BackReference(text=typed, location=place))

    def _citations_inside(self, inside: Sequence[Paragraph]) -> Iterator[int]:
        """Yield the references that close a displayed quotation's paragraphs; else the last."""
        last: tuple[int, ...] = ()
        closing: list[int] = []
        for paragraph in inside:
            references = [r for r in self.references.of(paragraph) if r.citations]
            if not references:
                continue
            last = prefer_located(_closing_references(paragraph, references))
            rest = paragraph.prose[references[-1].end :]
            if not words(rest) or is_reference_line(paragraph):
                closing += last
        yield from closing or last

    # -- quotations in quotation marks ----------------------------------------------------

    def _bind_inline(self, paragraph: Paragraph, carried: dict[int, tuple[Location, str]]) -> None:
        references = self.references.of(paragraph)
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
            citations = (
                bound.citations
                or self._citations_around(paragraph)
                or self._citations_below(paragraph, bound)
            )
            ident = named[0] if named else None
            self._add_inline(place, inner, paragraph.passage, citations, ident)

    def _add_inline(
        self,
        place: Location,
        text: str,
        passage: str | None,
        citations: Sequence[int],
        ident: str | None = None,
    ) -> None:
        form = QuotationForm.INLINE
        quoted = Quotation(form=form, location=place, id=ident, text=text, passage=passage)
        self.drafts.append(QuotationDraft(quoted, citations=list(citations)))

    def _bind_spans(self) -> None:
        """Add the quotations that run over lists; their marks are no faults."""
        for span in spans_over_lists(self.builder.paragraphs):
            self.spanning |= {(id(span.first), span.start), (id(span.last), span.end)}
            references = self.references.of(span.last)
            run = Quoted(max(span.end - 1, 0), span.end + 1)
            [bound] = bind(span.last.prose, [run], references)
            citations = bound.citations or self._introducing(span.first)
            place = span.first.text.location(span.start)
            self._add_inline(place, span.text(), span.first.passage, citations)

    def _is_quotation(
        self,
        bound: Bound,
        paragraph: Paragraph,
        references: Sequence[ReferenceSpan],
        begins: Sequence[int],
    ) -> bool:
        """Return True if it is long enough to want a reference, or has one right behind it."""
        prose, start, end = paragraph.prose, bound.runs[0].start, bound.runs[-1].end
        if not bound.citations and links_outwards(paragraph.text.content, start, end):
            return False
        inner = [run.inner(prose) for run in bound.runs]
        before, whole = prose[max(start - 60, 0) : start], " ".join(inner)
        if is_title(whole, before, prose[start], prose[end : end + 12]):
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
            if located := [r for r in self.references.of(cell) if r.located]:
                return located[0].citations
        if paragraph.above is not None:
            return self._introducing(paragraph.above)
        return ()

    def _citations_below(self, paragraph: Paragraph, bound: Bound) -> tuple[int, ...]:
        """Return the citations that alone are the next paragraph, if the quotation ends its own."""
        below = self.following.get(id(paragraph))
        if below is None or words(paragraph.prose[bound.runs[-1].end :]) or words(below.prose):
            return ()
        return prefer_located(self.references.of(below)) if is_reference_line(below) else ()

    def _introducing(self, paragraph: Paragraph) -> tuple[int, ...]:
        """Return the reference of the sentence that introduces a quotation with a colon."""
        references = self.references.of(paragraph)
        if not references or not references[-1].located:
            return ()
        last, prose = references[-1], paragraph.prose
        if words(prose[last.end :]) and not is_narrative(prose, last):
            return ()  # what it cites stands before it
        return last.citations


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
