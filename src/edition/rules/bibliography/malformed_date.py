"""A date that no reader and no program can make sense of.

`year` wants four digits, alone (`1904`), with the letter that tells two works of one year
apart (`1904a`), as a span (`1917/18`) or with words such as `circa` or `[1904]`; a work
without one says `n.d.` or `forthcoming`. `month` is a number from 1 to 12 or a name. `date`,
`origdate`, `eventdate` and `urldate` are written as biblatex reads them, year first:
`1917-10-25`, `1917-10/1918-01`, `1904?`, `1904~`, `190X`, `1917/`.

Bad:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  date = {17.4.1931},
}
```

Good:

```bib
@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  date = {1931-04-17},
}

@book{pilot-songs,
  author = {Pilot, A.},
  title = {Songs of the Pilots},
  year = {1904a},
  origdate = {1899?},
}
```
"""

from edition.bibliography.dates import date_fault
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_HINTS = {
    "year": "Write four digits, or “n.d.” or “forthcoming”.",
    "month": "Write a number from 1 to 12, or the month’s name.",
    "day": "Write a number from 1 to 31.",
}


@rule("B108", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        for name, field in work.fields.items():
            if fault := date_fault(name, field.value):
                yield Finding(
                    field.location,
                    f"the {name} of “{work.key}”, “{field.value[:60]}”, {fault}",
                    _HINTS.get(name, "Write it year first: 1917, 1917-10 or 1917-10-25."),
                )
