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

from edition.bibliography.pages import wrong_volume
from edition.rules.messages import fact_source, place_of_locator
from edition.rules.queries import cited
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L106", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for citation, work, facts in cited(edition):
        if volume := wrong_volume(citation, facts):
            name = "volume" if facts.volume is not None else "volumes"
            stated = (
                f"stands in volume {facts.volume}"
                if facts.volume is not None
                else (f"has {facts.volumes} volumes")
            )
            yield Finding(
                citation.location if citation.volume else place_of_locator(citation),
                f"volume {volume} is cited of “{work.key}”, which {stated} "
                f"({fact_source(work, name)})",
                "Correct the volume, or cite the entry of the volume meant.",
            )
