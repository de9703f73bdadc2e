"""A link to an anchor that stands nowhere in the edition.

The build prints its words without a link. An anchor is `(p12)=` before a block, or the
`:name:` of a directive; a link may stand in another file than its anchor. Capitals do not
matter, as they do not to Sphinx. A link to a whole document (`[](#introduction)`), to a work’s
entry in the bibliography (`[](#cite-hart)`) and to Sphinx’s own pages (`genindex`, `search`)
finds its goal too.

Bad:

```md
(p1)=
The tide goes out, as [the second passage](#p2) says.
```

Good:

```md
(p1)=
The tide goes out, as [the second passage](#p2) and {ref}`the first <p1>` say.

(p2)=
It comes back.
```
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath
from urllib.parse import unquote

from edition.checks.rule import Rule
from edition.diagnostic import Diagnostic, Severity
from edition.model import Edition

_SPHINX = frozenset({"genindex", "modindex", "py-modindex", "search"})
_MOST_SUGGESTIONS = 50


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Look every link's goal up."""
    if any(p.rule == "unreadable-source" for d in edition.documents for p in d.problems):
        return
    known = _SPHINX | {_folded(anchor.id) for anchor in edition.anchors}
    known |= {f"cite-{key.casefold()}" for key in edition.bibliography.works}
    paths = frozenset(document.path.casefold() for document in edition.documents)
    suggestions: dict[str, str] = {}
    for document in edition.documents:
        for reference in document.references:
            target = _folded(unquote(reference.target))
            if target in known or _names_document(target, document.path.casefold(), paths):
                continue
            if target not in suggestions and len(suggestions) < _MOST_SUGGESTIONS:
                close = get_close_matches(target[:80], sorted(known), n=1, cutoff=0.8)
                suggestions[target] = f"Did you mean “{close[0]}”?" if close else ""
            yield RULE.finding(
                reference.location,
                f"nothing in the edition has the id “{reference.target}”, so the link leads "
                "nowhere",
                suggestions.get(target) or "Correct the id, or put the anchor before its block.",
            )


def _folded(ident: str) -> str:
    return " ".join(ident.casefold().split())


def _names_document(target: str, source: str, paths: frozenset[str]) -> bool:
    """Whether a target names a document, from the folder of the one that names it or above."""
    name = target.strip("/") + ".md"
    folders = PurePosixPath(source).parents
    return any((folder / name).as_posix() in paths for folder in folders)


RULE = Rule(
    code="A104",
    name="dangling-reference",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
