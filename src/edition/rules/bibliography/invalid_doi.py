"""A DOI that leads nowhere, because it is none or because a resolver stands before it.

A DOI is `10.`, the number of who registered it, a slash and a suffix without spaces. It is
given bare: other programs put `https://doi.org/` before it, so that an address in this field
becomes `https://doi.org/https://doi.org/…`.

Bad:

```bib
@article{pilot-tides,
  author = {Pilot, A.},
  title = {Of Tides},
  journal = {Harbour Quarterly},
  year = {1931},
  doi = {11.1234/tides},
}
```

Good:

```bib
@article{pilot-tides,
  author = {Pilot, A.},
  title = {Of Tides},
  journal = {Harbour Quarterly},
  year = {1931},
  doi = {10.1234/(tides)_1931},
}
```
"""

from edition.bibliography.identifiers import bare_doi, has_resolver, is_doi
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B113", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        field = work.fields.get("doi")
        if field is None or not field.value:
            continue
        bare, shown = bare_doi(field.value), field.value[:80]
        if not is_doi(bare):
            yield Finding(
                field.location,
                f"“{shown}” in “{work.key}” is no DOI, so its link leads nowhere",
                "A DOI looks like 10.1234/suffix and holds no spaces.",
            )
        elif has_resolver(field.value):
            yield Finding(
                field.location,
                f"the DOI of “{work.key}”, “{shown}”, stands behind its resolver, which "
                "other programs put before it once more",
                f"Write it bare: doi = {{{bare}}}.",
            )
