"""A page that the entry’s own pages do not hold.

The bibliography says that a chapter, letter or article fills certain pages; a citation of
another page names the wrong page or the wrong text. `pages` may be a union of roman and
arabic ranges (`i--iii, 1--310`). A roman page is held against roman ranges only: where the
entry gives none, nothing is known of it. A page outside may also mean that the article used
another printing; then the entry should say which printing its pages are of.

Bad:

```md
{cite:p}`hart-harbour{p. 412}`
```

Good:

```md
{cite:p}`hart-harbour{p. 112}`
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.bibliography.pages import cited_pages, outside_entry, wrong_volume
from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.locators import cited
from edition.rules.messages import fact, page_measure, page_words, place_of_locator
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Hold each cited page against the pages of its entry."""
    for citation, work, facts in cited(edition):
        if wrong_volume(citation, facts):
            continue  # the more telling finding
        if page := outside_entry(cited_pages(citation), facts):
            yield RULE.finding(
                place_of_locator(citation),
                f"{page_words(page)} is not in “{work.key}”, which has {page_measure(work)} "
                f"({fact(work, 'pages')})",
                "Compare the page with the source, and the printing cited with the entry’s.",
            )


RULE = Rule(
    code="L104",
    name="page-outside-entry",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
