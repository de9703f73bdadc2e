"""The verdict on a quotation, and the evidence for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from edition.verify.differences import Difference


class Verdict(Enum):
    """The result of comparing a quotation with its source."""

    VERIFIED = "verified"  # on the cited page, word for word
    DIFFERS = "differs"  # there, with other words
    ELSEWHERE = "elsewhere"  # the words are on another page
    PARTLY = "partly found"
    NOT_FOUND = "not found"
    NO_SOURCE = "no source"  # there is nothing to look in

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A quotation to be verified.

    `text` is the whole of it, or None for one that is known by its lemma alone: `opening` and
    `closing` words, perhaps with the number of its `words` and the `digest` of its letters.
    `labels` are the cited pages; `open_end` tells that they go on (`ff.`). `instead_of` is the
    work cited first where it has no source and one that is cited with it has.
    """

    key: str
    volume: str | None = None
    labels: tuple[str, ...] = ()
    text: str | None = None
    opening: str = ""
    closing: str = ""
    words: int | None = None
    digest: str | None = None
    open_end: bool = False
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with its evidence.

    `found` are the labels of the pages where the words are (`?` for a page without one), in
    the work `key` and `volume`; `others` further places of the same words; `passage` the
    source's words, page by page (label and words), `before` and `after` those on either side;
    `share` the share of letters that differ. `basis` says what was compared:
    `text`, `digest`, `words` or `lemma`. `remark` says what the verdict leaves open.
    """

    verdict: Verdict
    key: str = ""
    volume: str | None = None
    found: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    others: tuple[str, ...] = ()
    passage: tuple[tuple[str, str], ...] = ()
    before: str = ""
    after: str = ""
    share: float = 0.0
    basis: str = "text"
    remark: str = ""
