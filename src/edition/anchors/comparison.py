"""What has happened to the published anchors since they were locked.

The thresholds were set on the edit histories of two openly licensed books, paragraph by
paragraph (the manual's page on anchors has the figures).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from edition.anchors.sketch import digest, kept, read_sketch, shingles, taken
from edition.model import Anchor, AnchorKind, AnchorStatus, Edition, LockedAnchor
from edition.model.edition import answered_once

# From this share of the words on that a reader finds again, a text has changed a little.
SMALL_CHANGE = 0.6
# Below this share it is another text.
OTHER_TEXT = 0.2
# From this share on, a text is held to have come from, or gone into, another one.
SAME_WORDS = 0.5

LOCKED_KINDS = frozenset(
    {AnchorKind.PASSAGE, AnchorKind.QUOTATION, AnchorKind.SECTION, AnchorKind.FIGURE}
)


class Event(StrEnum):
    """What can happen to an anchor."""

    ADDED = "added"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"  # declared: it stands as a second name before another's block
    CHANGED = "changed"
    DRIFTED = "drifted"
    REPLACED = "replaced"
    LOST = "lost"
    REUSED = "reused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event. `anchor` is what stands in the text, `locked` what the lock remembers.

    `others` are the ids that have to do with it: of a split the new ones, of a merge the
    survivor, of a lost or replaced anchor those under which its words stand now. `kept` is
    the share of the old words that is still there, 0 to 1.
    """

    event: Event
    id: str
    anchor: Anchor | None = None
    locked: LockedAnchor | None = None
    others: tuple[str, ...] = ()
    kept: float = 1.0


@dataclass(frozen=True, slots=True)
class CitableAnchors:
    """The citable anchors of an edition: the first names by id, the second names' firsts."""

    anchors: Mapping[str, Anchor]
    aliases: Mapping[str, str]


def citable_anchors(edition: Edition) -> CitableAnchors:
    """Return the anchors that an edition offers for citing; of a duplicate the first."""
    anchors: dict[str, Anchor] = {}
    aliases: dict[str, str] = {}
    for document in edition.documents:
        if document.path in edition.uncitable:
            continue
        for anchor in document.anchors:
            if anchor.kind not in LOCKED_KINDS:
                continue
            if anchor.alias_of is not None:
                aliases.setdefault(anchor.id, anchor.alias_of)
            else:
                anchors.setdefault(anchor.id, anchor)
    return CitableAnchors(anchors, {i: first for i, first in aliases.items() if i not in anchors})


@answered_once
def compare(edition: Edition) -> list[Change]:
    """Return every event since the lock was written, in the order of ids, new anchors last.

    Without a lock every anchor is new.
    """
    now = citable_anchors(edition)
    locked = edition.lock.anchors if edition.lock else {}
    known = set(locked) | {alias for entry in locked.values() for alias in entry.aliases}
    added = {i: a for i, a in now.anchors.items() if i not in known}
    changes: list[Change] = []
    for entry in locked.values():
        changes += _events(entry, now, locked, added)
    # Who took in another has changed by that; the merge says enough.
    heirs = {i for c in changes if c.event in (Event.LOST, Event.MERGED) for i in c.others[:1]}
    changes = [c for c in changes if c.event is not Event.CHANGED or c.id not in heirs]
    changes += (Change(event=Event.ADDED, id=a.id, anchor=a) for a in added.values())
    return changes


def _events(
    entry: LockedAnchor,
    now: CitableAnchors,
    locked: Mapping[str, LockedAnchor],
    added: Mapping[str, Anchor],
) -> Iterator[Change]:
    anchor = now.anchors.get(entry.id)
    if not entry.status.is_citable:
        if anchor is not None:
            yield Change(event=Event.REUSED, id=entry.id, anchor=anchor, locked=entry)
        return
    for alias in entry.aliases:
        other = now.anchors.get(alias)
        if other is not None and alias not in locked:
            yield Change(event=Event.REUSED, id=alias, anchor=other, locked=entry)
    if anchor is None:
        first = now.aliases.get(entry.id)
        if first is not None:
            yield Change(event=Event.MERGED, id=entry.id, locked=entry, others=(first,))
        else:
            holders = _holders(entry, now)
            yield Change(event=Event.LOST, id=entry.id, locked=entry, others=holders)
        return
    if anchor.location.path != entry.file:
        yield Change(event=Event.MOVED, id=entry.id, anchor=anchor, locked=entry)
    yield from _text_events(entry, anchor, now, added)


def _text_events(
    entry: LockedAnchor, anchor: Anchor, now: CitableAnchors, added: Mapping[str, Anchor]
) -> Iterator[Change]:
    if not entry.digest or not anchor.text:
        return
    changed = _digest(anchor.text) != entry.digest
    share, fresh = _share(entry, anchor, now, added) if changed else (entry.kept, ())
    if fresh:
        yield Change(
            event=Event.SPLIT, id=entry.id, anchor=anchor, locked=entry, others=fresh, kept=share
        )
    if share < SMALL_CHANGE:
        event = Event.REPLACED if share < OTHER_TEXT else Event.DRIFTED
        holders = tuple(i for i in _holders(entry, now) if i != entry.id)
        yield Change(
            event=event, id=entry.id, anchor=anchor, locked=entry, others=holders, kept=share
        )
    elif changed and not fresh:
        yield Change(event=Event.CHANGED, id=entry.id, anchor=anchor, locked=entry, kept=share)


def _share(
    entry: LockedAnchor, anchor: Anchor, now: CitableAnchors, added: Mapping[str, Anchor]
) -> tuple[float, tuple[str, ...]]:
    """Return the share of a text that is left, and the new anchors that took over parts of it.

    What a split has given to its successors counts as kept. In a split the first part keeps
    the id; where nothing is left of the old text, it was not split but numbered anew.
    """
    words = _shingles(anchor.text)
    share = kept(entry.sketch, words)
    if share == 1.0:
        return share, ()
    from_old = taken(entry.sketch, words) >= SAME_WORDS
    fresh = tuple(
        other.id
        for other in (added.values() if from_old else ())
        if other.kind is anchor.kind and taken(entry.sketch, _shingles(other.text)) >= SAME_WORDS
    )
    parts = [a for i in (*entry.successors, *fresh) if (a := now.anchors.get(i))]
    if parts:
        share = kept(entry.sketch, words.union(*(_shingles(a.text) for a in parts)))
    return share, fresh


def _holders(entry: LockedAnchor, now: CitableAnchors) -> tuple[str, ...]:
    """Return the anchors of the same kind under which a text's words stand now, the best first."""
    hashes = read_sketch(entry.sketch)
    by_hash = _ids_by_hash(now)
    shared = Counter(ident for one in hashes for ident in by_hash.get(one, ()))
    found = [
        (-count, ident)
        for ident, count in shared.items()
        if count >= SAME_WORDS * len(hashes) and str(now.anchors[ident].kind) == entry.kind
    ]
    return tuple(ident for _, ident in sorted(found))


@answered_once
def _ids_by_hash(now: CitableAnchors) -> dict[bytes, list[str]]:
    found: dict[bytes, list[str]] = {}
    for ident, anchor in now.anchors.items():
        for one in _shingles(anchor.text):
            found.setdefault(one, []).append(ident)
    return found


# A text is asked for by several rules; it is worked out once.
_digest = lru_cache(maxsize=65536)(digest)
_shingles = lru_cache(maxsize=65536)(shingles)


def surviving_id(ident: str, locked: Mapping[str, LockedAnchor]) -> str:
    """Return where an id lives on: itself, or the end of the chain of merges that absorbed it."""
    seen = {ident}
    while (entry := locked.get(ident)) and entry.status is AnchorStatus.MERGED:
        if not entry.successors or entry.successors[0] in seen:
            break
        ident = entry.successors[0]
        seen.add(ident)
    return ident
