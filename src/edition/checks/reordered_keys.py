"""Keys of one citation that are printed in another order than typed.

sphinxcontrib-bibtex prints the keys of a role in the order of the bibliography, which is the
order in which the works are first cited, from the first document of the edition to the last.
Where another work was cited earlier, it moves to the front, and with it the words before it:
“see A; but cf. B” becomes “but cf. B; see A”. (This holds for a bibliography in order of
citation, as the style `edition` makes it; a style that sorts by author moves keys by name.)

Bad:

```md
Of the harbour she wrote twice {cite:p}`hart-harbour{p. 112}`.

Once at length {cite:p}`{see}hart-letters{p. 12}, {but cf.}hart-harbour{p. 101}`.
```

Good:

```md
Of the harbour she wrote twice {cite:p}`hart-harbour{p. 112}`.

Once at length ({cite:alp}`{see}hart-letters{p. 12}`; {cite:alp}`{but cf.}hart-harbour{p. 101}`).
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.checks.locators import roles
from edition.checks.rule import Rule
from edition.diagnostic import Diagnostic, Severity
from edition.model import Citation, Edition


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Hold the keys of every role against the order of the bibliography."""
    first: dict[str, Citation] = {}
    for role in roles(edition):
        known = [c for c in role if c.key in edition.bibliography.works]
        for citation in known:
            first.setdefault(citation.key, citation)
        if known and known[0].role == "cite:empty":
            continue  # nothing is printed
        # Works enter `first` as they are met, so those met before this role are in its order.
        typed = list(dict.fromkeys(c.key for c in known))
        printed = sorted(typed, key=lambda key: _rank(first[key]))
        raise NotImplementedError
    yield from ()


RULE = Rule(
    code="C103",
    name="reordered-keys",
    severity=Severity.WARNING,
    check=check,
    page=__doc__,
)
