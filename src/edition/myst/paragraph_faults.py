"""What is wrong in paragraphs when their quotations are bound: lone marks, and `ibid.`."""

from collections.abc import Container, Iterator

from edition.model import BackReference, MarkFault, MarkFaultKind
from edition.myst.builder import DocumentBuilder


def back_references(builder: DocumentBuilder) -> Iterator[BackReference]:
    """Yield each `ibid.` of the editor; those within quotations are the quoted author’s."""
    yield from builder.back_references
    quoted = {
        id(paragraph)
        for draft in builder.drafts
        if any(i >= 0 for i in draft.citations)
        for paragraph in draft.inside
    }
    for paragraph in builder.paragraphs:
        for start, end in paragraph.back if id(paragraph) not in quoted else ():
            yield BackReference(
                text=" ".join(paragraph.prose[start:end].split()),
                location=paragraph.text.location(start),
            )


def mark_faults(
    builder: DocumentBuilder, continued: Container[int], spanning: Container[tuple[int, int]]
) -> Iterator[MarkFault]:
    """Yield the quotation marks without a partner, or within marks of their kind.

    `continued` are the paragraphs whose quotation the next one reopens, `spanning` the marks
    around a list.
    """
    for paragraph in builder.paragraphs:
        marks = paragraph.marks
        unclosed = marks.unclosed[1:] if id(paragraph) in continued else marks.unclosed
        for kind, offsets in (
            (MarkFaultKind.UNCLOSED, unclosed),
            (MarkFaultKind.UNOPENED, marks.unopened),
            (MarkFaultKind.NESTED, marks.nested),
        ):
            for at in offsets:
                if (id(paragraph), at) not in spanning:
                    mark, place = paragraph.prose[at], paragraph.text.location(at)
                    yield MarkFault(kind=kind, mark=mark, location=place)
