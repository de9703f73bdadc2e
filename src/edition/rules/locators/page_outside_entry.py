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

from edition.bibliography.pages import cited_pages, outside_entry, wrong_volume
from edition.rules.messages import fact_source, known_pages, page_words, place_of_locator
from edition.rules.queries import cited, scheme_hint
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L104", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for citation, work, facts in cited(edition):
        if wrong_volume(citation, facts):
            continue  # the more telling finding
        if page := outside_entry(cited_pages(citation), facts):
            yield Finding(
                place_of_locator(citation),
                f"{page_words(page)} is not in “{work.key}”, which has {known_pages(work)} "
                f"({fact_source(work, 'pages')})",
                "Compare the page with the source, and the printing cited with the entry’s."
                + scheme_hint(citation),
            )
