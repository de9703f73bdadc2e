"""The settings of the book: checked, and written for the template."""

import datetime
import re
from collections.abc import Set
from dataclasses import dataclass

from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ConfigError

from edition.model.language_tags import is_right_to_left
from edition.sphinx.directions import set_apart
from edition.sphinx.translation import _, write_day
from edition.sphinx.typst import colophon, language
from edition.sphinx.typst.syntax import value

# Settings that are lists, though one of them is often given as a string.
LISTS = ("authors", "editors", "colophon")
PAPERS = ("a5", "us-trade", "a4")
WORDS = {
    "contents": "Contents",
    "editors": "Edited by",
    "release": "Release",
    "page": "p.",
    "cite": "How to cite",
    "digest": "Digest of the sources (SHA-256)",
    "set-in": "Set in Libertinus Serif with Typst.",
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def check_settings(config: Config) -> None:
    """Raise ConfigError where a setting of the book cannot be used."""
    for key, words in config.edition_pdf_book.items():
        try:
            value(words)
        except TypeError as error:
            raise ConfigError(f"edition_pdf_book: “{key}”: {error}") from None
        if not _NAME.fullmatch(str(key)):
            raise ConfigError(f"edition_pdf_book: “{key}” cannot be the name of a setting")
    if config.edition_pdf_paper not in ("", *PAPERS):
        raise ConfigError(
            f"edition_pdf_paper is “{config.edition_pdf_paper}”; choose {', '.join(PAPERS)}"
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """What one setting of the book has taught for the next.

    A page ends before each passage of `fresh`; the chapters of `tight` begin higher, those of
    `loose` lower than others; a page with one of `shorter` is some lines shorter; the last two rows
    of the tables `held` are kept together.
    """

    fresh: Set[str] = frozenset()
    tight: Set[int] = frozenset()
    loose: Set[int] = frozenset()
    shorter: Set[str] = frozenset()
    held: Set[int] = frozenset()


def template_options(config: Config, layout: Layout | None = None, lacking: str = "") -> str:
    """Return the template's options as Typst; no font has the letters of `lacking`."""
    layout = layout or Layout()
    paper = config.edition_pdf_paper or ("a4" if config.edition_pdf_large_print else "a5")
    chosen = {
        "paper-name": paper,
        "large-print": bool(config.edition_pdf_large_print),
        "line-numbers": bool(config.edition_pdf_line_numbers),
        "page-references": bool(config.edition_pdf_page_references),
        "chapters-right": bool(config.edition_pdf_chapters_right),
        "fresh-pages": sorted(layout.fresh),
        "shorter-pages": sorted(layout.shorter),
        "held-tables": sorted(layout.held),
        "tight-chapters": sorted(layout.tight),
        "loose-chapters": sorted(layout.loose),
        "right-to-left": is_right_to_left(config.language),
        "lacking": lacking,
        "words": {key: set_apart(_(word), config.language) for key, word in WORDS.items()},
    }
    return "".join(f"#let {name} = {value(choice)}\n" for name, choice in chosen.items())


def front_matter(env: BuildEnvironment, day: datetime.datetime) -> dict[str, object]:
    """Return what the template's `book` is given: the configuration's words, then defaults.

    `day` is the day on which the build is dated.
    """
    config = env.config
    given = dict(config.edition_pdf_book)
    chosen = read_day(given.pop("date", None))
    for key in LISTS:
        if isinstance(given.get(key), str):
            given[key] = [given[key]]
    released = colophon.released(config)
    shown = chosen.date() if chosen else released or day.date()
    date = set_apart(write_day(shown, config.language, config.today_fmt or ""), config.language)
    settings = language.settings(config.language) or {"lang": "en"}
    defaults: dict[str, object] = {
        "title": config.project,
        "authors": [config.author] if config.author else [],
        "release": config.release,
        "rights": config.copyright,
        "date": date if chosen or released else config.today or date,
        "digest": colophon.digest(env),
        "cite-as": colophon.citation(config),
    }
    return {**defaults, **settings, **given}


def read_day(date: object) -> datetime.datetime | None:
    """Return the day that the configuration gives, as midnight in universal time."""
    if not date:
        return None
    try:
        day = datetime.date.fromisoformat(str(date))
    except ValueError:
        raise ConfigError(
            f"edition_pdf_book: the date is “{date}”; write it as 2026-03-31"
        ) from None
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
