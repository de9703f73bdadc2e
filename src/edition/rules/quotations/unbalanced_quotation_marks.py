"""A quotation mark that has no partner.

Without it nobody can tell where the quoted words end and the author’s begin. A quotation of
several paragraphs may open each of them and close the last only. Marks pair within a
paragraph, in the English, German, French and other manners; apostrophes, and what stands in
code or mathematics, are none.

Bad:

```md
He wrote that “the tide went out and never came back.
```

Good:

```md
He wrote that “the tide went out” and ‘never came back’, ’tis said, to the pilots’ sorrow.

“It was the longest night of the year.

“And it was the last” {cite:p}`hart-letters{p. 12}`.
```
"""

from edition.model import MarkFaultKind
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_WORDS = {
    MarkFaultKind.UNCLOSED: (
        "the quotation mark {} is never closed, so nobody can tell where the quoted words end",
        "Close it behind the last quoted word.",
    ),
    MarkFaultKind.UNOPENED: (
        "the quotation mark {} closes what was never opened, so nobody can tell where the "
        "quoted words begin",
        "Open it before the first quoted word, or delete it.",
    ),
}


@rule("Q103", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        for fault in document.mark_faults:
            if fault.kind in _WORDS:
                message, hint = _WORDS[fault.kind]
                yield Finding(fault.location, message.format(fault.mark), hint)
