"""Works as items of the Citation Style Language (CSL 1.0.2), for styles that come as files."""

import html
import re
from typing import Any

from edition.bibliography.datamodel import PARTS
from edition.bibliography.markup import Rich, text_of
from edition.bibliography.persons import OTHERS, Person
from edition.bibliography.printed_dates import MONTH_NAMES, SEASONS, Date
from edition.bibliography.record import Record, edition_number
from edition.sphinx.citations import elements as el
from edition.sphinx.citations.addresses import remarks_of
from edition.sphinx.citations.journals import number_of
from edition.sphinx.citations.pages import place_of
from edition.sphinx.citations.terms import known_word, term

_TYPES = {
    **dict.fromkeys(PARTS, "chapter"),
    **dict.fromkeys(el.BOOKS - PARTS, "book"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("artwork", "image"), "graphic"),
    **dict.fromkeys(("audio", "music"), "song"),
    "inreference": "entry-encyclopedia",
    "article": "article-journal",
    "periodical": "periodical",
    "thesis": "thesis",
    "report": "report",
    "standard": "standard",
    "online": "webpage",
    "letter": "personal_communication",
    "unpublished": "manuscript",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "video": "motion_picture",
    "performance": "performance",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "legal": "treaty",
}
_TAGS = {"italic": "i", "bold": "b", "sup": "sup", "sub": "sub"}
_YEAR = re.compile(r"\[?(ca\. )?([0-9]+)( BCE)?(\?\])?")


def item(record: Record) -> dict[str, Any]:
    """Return a work as an item of CSL-JSON."""
    journal = record.type in ("article", "periodical")
    number = number_of(record) if journal else record.text("number")
    volume = () if el.series_volume(record) else record.text("volume")
    in_series = record.type in el.BOOKS and bool(record.text("series"))
    edition, words, _ = edition_number(record)
    collected = record.text("series") or (record.main if not record.in_book else ())
    texts: dict[str, str | Rich] = {
        "title": record.title or record.reviewed,
        "title-short": () if record.short_title == record.title else record.short_title,
        "container-title": record.journal or record.book or (record.main if record.in_book else ()),
        "collection-title": collected,
        "collection-number": record.text("volume") if el.series_volume(record) else "",
        "volume": volume,
        "number-of-volumes": record.text("volumes"),
        "issue": number if journal else "",
        "page": place_of(record, 0),  # the style shortens ranges
        "chapter-number": record.text("chapter"),
        "edition": str(edition) if edition else words,
        "publisher": record.text("publisher") or record.text("institution"),
        "publisher-place": record.text("place"),
        "event-title": record.text("eventtitle"),
        "event-place": el.venue_of(record),
        "genre": known_word(record.genre),
        "medium": el.published_how(record),
        "version": record.text("version"),
        "archive": record.text("library"),
        "archive_location": record.text("shelfmark"),
        "authority": record.text("organization") if record.type in el.LAWS else "",
        "original-title": record.text("origtitle"),
        "original-publisher": record.text("origpublisher"),
        "original-publisher-place": record.text("origlocation"),
        "note": next(iter(remarks_of(record)), ()),
        "status": term(record.state),
        "language": record.title[0].language if record.title else "",
        "DOI": record.doi,
        "URL": record.url or record.eprint[1],
    }
    if not journal:
        texts["collection-number" if in_series and record.type != "report" else "number"] = number
    dates = {
        "issued": record.date or Date(term(record.state)),
        "original-date": record.origdate,
        "event-date": record.eventdate,
        "accessed": record.accessed,
    }
    found: dict[str, Any] = {name: _html(value) for name, value in texts.items() if value}
    found |= {name: _date(when) for name, when in dates.items() if when}
    return {"id": record.key, "type": _type(record), **found, **_people(record)}


def _type(record: Record) -> str:
    subtype = record.work.get("entrysubtype")
    if record.type == "article" and subtype in ("newspaper", "magazine"):
        return f"article-{subtype}"
    if record.type == "article" and record.date.day and not record.text("volume"):
        return "article-newspaper"
    if record.type == "unpublished" and record.text("eventtitle"):
        return "speech"
    return _TYPES.get(record.type, "document")


def _people(record: Record) -> dict[str, list[dict[str, str]]]:
    roles = {role: record.named(role) for role in ("author", "editor", "translator")}
    if record.roles.get("editor") == "director":
        roles["director"] = roles.pop("editor")
    roles["container-author"] = record.named("bookauthor")
    if not any(roles.values()) and record.type in el.BY_BODIES:
        body = text_of(record.text("organization"))
        roles["author"] = (Person(family=body),) if body else ()
    return {role: [_name(person) for person in people] for role, people in roles.items() if people}


def _name(person: Person) -> dict[str, str]:
    if person is OTHERS:
        return {"literal": "others"}
    if not person.given:
        return {"literal": person.short}
    particle = "dropping-particle" if person.prefix_last else "non-dropping-particle"
    parts = {"family": person.family, "given": person.given, particle: person.prefix}
    return {name: part for name, part in {**parts, "suffix": person.suffix}.items() if part}


def _html(value: str | Rich) -> str:
    """Return a text with its markup as CSL has it in its items."""
    if isinstance(value, str):
        return value
    found = ""
    for run in value:
        tags = [_TAGS[style] for style in sorted(run.styles) if style in _TAGS]
        opened, closed = (f"<{tag}>" for tag in tags), (f"</{tag}>" for tag in reversed(tags))
        found += f"{''.join(opened)}{html.escape(run.text, quote=False)}{''.join(closed)}"
    return found


def _date(when: Date) -> dict[str, Any]:
    found = _YEAR.fullmatch(when.year)
    if not found:
        return {"literal": when.years}
    ends = [when, when.last] if when.last and when.last.year else [when]
    parts = [_parts(end) for end in ends if end]
    return {"date-parts": parts, **({"circa": True} if found[1] or found[4] else {})}


def _parts(when: Date) -> list[int]:
    found = _YEAR.fullmatch(when.year)
    parts = [int(found[2]) * (-1 if found[3] else 1)] if found else []
    if when.month in MONTH_NAMES:
        parts.append(MONTH_NAMES.index(when.month) + 1)
        parts += [int(when.day)] if when.day.isdecimal() else []
    elif when.month in SEASONS:
        parts.append(SEASONS.index(when.month) + 21)
    return parts
