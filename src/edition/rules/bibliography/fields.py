"""The values of fields."""

import re
from collections.abc import Iterator

from edition.bibliography.datamodel import misspelling
from edition.bibliography.date_fields import date_fault
from edition.bibliography.identifiers import (
    bare_doi,
    compact_isbn,
    has_resolver,
    is_doi,
    is_sbn_field,
    isbn_fault,
    isbns,
)
from edition.locator import Fault
from edition.model import Field, Work
from edition.model.diagnostic import Edit, Location
from edition.rules.queries import entry_page_faults
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B111", Severity.WARNING)
def hyphen_in_entry_pages(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        faults = list(entry_page_faults(work, "hyphen-in-range"))
        if faults:
            pages = work.fields["pages"]
            yield Finding(
                pages.location,
                f"in the pages of “{work.key}”, “{pages.value[:60]}”, stands {faults[0].message}",
                "Write “--” between the numbers.",
                _edits(pages, faults),
            )


def _edits(pages: Field, faults: list[Fault]) -> tuple[Edit, ...]:
    """Return one edit of the whole value; it is not made where macros or line ends were typed."""
    right = pages.value
    for fix in sorted((f.fix for f in faults if f.fix), key=lambda fix: -fix.start):
        right = right[: fix.start] + fix.text + right[fix.end :]
    return (Edit(location=pages.value_location, old=pages.value, new=right),)


@rule("B109", Severity.ERROR)
def inverted_entry_pages(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        for fault in entry_page_faults(work, "inverted-range"):
            pages = work.fields["pages"]
            yield Finding(
                pages.location,
                f"in the pages of “{work.key}”, “{pages.value[:60]}”, {fault.message}",
                "Compare the two numbers with the source; nothing is checked against them.",
            )


@rule("B113", Severity.WARNING)
def invalid_doi(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        field = work.fields.get("doi")
        if field is None or not field.value:
            continue
        bare, shown = bare_doi(field.value), field.value[:80]
        if not is_doi(bare):
            yield Finding(
                field.location,
                f"“{shown}” in “{work.key}” is no DOI, so its link leads nowhere",
                "A DOI looks like 10.1234/suffix and holds no spaces.",
            )
        elif has_resolver(field.value):
            yield Finding(
                field.location,
                f"the DOI of “{work.key}”, “{shown}”, stands behind its resolver, which "
                "other programs put before it once more",
                f"Write it bare: doi = {{{bare}}}.",
            )


@rule("B112", Severity.WARNING)
def invalid_isbn(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        field = work.fields.get("isbn")
        if field is None:
            continue
        for number in isbns(field.value):
            sbn = is_sbn_field(field.value) and len(compact_isbn(number)) == 9
            if fault := isbn_fault(f"0{number}" if sbn else number):
                yield Finding(
                    field.location,
                    f"the ISBN “{number[:60]}” of “{work.key}” {fault}",
                    "Compare it with the book; the two ISBNs of a book differ in their last digit.",
                )


_HINTS = {
    "year": "Write four digits, or “n.d.” or “forthcoming”.",
    "month": "Write a number from 1 to 12, or the month’s name.",
    "day": "Write a number from 1 to 31.",
}


@rule("B108", Severity.WARNING)
def malformed_date(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        for name, field in work.fields.items():
            if fault := date_fault(name, field.value):
                yield Finding(
                    field.location,
                    f"the {name} of “{work.key}”, “{field.value[:60]}”, {fault}",
                    _HINTS.get(name, "Write it year first: 1917, 1917-10 or 1917-10-25."),
                )


@rule("B107", Severity.WARNING)
def misspelt_field(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        for name, field in work.fields.items():
            if meant := misspelling(name):
                yield Finding(
                    field.location,
                    f"“{name}” in “{work.key}” is no known field, so it is not printed",
                    f"Did you mean “{meant}”?",
                )


_SAFE = re.compile(r"(?:https?://|doi:)[^\s/]", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,30}:", re.IGNORECASE)
_COMMAND = re.compile(r"\\(?:url|href)\s?\{([^{}]*)\}")
_NOTES = ("howpublished", "note", "addendum", "titleaddon", "annotation", "annote")


@rule("B115", Severity.WARNING)
def unsafe_url(edition: Edition) -> Findings:
    for work in edition.bibliography.works.values():
        for address, place in _addresses(work):
            if _SAFE.match(address):
                continue
            scheme = _SCHEME.match(address)
            what = f"begins with “{scheme[0]}”" if scheme else "does not say how to reach it"
            yield Finding(
                place,
                f"the address “{address[:80]}” in “{work.key}” {what}; only http, https and doi "
                "lead a reader to the work",
                "Give an address that begins with https://, or none.",
            )


def _addresses(work: Work) -> Iterator[tuple[str, Location]]:
    field = work.fields.get("url")
    if field is not None:
        command = _COMMAND.match(field.value)
        address = (command[1] if command else field.value).strip("{}<> ")
        if address:
            yield address, field.location
    for name in _NOTES:
        note = work.fields.get(name)
        for command in _COMMAND.finditer(note.value) if note else ():
            # Without a scheme it is no link there, but words.
            if note and _SCHEME.match(command[1].strip()):
                yield command[1].strip(), note.location
