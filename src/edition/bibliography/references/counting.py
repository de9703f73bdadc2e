"""A place as its work counts it: volume and page, book and chapter, part and section."""

import re
from dataclasses import replace

from edition.bibliography.references.context import Part
from edition.bibliography.references.patterns import LOCATOR, VOLUME, number_of
from edition.bibliography.references.profile import Profile
from edition.locator import format_locator, parse

MOST_VOLUMES = 5
"""Small roman numbers that count a volume before a page; higher ones are pages of a preface
(`pytest tests/test_importer_essays.py`)."""

_BOOK_TYPED = r"\s[ivxl]+\.\s?\d+(?:[-–]\d+)?\W*\Z"


def as_counted(part: Part, profile: Profile) -> Part:
    """Return a reference with its volume and place as the work has them."""
    first = re.match(r"pp\. ([ivx]{1,4}|\d{1,3}), (?=\d)", part.locator or "")
    most = profile.volumes or (0 if profile.is_article or part.years else MOST_VOLUMES)
    if first and first[1].isdecimal():  # `Werke 20, 12`, where pages have no label
        most = 0 if LOCATOR.search(part.typed) else profile.volumes
    if first and part.words and not part.volume and int(number_of(first[1])) <= most:
        # `Essay, ii, 150`: the second volume, and no page of the preface.
        place = (part.locator or "")[first.end() :]
        label = "pp." if re.search(r"\D", place) else "p."
        part = replace(part, volume=number_of(first[1]), locator=f"{label} {place}")
    begun = re.match(r"pp\. (\d+), (?=\d+\Z|\d+–\d+\Z)", part.locator or "")
    whole = profile.is_in_journal and f" {profile.volume} " in part.typed
    if begun and whole and int(begun[1]) in (a for a, _ in profile.ranges):
        # `17 Water Law Review 399, 401 (2018)`: the article’s first page, and the one cited.
        place = (part.locator or "")[begun.end() :]
        part = replace(part, locator=f"{'pp.' if '–' in place else 'p.'} {place}")
    page = re.fullmatch(r"pp?\. (\d[\d–]*)", part.locator or "")
    if profile.has_one_name and part.volume and page and re.search(_BOOK_TYPED, part.typed):
        # `Conf. viii. 12`
        part = replace(part, volume=None, locator=f"{part.volume}.{page[1]}")
    numeral = part.volume and not (profile.volumes or VOLUME.search(part.typed))
    if numeral and (part.locator or "").startswith("§"):
        part = replace(part, volume=None, locator=f"pt. {part.volume}, {part.locator}")
    if part.number and not profile.is_article:
        place = ", ".join(filter(None, (part.number, part.locator)))
        part = replace(part, locator=format_locator(parse(place)))
    return part
