"""The edition as rows: what `edition list` prints and the register of quotations shows."""

from collections import Counter
from collections.abc import Callable

from edition.bibliography import plain
from edition.bibliography.pages import cited_volumes, facts_of, locator_of, possible
from edition.bibliography.persons import names_shown
from edition.bibliography.record import year_of
from edition.locator import pages_normal
from edition.model import Citation, Edition, Quotation

Row = dict[str, object]

QUOTATION_COLUMNS = (
    "id key volume pages opening closing speaker path line passage possible verified".split()
)
CITATION_COLUMNS = "key locator volume pages path line passage quotation".split()
ANCHOR_COLUMNS = "id kind path line opening status".split()
WORK_COLUMNS = "key type author title year volume pages pagetotal path line cited".split()


def quotation_rows(
    edition: Edition, verified: Callable[[Quotation], str] = lambda _quotation: "unchecked"
) -> list[Row]:
    """One row a quotation, in reading order; `verified` tells what the ledger says of one.

    `possible` is `yes`, `no` or `unknown` by the bibliography's page facts; `verified` is
    `unchecked` until the text of the work has been looked into.
    """
    facts = {key: facts_of(work) for key, work in edition.bibliography.works.items()}
    rows: list[Row] = []
    for quotation in edition.quotations:
        citation = quotation.citations[0] if quotation.citations else None
        opening, closing = lemma(quotation)
        rows.append(
            {
                "id": quotation.id,
                "key": citation.key if citation else None,
                "volume": _volume(citation, edition) if citation else None,
                "pages": _pages(citation) if citation else None,
                "opening": opening,
                "closing": closing,
                "speaker": quotation.speaker,
                "path": quotation.location.path,
                "line": quotation.location.line,
                "passage": quotation.passage,
                "possible": possible(quotation, facts),
                "verified": verified(quotation),
            }
        )
    return rows


def citation_rows(edition: Edition) -> list[Row]:
    """One row a key of a citation, those of quotations included, in reading order."""
    return [
        {
            "key": citation.key,
            "locator": citation.locator,
            "volume": _volume(citation, edition),
            "pages": _pages(citation),
            "path": citation.location.path,
            "line": citation.location.line,
            "passage": citation.passage,
            "quotation": citation.quotation,
        }
        for citation in edition.citations
    ]


def anchor_rows(edition: Edition) -> list[Row]:
    """One row an anchor, in reading order; `status` as the lock has it, else `live`."""
    locked = edition.lock.anchors if edition.lock else {}
    return [
        {
            "id": anchor.id,
            "kind": str(anchor.kind),
            "path": anchor.location.path,
            "line": anchor.location.line,
            "opening": anchor.opening,
            "status": str(locked[anchor.id].status) if anchor.id in locked else "live",
        }
        for anchor in edition.anchors
    ]


def work_rows(edition: Edition) -> list[Row]:
    """One row a work, in the bibliography's order; `cited` counts its citations."""
    cited = Counter(citation.key for citation in edition.citations)
    rows: list[Row] = []
    for work in edition.bibliography.works.values():
        row: Row = {"key": work.key, "type": work.type}
        for name in ("author", "title", "year", "volume", "pages", "pagetotal"):
            value = work.get(name)
            row[name] = plain(value) if value is not None else None
        row["author"] = names_shown(work.get("author"))
        row["year"] = year_of(work)
        row |= {
            "path": work.location.path,
            "line": work.location.line,
            "cited": cited[work.key],
        }
        rows.append(row)
    return rows


def lemma(quotation: Quotation) -> tuple[str, str]:
    """Return the opening and closing words: the editor's, else five of the text each."""
    if quotation.text is None or quotation.opening:
        return quotation.opening, quotation.closing
    words = (quotation.plain or quotation.text).split()
    return " ".join(words[:5]), " ".join(words[max(5, len(words) - 5) :])


def _volume(citation: Citation, edition: Edition) -> str | None:
    """Return the volume cited, else the one that the work stands in."""
    volumes = cited_volumes(citation)
    if volumes:
        return ", ".join(volumes)
    work = edition.bibliography.works.get(citation.key)
    return work.get("volume") if work else None


def _pages(citation: Citation) -> str | None:
    locator = locator_of(citation)
    return pages_normal(locator) or None if locator else None
