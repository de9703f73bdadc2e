"""An ignore that silences nothing, names no rule, or gives no reason.

`% edition: ignore page-outside-entry -- printing of 1972` speaks for the block that follows.
Once the fault is mended the comment would hide the next one. An ignore without a reason, or
of a rule that does not exist, silences nothing.

Bad:

```md
% edition: ignore page-beyond-book -- the later printing has more pages
She wrote of it twice {cite:p}`hart-letters{p. 19}`.
```

Good:

```md
% edition: ignore page-beyond-book -- the later printing has more pages
She wrote of it twice {cite:p}`hart-letters{p. 541}`.
```
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from edition.model import Edition, Ignore
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.rule import Rule, nothing

_FORM = "Write `% edition: ignore RULE -- reason` on the line before the block."


def unused(
    edition: Edition, used: Collection[tuple[Ignore, str]], rules: Sequence[Rule], applied: set[str]
) -> Iterator[Diagnostic]:
    """The findings on ignores, when all others are known.

    `used` pairs an ignore with the code of a finding that it silenced; `rules` is the
    catalogue, `applied` the codes of the rules that were applied.
    """
    codes = {name: rule.code for rule in rules for name in (rule.name, rule.code)}
    for document in edition.documents:
        for ignore in document.ignores:
            if not ignore.rules:
                yield RULE.finding(ignore.location, "the ignore names no rule", _FORM)
            elif not ignore.reason:
                yield RULE.finding(
                    ignore.location, "the ignore gives no reason, so it silences nothing", _FORM
                )
            else:
                yield from _of_rules(ignore, used, codes, applied)


def _of_rules(
    ignore: Ignore,
    used: Collection[tuple[Ignore, str]],
    codes: dict[str, str],
    applied: set[str],
) -> Iterator[Diagnostic]:
    for name in ignore.rules:
        if name not in codes:
            close = get_close_matches(name, codes, n=1)
            yield RULE.finding(
                ignore.location,
                f"the ignore names “{name}”, and there is no such rule",
                f"Did you mean “{close[0]}”?" if close else "`edition rules` lists them all.",
            )
        elif codes[name] in applied and (ignore, codes[name]) not in used:
            yield RULE.finding(
                ignore.location,
                f"the ignore of {name} silences nothing in the block that follows",
                "Remove it.",
            )


RULE = Rule(
    code="S102",
    name="unused-ignore",
    severity=Severity.WARNING,
    check=nothing,
    page=__doc__,
)
