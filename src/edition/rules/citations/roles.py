"""Citation roles and their keys."""

from bisect import bisect_left

from edition.locator import refers_back
from edition.model import Citation, Document
from edition.model.diagnostic import Edit, Location
from edition.rules.messages import place_of_locator, suggestions
from edition.rules.queries import roles
from edition.rules.rule import Edition, Finding, Findings, Severity, reported, rule

BRACE_IN_LOCATOR = reported("brace-in-locator", "C105", Severity.ERROR)
MALFORMED_CITATION = reported("malformed-citation", "C108", Severity.ERROR)


@rule("C104", Severity.ERROR)
def footcite_locator(edition: Edition) -> Findings:
    for citation in edition.citations:
        if not citation.role.startswith("footcite"):
            continue
        if typed := citation.locator or citation.prenote:
            what = "the locator" if citation.locator else "the words"
            yield Finding(
                citation.location,
                f"{{{citation.role}}} takes no more than keys: with {what} “{typed}” "
                f"the citation of “{citation.key}” would vanish",
                "Write a footnote, [^a1], that holds the citation: "
                f"{{cite:t}}`{citation.key}{{{citation.locator or 'p. 19'}}}`.",
            )


@rule("C111", Severity.ERROR)
def missing_bibliography(edition: Edition) -> Findings:
    if edition.build is None or edition.build.prints_bibliography:
        return
    if "bibliography::" in edition.elsewhere:
        return
    printed = {name for document in edition.documents for name in document.bibliographies}
    missing = {"bibliography", "footbibliography"} - printed
    for citation in edition.citations:
        foot = citation.role.lower().startswith("footcite")
        name = "footbibliography" if foot else "bibliography"
        if name in missing:
            missing.remove(name)
            yield Finding(
                citation.location,
                f"no document has a {{{name}}}, so this and every such citation leads nowhere",
                f"Put a {{{name}}} into the document that lists the works.",
            )


@rule("C103", Severity.WARNING)
def reordered_keys(edition: Edition) -> Findings:
    rank = {key: number for number, key in enumerate(edition.bibliography.works)}
    for role in roles(edition):
        typed = list(dict.fromkeys(c.key for c in role if c.key in rank))
        printed = sorted(typed, key=rank.__getitem__)
        if printed != typed and role[0].role != "cite:empty":  # which prints nothing
            yield Finding(
                role[0].location,
                f"“{', '.join(typed)}” would be printed in the order of the bibliography, "
                f"“{', '.join(printed)}”",
                "Type the keys in that order, or give each a citation of its own.",
            )


@rule("C102", Severity.ERROR)
def repeated_key(edition: Edition) -> Findings:
    for role in roles(edition):
        last: dict[str, Citation] = {}
        for citation in role:
            if earlier := last.get(citation.key):
                yield Finding(
                    citation.location,
                    f"“{citation.key}” stands twice in one citation; {_loss(earlier, citation)}",
                    "Put both places into one locator, or write two citations.",
                    _parted(citation),
                )
            last[citation.key] = citation


def _parted(citation: Citation) -> tuple[Edit, ...]:
    """Two roles in place of one: of these edits the one that fits the typing is made."""
    if citation.prenote is not None:
        return ()
    place = citation.location
    return tuple(
        Edit(
            location=Location(place.path, place.line, place.column - len(comma)),
            old=f"{comma}{citation.key}",
            new=f"` {{{citation.role}}}`{citation.key}",
        )
        for comma in (",", ", ")
    )


def _loss(earlier: Citation, later: Citation) -> str:
    if not earlier.locator or earlier.locator == later.locator:
        return "it is printed once"
    printed = f"only “{later.locator}” is printed" if later.locator else "it is printed bare"
    return f"{printed}, and “{earlier.locator}” is lost"


@rule("C101", Severity.ERROR)
def unknown_key(edition: Edition) -> Findings:
    works = edition.bibliography.works
    suggested = suggestions(works, cutoff=0.7)
    searched = ", ".join(edition.bibliography.paths)
    for citation in edition.citations:
        if not searched:
            yield Finding(
                citation.location,
                f"no bibliography has the key “{citation.key}”: the project has no BibTeX file, so "
                "no citation can be checked",
                "Add bibliography.bib, or name the BibTeX files in pyproject.toml: "
                'bibliography = ["works.bib"] under [tool.edition].',
            )
            return  # once, at the first citation
        if citation.key not in works:
            yield Finding(
                citation.location,
                f"no work in {searched} has the key “{citation.key}”",
                suggested(citation.key) or "Add the work, or correct the key.",
            )


@rule("C106", Severity.ERROR)
def unresolved_ibid(edition: Edition) -> Findings:
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
    key = document.citations[before - 1].key
    return f"If it means the citation before it, write {{cite:p}}`{key}{{p. 19}}` with the page."


def _within(citation: Citation) -> Findings:
    for typed, place in (
        (citation.locator, place_of_locator(citation)),
        (citation.prenote, citation.location),
    ):
        if typed and refers_back(typed):
            yield Finding(
                place,
                f"“{typed}” in the citation of “{citation.key}” refers back by hand; a citation "
                "says in full where the words stand",
                "Delete the word, and give the page itself.",
            )
