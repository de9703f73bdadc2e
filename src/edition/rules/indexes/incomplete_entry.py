"""An entry of an index says nothing, or an event has no date that can be read.

An entry needs a name, and a body that explains it. An event needs a `:date:` besides, by which the
chronology is put in order and the time-line drawn: `1917`, `1917-10` or `1917-10-25`, two of them
with a slash between for a range, `~` after one that is approximate. `:calendar: julian` says that
the date is in the old style; the new one is then worked out.

Bad:

````md
(p1)=
:::{passage}
{event}`That spring <closing>` the harbour was closed.
:::

:::{event} The harbour is closed
:key: closing
:date: 31 April 1907
By order of the master.
:::
````

Good:

````md
(p1)=
:::{passage}
{event}`That spring <closing>` the harbour was closed.
:::

:::{event} The harbour is closed
:key: closing
:date: 1907-04-30
By order of the master.
:::
````
"""

from edition.indexes import DateError, read_span
from edition.model import Entry, EntryKind
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("I104", Severity.WARNING)
def check(edition: Edition) -> Findings:
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
