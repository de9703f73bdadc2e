"""A passage of the imported text that is not as the witness’s fingerprints have it.

The fingerprints in `apparatus/` tell every passage of a witness by digests of its words and of its
sentences. A copy that reads otherwise is no error, so this is a note: it may have a better text, or
the imported file may have been edited.
"""

from __future__ import annotations

from collections.abc import Iterator

from edition.model import Edition
from edition.model.diagnostic import Diagnostic, Severity
from edition.rules.rule import Rule


def check(edition: Edition) -> Iterator[Diagnostic]:
    """Report what was found when the text was held against its fingerprints."""
    for text in edition.texts:
        for deviation in text.deviations:
            count = deviation.sentences
            yield RULE.finding(
                deviation.location,
                f"{deviation.passage} does not read as the fingerprints of {text.siglum} have it: "
                f"{count} of its sentences {'is' if count == 1 else 'are'} not here",
                "`edition import` lists the readings of another copy.",
            )


RULE = Rule(
    code="W102",
    name="passage-differs",
    severity=Severity.NOTE,
    check=check,
    page=__doc__,
)
