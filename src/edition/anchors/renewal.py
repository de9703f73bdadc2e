"""The lock as it ought to be now, and the decisions that only an editor can take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edition.anchors.comparison import (
    Change,
    CitableAnchors,
    Event,
    citable_anchors,
    compare,
    surviving_id,
)
from edition.anchors.sketch import digest, sketch
from edition.model import Anchor, AnchorStatus, Edition, LockedAnchor
from edition.model.errors import EditionError


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The anchors to be locked, what was recorded, and what stands against writing them."""

    anchors: Mapping[str, LockedAnchor]
    recorded: tuple[Change, ...]
    refused: tuple[Change, ...]


_REFUSED = frozenset({Event.LOST, Event.REUSED, Event.REPLACED})


def renew(edition: Edition, release: str) -> Renewal:
    """Record all that may happen to anchors: additions, moves, splits, merges, small changes.

    A lost anchor whose words now stand in another published one is a merge. Other losses,
    ids given to another text and ids used again are refused, and their entries kept.
    """
    now = citable_anchors(edition)
    anchors = dict(edition.lock.anchors) if edition.lock else {}
    recorded: list[Change] = []
    refused: list[Change] = []
    shares = {ident: entry.kept for ident, entry in anchors.items()}
    for change in compare(edition):
        if change.event is Event.LOST:
            heirs = [i for i in change.others if i in anchors and anchors[i].status.is_citable]
            if heirs:
                change = replace(change, event=Event.MERGED, others=(heirs[0],))
        (refused if change.event in _REFUSED else recorded).append(change)
        shares[change.id] = change.kept
        _record(change, anchors, release)
    for ident, anchor in now.anchors.items():
        if ident in anchors and not any(c.id == ident for c in refused):
            anchors[ident] = _renewed_entry(anchors[ident], anchor, now, shares[ident])
    _lend_aliases(anchors)
    return Renewal(anchors=anchors, recorded=tuple(recorded), refused=tuple(refused))


def _record(change: Change, anchors: dict[str, LockedAnchor], release: str) -> None:
    match change.event:
        case Event.ADDED if change.anchor is not None:
            anchors[change.id] = _first(change.anchor, release)
        case Event.SPLIT:
            entry = anchors[change.id]
            successors = (*entry.successors, *(i for i in change.others))
            anchors[change.id] = replace(
                entry, status=AnchorStatus.SPLIT, successors=tuple(dict.fromkeys(successors))
            )
        case Event.MERGED:
            anchors[change.id] = _absorbed(anchors[change.id], change.others[0])


def _first(anchor: Anchor, release: str) -> LockedAnchor:
    entry = LockedAnchor(
        id=anchor.id,
        kind=str(anchor.kind),
        file=anchor.location.path,
        label=anchor.id,
        since=release,
    )
    return _held_to(entry, anchor)


def _absorbed(entry: LockedAnchor, heir: str) -> LockedAnchor:
    # What the entry was called by goes with it; `_lend_aliases` finds it through the chain.
    return replace(entry, status=AnchorStatus.MERGED, successors=(heir,))


def _renewed_entry(
    entry: LockedAnchor, anchor: Anchor, now: CitableAnchors, share: float
) -> LockedAnchor:
    path = anchor.location.path
    if entry.file != path:
        former = tuple(f for f in dict.fromkeys((*entry.formerly, entry.file)) if f != path)
        status = AnchorStatus.MOVED if entry.status is AnchorStatus.LIVE else entry.status
        entry = replace(entry, file=path, formerly=former, status=status)
    names = {i for i, first in now.aliases.items() if first == entry.id}
    return replace(
        entry,
        kind=str(anchor.kind),
        aliases=tuple(sorted(names.union(entry.aliases))),
        kept=round(share, 2),
        digest=digest(anchor.text),
        sketch=entry.sketch or sketch(anchor.text),
    )


def _lend_aliases(anchors: dict[str, LockedAnchor]) -> None:
    """Give every absorbed id, and what it answered to, to the anchor that it lives on in."""
    for entry in list(anchors.values()):
        if entry.status is not AnchorStatus.MERGED:
            continue
        heir = surviving_id(entry.id, anchors)
        if heir != entry.id and heir in anchors:
            names = {entry.id, *entry.aliases, *anchors[heir].aliases} - {heir}
            anchors[heir] = replace(anchors[heir], aliases=tuple(sorted(names)))


def accept(edition: Edition, ident: str, reason: str) -> Mapping[str, LockedAnchor]:
    """Hold an anchor to its present text. Raises EditionError where there is nothing to accept."""
    entry, now = _entry(edition, ident), citable_anchors(edition)
    anchor = now.anchors.get(ident)
    if anchor is None or not entry.status.is_citable:
        raise EditionError(
            f"“{ident}” does not stand in the text, so it has no text to accept",
            f'If it is gone for good: edition anchors retire {ident} --reason "…".',
        )
    return _with(edition, replace(_held_to(entry, anchor), reason=reason))


def retire(
    edition: Edition, ident: str, reason: str, see: Sequence[str], release: str
) -> Mapping[str, LockedAnchor]:
    """Let an anchor go that no longer stands in the text; `see` are where to look instead."""
    entry, now = _entry(edition, ident), citable_anchors(edition)
    if ident in now.anchors or ident in now.aliases:
        raise EditionError(
            f"“{ident}” still stands in the text",
            "Take it out of the source first; only what is gone can be retired.",
        )
    _published(edition, see, now)
    retired = AnchorStatus.RETIRED
    gone = replace(entry, status=retired, successors=tuple(see), reason=reason, until=release)
    return _with(edition, gone)


def merge(edition: Edition, ident: str, heir: str, reason: str) -> Mapping[str, LockedAnchor]:
    """Let one anchor live on as a second name of another, which stands in the text."""
    entry, now = _entry(edition, ident), citable_anchors(edition)
    if ident in now.anchors:
        raise EditionError(
            f"“{ident}” still stands before a block of its own",
            f"Take ({ident})= out of the source, or put it right before ({heir})=.",
        )
    _published(edition, (heir,), now)
    if heir not in now.anchors or heir == ident:
        raise EditionError(f"“{heir}” is not an anchor that can take in another", "")
    merged = _with(edition, replace(_absorbed(entry, heir), reason=reason or entry.reason))
    anchors = dict(merged)
    _lend_aliases(anchors)
    return anchors


def split(
    edition: Edition, ident: str, parts: Sequence[str], reason: str, release: str
) -> Mapping[str, LockedAnchor]:
    """Record which anchors took over parts of one that keeps its first part.

    The part that it keeps is what it is held to from now on.
    """
    entry, now = _entry(edition, ident), citable_anchors(edition)
    anchor = now.anchors.get(ident)
    if anchor is None:
        raise EditionError(f"“{ident}” does not stand in the text", "The first part keeps the id.")
    fresh = {}
    for part in parts:
        if part not in now.anchors:
            raise EditionError(f"there is no anchor “{part}” in the text", "")
        if part not in (edition.lock.anchors if edition.lock else {}):
            fresh[part] = _first(now.anchors[part], release)
    successors = tuple(dict.fromkeys((*entry.successors, *parts)))
    entry = replace(
        _held_to(entry, anchor),
        status=AnchorStatus.SPLIT,
        successors=successors,
        reason=reason or entry.reason,
    )
    return {**_with(edition, entry), **fresh}


def _held_to(entry: LockedAnchor, anchor: Anchor) -> LockedAnchor:
    """Return an entry that is held to the present text of its anchor."""
    return replace(entry, kept=1.0, digest=digest(anchor.text), sketch=sketch(anchor.text))


def _entry(edition: Edition, ident: str) -> LockedAnchor:
    entry = edition.lock.anchors.get(ident) if edition.lock else None
    if entry is None:
        raise EditionError(
            f"“{ident}” is not in the lock",
            "An anchor that was never published needs no leave: edition anchors lock.",
        )
    return entry


def _published(edition: Edition, idents: Sequence[str], now: CitableAnchors) -> None:
    for ident in idents:
        if ident not in now.anchors and not (edition.lock and ident in edition.lock.anchors):
            raise EditionError(f"there is no anchor “{ident}”", "Name one that stands in the text.")


def _with(edition: Edition, entry: LockedAnchor) -> dict[str, LockedAnchor]:
    anchors = dict(edition.lock.anchors) if edition.lock else {}
    anchors[entry.id] = entry
    return anchors
