"""A passage of the imported text that is not as the witness’s fingerprints have it.

The fingerprints in `apparatus/` tell every passage of a witness by digests of its words and of its
sentences. A copy that reads otherwise is no error, so this is a note: it may have a better text, or
the imported file may have been edited.
"""

from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("W102", Severity.NOTE)
def check(edition: Edition) -> Findings:
    for text in edition.texts:
        for deviation in text.deviations:
            count = deviation.sentences
            yield Finding(
                deviation.location,
                f"{deviation.passage} does not read as the fingerprints of {text.siglum} have it: "
                f"{count} of its sentences {'is' if count == 1 else 'are'} not here",
                "`edition import` lists the readings of another copy.",
            )
