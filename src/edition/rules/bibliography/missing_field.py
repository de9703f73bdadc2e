"""An entry without a fact that its type needs.

What a type needs is what both BibTeX and the biblatex manual (section 2.1) ask of it; where
they disagree, the less demanding one counts. A whole book needs an author or an editor, a
title and a date; a part of one needs an author, a title, the `booktitle` and a date; an
article needs a journal. `year` or `date`, `journal` or `journaltitle`, `school` or
`institution` are as good as one another, and what a `crossref` lends is not missing. A work
that names nobody says so with `key` or `label`; one that is not out yet needs no date if its
`pubstate` says so. `@misc`, `@booklet` and `@manual` need a title, `@online` its address too.

Bad:

```bib
@article{pilot-tides,
  author = {Pilot, A.},
  title = {Of Tides},
  year = {1931},
}
```

Good:

```bib
@article{pilot-tides,
  author = {Pilot, A.},
  title = {Of Tides},
  journaltitle = {Harbour Quarterly},
  date = {1931-04},
}
```
"""

from bisect import bisect_right
from collections.abc import Iterator

from edition.bibliography.datamodel import NEEDED, Need, misspelling
from edition.model import Bibliography, Work
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B106", Severity.WARNING)
def check(edition: Edition) -> Findings:
    doubtful = _doubtful(edition.bibliography)
    for work in edition.bibliography.works.values():
        missing = [] if work.key in doubtful else list(_missing(work))
        if missing:
            lacks = " and no ".join(_listed(need.fields) for need in missing)
            yield Finding(
                work.location,
                f"“{work.key}” has no {lacks}, which a work of the type @{work.type} needs",
                _hint(missing),
            )


def _missing(work: Work) -> Iterator[Need]:
    if "xdata" in work.fields:
        return  # biblatex takes further fields from there
    missing = [
        need
        for need in NEEDED.get(work.type, ())
        if not any((work.get(name) or "").strip("{} ") for name in (*need.fields, *need.also))
    ]
    if missing:
        # A misspelt field is the more telling finding.
        meant = {misspelling(name) for name in work.fields}
        yield from (need for need in missing if meant.isdisjoint((*need.fields, *need.also)))


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _hint(missing: list[Need]) -> str:
    if any("key" in need.also for need in missing):
        return "Add it; of a work that names nobody say so with `key`, by which it is sorted."
    return "Add it, or choose a type that needs less, such as @misc."


def _doubtful(bibliography: Bibliography) -> set[str]:
    """Return the works that something else is wrong with: their fields may be lost, or not lent."""
    starts: dict[str, list[tuple[int, str]]] = {}
    for work in bibliography.works.values():
        starts.setdefault(work.location.path, []).append((work.location.line, work.key))
    for entries in starts.values():
        entries.sort()
    doubtful = set()
    for problem in bibliography.problems:
        entries = starts.get(problem.location.path, [])
        index = bisect_right(entries, problem.location.line, key=lambda entry: entry[0])
        if index:
            doubtful.add(entries[index - 1][1])
    unlent = {
        key
        for key, work in bibliography.works.items()
        if "crossref" in work.fields and not work.inherited
    }
    return doubtful | unlent
