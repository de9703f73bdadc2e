"""A document that no table of contents names: the PDF and the e-book leave it out.

Sphinx warns of it. `orphan: true` in the front matter says that it is meant so. It is asked where
there is a conf.py, and where every page that may hold a `{toctree}` is read.

Bad, where a conf.py stands beside it and no document names it:

```md
# The pilots
```

Good:

```md
---
orphan: true
---
# The pilots
```
"""

from edition.model.diagnostic import Location
from edition.rules.queries import KNOWN_EXTENSIONS
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("S118", Severity.WARNING)
def check(edition: Edition) -> Findings:
    build = edition.build
    if build is None or "toctree::" in edition.elsewhere or not edition.documents:
        return
    if not KNOWN_EXTENSIONS.issuperset(build.extensions) or "toc.not_included" in build.silenced:
        return
    included = {path for document in edition.documents for path in document.included}
    for document in edition.documents:
        if document.path in edition.unlisted and not document.orphan | (document.path in included):
            yield Finding(
                Location(document.path, 1, 1),
                "no table of contents names this document, so the PDF and the e-book lack it",
                "Name it in a {toctree}, or say `orphan: true` in its front matter.",
            )
