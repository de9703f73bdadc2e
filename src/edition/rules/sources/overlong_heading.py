"""A heading of more than forty words.

It fills the page, the running head, the table of contents and the bookmarks. Usually a blank
line is missing before a row of hyphens, which makes a heading of the paragraph above it.

Bad:

```md
In the year of the drought the ferrymen of the lower town met in the hall by the bridge, and
said that they would carry no grain until the dues were lowered, since nobody in the town had
paid them for the winter, and most of them had families to feed on what the river gave.
---
```

Good:

```md
# The ferrymen’s meeting

In the year of the drought the ferrymen of the lower town met in the hall by the bridge.
```
"""

from edition.rules.rule import Edition, Finding, Findings, Severity, rule

LONGEST = 40  # words; the long titles of old books have fewer


@rule("S111", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        for title in document.titles:
            if title.words > LONGEST:
                yield Finding(
                    title.location,
                    f"a heading of {title.words} words: no contents, bookmark or running head can "
                    "hold it",
                    "Leave a blank line above a --- that is no heading’s, or shorten the heading.",
                )
