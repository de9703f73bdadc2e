"""The lemmas of quotations."""

import html
import re

from edition.model import QuotationForm
from edition.model.text_folding import folded_words
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_MOST_WORDS = 5
_BETWEEN_WORDS = re.compile(r"\s+|[—…]|--+|\.\.\.+|\s–\s")


@rule("Q104", Severity.WARNING)
def lemma_too_long(edition: Edition) -> Findings:
    for quotation in edition.quotations:
        if quotation.form is not QuotationForm.STRUCTURED:
            continue
        ends = {"opening": quotation.opening, "closing": quotation.closing}
        counts = {name: _count(words) for name, words in ends.items()}
        long = [f"{name} has {n} words" for name, n in counts.items() if n > _MOST_WORDS]
        if long:
            yield Finding(
                quotation.location,
                f"the lemma’s {' and its '.join(long)}, where {_MOST_WORDS} are the most",
                "Keep the first five words of the opening, the last five of the closing.",
            )


def _count(lemma: str) -> int:
    return sum(any(c.isalnum() for c in word) for word in _BETWEEN_WORDS.split(lemma))


@rule("Q105", Severity.WARNING)
def overlapping_lemma(edition: Edition) -> Findings:
    for quotation in edition.quotations:
        if not quotation.text or not (quotation.opening or quotation.closing):
            continue
        texts = (quotation.plain or "", quotation.opening, quotation.closing)
        body, opening, closing = (folded_words(html.unescape(text)) for text in texts)
        wrong = []
        if not _begins(body, opening):
            wrong.append(f"does not begin with its opening, “{quotation.opening}”")
        if not _begins(_reversed(body), _reversed(closing)):
            wrong.append(f"does not end with its closing, “{quotation.closing}”")
        if wrong:
            yield Finding(
                quotation.location,
                f"the quotation {' and '.join(wrong)}",
                "Correct the lemma or the body; with a body, the lemma may go.",
            )


def _begins(text: list[str], lemma: list[str]) -> bool:
    """Tell whether whole words of a text have the letters of a lemma, however they are parted."""
    wanted, letters = "".join(lemma), ""
    for run in text:
        if len(letters) >= len(wanted):
            break
        letters += run
    return letters == wanted


def _reversed(runs: list[str]) -> list[str]:
    return [run[::-1] for run in reversed(runs)]
