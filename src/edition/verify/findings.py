"""Verdicts that speak against a quotation as findings, for services that collect those."""

from collections.abc import Sequence
from dataclasses import dataclass

from edition.model.diagnostic import Diagnostic, Severity
from edition.verify.text_report import Result, evidence, place_of
from edition.verify.verdict import Verdict


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """What a catalogue says of a verdict."""

    code: str
    name: str
    summary: str
    severity: Severity


RULES = {
    verdict: VerdictRule(code, f"quotation-{name}", summary, severity)
    for verdict, code, name, severity, summary in (
        (Verdict.DIFFERS, "V101", "differs", Severity.WARNING,
         "The work has other words on the cited page."),
        (Verdict.ELSEWHERE, "V102", "elsewhere", Severity.ERROR,
         "The quoted words are on another page than the cited one."),
        (Verdict.PARTLY, "V103", "partly-found", Severity.WARNING,
         "The work has a part of the quotation."),
        (Verdict.NOT_FOUND, "V104", "not-found", Severity.ERROR,
         "The work has nothing like the quotation."),
    )
}  # fmt: skip


def as_diagnostics(results: Sequence[Result]) -> list[Diagnostic]:
    """Return a diagnostic for each verdict that speaks against its quotation."""
    return [_diagnostic(result) for result in results if result.judgement.verdict in RULES]


def _diagnostic(result: Result) -> Diagnostic:
    found = result.judgement
    rule = RULES[found.verdict]
    place = place_of(found.key, found.volume, found.found) if found.found else ""
    hint = f"The source has it at {place}." if found.verdict is Verdict.ELSEWHERE else ""
    return Diagnostic(
        code=rule.code,
        rule=rule.name,
        severity=rule.severity,
        message="; ".join([f"{found.verdict}: {result.cited}", *evidence(found)]),
        location=result.location,
        hint=hint,
    )
