"""Quotations in quotation marks that go on beyond their paragraph."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from edition.myst.builder import Paragraph
from edition.myst.quotation_marks import is_closed_by

_EMPHASIS = "*_ "
# Paragraphs of a list within a quotation; a longer one is not looked through.
_LONGEST_LIST = 60


class Span(NamedTuple):
    """A quotation from an offset of one paragraph to one of another, `between` which a list is."""

    first: Paragraph
    start: int
    last: Paragraph
    end: int
    between: tuple[Paragraph, ...]

    def text(self) -> str:
        """Return the quoted words of all its paragraphs."""
        pieces = [self.first.text.content[self.start + 1 :]]
        pieces += [paragraph.text.content for paragraph in self.between]
        pieces.append(self.last.text.content[: self.end])
        return "\n\n".join(pieces)


def is_continued(previous: Paragraph, paragraph: Paragraph) -> bool:
    """Return True if a paragraph reopens the quotation that the previous one left open."""
    if not previous.marks.unclosed or paragraph.quotes is not previous.quotes:
        return False
    mark = previous.prose[previous.marks.unclosed[0]]
    return paragraph.prose.lstrip(_EMPHASIS)[:1] == mark


def spans_over_lists(paragraphs: Sequence[Paragraph]) -> Iterator[Span]:
    """Yield the quotations that open before a list and close in it or right behind it."""
    position = 0
    while position < len(paragraphs):
        span = _span(paragraphs, position)
        if span is None:
            position += 1
        else:
            yield span
            position += len(span.between) + 1


def _span(paragraphs: Sequence[Paragraph], position: int) -> Span | None:
    first = paragraphs[position]
    if not first.quotes or len(first.marks.unclosed) != 1:
        return None
    start = first.marks.unclosed[0]
    listed = False
    for number in range(position + 1, min(position + _LONGEST_LIST, len(paragraphs))):
        paragraph = paragraphs[number]
        if not paragraph.quotes or not (listed or paragraph.above is first):
            return None
        listed = True
        if closing := paragraph.marks.unopened:
            end = closing[0]
            if not is_closed_by(first.prose[start], paragraph.prose[end]):
                return None
            return Span(first, start, paragraph, end, tuple(paragraphs[position + 1 : number]))
        if paragraph.marks.unclosed:
            return None
    return None
