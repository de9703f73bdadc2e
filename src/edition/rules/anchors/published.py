"""Published anchors held against the lock."""

from collections.abc import Container

from edition.anchors.comparison import Change, Event, compare
from edition.model.diagnostic import Location
from edition.rules.rule import Edition, Finding, Findings, Severity, reported, rule


@rule("A106", Severity.NOTE)
def changed_anchor(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.CHANGED and change.anchor:
            yield Finding(
                change.anchor.location,
                f"the text of “{change.id}” has changed since it was locked; "
                f"{change.kept:.0%} of the published words are still there",
                "Nothing is to be done; `edition anchors lock` notes the new text.",
            )


@rule("A107", Severity.WARNING)
def drifted_anchor(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.DRIFTED and change.anchor:
            yield Finding(
                change.anchor.location,
                f"only {change.kept:.0%} of the words published as “{change.id}” are still there",
                "If a citation of it still fits: "
                f'edition anchors accept {change.id} --reason "…"; else give the text a new id.',
            )


@rule("A108", Severity.ERROR)
def replaced_anchor(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.REPLACED and change.anchor:
            where = f"; they stand under “{change.others[0]}” now" if change.others else ""
            yield Finding(
                change.anchor.location,
                f"“{change.id}” stands before another text: {change.kept:.0%} of the words "
                f"published under it are here{where}",
                "Give the published words their id back and this text a new one; if it is the "
                f'same passage rewritten: edition anchors accept {change.id} --reason "…".',
            )


@rule("A103", Severity.ERROR)
def lost_anchor(edition: Edition) -> Findings:
    for change in compare(edition):
        entry = change.locked
        if change.event is Event.LOST and entry and edition.lock:
            since = f"since release {entry.since} " if entry.since else ""
            yield Finding(
                Location(edition.lock.path, entry.line),
                f"the anchor “{change.id}”, published {since}in {entry.file}, is gone from the text",
                _hint(change, edition.lock.anchors),
            )


def _hint(change: Change, published: Container[str]) -> str:
    ident = change.id
    if not change.others:
        return (
            f"Put ({ident})= back before its block; or let it go: "
            f'edition anchors retire {ident} --reason "…", or merge {ident} OTHER.'
        )
    other = change.others[0]
    if other in published:
        return (
            f"Its words now stand in “{other}”: `edition anchors lock` records the merge, and "
            f"“{ident}” lives on as a second name of it."
        )
    return f"Its words now stand under the new id “{other}”: call that ({ident})= again."


@rule("A105", Severity.ERROR)
def reused_anchor(edition: Edition) -> Findings:
    for change in compare(edition):
        if change.event is Event.REUSED and change.anchor and change.locked:
            entry = change.locked
            fate = (
                f"is a second name of “{entry.id}”"
                if change.id in entry.aliases
                else f"was {entry.status}"
                + (f" into “{entry.successors[0]}”" if entry.successors else "")
            )
            yield Finding(
                change.anchor.location,
                f"the id “{change.id}” {fate} and stands here again",
                "Give this place an id that was never used; the old one may be cited.",
            )


@rule("A109", Severity.NOTE)
def unlocked_anchor(edition: Edition) -> Findings:
    if edition.lock is None:
        return
    for change in compare(edition):
        if said := _said(change):
            place = change.anchor.location if change.anchor else Location(edition.lock.path)
            if change.anchor is None and change.locked:
                place = Location(edition.lock.path, change.locked.line)
            yield Finding(place, f"“{change.id}” {said}", "`edition anchors lock` records it.")


def _said(change: Change) -> str:
    match change.event:
        case Event.ADDED:
            return "is new and not in the lock"
        case Event.MOVED:
            return f"has moved here from {change.locked.file if change.locked else ''}"
        case Event.SPLIT:
            return f"was split: a part of it is now {_named(change.others)}"
        case Event.MERGED:
            return f"was merged into {_named(change.others)}"
    return ""


def _named(idents: tuple[str, ...]) -> str:
    return ", ".join(f"“{ident}”" for ident in idents)


MALFORMED_LOCK = reported("malformed-lock", "A110", Severity.ERROR)
