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

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition, MarkFaultKind
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.rule import Rule

_INNER = {"“": "‘…’", "„": "‚…‘", "«": "‹…›", "»": "›…‹", "‘": "“…”", "‚": "„…“"}


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Report the marks that the reader found within their own kind."""
    for document in edition.documents:
        for fault in document.mark_faults:
            if fault.kind is MarkFaultKind.NESTED:
                inner = _INNER.get(fault.mark)
                yield RULE.finding(
                    fault.location,
                    f"the quotation mark {fault.mark} opens a quotation within one in the same "
                    "marks, so the two cannot be told apart",
                    f"Set the inner one in {inner}." if inner else "Set the inner one in others.",
                )


RULE = Rule(
    code="Q106",
    name="nested-quotation-marks",
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
