"""What the bibliography says of a citation: the key that an alias means, and canonical schemes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

from edition.bibliography.inheritance import keys_in
from edition.locator import SCHEME_NAMES, SCHEMES, scheme_names
from edition.model import Citation, Document, Work
from edition.model.errors import EditionError

_CHAPTER_PAGES = re.compile(r"\s*[0-9]+(?P<sign>[:-])[0-9]+\s*(?:--?|–)\s*[0-9]+(?P=sign)[0-9]+")
_FIELDS = ("locators", "pagination")


def resolve_citations(
    documents: Iterable[Document], works: Mapping[str, Work], settings: Mapping[str, str]
) -> list[Document]:
    """Return the documents, their citations with the keys and the schemes of the works.

    Raises EditionError where a setting names a scheme that does not exist.
    """
    for key, setting in settings.items():
        for name in scheme_names(setting):
            if name not in SCHEME_NAMES:
                raise EditionError(
                    f"[tool.edition] locators.{key} names “{name}”, which is no scheme",
                    f"It may be {', '.join(sorted(SCHEMES))}, or a label such as column.",
                )
    keys = aliases_of(works)

    @cache  # of the works that are cited: a bibliography may have many times as many
    def schemes(key: str) -> tuple[str, ...]:
        return _schemes(works[key], settings.get(key, "")) if key in works else ()

    def resolved(citation: Citation) -> Citation:
        key = keys.get(citation.key, citation.key)
        if key == citation.key and not schemes(key):
            return citation
        return replace(citation, key=key, schemes=schemes(key))

    return [
        _document(document, resolved)
        if any(c.key in keys or schemes(c.key) for c in document.citations)
        else document
        for document in documents
    ]


def aliases_of(works: Mapping[str, Work]) -> dict[str, str]:
    """Return the key of the work that each alias, in a field `ids`, means."""
    return {
        alias: key
        for key, work in works.items()
        for alias in keys_in(work, "ids")
        if alias not in works
    }


# What is heard and seen is cited by its time, and by its tracks and bars.
_PLAYED = frozenset({"audio", "movie", "music", "performance", "video"})


def _schemes(work: Work, setting: str) -> tuple[str, ...]:
    typed = ",".join([setting, *(work.get(name) or "" for name in _FIELDS)])
    by_chapter = _CHAPTER_PAGES.match(work.get("pages") or "")
    names = [f"chapter-pages{by_chapter['sign']}"] if by_chapter else []
    played = ("timecode", "units") if work.type in _PLAYED else ()
    return (*names, *scheme_names(typed), *played)


def _document(document: Document, resolved: Callable[[Citation], Citation]) -> Document:
    return replace(
        document,
        citations=tuple(map(resolved, document.citations)),
        quotations=tuple(
            replace(quotation, citations=tuple(map(resolved, quotation.citations)))
            for quotation in document.quotations
        ),
    )
