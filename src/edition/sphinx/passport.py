"""What is known of a quotation: its state, the chain of voices, the printing, the page.

The state has a mark and words: the mark is for the eye, the words are for everyone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from edition.bibliography import names, plain
from edition.bibliography.pages import PageFacts, cited_pages, facts_of
from edition.locator import PageRange
from edition.model import Edition, Quotation, Work
from edition.report.listing import lemma, quotation_rows
from edition.rules.messages import known_pages
from edition.sphinx.citations.pages import bare_locator, locator_text
from edition.sphinx.spacing import spaced_text
from edition.sphinx.translation import _, spaced
from edition.verify.ledger import Entry, status

_LINES = re.compile(r"(?<!\w)ll?\.\s?\d.*$")
MARKS = {"unknown": "○", "possible": "◐", "verified": "●", "differs": "✗"}
# What each verdict says to a reader, with the mark that it has; others are shown by their name.
_VERDICTS = {
    "verified": ("verified", _("verified")),
    "found": ("possible", _("words found, the page is not cited")),
    "found, page not marked": ("possible", _("words found, page not marked")),
    "opening and closing words found": ("possible", _("opening and closing words found")),
    "source lacks that page": ("possible", _("our copy lacks that page")),
    "differs": ("differs", _("words differ")),
    "elsewhere": ("differs", _("words found on another page")),
    "partly found": ("differs", _("words found in part")),
    "not found": ("differs", _("words not found in the source")),
}
_NOT_COMPARED = {"no source", ""}
_POSSIBLE = {
    "yes": ("possible", _("page possible")),
    "no": ("differs", _("page impossible")),
    "unknown": ("unknown", _("page unknown")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """One quotation's passport.

    `mark` is a key of `MARKS`, `state` the same in words. `voices` are those through whom the
    words came, first the speaker. `cited` is the page as cited, `known` the work's pages in
    words; `ticks` are the places of the cited pages along them, in hundredths, begin and end.
    """

    id: str
    passage: str
    key: str
    speaker: str
    lemma: str
    mark: str
    state: str
    voices: tuple[str, ...]
    printing: str
    cited: str
    known: str
    ticks: tuple[tuple[float, float], ...]


def passports(edition: Edition, ledger: dict[str, Entry]) -> list[Passport]:
    """Return the passport of each quotation that has an anchor, in reading order."""
    rows = quotation_rows(edition, lambda quotation: _verdict(ledger, quotation))
    made = []
    for row, quotation in zip(rows, edition.quotations, strict=True):
        if quotation.id is None:
            continue
        work = edition.bibliography.works.get(str(row["key"]))
        mark, state = _state(str(row["possible"]), str(row["verified"]))
        volume = f"{_('vol.')} {row['volume']}, " if row["volume"] and not work_volume(work) else ""
        made.append(
            Passport(
                id=quotation.id,
                passage=quotation.passage or "",
                key=str(row["key"] or ""),
                speaker=spaced_text(str(row["speaker"] or "")),
                lemma=" … ".join(dict.fromkeys(end for end in lemma(quotation) if end)),
                mark=mark,
                state=state,
                voices=tuple(_voices(quotation, work)),
                printing=_printing(work) if work else "",
                cited=_cited(volume, str(row["pages"] or ""), quotation),
                known=known_pages(work) if work else "",
                ticks=tuple(_ticks(quotation, facts_of(work))) if work else (),
            )
        )
    return made


def _cited(volume: str, pages: str, quotation: Quotation) -> str:
    """Return the place cited: volume, pages, and the lines of verse that the locator gives.

    A place that has no pages (`1094a1`), or no last one (`251 ff.`), is given as it is cited.
    """
    locator = (quotation.citations[0].locator if quotation.citations else None) or ""
    if locator and (not pages or pages.endswith("-")):
        return bare_locator(locator)
    lines = _LINES.search(locator)
    parts = [volume + pages.replace("-", "–"), locator_text(lines[0]) if lines else ""]
    return ", ".join(part for part in parts if part)


def work_volume(work: Work | None) -> str:
    """Return the volume that the work itself is, if it is one."""
    return (work.get("volume") or "") if work else ""


def _verdict(ledger: dict[str, Entry], quotation: Quotation) -> str:
    """Return the verdict of the ledger; nothing where it is stale or there is none."""
    entry = ledger.get(quotation.id or "")
    current = entry is not None and status({entry.id: entry}, quotation) != "unchecked"
    return entry.verdict if entry and current else ""


def _of(known: str) -> str:
    """Return `of 240 pages` or `of pp. 15–140` in the edition's language."""
    count = known.removesuffix(" pages")
    return _("of %s pages") % count if count != known else _("of %s") % known


def _state(possible: str, verdict: str) -> tuple[str, str]:
    mark, words = _POSSIBLE.get(possible, _POSSIBLE["unknown"])
    if verdict in _NOT_COMPARED:
        return mark, str(words)
    found, told = _VERDICTS.get(verdict, (mark, verdict))
    if found == "possible":  # the words are there; what is known of the page decides the mark
        found = mark
    if found == "verified" and possible == "no":
        found = "differs"
    return found, str(told) if possible != "no" else f"{told}; {words}"


def _voices(quotation: Quotation, work: Work | None) -> Iterator[str]:
    """Yield the speaker, the author whose work has the words, its translator or editor."""
    seen: set[str] = set()
    people = [quotation.speaker or ""]
    for role, field in (("", "author"), ("tr. ", "translator"), ("ed. ", "editor")):
        written = work.get(field) if work else None
        people += [role + plain(name) for name in (names(written) if written else ())]
    for person in people:
        bare = person.removeprefix("tr. ").removeprefix("ed. ")
        family = bare.rpartition(" ")[2]
        if bare and family not in seen:
            seen.add(family)
            yield person


def _printing(work: Work) -> str:
    """Return place, publisher, edition and year, as far as the entry has them."""
    place = plain(work.get("location") or work.get("address") or "")
    house = plain(work.get("publisher") or "")
    year = plain(work.get("year") or (work.get("date") or "")[:4])
    made = spaced(": ").join(part for part in (place, house) if part)
    return ", ".join(part for part in (made, year) if part)


def _ticks(quotation: Quotation, facts: PageFacts) -> Iterator[tuple[float, float]]:
    """Yield where the cited pages are along the work's pages of the same sequence."""
    for citation in quotation.citations[:1]:
        for page in cited_pages(citation):
            span = _span(page, facts)
            if span is None or not span[0] <= page.first <= span[1]:
                continue
            length = span[1] - span[0] + 1
            last = min(page.last or span[1], span[1])
            yield (
                round(100 * (page.first - span[0]) / length, 1),
                round(100 * (last - span[0] + 1) / length, 1),
            )


def _span(page: PageRange, facts: PageFacts) -> tuple[int, int] | None:
    """Return the first and last page that the work is known to have in a sequence."""
    held = [r for r in facts.ranges if r.sequence == page.sequence]
    if held:
        return min(r.first for r in held), max(r.last or page.first for r in held)
    total = getattr(facts.total, page.sequence, None) if facts.total else None
    return (1, total) if total else None


def mark_html(mark: str, words: str = "") -> str:
    """Return the mark as HTML; who cannot see it has the words beside it."""
    title = f' title="{escape(words)}"' if words else ""
    return f'<span class="mark mark-{mark}"{title} aria-hidden="true">{MARKS[mark]}</span>'


def bar_html(passport: Passport) -> str:
    """Return the bar of the work's pages, the cited ones ticked; nothing where none are known."""
    if not passport.known:
        return ""
    ticks = "".join(
        f'<i style="inset-inline-start:{first}%;width:{max(last - first, 0.5):.1f}%"></i>'
        for first, last in passport.ticks
    )
    return (
        f'<span class="page-bar" aria-hidden="true">{ticks}</span>'
        f'<span class="page-known"> {escape(_of(passport.known))}</span>'
    )
