"""A quotation and its source with their differences marked, for the eye."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from edition.model.text_folding import letters_of
from edition.verify.differences import (
    LINE_END,
    Difference,
    unequal_blocks,
    word_places,
    words_in,
)


class Segment(NamedTuple):
    """A stretch of text and what it is: `changed`, `omitted`, `added`; `aside`; empty for equal.

    `aside` are words that differ and are no difference: passed over by an ellipsis, put in by
    the editor, damaged in the source.
    """

    text: str
    kind: str


def side_by_side(
    quoted: str, source: str, differences: Sequence[Difference]
) -> tuple[list[Segment], list[Segment]]:
    """Return both texts in stretches, those of the differences marked, for the eye."""
    ours, theirs = _places(quoted), _places(source)
    real = [d for d in differences if not d.damaged]
    kinds_of_ours: dict[int, str] = {}
    kinds_of_theirs: dict[int, str] = {}
    keys = [(key, "") for key, *_ in theirs], [(key, "") for key, *_ in ours]
    for low, high, first, last in unequal_blocks(*keys):
        for word in range(low, high):
            kinds_of_theirs[word] = "aside"
        for word in range(first, last):
            kinds_of_ours[word] = "aside"
        left = "".join(word for word, *_ in theirs[low:high])
        right = "".join(word for word, *_ in ours[first:last])
        while real and letters_of(real[0].source) in left and letters_of(real[0].quoted) in right:
            one = real.pop(0)
            for word in _matching(one.source, theirs, low, high):
                kinds_of_theirs[word] = one.kind
            for word in _matching(one.quoted, ours, first, last):
                kinds_of_ours[word] = one.kind
    return _stretches(quoted, ours, kinds_of_ours), _stretches(source, theirs, kinds_of_theirs)


_Placed = tuple[str, int, int]
"""A word as letters, with the places of its first character and of the one after its last."""


def _places(text: str) -> list[_Placed]:
    return word_places(LINE_END.sub(lambda m: "\0" * len(m[0]), text))


def _matching(text: str, words: list[_Placed], low: int, high: int) -> list[int]:
    """Return the words of a block that a difference names, in their order."""
    wanted = [key for key, _ in words_in(text)]
    found = []
    for word in range(low, high):
        if wanted and words[word][0] == wanted[0]:
            found.append(word)
            wanted.pop(0)
    return found


def _stretches(text: str, words: list[_Placed], kinds: Mapping[int, str]) -> list[Segment]:
    found: list[Segment] = []
    at = 0
    for number, (_, start, end) in enumerate(words):
        kind = kinds.get(number, "")
        if found and found[-1].kind == kind:
            found[-1] = Segment(found[-1].text + text[at:end], kind)
        else:
            found += [Segment(text[at:start], ""), Segment(text[start:end], kind)]
        at = end
    return [*found, Segment(text[at:], "")]
