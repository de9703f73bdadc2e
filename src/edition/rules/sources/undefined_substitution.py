"""A substitution that nothing defines: the build warns, and prints nothing in its place.

What stands between doubled braces is a name from `myst: substitutions:` in the front matter or
from `myst_substitutions` in conf.py, perhaps with filters of Jinja behind a bar. Where conf.py
works its names out, every name may be one of them. Substitutions are read where
`substitution` is among the extensions, and a conf.py says what else is defined.

Bad, where it is:

```md
---
myst:
  substitutions:
    harbour: Whitby
---
{{ habour }} lay still.
```

Good:

```md
---
myst:
  substitutions:
    harbour: Whitby
---
{{ harbour | upper }} lay still.
```
"""

from edition.rules.rule import Edition, Findings, Severity, kept_by_readers, rule


@rule("S115", Severity.ERROR)
def check(edition: Edition) -> Findings:
    return kept_by_readers(edition, "undefined-substitution") if edition.build else iter(())
