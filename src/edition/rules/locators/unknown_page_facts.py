"""A page cited of a work whose pages are not known, so that nothing could be checked.

It is a note, at each such citation: the page may be right, but nobody has held it against
anything. Give the entry `pages` (of a part) or `pagetotal` (of a whole, with its front matter:
`xiv, 240`), and say in `pagesource` where you saw them. A roman page wants a roman range or
front matter. A citation by chapter or headword asks nothing of the pages.

Bad:

```md
{cite:p}`pilot-log{p. 12}`
```

```bib
@book{pilot-log,
  author = {Pilot, Ada},
  title = {The Pilot's Log},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1931},
}
```

Good:

```md
{cite:p}`pilot-log{p. 12}`
```

```bib
@book{pilot-log,
  author = {Pilot, Ada},
  title = {The Pilot's Log},
  publisher = {Quay Press},
  address = {Whitby},
  year = {1931},
  pagetotal = {96},
  pagesource = {title page and last page},
}
```
"""

from bisect import bisect_right
from collections.abc import Iterator

from edition.bibliography import plain
from edition.bibliography.datamodel import misspelling
from edition.bibliography.pages import (
    PageFacts,
    beyond_book,
    cited_pages,
    is_article_number,
    outside_entry,
    without_measure,
    wrong_volume,
)
from edition.model import Bibliography, Work
from edition.rules.messages import fact_source, page_words, place_of_locator
from edition.rules.queries import cited, entry_page_faults
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_PAGES = frozenset({"pages", "pagetotal"})


@rule("L110", Severity.NOTE)
def check(edition: Edition) -> Findings:
    faulty = set(_faulty(edition.bibliography))
    for citation, work, facts in cited(edition):
        pages = cited_pages(citation)
        page = without_measure(pages, facts)
        if page is None or work.key in faulty:
            continue  # nothing to say, or the entry's own finding says it
        if (
            wrong_volume(citation, facts)
            or outside_entry(pages, facts)
            or beyond_book(pages, facts)
        ):
            continue  # the more telling finding
        reason = _reason(work, facts, page.sequence)
        yield Finding(
            place_of_locator(citation),
            f"{page_words(page)} of “{work.key}” cannot be checked: {reason}",
            "Add `pages` or `pagetotal` to the entry, and `pagesource` for where you saw them.",
        )


def _faulty(bibliography: Bibliography) -> Iterator[str]:
    """Yield the keys of entries whose pages may be unknown because something else is wrong."""
    works = sorted(bibliography.works.values(), key=lambda work: work.location)
    starts = [work.location for work in works]
    for problem in bibliography.problems:
        before = bisect_right(starts, problem.location)
        if problem.rule in ("bibliography-syntax", "missing-crossref") and before:
            yield works[before - 1].key
    for work in works:
        meant = map(misspelling, work.fields)
        if any(entry_page_faults(work, "inverted-range")) or not _PAGES.isdisjoint(meant):
            yield work.key


def _reason(work: Work, facts: PageFacts, sequence: str) -> str:
    """Why nothing is known of pages of that sequence."""
    stated = next((name for name in ("pages", "pagetotal") if work.get(name)), None)
    if stated is None:
        return f"its entry names no pages ({fact_source(work, 'pages')})"
    value = f"{stated}, “{plain(work.get(stated) or '')}”"
    if is_article_number(work):
        return f"its {value}, are the number of an article ({fact_source(work, stated)})"
    if not facts.ranges and facts.total is None:
        return f"its {value}, cannot be read ({fact_source(work, stated)})"
    kind = {"arabic": "arabic pages", "roman": "roman pages"}.get(sequence, f"page {sequence}…")
    return f"its entry has {value}, and no {kind} ({fact_source(work, stated)})"
