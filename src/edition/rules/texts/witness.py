"""An imported text beside the edition."""

from edition.model import Quotation
from edition.model.text_folding import folded_words
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("W101", Severity.WARNING)
def lemma_differs(edition: Edition) -> Findings:
    for text in edition.texts:
        held = {q.id: q for q in text.document.quotations if q.id}
        passages = {p.id for p in text.document.passages}
        for quotation in edition.quotations:
            if quotation.id is None or quotation.text is not None:
                continue
            found = held.get(quotation.id)
            if found is not None:
                yield from _compared(quotation, found, text.siglum)
            elif quotation.passage in passages:
                yield Finding(
                    quotation.location,
                    f"the text {text.siglum} has {quotation.passage}, but in it no quotation "
                    f"{quotation.id}",
                    "Import again; if the copy lacks the words, note it in the apparatus.",
                )


def _compared(quotation: Quotation, found: Quotation, siglum: str) -> Findings:
    words = folded_words(found.plain or "")
    for name, lemma in (("opening", quotation.opening), ("closing", quotation.closing)):
        wanted = folded_words(lemma)
        last = words[len(words) - len(wanted) :]
        held = words[: len(wanted)] if name == "opening" else last
        # An author's bracket may follow the quoted words in their own block.
        closes = name == "closing" and f" {' '.join(wanted)} " in f" {' '.join(words)} "
        if held != wanted and not closes:
            yield Finding(
                quotation.location,
                f"{quotation.id} has “{lemma}” as its {name}, and the text {siglum} (line "
                f"{found.location.line}) has “{' '.join(held)}”",
                "Correct the lemma, or note the copy’s reading in its apparatus.",
            )


@rule("W102", Severity.NOTE)
def passage_differs(edition: Edition) -> Findings:
    for text in edition.texts:
        for deviation in text.deviations:
            count = deviation.sentences
            yield Finding(
                deviation.location,
                f"{deviation.passage} does not read as the fingerprints of {text.siglum} have it: "
                f"{count} of its sentences {'is' if count == 1 else 'are'} not here",
                "`edition import` lists the readings of another copy.",
            )
