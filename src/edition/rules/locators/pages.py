"""Pages and volumes held against what the bibliography knows of a work."""

from collections.abc import Iterator

from edition.bibliography import plain
from edition.bibliography.datamodel import misspelling
from edition.bibliography.pages import (
    PageFacts,
    cited_pages,
    first_standing,
    is_article_number,
)
from edition.bibliography.pages import (
    wrong_volume as other_volume,
)
from edition.model import Bibliography, Work
from edition.rules.messages import (
    PAGE_FIELDS,
    fact_source,
    known_pages,
    page_words,
    pages_are,
    place_of_locator,
    total_words,
)
from edition.rules.queries import cited, entry_finder, entry_page_faults, scheme_hint
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("L105", Severity.ERROR)
def page_beyond_book(edition: Edition) -> Findings:
    for citation, work, facts in cited(edition):
        pages = cited_pages(citation)
        if other_volume(citation, facts) or first_standing("outside", pages, facts):
            continue  # the more telling finding
        if facts.total and (page := first_standing("beyond", pages, facts)):
            name = "pagetotal" if work.field("pagetotal") else "pages"
            yield Finding(
                place_of_locator(citation),
                f"{pages_are(page)} beyond the end of “{work.key}”, "
                f"which has {total_words(facts.total)} ({fact_source(work, name)})",
                "Compare the page with the source, and the printing cited with the entry’s."
                + scheme_hint(citation),
            )


@rule("L104", Severity.ERROR)
def page_outside_entry(edition: Edition) -> Findings:
    for citation, work, facts in cited(edition):
        if other_volume(citation, facts):
            continue  # the more telling finding
        if page := first_standing("outside", cited_pages(citation), facts):
            yield Finding(
                place_of_locator(citation),
                f"{pages_are(page)} not in “{work.key}”, which has {known_pages(work)} "
                f"({fact_source(work, 'pages')})",
                "Compare the page with the source, and the printing cited with the entry’s."
                + scheme_hint(citation),
            )


@rule("L110", Severity.NOTE)
def unknown_page_facts(edition: Edition) -> Findings:
    faulty = set(_faulty(edition.bibliography))
    for citation, work, facts in cited(edition):
        pages = cited_pages(citation)
        page = first_standing("unknown", pages, facts)
        if page is None or work.key in faulty:
            continue  # nothing to say, or the entry's own finding says it
        if (
            other_volume(citation, facts)
            or first_standing("outside", pages, facts)
            or first_standing("beyond", pages, facts)
        ):
            continue  # the more telling finding
        reason = _reason(work, facts, page.sequence)
        yield Finding(
            place_of_locator(citation),
            f"{page_words(page)} of “{work.key}” cannot be checked: {reason}",
            "Add `pages` or `pagetotal` to the entry, and `pagesource` for where you saw them.",
        )


def _faulty(bibliography: Bibliography) -> Iterator[str]:
    """Yield the keys of entries whose pages may be unknown because something else is wrong."""
    entry_at = entry_finder(bibliography)
    for problem in bibliography.problems:
        entry = entry_at(problem.location)
        if problem.rule in ("bibliography-syntax", "missing-crossref") and entry:
            yield entry.key
    for work in bibliography.works.values():
        meant = map(misspelling, work.fields)
        if any(entry_page_faults(work, "inverted-range")) or not PAGE_FIELDS.isdisjoint(meant):
            yield work.key


def _reason(work: Work, facts: PageFacts, sequence: str) -> str:
    """Why nothing is known of pages of that sequence."""
    stated = next((name for name in ("pages", "pagetotal") if work.get(name)), None)
    if stated is None:
        return f"its entry names no pages ({fact_source(work, 'pages')})"
    value = f"{stated}, “{plain(work.get(stated) or '')}”"
    if is_article_number(work):
        return f"its {value}, are the number of an article ({fact_source(work, stated)})"
    if not facts.ranges and facts.total is None:
        return f"its {value}, cannot be read ({fact_source(work, stated)})"
    kind = {"arabic": "arabic pages", "roman": "roman pages"}.get(sequence, f"page {sequence}…")
    return f"its entry has {value}, and no {kind} ({fact_source(work, stated)})"


@rule("L106", Severity.ERROR)
def wrong_volume(edition: Edition) -> Findings:
    for citation, work, facts in cited(edition):
        if volume := other_volume(citation, facts):
            name = "volume" if facts.volume is not None else "volumes"
            stated = (
                f"stands in volume {facts.volume}"
                if facts.volume is not None
                else (f"has {facts.volumes} volumes")
            )
            yield Finding(
                citation.location if citation.volume else place_of_locator(citation),
                f"volume {volume} is cited of “{work.key}”, which {stated} "
                f"({fact_source(work, name)})",
                "Correct the volume, or cite the entry of the volume meant.",
            )
