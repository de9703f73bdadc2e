"""How findings speak of works, pages and locators, so that all rules speak alike."""

import re
from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches

from edition.bibliography import plain
from edition.bibliography.pages import facts_of
from edition.locator import PageRange, PageTotal
from edition.locator.number import roman_letters
from edition.model import Citation, Work
from edition.model.diagnostic import Location

_ROLE = re.compile(r"^\{([^{}]+)\}`")
PAGE_FIELDS = frozenset({"pages", "pagetotal"})
_LONGEST_BEGINNING = 60  # characters; five long English words take fewer
_MOST_SUGGESTIONS = 50  # of one rule: more unknown names are no slips of the keyboard


def place_of_locator(citation: Citation, column: int = 1) -> Location:
    """Return the place in the source of a column of the citation's locator."""
    place = citation.locator_location or citation.location
    return Location(place.path, place.line, place.column + column - 1)


def page_words(page: PageRange) -> str:
    """Return `p. 12`, `pp. 12–14`, `p. xii`, `pp. 40 and following`."""
    first = _page(page.first, page.sequence)
    if page.last is None:
        return f"pp. {first} and following"
    if page.last == page.first:
        return f"p. {first}"
    return f"pp. {first}–{_page(page.last, page.sequence)}"


def pages_are(page: PageRange) -> str:
    """Return `p. 12 is`, `pp. 12–14 are`."""
    return f"{page_words(page)} {'is' if page.last == page.first else 'are'}"


def total_words(total: PageTotal) -> str:
    """Return `240 pages`, `xiv, 240 pages`."""
    counts = {"roman": total.roman, "arabic": total.arabic}
    return ", ".join(_page(n, kind) for kind, n in counts.items() if n is not None) + " pages"


def known_pages(work: Work) -> str:
    """Return the known pages of a work: `pp. 19–21`, `240 pages`; empty if unknown."""
    facts = facts_of(work)
    if facts.ranges:
        return ", ".join(page_words(r) for r in facts.ranges)
    return total_words(facts.total) if facts.total else ""


def _page(number: int, sequence: str) -> str:
    if sequence == "arabic":
        return str(number)
    if sequence == "roman":
        return roman_letters(number)
    return f"{number}{sequence}" if sequence.startswith("*") else f"{sequence}{number}"


def fact_source(work: Work, name: str) -> str:
    """Return the place of a fact, `bibliography.bib:152`, and where it was seen if noted."""
    found = work.field(name)
    if found is None:
        return str(work.location)
    place = f"{found.location.path}:{found.location.line}"
    # An entry's `pagesource` speaks of its own pages, not of its collection's.
    source = work.get("pagesource") if name in work.fields and name in PAGE_FIELDS else None
    return f"{place}; {plain(source)}" if source else place


def letters(text: str) -> str:
    """Return a title by its letters and digits alone, in one case: what two typings of it share."""
    return "".join(c for c in text.casefold() if c.isalnum())


def beginning(words: Sequence[str]) -> str:
    """Return the first five words of a quotation, or of scripts without blanks as many letters."""
    shown = " ".join(words[:5])
    if len(shown) > _LONGEST_BEGINNING:
        return shown[:_LONGEST_BEGINNING] + "…"
    return f"{shown} …" if len(words) > 5 else shown


def suggestions(known: Collection[str], cutoff: float) -> Callable[[str], str]:
    """Return a function that asks whether the known name nearest to another was meant.

    It answers with nothing where none is near, and after fifty names.
    """
    answers: dict[str, str] = {}

    def suggested(name: str) -> str:
        if name not in answers and len(answers) < _MOST_SUGGESTIONS:
            close = get_close_matches(name[:80], known, n=1, cutoff=cutoff)
            answers[name] = f"Did you mean “{close[0]}”?" if close else ""
        return answers.get(name, "")

    return suggested


def as_typed_in(path: str, role: str) -> str:
    """Return a role of MyST as the source at a path has it: reStructuredText begins with colons."""
    return _ROLE.sub(r":\1:`", role) if path.endswith(".rst") else role
