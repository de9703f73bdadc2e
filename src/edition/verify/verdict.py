"""The verdict on a quotation, and the evidence for it."""

from dataclasses import dataclass
from enum import StrEnum

from edition.verify.differences import Difference


class Verdict(StrEnum):
    """The result of comparing a quotation with its source."""

    VERIFIED = "verified"  # on the cited page, word for word
    FOUND = "found"  # word for word; the citation names no page
    UNPAGED = "found, page not marked"  # word for word; the source does not mark its pages
    ENDS = "opening and closing words found"  # on the cited page; the words between are not known
    DIFFERS = "differs"  # there, with other words
    ELSEWHERE = "elsewhere"  # the words are on another page
    PARTLY = "partly found"
    NOT_FOUND = "not found"
    NO_PAGE = "source lacks that page"  # nothing is found in what there is of the work
    NO_SOURCE = "no source"  # there is nothing to look in


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A quotation to be verified.

    `text` is the whole of it, or None for one that is known by its lemma alone: `opening` and
    `closing` words, perhaps with the number of its `words` and the `digest` of its letters
    (of each part between ellipses, with a blank between two).
    `labels` are the cited pages; `open_end` tells that they go on (`ff.`). `locator` is what was
    typed, and `chapter` the chapter that it names. `also` are further sources, as key and
    volume, that hold the work; a source without a volume serves them all, unless
    `is_wrong_volume` tells that the work is in another. `is_possible` tells that the bibliography
    does not rule the pages out. `instead_of` is the work cited first
    where it has no source and one that is cited with it has. `cited_key` is the work cited, where
    its words are looked for in the source of another; `is_in_sibling` tells that those are of
    other pieces in the same volume alone.
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
    locator: str = ""
    chapter: str = ""
    also: tuple[tuple[str, str | None], ...] = ()
    is_wrong_volume: bool = False
    is_possible: bool = True
    instead_of: str = ""
    cited_key: str = ""
    is_in_sibling: bool = False

    def is_held_by(self, key: str, volume: str | None) -> bool:
        """Return whether a source may hold the quotation, by the work and the volume cited."""
        for known, cited in ((self.key, self.volume), *self.also):
            if key == known and (cited is None or volume == cited):
                return True
            if key == known and volume is None and not self.is_wrong_volume:
                return True
        return False


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
