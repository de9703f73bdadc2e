"""Quoted words without an editor's changes: ellipses, `[T]he`, bracketed insertions."""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from edition.model.quoted_words import ELLIPSIS, INSERTION, REMARK
from edition.verify.letters import Letters, letters

_EDITED = re.compile(r"[\[(…]|\.\s?\.")


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """The letters of a quotation, and where its ellipses divide them.

    `cuts` are indices into the letters, ascending, none at an end. `text` is the quotation with
    spaces for ellipses and words put in; the letters' offsets lead into it. `inserted` tells that
    words in brackets were left out. `reach` says how far a part of the quotation may be from
    the part before it: letters for each letter that it has.
    """

    text: str
    letters: Letters
    cuts: tuple[int, ...] = ()
    inserted: bool = False
    reach: int = 60  # what is short is found everywhere, so it must be close by

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The stretches between ellipses: first letter, and the one after the last."""
        edges = (0, *self.cuts, len(self.letters.stream))
        return list(pairwise(edges))


def read_quotation(text: str, *, keep_insertions: bool = False) -> QuotedWords:
    """Take a quotation apart; with `keep_insertions`, words in brackets count as quoted."""
    if not _EDITED.search(text):
        return QuotedWords(text, letters(text))
    ellipses: list[int] = []

    def cut(match: re.Match[str]) -> str:
        ellipses.append(match.start())
        return _blank(match)

    plain = REMARK.sub(_blank, ELLIPSIS.sub(cut, text))
    inserted = INSERTION.search(plain) is not None
    if inserted and not keep_insertions:
        plain = INSERTION.sub(_blank, plain)
    found = letters(plain)
    places = np.unique(np.searchsorted(found.offsets, ellipses)).tolist() if ellipses else []
    cuts = tuple(p for p in places if 0 < p < len(found.stream))
    return QuotedWords(plain, found, cuts, inserted)


def read_lemma(opening: str, closing: str) -> QuotedWords:
    """Return the wording of a quotation of which the first and the last words are known."""
    text = f"{opening} {closing}".strip()
    found = letters(text)
    cut = int(np.searchsorted(found.offsets, len(opening)))
    cuts = (cut,) if 0 < cut < len(found.stream) else ()
    return QuotedWords(text, found, cuts, reach=600)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
