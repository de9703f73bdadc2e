"""A quotation within a quotation, in the same marks as the one around it.

A reader takes the second opening mark for a mistake, or the first closing one for the end.
English sets ‘single’ marks within “double” ones, or the other way round.

Bad:

```md
The pilot said that “nobody had told her “the tide is out” before”
{cite:p}`hart-letters{p. 12}`.
```

Good:

```md
The pilot said that “nobody had told ‘the old one’ before” {cite:p}`hart-letters{p. 12}`, and
‘left for “the harbour”’.
```
"""

from edition.model import MarkFaultKind
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_INNER = {"“": "‘…’", "„": "‚…‘", "«": "‹…›", "»": "›…‹", "‘": "“…”", "‚": "„…“"}


@rule("Q106", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        for fault in document.mark_faults:
            if fault.kind is MarkFaultKind.NESTED:
                inner = _INNER.get(fault.mark)
                yield Finding(
                    fault.location,
                    f"the quotation mark {fault.mark} opens a quotation within one in the same "
                    "marks, so the two cannot be told apart",
                    f"Set the inner one in {inner}." if inner else "Set the inner one in others.",
                )
