"""A picture that says nothing to whoever cannot see it.

A screen reader has only the alternative text, and neither the PDF (PDF/UA-1) nor the EPUB is
accessible without one. Say what the picture is there to show. A picture that only decorates
gets an `{image}` with an empty `:alt:`.

Bad:

```md
![](https://example.org/harbour.png)
```

Good:

````md
![The harbour at low water](https://example.org/harbour.png)

```{image} https://example.org/ornament.png
:alt:
```
````
"""

from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("S109", Severity.WARNING)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        for picture in document.pictures:
            if picture.alternative is None:
                yield Finding(
                    picture.location,
                    f"the picture “{picture.target}” has no alternative text",
                    "Say what it shows: ![a ferry at low water](…), or :alt: in a directive; an "
                    "{image} with an empty :alt: only decorates.",
                )
