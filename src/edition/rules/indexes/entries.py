"""The entries of indexes."""

from edition.indexes.calendar import DateError, read_span
from edition.indexes.entries import folded, index_of, names_of
from edition.model import Entry, EntryKind
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("I103", Severity.WARNING)
def ambiguous_entry(edition: Edition) -> Findings:
    first: dict[tuple[EntryKind, str], Entry] = {}
    for entry in edition.entries:
        for name in (entry.key, *names_of(entry)):
            other = first.setdefault((entry.kind, folded(name)), entry)
            if other is not entry:
                yield Finding(
                    entry.location,
                    f"“{entry.name}” and “{other.name}” ({other.location}) both go by “{name}”",
                    "Tell them apart by :key: and by fuller names.",
                )
                break


@rule("I104", Severity.WARNING)
def incomplete_entry(edition: Edition) -> Findings:
    for entry in edition.entries:
        if not entry.name or not entry.key:
            yield Finding(
                entry.location,
                f"a {{{entry.kind}}} entry has no name",
                f"Write it behind the directive's name, {{{entry.kind}}} Name.",
            )
        elif not entry.explained:
            yield Finding(
                entry.location,
                f"the entry “{entry.name}” explains nothing",
                "Say in a line what it is, and where that was seen.",
            )
        if entry.kind is EntryKind.EVENT:
            yield from _dated(entry)


def _dated(entry: Entry) -> Findings:
    place = entry.dates_location or entry.location
    if entry.calendar not in ("", "julian", "gregorian"):
        yield Finding(
            entry.location,
            f"no calendar has the name “{entry.calendar}”",
            "Write :calendar: julian for the old style, and nothing for the new.",
        )
    if not entry.dates:
        yield Finding(place, f"the event “{entry.name}” has no date", "Give it a :date:.")
        return
    try:
        read_span(entry.dates, julian=entry.calendar == "julian")
    except DateError as error:
        yield Finding(
            place,
            f"the date “{entry.dates}” {error}",
            "Write the year first, as in 1917-10-25 or 1917-10/1917-12.",
        )


@rule("I102", Severity.WARNING)
def unmentioned_entry(edition: Edition) -> Findings:
    index = index_of(edition)
    known = set(index.by_name.values())
    for entry in edition.entries:
        if entry in known and entry.id not in index.passages:
            yield Finding(
                entry.location,
                f"no passage names “{entry.name}”",
                f"Mark it where it is named, {{{entry.kind}}}`… <{entry.key}>`, or take it out.",
            )
