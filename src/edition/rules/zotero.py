"""Entries that Zotero exported: the link that opens their item there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from edition.model import Edition, Work
from edition.model.diagnostic import Diagnostic
from edition.rules.queries import entry_finder

_LINK = re.compile(r"zotero://select/[^\s{}\"<>\\]+")
_ITEM = re.compile(r"[A-Z0-9]{8}")
_STORED = re.compile(r"[/\\]storage[/\\]+([A-Z0-9]{8})[/\\]")
_CITATION_KEY = re.compile(r"^\s*citation key:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
# Rules on a citation that compare it with what its entry tells of pages.
_ON_PAGE_FACTS = frozenset(
    "page-beyond-book page-outside-entry unknown-page-facts wrong-volume".split()
)
_KEY_NAMED = re.compile("“([^”]+)”")


def zotero_link(work: Work) -> str:
    """Return the link to a work's item in Zotero; empty where its entry tells of none.

    An entry may have the link itself in any field, the item's key in `zotero`, the place of a file
    in Zotero's storage, or the key that Better BibTeX gave it, which Zotero exports in `note`.
    """
    return next(_links({name: field.value for name, field in work.fields.items()}), "")


def _links(fields: dict[str, str]) -> Iterator[str]:
    yield from (found[0] for value in fields.values() if (found := _LINK.search(value)))
    if _ITEM.fullmatch(item := fields.get("zotero", "").strip()):
        yield f"zotero://select/library/items/{item}"
    if found := _STORED.search(fields.get("file", "")):
        yield f"zotero://select/library/items/{found[1]}"
    for name in ("note", "annote", "annotation", "extra"):
        if found := _CITATION_KEY.search(fields.get(name, "")):
            key = found[1].replace("\\", "").rstrip(".,;")
            yield f"zotero://select/items/@{quote(key)}"


def with_zotero_links(edition: Edition, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield findings; the hints on entries that Zotero exported name the item to mend there."""
    works = edition.bibliography.works
    entry_at = entry_finder(edition.bibliography)
    for finding in findings:
        work = entry_at(finding.location)
        if finding.rule in _ON_PAGE_FACTS and (named := _KEY_NAMED.search(finding.message)):
            work = works.get(named[1])
        link = zotero_link(work) if work else ""
        hint = f"{finding.hint} In Zotero: {link}".strip()
        yield replace(finding, hint=hint) if link else finding
