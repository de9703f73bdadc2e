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

from __future__ import annotations

from collections.abc import Iterator

from edition.bibliography import plain
from edition.checks.locators import cited
from edition.checks.rule import Rule
from edition.checks.wording import fact, page_words, place_of_locator
from edition.diagnostic import Diagnostic, Severity
from edition.locator import LocatorError, parse_ranges
from edition.model import Edition, Work
from edition.pagefacts import (
    beyond_book,
    cited_pages,
    outside_entry,
    without_measure,
    wrong_volume,
)


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look for cited pages that nothing can be held against."""
    for citation, work, facts in cited(edition):
        pages = cited_pages(citation)
        page = without_measure(pages, facts)
        if page is None or _is_inverted(work):
            continue  # of inverted pages the entry's own finding speaks
        if wrong_volume(citation, facts) or outside_entry(pages, facts) or beyond_book(pages, facts):
            continue  # the more telling finding
        yield RULE.finding(
            place_of_locator(citation),
            f"{page_words(page)} of “{work.key}” cannot be checked: {_reason(work, page.sequence)}",
            "Add `pages` or `pagetotal` to the entry, and `pagesource` for where you saw them.",
        )


def _reason(work: Work, sequence: str) -> str:
    """Why nothing is known of pages of that sequence."""
    stated = next((name for name in ("pages", "pagetotal") if work.get(name)), None)
    if stated is None:
        return f"its entry names no pages ({work.location})"
    kind = f"no {sequence} pages" if sequence in ("arabic", "roman") else f"no page {sequence}…"
    return f"its {stated}, “{plain(work.get(stated) or '')}”, tell {kind} ({fact(work, stated)})"


def _is_inverted(work: Work) -> bool:
    try:
        faults = parse_ranges(work.get("pages") or "").faults
    except LocatorError:
        return False
    return any(fault.kind == "inverted-range" for fault in faults)


RULE = Rule(
    code="L110",
    name="unknown-page-facts",
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
