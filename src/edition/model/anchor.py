"""Anchors: the citable places of an edition, and what its lock remembers of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from edition.model.diagnostic import Finding, Location


class AnchorKind(StrEnum):
    """What an anchor stands before."""

    PASSAGE = "passage"
    QUOTATION = "quotation"
    SECTION = "section"
    FIGURE = "figure"
    BLOCK = "block"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """An id that can be cited: `(p12)=` before a block, or the `:name:` of a directive.

    `opening` holds the first five words of what it stands before, `text` the words of a
    passage or quotation (of a stand-off one: key, page and lemma), empty for other kinds.
    `passage` is the id of the passage that surrounds it, itself where it is one. `alias_of`
    is the id of the block that this one stands before as a second name.
    """

    id: str
    kind: AnchorKind
    location: Location
    opening: str = ""
    passage: str | None = None
    text: str = ""
    alias_of: str | None = None


class AnchorStatus(StrEnum):
    """What became of a published anchor."""

    LIVE = "live"
    MOVED = "moved"  # in another file than at first
    SPLIT = "split"  # it kept the first part; its successors have the others
    MERGED = "merged"  # absorbed: it lives on as a second name of its successor
    RETIRED = "retired"  # gone; a tombstone says why

    @property
    def is_citable(self) -> bool:
        """Whether the text still holds it as an anchor of its own."""
        return self not in (AnchorStatus.MERGED, AnchorStatus.RETIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedAnchor:
    """A published anchor, as anchors.lock keeps it.

    `file` is the source it stands in, or stood in last; `formerly` the files before that.
    `since` is its first release, `until` the one it was retired in. `aliases` are the ids
    that it answers to beside its own. `digest` is that of the text last locked; `sketch` that
    of the text first published or last accepted (`edition.anchors.sketch`), and `kept` the
    share of the latter, 0 to 1, that the text last locked still held. `line` is its line in
    the lock file.
    """

    id: str
    kind: str
    file: str
    label: str
    status: AnchorStatus = AnchorStatus.LIVE
    since: str = ""
    until: str = ""
    formerly: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    reason: str = ""
    kept: float = 1.0
    digest: str = ""
    sketch: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The anchors that have been published, by id, and what was wrong with their file."""

    path: str
    anchors: Mapping[str, LockedAnchor] = field(default_factory=dict)
    problems: tuple[Finding, ...] = ()
