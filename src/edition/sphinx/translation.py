"""The words of our own in the outputs, in the edition's language.

The catalogues are `locale/*/LC_MESSAGES/edition.po`. A language without one has all of them in
English; a test holds each catalogue complete.
"""

import gettext
import re
from datetime import UTC, date, datetime, time
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import get_translation, translators
from sphinx.util.i18n import format_date as format_by_form

from edition.indexes.calendar import DateWords, Point

_CATALOGUE = "edition"
_FOLDER = Path(str(files("edition"))) / "locale"

_ = get_translation(_CATALOGUE)

# What stands before these marks in French, if a space or the end of the text follows.
_BEFORE = dict.fromkeys(";!?", "\N{NARROW NO-BREAK SPACE}") | {":": "\N{NO-BREAK SPACE}"}
_HIGH_MARKS = re.compile(r"(?:(?<=[^\s:;!?])|\A)[ \u00a0\u202f]?([:;!?])(?=[\s»”)\]]|\Z)")


def load_catalogue(_app: Sphinx, config: Config) -> None:
    """Take the words from the catalogue of the edition's language, if there is one."""
    translators["general", _CATALOGUE] = _read_catalogue(config.language or "en")


def has_catalogue(language: str) -> bool:
    """Return whether our words are translated into a language."""
    return _file(language).is_file()


def _file(language: str) -> Path:
    name = language.replace("-", "_").partition("_")[0].lower()
    return _FOLDER / name / "LC_MESSAGES" / f"{_CATALOGUE}.po"


def _read_catalogue(language: str) -> gettext.NullTranslations:
    file = _file(language)
    if not file.is_file():
        return gettext.NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes())))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def words_language() -> str:
    """Return the language of our words: that of the edition, or English."""
    translator = translators.get(("general", _CATALOGUE))
    return str(translator.info().get("language", "en")) if translator else "en"


def spaced(text: str) -> str:
    """Return a text with a space before each colon, semicolon and mark, where French has one."""
    if words_language() != "fr":
        return text
    return _HIGH_MARKS.sub(lambda found: _BEFORE[found[1]] + found[1], text)


def write_day(day: date, language: str, form: str = "") -> str:
    """Return a day in a language, by a form such as `%d %B %Y` where one is given."""
    if form:
        moment = datetime.combine(day, time(), UTC)
        return format_by_form(form, date=moment, language=language.replace("-", "_"))
    return _day_by_pattern(day, _("d MMMM y"), language)


def _day_by_pattern(day: date, pattern: str, language: str) -> str:
    """Return a day by a pattern of the catalogue; in English where there is none."""
    name = language.replace("-", "_").partition("_")[0] if has_catalogue(language) else "en"
    written = format_date(day, ordinal_day(str(pattern), day.day, name), locale=name)
    return written.replace(" ", "\N{NO-BREAK SPACE}", 1) if pattern[0] == "d" else written


def ordinal_day(pattern: str, day: int, language: str) -> str:
    """Return a pattern of dates with the day as French writes the first of a month: 1er."""
    return pattern.replace("d ", "d'er' ", 1) if (day, language) == (1, "fr") else pattern


def write_decimal(number: float, language: str) -> str:
    """Return a number with one decimal in a language; in English without a catalogue."""
    name = _file(language).parts[-3] if has_catalogue(language) else "en"
    return format_decimal(number, "#,##0.0", locale=name)


def date_words(language: str) -> DateWords | None:
    """Return how dates are written in a language; None for the English of the checker."""
    if not has_catalogue(language):
        return None

    def write(point: Point, year: bool) -> str:
        if not point.month:
            return str(point.year)
        pattern = (_("d MMMM y") if year else _("d MMMM")) if point.day else _("LLLL y")
        return _day_by_pattern(date(*point.first), str(pattern), language)

    return DateWords(
        write=write,
        about=_("about %s"),
        old_style=_("%s (old style)"),
        new_style=_("%(old)s (new style %(new)s)"),
    )
