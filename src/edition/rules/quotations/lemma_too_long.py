"""A lemma of more than five words.

`:opening:` and `:closing:` hold up to five words each, as the lemmata of an apparatus do: enough
to find the place, and no copy of a text that is in copyright. Words joined by hyphens are one.

Bad:

```md
:::{quotation} hart-letters
:page: 19
:opening: The tide went out and never
:closing: came back.
:::
```

Good:

```md
:::{quotation} hart-letters
:page: 19
:opening: The tide went out and
:closing: never came back.
:::
```
"""

import re

from edition.model import QuotationForm
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_MOST_WORDS = 5
_BETWEEN_WORDS = re.compile(r"\s+|[—…]|--+|\.\.\.+|\s–\s")


@rule("Q104", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for quotation in edition.quotations:
        if quotation.form is not QuotationForm.STRUCTURED:
            continue
        ends = {"opening": quotation.opening, "closing": quotation.closing}
        counts = {name: _count(words) for name, words in ends.items()}
        long = [f"{name} has {n} words" for name, n in counts.items() if n > _MOST_WORDS]
        if long:
            yield Finding(
                quotation.location,
                f"the lemma’s {' and its '.join(long)}, where {_MOST_WORDS} are the most",
                "Keep the first five words of the opening, the last five of the closing.",
            )


def _count(lemma: str) -> int:
    return sum(any(c.isalnum() for c in word) for word in _BETWEEN_WORDS.split(lemma))
