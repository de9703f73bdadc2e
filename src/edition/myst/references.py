"""The references of a paragraph: its citations, its footnotes, and what is typed by hand."""

from collections.abc import Iterator, Sequence

from edition.model import BackReference, Citation
from edition.myst.builder import TYPED, DocumentBuilder, Note, Paragraph
from edition.myst.hand_typed import is_typed_reference
from edition.myst.inline_quotations import ReferenceSpan

# Roles whose words are part of the sentence.
_NARRATIVE = (":t", ":ts", ":author", "quotation")


class References:
    """Finds the references of paragraphs, when all footnotes are known."""

    def __init__(self, builder: DocumentBuilder, citations: Sequence[Citation]) -> None:
        self.builder = builder
        self.citations = citations
        self.typed_notes: dict[int, int] = {}

    def of(self, paragraph: Paragraph) -> list[ReferenceSpan]:
        """Return the references of a paragraph, those of its footnotes included."""
        return [self._reference_span(*reference) for reference in paragraph.references]

    def _reference_span(self, start: int, end: int, held: list[int] | str) -> ReferenceSpan:
        if isinstance(held, str):
            return ReferenceSpan(start, end, *self._note_citations(held))
        located = any(self.located(i) for i in held)
        narrative = all(i >= 0 and self.citations[i].role.endswith(_NARRATIVE) for i in held)
        return ReferenceSpan(start, end, tuple(held), located, narrative)

    def _note_citations(self, label: str) -> tuple[tuple[int, ...], bool]:
        """Return the citations of a footnote that count: the located ones; else the first."""
        note = self.builder.notes.get(label)
        citations = tuple(note.citations) if note else ()
        located = tuple(i for i in citations if self.located(i))
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
                    yield from (i for i in held if TYPED < i < 0)

    def located(self, index: int) -> bool:
        """Return True if a citation has a locator, or was typed by hand."""
        return index < 0 or bool(self.citations[index].locator)
