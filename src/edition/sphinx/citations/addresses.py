"""Where a work is on the web, and what its entry tells a reader besides."""

import re

from edition.bibliography.markup import Rich, Run, link_to, linked, rich, text_of
from edition.bibliography.record import Record, seen_in
from edition.sphinx.citations.terms import day_of, term

# What reference managers write into `note` for themselves, not for readers.
_MANAGERS_NOTE = re.compile(
    r"(?:tex\.[\w.]+|_?eprint|(?:Google-Books-|Citation Key|citation-key|OCLC|PMID|PMCID|ZSCC|ISBN"
    r"|ISSN|Publisher|Place|Institution|Journal Abbreviation|Artwork Size|ADS Bibcode|Label"
    r"|Backup Publisher|Company|Distributor|Event|Conference Name|Container|Section|Accepted"
    r"|Read_Status\w*|ID|Source type|Object type|Accession Number|Peer reviewed"
    r"|original-date|Type|Number|Version|arXiv|DOI)[\w-]*):\s",
)
_CATALOGUE_NOTE = re.compile(
    r"Includes (?:bibliographical references|(?:an )?index)|Description based (?:up)?on"
    r"|Title from (?:PDF |title|cover|publisher)|Electronic (?:reproduction|resource)",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://\S+")


def addresses_of(record: Record, *, in_note: bool = False) -> list[Rich]:
    """Return DOI and e-print, else the web address with its date of access, each as a sentence.

    Who has an address that lasts needs no other. A note has one alone, and the date of access
    for want of another date.
    """
    found = []
    if record.doi:
        found.append(linked(f"https://doi.org/{record.doi}"))
    if record.eprint[0]:
        found.append((Run(record.eprint[0], link=link_to(record.eprint[1])),))
    url = record.url or address_in(record)
    if url and not (record.doi or record.eprint[1]):
        if record.accessed and not (in_note and record.date):
            word = term("accessed") if in_note else term("Accessed")
            found.append(rich(f"{word} {day_of(record.accessed)}"))
        found.append(linked(url))
    return found[:1] if in_note and (record.doi or record.eprint[0]) else found


def address_in(record: Record) -> str:
    """Return the address that stands where an entry says how a work was published."""
    found = _WEB.fullmatch(text_of(record.text("howpublished")).strip())
    return found[0] if found else ""


def remarks_of(record: Record) -> list[Rich]:
    """Return what the entry's notes tell a reader, without what managers keep there."""
    texts = ((part, text_of(part)) for part in (record.text("note"), record.text("addendum")))
    return [part for part, text in texts if _tells(text)]


def _tells(remark: str) -> bool:
    """Return whether a remark tells readers something."""
    ours = _MANAGERS_NOTE.match(remark) or _CATALOGUE_NOTE.match(remark) or seen_in(remark)
    return not ours and any(character.isalnum() for character in remark)
