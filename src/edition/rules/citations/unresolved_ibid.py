"""A reference typed by hand that points back: ibid., op. cit., loc. cit., ebd., a. a. O.

It says which work only as long as nothing is put in between, and nothing can check its page.
That holds whether the work was named before or not. The build prints each work’s short title
from its key, so a citation can be given in full each time. In the words of a quotation that
has its own citation such a word is the quoted author’s, and between quotation marks, or after
“an” or “the”, it is merely spoken of.

Bad:

```md
The pilots “put out to sea on the morning tide” {cite:p}`hart-letters{p. 12}`, and “not one of
them came back before dark” (ibid., p. 13).

They were “paid by the tide and not by the day”.[^paid]

[^paid]: Hart, op. cit., p. 20.

Nobody knew why {cite:p}`hart-letters{loc. cit.}`.
```

Good:

```md
The pilots “put out to sea on the morning tide” {cite:p}`hart-letters{p. 12}`, and “not one of
them came back before dark” {cite:p}`hart-letters{p. 13}`.

What the first edition gave as “ibid.” is given in full here, and an *op. cit.* with its title.
```
"""

from bisect import bisect_left

from edition.locator import refers_back
from edition.model import Citation, Document
from edition.model.diagnostic import Location
from edition.rules.messages import place_of_locator
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("C106", Severity.ERROR)
def check(edition: Edition) -> Findings:
    for document in edition.documents:
        places = [c.location for c in document.citations] if document.back_references else []
        for reference in document.back_references:
            before = bisect_left(places, reference.location)
            yield Finding(
                reference.location,
                f"“{reference.text}” refers back by hand, so nothing can tell which work or "
                "check the page",
                _hint(document, before),
            )
        for citation in document.citations:
            yield from _within(citation)


def _hint(document: Document, before: int) -> str:
    if not before:
        return "Nothing is cited before it in this file: cite the work by its key."
    return f"If it means the citation before it, write {_example(document.citations[before - 1])}."


def _example(citation: Citation) -> str:
    return f"{{cite:p}}`{citation.key}{{p. 19}}` with the page"


def _within(citation: Citation) -> Findings:
    found: list[tuple[str, Location]] = []
    if citation.locator and refers_back(citation.locator):
        found.append((citation.locator, place_of_locator(citation)))
    if citation.prenote and refers_back(citation.prenote):
        found.append((citation.prenote, citation.location))
    for typed, place in found:
        yield Finding(
            place,
            f"“{typed}” in the citation of “{citation.key}” refers back by hand; a citation says "
            "in full where the words stand",
            "Delete the word, and give the page itself.",
        )
