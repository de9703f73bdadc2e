"""A work that nothing cites.

It may be a work that the edition has lost the citation of. A volume is used when a part of it
is, by its `crossref`. An edition that cites nothing at all is no edition yet: of its works
nothing is said.

Bad:

```md
Her letters {cite:t}`hart-letters` were printed late.
```

```bib
@book{hart-letters,
  author = {Hart, Mary},
  title = {Letters from the Harbour},
  year = {1931},
}

@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  year = {1931},
}
```

Good:

```md
Her letters {cite:t}`hart-letters` were printed late, after his log {cite:p}`pilot-log`.
```

```bib
@book{hart-letters,
  author = {Hart, Mary},
  title = {Letters from the Harbour},
  year = {1931},
}

@book{pilot-log,
  author = {Pilot, A.},
  title = {The Pilot's Log},
  year = {1931},
}
```
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from edition.bibliography.spelling import slip_of
from edition.model import Work
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

# Fields in which a work names others, and so uses them.
_NAMING = ("crossref", "xref", "xdata", "related", "entryset")
_UNREADABLE = frozenset({"brace-in-locator", "malformed-citation"})
_KEY = re.compile(r"[^\s{},“”]+")
_MOST_GUESSES = 50


@rule("B116", Severity.NOTE)
def check(edition: Edition) -> Findings:
    if not edition.citations or _unread(edition):
        return
    works = edition.bibliography.works
    used = _used(edition)
    unused = {key: work for key, work in works.items() if key.casefold() not in used}
    # A key mistyped in the text is that citation's fault, not the work's.
    mistyped = sorted({c.key for c in edition.citations if c.key not in works})
    for key in mistyped[:_MOST_GUESSES]:
        close = get_close_matches(key, unused, n=1, cutoff=0.7)
        if meant := close[0] if close else slip_of(key, unused):
            del unused[meant]
    for key, work in unused.items():
        yield Finding(
            work.location,
            f"nothing cites “{key}”",
            "Cite it, or take it out.",
        )


def _unread(edition: Edition) -> bool:
    return any(p.rule == "unreadable-source" for d in edition.documents for p in d.problems)


def _used(edition: Edition) -> set[str]:
    """Return the keys, in lower case, of works that are cited, or named by one that is used."""
    works = {key.casefold(): work for key, work in edition.bibliography.works.items()}
    waiting = [citation.key.casefold() for citation in edition.citations]
    for document in edition.documents:
        for problem in document.problems:
            if problem.rule in _UNREADABLE:
                waiting += [key.casefold() for key in _KEY.findall(problem.message)]
    used: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in used:
            used.add(key)
            waiting += _named(works[key]) if key in works else ()
    return used


def _named(work: Work) -> Iterator[str]:
    for name in _NAMING:
        if name in work.fields:
            yield from (key.strip().casefold() for key in work.fields[name].value.split(","))
