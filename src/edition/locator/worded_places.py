"""Places in words that no scheme and no label knows: `can. 12`, `MEW 23, S. 12`, `bars 3–5`."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache

from edition.locator.ibid import refers_back
from edition.locator.label_forms import COUNTERS, FORMS
from edition.locator.labels import SPACE, digit_follows, label_at, unpaged_at
from edition.locator.number import roman_value
from edition.model.lazy_pattern import lazy

_MOST_WORDS = 10
_ELEMENTS = re.compile(rf"[,;:][{SPACE}]+|[;،；，、]")
_FIGURE = r"(?:[0-9]{1,7}[a-zA-Zа-я]?|[IVXLC]{1,7}|[ivxlc]{1,7}|[A-ZΑ-Ωa-z])"
_NUMBER = lazy(
    rf"§{{0,2}}(?:[A-ZΑ-Ω]{{0,2}}[0-9]{{1,7}}[a-zA-Zа-я]?|[IVXLC]{{1,7}}|[ivxlc]{{1,7}}|[A-ZΑ-Ω](?=\.[0-9]))"
    rf"(?:\)?[.:,/=|–—-]{_FIGURE}|\({_FIGURE}\))*(?:ff?|sqq?)?[.:]?[°ºª]?"
    r"|[0-9]{1,4}(?:st|nd|rd|th|er|[èe]?re|è?m?e|ae|am|um|-[йяе]e?)|[א-ת]{1,3}(?:[״\"][א-ת])?[׳״']?\.?"
    r"|(?P<compound>[A-Z]?[0-9]{1,4}(?:[a-zA-Z]{1,2}[0-9]{1,4})+[a-z]?)"  # E1p11, 22B12
)
_MISREAD = re.compile(r"[0-9][OIl][0-9]")
_NAME = re.compile(r"[^\W\d_]+(?:[-.’'ʾʿ״\"/]+[^\W\d_]+)*[.’'׳:]?|§§?|&")
_STROKE = re.compile(r"(?<=[0-9])/(?=[^\W\d_]{2})|(?<=[a-z]\.)(?=[0-9])")
_PARTED = re.compile(r"[0-9ivxlc][/.][0-9ivxlc]")
_ROMAN = re.compile(r"[ivxlcdm]+|[IVXLCDM]+")


def names_place(text: str) -> bool:
    """Return True if a text is words and numbers of which something is no page.

    A page in it must be well written, and a word must not look like a misspelt label.
    """
    if any(counter in text for counter in COUNTERS):
        return any(c.isnumeric() for c in text)
    elements = [element.strip() for element in _ELEMENTS.split(text)]
    if len(text.split()) > _MOST_WORDS or refers_back(text) or not all(elements):
        return False
    named = numbered = paged = False
    for at, element in enumerate(elements):
        if unpaged_at(element, 0) or element.startswith("("):
            return False
        kinds = set(_kinds(element, first=at == 0))
        if "wrong" in kinds or (paged and element[0].isdigit() and "name" in kinds):
            return False  # what follows a page is a remark on it
        paged = paged or (at == 0 and "page" in kinds)
        beside = at == 0 or (at == len(elements) - 1 and element.endswith("."))
        if not {"number", "page"} & kinds and not (beside and len(elements) > 1):
            return False
        named |= bool({"name", "compound"} & kinds)
        numbered |= bool({"number", "page"} & kinds)
    return named and numbered


def _kinds(element: str, *, first: bool) -> Iterator[str]:
    """Yield what each word of an element is: number, name, label or wrong."""
    label = label_at(element, 0)
    if label and label.name == "page" and digit_follows(element, label.end):
        yield "page" if _PAGES.fullmatch(element, label.end) else "wrong"
        return
    for at, word in enumerate(_STROKE.sub(" ", element).split()):
        bare = word.strip("()[]“”‘’„«»\"'")
        number = _NUMBER.fullmatch(bare)
        if first and at == 0 and "א" <= bare[:1] <= "ת":
            number = None  # letters are numbers too in Hebrew, but not of a book
        if _MISREAD.search(bare):
            yield "wrong"
        elif number and _is_number(bare):
            yield "number"
            if (
                number["compound"]
                or _PARTED.search(bare)
                or bare[1:2] in ("״", '"')
                or (at and word.startswith("("))
            ):
                yield "compound"
        elif _NAME.fullmatch(bare):
            yield _kind_of_word(bare)
        else:
            yield "wrong"


_PAGES = re.compile(
    rf"[{SPACE}]*\[?(?:[0-9]+(?:[a-z]|[a-c][0-9]{{1,2}})?|[ivxlc]+|[IVXLC]+)\]?"
    rf"(?:[–-](?:[0-9]+|[ivxlc]+))?(?:[{SPACE}]*ff?\.?)?"
)


def _kind_of_word(word: str) -> str:
    if label_at(word + " 1", 0):
        return "label"
    if _ROMAN.fullmatch(word) and word != "CIL":
        return "wrong"  # a numeral that is none
    bare = word.rstrip(".:’'׳").lower()
    return "wrong" if _is_misspelt(bare) else "name"


def _is_number(word: str) -> bool:
    bare = word.rstrip(".")
    return _ROMAN.fullmatch(bare) is None or roman_value(bare) is not None


@cache
def _long_labels() -> list[str]:
    forms = {form for table in FORMS.values() for _, *two in table for form in two}
    return [form.lower() for form in forms if len(form) > 4 and form.isalpha()]


@cache
def _is_misspelt(word: str) -> bool:
    """Return True if a word is nearly a label: глва, ppp, pgae."""
    if set(word) == {"p"}:
        return True
    if len(word) < 4:
        return False
    pages = ("page", "pages", "seite", "seiten", "pagina", "página")
    return bool(
        get_close_matches(word, _long_labels(), 1, 0.85) or get_close_matches(word, pages, 1, 0.75)
    )
