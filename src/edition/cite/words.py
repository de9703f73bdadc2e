"""The few words of our own that a citation has, in the edition's language.

They stand in the catalogues of the outputs, which the command line reads without Sphinx.
"""

import datetime
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WORDS = (
    *("release", "Release", "passage", "quotation", "section", "block", "figure"),
    *("and", "et al."),
)
_ENTRY = re.compile(r'^msgid "(.+)"\nmsgstr "(.+)"$', re.MULTILINE)
_PART = re.compile(r"'([^']*)'|d|MMMM|y")


def cited_words(language: str, day: datetime.date | None = None) -> dict[str, str]:
    """Return these words in a language, and the day written in it; none where it has none."""
    catalogue = _catalogue(language.replace("_", "-").partition("-")[0].lower())
    if not catalogue:
        return {}
    words = {word: catalogue[word] for word in _WORDS}
    if day is not None:
        number = catalogue["1"] if day.day == 1 else str(day.day)
        parts = {"d": number, "MMMM": catalogue[MONTHS[day.month - 1]], "y": str(day.year)}
        pattern = catalogue["d MMMM y"].replace(" ", "\N{NO-BREAK SPACE}", 1)
        words["day"] = _PART.sub(lambda found: parts.get(found[0]) or found[1], pattern)
    return words


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    file = files("edition") / "locale" / language / "LC_MESSAGES" / "edition.po"
    if not language.isalpha() or not file.is_file():
        return MappingProxyType({})
    return MappingProxyType(dict(_ENTRY.findall(file.read_text(encoding="utf-8"))))
