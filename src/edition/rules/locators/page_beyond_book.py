"""A page after the book’s last.

The entry’s `pagetotal` counts the pages (`240`), or the front matter and the pages
(`xiv, 296`); so does a lone number in the `pages` of a whole book. No citation can go beyond.

Bad:

```md
{cite:p}`hart-letters{p. 541}`
```

Good:

```md
{cite:p}`hart-letters{pp. xii, 239}`
```
"""

from edition.bibliography.pages import beyond_book, cited_pages, outside_entry, wrong_volume
from edition.rules.messages import fact_source, page_words, place_of_locator, total_words
from edition.rules.queries import cited, scheme_hint
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L105", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for citation, work, facts in cited(edition):
        pages = cited_pages(citation)
        if wrong_volume(citation, facts) or outside_entry(pages, facts):
            continue  # the more telling finding
        if facts.total and (page := beyond_book(pages, facts)):
            name = "pagetotal" if work.field("pagetotal") else "pages"
            yield Finding(
                place_of_locator(citation),
                f"{page_words(page)} is beyond the end of “{work.key}”, "
                f"which has {total_words(facts.total)} ({fact_source(work, name)})",
                "Compare the page with the source, and the printing cited with the entry’s."
                + scheme_hint(citation),
            )
