"""A part whose pages the volume that holds it does not have.

A part names its volume by `crossref`. Its pages must lie among those of the volume: up to its
`pagetotal`, or within its `pages`, roman ones among roman ones. Where the volume says nothing
of its pages there is nothing to hold the part against. Nor can a part stand in another
`volume` than its volume does.

Bad:

```bib
@incollection{hart-harbour,
  author = {Hart, Mary},
  title = {The Harbour at Night},
  pages = {401--430},
  crossref = {hart-sketches},
}

@book{hart-sketches,
  author = {Hart, Mary},
  title = {Sketches},
  year = {1938},
  pagetotal = {xiv, 240},
}
```

Good:

```bib
@incollection{hart-harbour,
  author = {Hart, Mary},
  title = {The Harbour at Night},
  pages = {xi--xiv, 201--230},
  crossref = {hart-sketches},
}

@book{hart-sketches,
  author = {Hart, Mary},
  title = {Sketches},
  year = {1938},
  pagetotal = {xiv, 240},
}
```
"""

from dataclasses import replace

from edition.bibliography.datamodel import PARTS
from edition.bibliography.pages import beyond_book, facts_of, outside_entry
from edition.locator import PageRange
from edition.model import Work
from edition.rules.messages import fact_source, known_pages, page_words
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B114", Severity.ERROR)
def check(edition: Edition) -> Findings:
    works = edition.bibliography.works
    keys = {key.casefold(): key for key in works}
    for work in works.values():
        if work.type not in PARTS:
            continue
        crossref = work.fields.get("crossref")
        parent = works.get(keys.get(crossref.value.casefold(), "")) if crossref else None
        if parent is None or parent is work:
            parent = replace(work, fields={n: f for n, f in work.fields.items() if n != "pages"})
        if finding := _other_volume(work, parent) or _outside(work, parent):
            yield finding


def _outside(work: Work, whole: Work) -> Finding | None:
    pages, facts = facts_of(work).ranges, facts_of(whole)
    if "pages" not in work.fields or not (page := _misplaced(pages, whole)):
        return None
    name = "pages" if facts.ranges or not whole.get("pagetotal") else "pagetotal"
    called = f"“{whole.key}”" if whole.key != work.key else "its volume"
    return Finding(
        work.fields["pages"].location,
        f"{page_words(page)} of the part “{work.key}” cannot stand in {called}, which has "
        f"{known_pages(whole)} ({fact_source(whole, name)})",
        "Compare the pages with the source, and the printing of the part with the volume’s.",
    )


def _misplaced(pages: tuple[PageRange, ...], whole: Work) -> PageRange | None:
    facts = facts_of(whole)
    return outside_entry(pages, facts) if facts.ranges else beyond_book(pages, facts)


def _other_volume(work: Work, whole: Work) -> Finding | None:
    own, stated = work.fields.get("volume"), whole.get("volume")
    if own is None or stated is None:
        return None
    numbers = own.value.strip(), stated.strip()
    if not all(n.isdecimal() and len(n) < 6 for n in numbers) or int(numbers[0]) == int(numbers[1]):
        return None
    return Finding(
        own.location,
        f"the part “{work.key}” is put into volume {own.value}, but its volume “{whole.key}” is "
        f"volume {stated} ({fact_source(whole, 'volume')})",
        "Correct the volume, or name another by `crossref`.",
    )
