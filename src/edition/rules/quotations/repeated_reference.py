"""The same reference twice for one quotation.

It is usually left over from moving the citation: once in the text and once in a footnote, or in
the attribution and again below it. Two references to different places are two sources, and
two quotations may well have the same one.

Bad:

```md
> The tide went out and never came back. {cite:p}`hart-letters{p. 19}`
>
> -- {cite:t}`hart-letters{p. 19}`

She wrote “the tide went out and never came back”.[^tide] {cite:p}`hart-letters{p. 19}`

[^tide]: {cite:t}`hart-letters{p. 19}`.
```

Good:

```md
> The tide went out and never came back.
>
> -- {cite:t}`hart-letters{p. 19}`

The words “the tide went out” {cite:p}`hart-letters{p. 19}` and “never came back”
{cite:p}`hart-letters{p. 19}` stand on one page.
```
"""

from collections.abc import Hashable

from edition.bibliography.pages import cited_volumes, locator_of
from edition.model import Citation
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("Q102", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for quotation in edition.quotations:
        if len(quotation.citations) < 2:
            continue
        seen: dict[Hashable, Citation] = {}
        for citation in quotation.citations:
            if not citation.locator:
                continue  # a missing locator is the more telling finding
            place = locator_of(citation) or citation.locator
            earlier = seen.setdefault((citation.key, place, cited_volumes(citation)), citation)
            # Within one role, repeated-key is the more telling finding.
            if earlier is not citation and earlier.group != citation.group:
                yield Finding(
                    quotation.location,
                    f"the quotation has the reference “{citation.key}, {citation.locator}” twice, "
                    f"at {earlier.location} and {citation.location}",
                    "Keep one of them.",
                )
                break
