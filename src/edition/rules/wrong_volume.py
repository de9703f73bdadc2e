"""A volume that the work does not stand in, or does not have.

The entry says `volume = {26}` (its own or its collection’s) and the citation `vol. 31`; or
the entry says `volumes = {2}` and the citation `vol. 3`. `XXVI` and `26` are one volume.

Bad:

```md
{cite:p}`hart-harbour{vol. 9, p. 112}`
```

Good:

```md
{cite:p}`hart-harbour{vol. 3, p. 112}`
```
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.bibliography.pages import wrong_volume
from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.locators import cited
from edition.rules.messages import fact, place_of_locator
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Hold each cited volume against the entry's."""
    for citation, work, facts in cited(edition):
        if volume := wrong_volume(citation, facts):
            name = "volume" if facts.volume is not None else "volumes"
            stated = (
                f"stands in volume {facts.volume}"
                if facts.volume is not None
                else (f"has {facts.volumes} volumes")
            )
            yield RULE.finding(
                citation.location if citation.volume else place_of_locator(citation),
                f"volume {volume} is cited of “{work.key}”, which {stated} ({fact(work, name)})",
                "Correct the volume, or cite the entry of the volume meant.",
            )


RULE = Rule(
    code="L106",
    name="wrong-volume",
    severity=Severity.ERROR,
    check=check,
    page=__doc__,
)
