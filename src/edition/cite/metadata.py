"""The edition as a whole, as a citation of one of its passages names it.

All of it is in CITATION.cff, the Citation File Format 1.2.0 (citation-file-format.github.io),
which GitHub, Zenodo and reference managers read too.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from edition.model.errors import EditionError

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class MetadataError(EditionError):
    """A CITATION.cff that says too little, or cannot be read; the message says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who is responsible: `family` and `given`, or for a group its name as `family` alone."""

    family: str
    given: str = ""
    group: bool = False

    @property
    def name(self) -> str:
        """The name as it is spoken: *Mary Hart*."""
        return f"{self.given} {self.family}".strip()

    @property
    def sort_name(self) -> str:
        """The name as lists have it: *Hart, Mary*."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The edition as a whole.

    `date` is the release's day, `url` the address of the site's first page with a slash at its
    end; both may be empty, because an edition that was not published yet has neither.
    `words` are our own words in its language, `day` the date written in it.
    """

    title: str
    authors: tuple[Author, ...]
    release: str
    date: datetime.date | None = None
    url: str = ""
    doi: str = ""
    licence: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def read_metadata(text: str) -> Metadata:
    """Read a CITATION.cff. Raises MetadataError where title, authors or version are missing."""
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}: " if mark else ""
        raise MetadataError(f"{place}not YAML: {getattr(error, 'problem', error)}") from None
    except (ValueError, OverflowError) as error:  # a month 13, a number of thousands of digits
        raise MetadataError(f"a value cannot be read: {str(error)[:80]}") from None
    except RecursionError:
        raise MetadataError("nested too deeply") from None
    if not isinstance(given, dict):
        raise MetadataError("not a table of keys and values")
    for key in ("title", "authors", "version"):
        if not given.get(key):
            raise MetadataError(f"it has no “{key}”")
    if not isinstance(given["authors"], list):
        raise MetadataError("“authors” is not a list")
    url = str(given.get("url") or "")
    keywords = given.get("keywords") or []
    return Metadata(
        title=" ".join(str(given["title"]).split()),
        authors=tuple(_author(author) for author in given["authors"]),
        release=str(given["version"]),
        date=_date(given.get("date-released")),
        url=url and url.rstrip("/") + "/",
        doi=str(given.get("doi") or ""),
        licence=str(given.get("license") or ""),
        keywords=tuple(map(str, keywords)) if isinstance(keywords, list) else (),
    )


def _author(given: Any) -> Author:
    if not isinstance(given, Mapping) or not (given.get("name") or given.get("family-names")):
        raise MetadataError("an author has neither “name” nor “family-names”")
    if given.get("name"):
        return Author(family=str(given["name"]), group=True)
    family = f"{given.get('name-particle') or ''} {given['family-names']}".strip()
    return Author(family=family, given=str(given.get("given-names") or ""))


def _date(given: Any) -> datetime.date | None:
    if given is None or isinstance(given, datetime.date):
        return given
    try:
        if _DAY.fullmatch(str(given)):
            return datetime.date.fromisoformat(str(given))
    except ValueError:  # a month 13
        pass
    raise MetadataError(f"“date-released” is “{given}”; write it as 2026-03-31")
