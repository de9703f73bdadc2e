"""How locators are written."""

from bisect import bisect_right
from collections.abc import Iterator
from difflib import get_close_matches

from edition.locator import SCHEME_NAMES, scheme_names
from edition.model import Citation, Quotation, QuotationForm, Work
from edition.rules.messages import letters
from edition.rules.queries import faults, titles_of, unreadable
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

# Languages whose printers set a hyphen between pages: p. 12-14.
_HYPHENED = frozenset("ca es fr gl it pt ro".split())


@rule("L108", Severity.WARNING)
def hyphen_in_range(edition: Edition) -> Findings:
    hyphened = edition.build is not None and edition.build.language[:2] in _HYPHENED
    for citation, place, fault, edits in faults(edition, "hyphen-in-range"):
        typed = (citation.locator or "")[fault.column - 1 :]
        if hyphened and typed.startswith(("-", "\N{HYPHEN}")) and not typed.startswith("--"):
            continue
        yield Finding(place, fault.message, "Type an en dash, “–”.", edits)


@rule("L109", Severity.ERROR)
def invalid_roman(edition: Edition) -> Findings:
    for place, error in unreadable(edition):
        if error.kind == "invalid-roman":
            yield Finding(place, error.message, "Correct the numeral against the page.")


@rule("L103", Severity.ERROR)
def inverted_range(edition: Edition) -> Findings:
    for _citation, place, fault, _ in faults(edition, "inverted-range"):
        yield Finding(place, fault.message, "Exchange the numbers, or correct one of them.")


@rule("L102", Severity.ERROR)
def malformed_locator(edition: Edition) -> Findings:
    for place, error in unreadable(edition):
        if error.kind == "malformed":
            yield Finding(
                place, error.message, "Write a page, `p. 19` or `pp. 19–21`, or a label it has."
            )


# Languages whose abbreviations serve for one page and for several: p. 12-14, S. 12–14.
_ONE_FORM = frozenset("cs da de fi fr hu nb nn no pl pt ru sk sr sv tr uk".split())


@rule("L107", Severity.WARNING)
def singular_plural(edition: Edition) -> Findings:
    if edition.build is not None and edition.build.language[:2] in _ONE_FORM:
        return
    for _citation, place, fault, edits in faults(edition, "singular-plural"):
        yield Finding(place, fault.message, "Correct the label, or the numbers after it.", edits)


@rule("L111", Severity.NOTE)
def undeclared_scheme(edition: Edition) -> Findings:
    for citation, place, fault, _edits in faults(edition, "undeclared-scheme"):
        name = fault.scheme or "…"
        yield Finding(
            place,
            fault.message,
            f"Declare it: `locators = {{{name}}}` in the entry, or "
            f'`locators.{citation.key} = "{name}"` under [tool.edition].',
        )


@rule("L112", Severity.WARNING)
def unknown_scheme(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        field = work.fields.get("locators")
        for name in scheme_names(field.value) if field else ():
            if field is None or name in SCHEME_NAMES:
                continue
            close = get_close_matches(name, SCHEME_NAMES, n=1)
            yield Finding(
                field.value_location,
                f"“{name}” in “{work.key}” is no scheme of references",
                f"Did you mean “{close[0]}”?"
                if close
                else "`edition rules L111` lists the schemes.",
            )


# No {quotation} has more lines of options than this.
_MOST_OPTIONS = 12


@rule("L101", Severity.WARNING)
def missing_locator(edition: Edition) -> Findings:
    seen = set(_with_faulty_options(edition))
    for quotation in edition.quotations:
        located = {c.group for c in quotation.citations if c.locator is not None}
        for citation in quotation.citations:
            if citation.locator is not None or citation in seen:
                continue
            # Beside a reference that can be looked up, “cf. Aves” and “see Aves” need none.
            if located and (citation.prenote or citation.group not in located):
                continue
            if _names_work(quotation, edition.bibliography.works.get(citation.key)):
                continue
            seen.add(citation)
            yield Finding(
                citation.location,
                f"the quotation’s citation of “{citation.key}” has no locator, "
                "so nobody can look its words up",
                f"Add the page: {_example(citation)}.",
            )


def _names_work(quotation: Quotation, work: Work | None) -> bool:
    """Tell whether quoted words are the title of the work cited, or how it begins."""
    if work is None or quotation.form is not QuotationForm.INLINE or not quotation.text:
        return False
    words = letters(quotation.text)
    return bool(words) and any(title.startswith(words) for title in titles_of(work))


def _with_faulty_options(edition: Edition) -> Iterator[Citation]:
    """Yield the works of `{quotation}` directives whose page may be lost in a misspelt option."""
    for document in edition.documents:
        faults = [p.location for p in document.problems if p.rule == "unknown-directive-option"]
        named = [c for c in document.citations if c.role == "quotation"] if faults else []
        lines = [c.location.line for c in named]
        for place in faults:
            before = bisect_right(lines, place.line)
            if before and place.line - lines[before - 1] <= _MOST_OPTIONS:
                yield named[before - 1]


def _example(citation: Citation) -> str:
    if citation.role == "quotation":
        return "`:page: 19`"
    if citation.role.startswith("footcite"):
        return f"in an ordinary footnote that holds {{cite:t}}`{citation.key}{{p. 19}}`"
    return f"`{citation.key}{{p. 19}}`"
