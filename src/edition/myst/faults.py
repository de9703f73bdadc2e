"""What is wrong in a document that is read: lone marks, `ibid.`, footnotes without their marks."""

from collections.abc import Container, Iterator

from edition.model import BackReference, MarkFault, MarkFaultKind
from edition.model.diagnostic import Finding
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


def footnote_faults(builder: DocumentBuilder) -> Iterator[Finding]:
    """Yield the marks without a note, the notes without a mark, and second notes of one mark."""
    used = set()
    known = {label for label, _place in builder.note_places}
    for paragraph in builder.paragraphs:
        for start, _end, label in paragraph.references:
            if not isinstance(label, str):
                continue
            used.add(label)
            if label not in known:
                yield Finding(
                    rule="dangling-reference",
                    location=paragraph.text.location(start),
                    message=f"there is no footnote “{label}”, so its mark leads nowhere",
                    hint=f"Write the note, `[^{label}]: …`, or take the mark out.",
                )
    first: dict[str, str] = {}
    for label, place in builder.note_places:
        known_at = first.setdefault(label.casefold(), str(place))
        if known_at != str(place):
            message = f"the footnote “{label}” already stands at {known_at}; this one is lost"
            hint = "Give this note a label of its own, and its mark too."
            yield Finding(place, message, hint, rule="duplicate-anchor")
        elif label not in used and not _is_marked(builder, label):
            message = f"no mark leads to the footnote “{label}”, so it is lost"
            hint = f"Put its mark, `[^{label}]`, into the text, or take the note out."
            yield Finding(place, message, hint, rule="dangling-reference")


def repeated_definitions(builder: DocumentBuilder) -> Iterator[Finding]:
    """Yield the second definitions, `[name]: address`, of one name for links."""
    repeated = builder.environment.get("duplicate_refs")
    for found in repeated if isinstance(repeated, list) else ():
        name = " ".join(str(found["label"]).split()).casefold()
        lines = [
            number
            for number, line in enumerate(builder.source.lines)
            if line.casefold().lstrip(" >").startswith(f"[{name}]:")
        ]
        for number in lines[1:]:
            yield Finding(
                builder.source.location(number),
                f"the address “{name}” is defined a second time, and this one is dropped",
                "Take one of the two out.",
            )


def _is_marked(builder: DocumentBuilder, label: str) -> bool:
    """Return True if a mark is typed where no paragraph was read, as in a caption."""
    mark, lines = f"[^{label}]".casefold(), builder.source.lines
    return any(line.casefold().replace(f"{mark}:", "").count(mark) for line in lines)
