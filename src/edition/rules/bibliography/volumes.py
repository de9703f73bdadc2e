"""Volumes, their parts and their printings."""

import re
from collections.abc import Iterator
from dataclasses import replace

from edition.bibliography import plain
from edition.bibliography.datamodel import PARTS
from edition.bibliography.pages import facts_of, first_standing
from edition.model import Work
from edition.rules.messages import fact_source, known_pages, page_words
from edition.rules.rule import Edition, Finding, Findings, Severity, rule


@rule("B114", Severity.ERROR)
def chapter_outside_volume(edition: Edition) -> Findings:
    for work, parent in _with_parents(edition):
        if work.type not in PARTS:
            continue
        if parent is None or parent is work:
            parent = replace(work, fields={n: f for n, f in work.fields.items() if n != "pages"})
        if finding := _other_volume(work, parent) or _outside(work, parent):
            yield finding


def _with_parents(edition: Edition) -> Iterator[tuple[Work, Work | None]]:
    works = edition.bibliography.works
    by_key = {key.casefold(): work for key, work in works.items()}
    for work in works.values():
        crossref = work.fields.get("crossref")
        yield work, by_key.get(crossref.value.casefold()) if crossref else None


def _outside(work: Work, whole: Work) -> Finding | None:
    pages, facts = facts_of(work).ranges, facts_of(whole)
    page = first_standing("outside" if facts.ranges else "beyond", pages, facts)
    if "pages" not in work.fields or not page:
        return None
    name = "pages" if facts.ranges or not whole.get("pagetotal") else "pagetotal"
    called = f"“{whole.key}”" if whole.key != work.key else "its volume"
    return Finding(
        work.fields["pages"].location,
        f"{page_words(page)} of the part “{work.key}” cannot stand in {called}, which has "
        f"{known_pages(whole)} ({fact_source(whole, name)})",
        "Compare the pages with the source, and the printing of the part with the volume’s.",
    )


def _other_volume(work: Work, whole: Work) -> Finding | None:
    own, stated = work.fields.get("volume"), whole.get("volume")
    if own is None or stated is None:
        return None
    numbers = own.value.strip(), stated.strip()
    if not all(n.isdecimal() and len(n) < 6 for n in numbers) or int(numbers[0]) == int(numbers[1]):
        return None
    return Finding(
        own.location,
        f"the part “{work.key}” is put into volume {own.value}, but its volume “{whole.key}” is "
        f"volume {stated} ({fact_source(whole, 'volume')})",
        "Correct the volume, or name another by `crossref`.",
    )


_TITLES = ("title", "booktitle", "maintitle", "series")
_PERIODICALS = frozenset({"article", "periodical", "suppperiodical"})
_PROCEEDINGS = frozenset({"conference", "inproceedings", "proceedings", "mvproceedings"})
# How collected and selected works are called in the languages of scholarship.
_COLLECTED = re.compile(
    r"""
    \b(?: (?:collected|selected|complete|miscellaneous|posthumous)\b
          .*\b(?:works?|writings|papers|letters|essays|poems|plays|stories|speeches
               |correspondence|prose)\b
      | (?:gesammelte|sämtliche|saemtliche|ausgewählte)\b
          .*\b(?:werke|schriften|briefe|aufsätze|reden)\b
      | (?:werke|schriften|briefwechsel|\w*gesamtausgabe) \b
      | opera\ omnia | omnia\ opera | opere\b | scritti\ scelti
      | œuvres | oeuvres | écrits\ (?:choisis|complets) | correspondance\ (?:complète|générale)
      | obras\b | escritos\ (?:escogidos|completos)
      | verzamelde\ werken | samlede\ (?:skrifter|verker|værker) | samlade\ skrifter
      | dzieła\b | sebrané\ spisy
      | собрание\ сочинений | сочинени[яй]\b | избранные
      | sobranie\ sochinenii | sochineniia\b
    )
    # "Works", "The Works of …", "Political Writings, 1902–5", but not "How a Lamp Works"
    | (?: ^ | \b(?:the | early | later? | major | minor | prose | poetical | dramatic | literary
                 | philosophical | political | historical | scientific | theological)\  | ['’]s?\  )
      (?:works|writings|papers|letters|correspondence) (?= \ (?:of|by|and)\b | \s*[,:;.(] | $ )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SAYS_PRINTING = re.compile(
    r"""
    \b(?: (?:re)?print(?:ing|ings|ed)? | impressions? | reissued? | editions?
      | \d+(?:st|nd|rd|th)\s eds?\b | (?:first|second|third|fourth|fifth|revised)\s ed\b
      | \w*aufl(?:age)?\b | nachdruck | tirage | réimpr\w* | édition | ristampa | edizione
      | reimpresión | edición | изд\w* | тираж
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTES = ("note", "addendum", "titleaddon", "annotation", "annote", "edition", "printing")
_LONGEST = 1000


@rule("B117", Severity.WARNING)
def missing_printing(edition: Edition) -> Findings:
    for work, parent in _with_parents(edition):
        volume = _collected_volume(work)
        notes = [work.get(name) or "" for name in _NOTES]
        said = work.get("edition") or work.get("printing")
        if not volume or said or any(_SAYS_PRINTING.search(note[:_LONGEST]) for note in notes):
            continue
        if parent is not None and _collected_volume(parent):
            continue  # the volume's own entry is where it belongs
        yield Finding(
            work.location,
            f"“{work.key}” stands in volume {volume} of “{_collection(work)}”, but does not say "
            "of which printing its pages are",
            "Add `printing` or `edition`, or a note that says it.",
        )


def _collected_volume(work: Work) -> str:
    """Return the volume of collected works that a work is or stands in; empty where it is none."""
    volume = work.get("volume") or ""
    periodical = work.get("journal") or work.get("journaltitle") or work.type in _PERIODICALS
    return volume if volume and not periodical and _collection(work) else ""


def _collection(work: Work) -> str:
    """Return the title of the collected works, as the entry gives it; empty where it names none."""
    if work.type in _PROCEEDINGS:
        return ""  # “Revised Selected Papers”
    titles = (plain((work.get(name) or "")[:_LONGEST]) for name in reversed(_TITLES))
    return next((title for title in titles if _COLLECTED.search(title)), "")
