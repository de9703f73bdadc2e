"""A substitution that nothing defines: the build warns, and prints nothing in its place.

What stands between doubled braces is a name from `myst: substitutions:` in the front matter or
from `myst_substitutions` in conf.py, perhaps with filters of Jinja behind a bar. Where conf.py
works its names out, every name may be one of them. Substitutions are read where
`substitution` is among the extensions.

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

from edition.rules.rule import Severity, reported

RULE = reported(__name__, "S115", Severity.ERROR)
