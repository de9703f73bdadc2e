"""The references of quotations."""

from collections.abc import Hashable

from edition.bibliography.pages import cited_volumes, locator_of
from edition.model import Bibliography, Citation, Quotation, QuotationForm
from edition.model.edition import answered_once
from edition.rules.ambiguous_references import AmbiguousReference, ambiguous_references
from edition.rules.messages import beginning, letters
from edition.rules.queries import titles_of
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("Q101", Severity.ERROR)
def quotation_without_reference(edition: Edition) -> Findings:
    titles = _titles(edition.bibliography)
    ambiguous = _ambiguous(edition)
    for quotation in edition.quotations:
        if quotation.citations or quotation.by_hand:
            continue
        words = (quotation.text or quotation.opening).split()
        if quotation.form is QuotationForm.INLINE and letters(" ".join(words)) in titles:
            continue
        if _has_ambiguous(quotation, ambiguous):
            continue  # which work is meant is the more telling question
        yield Finding(
            quotation.location,
            f"the quotation “{beginning(words)}” has no reference, "
            "so nobody can tell where its words come from",
            "Name the work after {quotation}."
            if quotation.form is QuotationForm.STRUCTURED
            else "Add a citation after it, such as {cite:p}`key{p. 19}`.",
        )


def _ambiguous(edition: Edition) -> dict[str, list[AmbiguousReference]]:
    """By path, the references typed by hand that several works answer to."""
    found: dict[str, list[AmbiguousReference]] = {}
    if any(not q.citations for q in edition.quotations):
        for reference in ambiguous_references(edition):
            found.setdefault(reference.location.path, []).append(reference)
    return found


def _has_ambiguous(quotation: Quotation, by_path: dict[str, list[AmbiguousReference]]) -> bool:
    """Tell whether such a reference follows in the quotation's paragraph, or right after it."""
    place = quotation.location
    end = place.line + (quotation.text or "").count("\n") + 1
    for reference in by_path.get(place.path, ()):
        if quotation.form is QuotationForm.INLINE:
            near = reference.prose.places[0] <= place < reference.location
        else:
            near = place < reference.location and reference.location.line <= end + 2
        if near:
            return True
    return False


@answered_once
def _titles(bibliography: Bibliography) -> set[str]:
    return {title for work in bibliography.works.values() for title in titles_of(work)}


@rule("Q102", Severity.WARNING)
def repeated_reference(edition: Edition) -> Findings:
    for quotation in edition.quotations:
        if len(quotation.citations) < 2:
            continue
        seen: dict[Hashable, Citation] = {}
        for citation in quotation.citations:
            if not citation.locator:
                continue  # a missing locator is the more telling finding
            place = locator_of(citation) or citation.locator
            earlier = seen.setdefault((citation.key, place, cited_volumes(citation)), citation)
            # Within one role, repeated-key is the more telling finding.
            if earlier is not citation and earlier.group != citation.group:
                yield Finding(
                    quotation.location,
                    f"the quotation has the reference “{citation.key}, {citation.locator}” twice, "
                    f"at {earlier.location} and {citation.location}",
                    "Keep one of them.",
                )
                break
