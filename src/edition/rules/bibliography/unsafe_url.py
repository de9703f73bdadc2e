r"""An address that is not http, https or doi.

A `javascript:` address runs in the reader’s browser, a `file:` one names a folder that the
reader has not, and one without `https://` is looked for beside the edition’s own pages.
Looked at is `url`, and `\url{…}` and `\href{…}` in the notes.

Bad:

```bib
@online{pilot-blog,
  author = {Pilot, A.},
  title = {The Pilot's Blog},
  year = {2011},
  url = {file:///home/ada/blog.html},
}
```

Good:

```bib
@online{pilot-blog,
  author = {Pilot, A.},
  title = {The Pilot's Blog},
  year = {2011},
  url = {https://example.org/blog},
}
```
"""

import re
from collections.abc import Iterator

from edition.model import Work
from edition.model.diagnostic import Location
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_SAFE = re.compile(r"(?:https?://|doi:)[^\s/]", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}:", re.IGNORECASE)
_COMMAND = re.compile(r"\\(?:url|href)\s?\{([^{}]*)\}")
_NOTES = ("howpublished", "note", "addendum", "titleaddon", "annotation", "annote")


@rule("B115", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        for address, place in _addresses(work):
            if _SAFE.match(address):
                continue
            scheme = _SCHEME.match(address)
            what = f"begins with “{scheme[0]}”" if scheme else "does not say how to reach it"
            yield Finding(
                place,
                f"the address “{address[:80]}” in “{work.key}” {what}; only http, https and doi "
                "lead a reader to the work",
                "Give an address that begins with https://, or none.",
            )


def _addresses(work: Work) -> Iterator[tuple[str, Location]]:
    field = work.fields.get("url")
    if field is not None:
        command = _COMMAND.match(field.value)
        address = (command[1] if command else field.value).strip("{}<> ")
        if address:
            yield address, field.location
    for name in _NOTES:
        note = work.fields.get(name)
        for command in _COMMAND.finditer(note.value) if note else ():
            # Without a scheme it is no link there, but words.
            if note and _SCHEME.match(command[1].strip()):
                yield command[1].strip(), note.location
