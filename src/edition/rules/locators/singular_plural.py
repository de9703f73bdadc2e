"""A label in the wrong number: `pp. 12`, `p. 12–14`.

One page is `p.`, several are `pp.`: a range, a list, `40ff.`; so with `vol.` and `vols.`,
`n.` and `nn.` and all other labels. The wrong one often means that a number is missing or one
too many, and formatters hide it: Pandoc prints `pp. 12` as “p. 12”. `40f.` passes with
either label.

Bad:

```md
{cite:p}`hart-letters{pp. 12}` and {cite:p}`hart-letters{p. 12–14}`
```

Good:

```md
{cite:p}`hart-letters{p. 12}` and {cite:p}`hart-letters{pp. 12–14}`
```
"""

from edition.rules.queries import faults
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

# Languages whose abbreviations serve for one page and for several: p. 12-14, S. 12–14.
_ONE_FORM = frozenset("cs da de fi fr hu nb nn no pl pt ru sk sr sv tr uk".split())


@rule("L107", Severity.WARNING)
def check(edition: Edition) -> Findings:
    if edition.build is not None and edition.build.language[:2] in _ONE_FORM:
        return
    for _citation, place, fault, edits in faults(edition, "singular-plural"):
        yield Finding(place, fault.message, "Correct the label, or the numbers after it.", edits)
