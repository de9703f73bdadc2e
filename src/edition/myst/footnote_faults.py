"""Footnotes and their marks that do not find each other; the build drops the words of both."""

from collections.abc import Iterator

from edition.model.diagnostic import Finding
from edition.myst.builder import DocumentBuilder


def footnote_faults(builder: DocumentBuilder) -> Iterator[Finding]:
    """Yield the marks without a note, the notes without a mark, and second notes of one mark."""
    used = set()
    known = {label.casefold() for label, _place in builder.note_places}
    for paragraph in builder.paragraphs:
        for start, _end, label in paragraph.references:
            if not isinstance(label, str):
                continue
            used.add(label.casefold())
            if label.casefold() not in known:
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
            yield Finding(
                rule="duplicate-anchor",
                location=place,
                message=f"the footnote “{label}” already stands at {known_at}; this one is lost",
                hint="Give this note a label of its own, and its mark too.",
            )
        elif label.casefold() not in used and not _is_marked(builder, label):
            yield Finding(
                rule="dangling-reference",
                location=place,
                message=f"no mark leads to the footnote “{label}”, so it is lost",
                hint=f"Put its mark, `[^{label}]`, into the text, or take the note out.",
            )


def _is_marked(builder: DocumentBuilder, label: str) -> bool:
    """Return True if a mark is typed where no paragraph was read, as in a caption."""
    mark, lines = f"[^{label}]".casefold(), builder.source.lines
    return any(line.casefold().replace(f"{mark}:", "").count(mark) for line in lines)
