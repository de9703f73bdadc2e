"""Pages, chapters and locators as citations print them."""

import re
from dataclasses import replace

from edition.bibliography.markup import Rich, join, rich
from edition.bibliography.record import Record
from edition.locator import LocatorError, parse
from edition.locator.label_forms import FORMS, usual_form
from edition.sphinx.citations.terms import language

NBSP = "\N{NO-BREAK SPACE}"
_HYPHEN = re.compile(
    r"(?<![\w/.–-])([A-Za-z]?\d+|[ivxlc]+)\s*[-‐–−—]\s*(?=(?:[A-Za-z]?\d+|[ivxlc]+)(?![\w–-]))"
)
_LABEL_OF_PAGES = re.compile(
    r"(?:pp?|[Ss]|с|стр|[Pp]ages?|[Ss]eiten)(?:\.\s*|\s+)(?=[A-Z]?[\divxlc])"
)
# 3–9, 101–8, 321–28: both numbers of a range, unless a colon or a letter counts otherwise.
_RANGE = re.compile(r"(?<![\w.:/–-])([0-9]+)–([0-9]+)(?![\w:–-])", re.ASCII)
_BARE_LOCATOR = re.compile(r"\b(?:pp?|S|с|стр)\.\s*(?=[\d\[]|[ivxlcdm]+\b)", re.IGNORECASE)
_VOLUME_AND_PAGE = re.compile(
    r"\b(?:vol|Bd|t|т)\.\s*(\w+)[,.] (?:pp?|S|с|стр)\.\s*(?=[\d\[ivxlc])", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:(?<=[^\W\d_]\.)|(?<=[§¶]\.)|(?<=׳)) (?=[\d\[]|[ivxlcdm]+\b)", re.IGNORECASE
)


def pages_of(record: Record, least: int = 1) -> Rich:
    """Return the pages of a part without their label; `least` as for `ranged`."""
    pages = record.text("pages")
    if pages and (label := _LABEL_OF_PAGES.match(pages[0].text)):
        pages = rich((replace(pages[0], text=pages[0].text[label.end() :]),), pages[1:])
    return ranged(pages, least)


def place_of(record: Record, least: int = 1) -> Rich:
    """Return the number of an article without pages of its own, and the pages."""
    return join((record.text("eid"), pages_of(record, least)), ", ")


def ranged(pages: Rich, least: int = 1) -> Rich:
    """Return pages with a dash for the hyphen between two numbers.

    In English the second is shortened by the rule of the Chicago Manual (9.61), with `least` 2
    by that of the MLA Handbook, with 0 not at all.
    """

    def short(found: re.Match[str]) -> str:
        first, last = found.groups()
        last = first[: -len(last)] + last
        if len(first) < 3 or len(last) > len(first) or first >= last:
            return f"{first}–{last}"
        if least == 1 and first.endswith("00"):
            return f"{first}–{last}"
        same = next((i for i, digit in enumerate(first) if last[i] != digit), 0)
        digits = max(len(last) - same, least if first[-2] == "0" else 2)
        return f"{first}–{last[-digits:]}"

    if language() != "en" or not least:
        return dashed(pages)
    return tuple(replace(run, text=_RANGE.sub(short, run.text)) for run in dashed(pages))


def dashed(numbers: Rich) -> Rich:
    """Return numbers with a dash for the hyphen between two of them."""
    return tuple(replace(run, text=_HYPHEN.sub(r"\1–", run.text)) for run in numbers)


def chapter_of(record: Record, label: str) -> Rich:
    """Return the chapter of a part."""
    chapter = record.text("chapter")
    return rich(f"{label}{NBSP}", chapter) if chapter else ()


def locator_text(locator: str, tongue: str = "") -> str:
    """Return a locator with its labels in the language, which never part from their numbers."""
    return _LABEL.sub(NBSP, _in_language(locator, tongue))


def _in_language(locator: str, tongue: str = "") -> str:
    """Return a locator whose English labels are those of a language, else of the edition's."""
    tongue = tongue or language()
    if tongue == "en":
        return locator
    try:
        parts = parse(locator).parts
    except LocatorError:
        return locator
    native = {form for _, *forms in FORMS.get(tongue, ()) for form in forms}
    for part in reversed(parts):
        typed, start = part.typed, part.column - 1
        known = any(typed in forms and name == part.label for name, *forms in FORMS["en"])
        if known and typed not in native and locator.startswith(typed, start):
            label = usual_form(part.label, plural=part.number == "plural", language=tongue)
            locator = locator[:start] + label + locator[start + len(typed) :]
    return locator


def bare_locator(locator: str) -> str:
    """Return a locator as a note has it: pages without “p.”, a volume before a colon."""
    volume = _VOLUME_AND_PAGE.sub(r"\1:", _in_language(locator))
    return _LABEL.sub(NBSP, _BARE_LOCATOR.sub("", volume))
