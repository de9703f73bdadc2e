"""Quotation marks."""

from edition.model import MarkFaultKind
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

_INNER = {"“": "‘…’", "„": "‚…‘", "«": "‹…›", "»": "›…‹", "‘": "“…”", "‚": "„…“"}


@rule("Q106", Severity.WARNING)
def nested_quotation_marks(edition: Edition) -> Findings:
    french = edition.build is not None and edition.build.language.startswith("fr")
    for document in edition.documents:
        for fault in document.mark_faults:
            if fault.kind is MarkFaultKind.NESTED and not (french and fault.mark == "«"):
                inner = _INNER.get(fault.mark)
                yield Finding(
                    fault.location,
                    f"the quotation mark {fault.mark} opens a quotation within one in the same "
                    "marks, so the two cannot be told apart",
                    f"Set the inner one in {inner}." if inner else "Set the inner one in others.",
                )


_WORDS = {
    MarkFaultKind.UNCLOSED: (
        "the quotation mark {} is never closed, so nobody can tell where the quoted words end",
        "Close it behind the last quoted word.",
    ),
    MarkFaultKind.UNOPENED: (
        "the quotation mark {} closes what was never opened, so nobody can tell where the "
        "quoted words begin",
        "Open it before the first quoted word, or delete it.",
    ),
}


@rule("Q103", Severity.WARNING)
def unbalanced_quotation_marks(edition: Edition) -> Findings:
    for document in edition.documents:
        for fault in document.mark_faults:
            if fault.kind in _WORDS:
                message, hint = _WORDS[fault.kind]
                yield Finding(fault.location, message.format(fault.mark), hint)
