"""The schemes of canonical references that entries and settings declare, given to citations."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from edition.locator import SCHEME_NAMES, SCHEMES, scheme_names
from edition.model import Citation, Document, Work
from edition.model.errors import EditionError

_CHAPTER_PAGES = re.compile(r"\s*[0-9]+(?P<sign>[:-])[0-9]+\s*(?:--?|–)\s*[0-9]+(?P=sign)[0-9]+")
_FIELDS = ("locators", "pagination")


def with_schemes(
    documents: Iterable[Document], works: Mapping[str, Work], settings: Mapping[str, str]
) -> list[Document]:
    """Return the documents, their citations with the schemes that are declared for the works.

    Raises EditionError where a setting names a scheme that does not exist.
    """
    for key, setting in settings.items():
        for name in scheme_names(setting):
            if name not in SCHEME_NAMES:
                raise EditionError(
                    f"[tool.edition] locators.{key} names “{name}”, which is no scheme",
                    f"It may be {', '.join(sorted(SCHEMES))}, or a label such as column.",
                )
    schemes = {key: _schemes(work, settings.get(key, "")) for key, work in works.items()}
    declared = {key: found for key, found in schemes.items() if found}
    if not declared:
        return list(documents)
    return [_document(document, declared) for document in documents]


def _schemes(work: Work, setting: str) -> tuple[str, ...]:
    typed = ",".join([setting, *(work.get(name) or "" for name in _FIELDS)])
    by_chapter = _CHAPTER_PAGES.match(work.get("pages") or "")
    names = [f"chapter-pages{by_chapter['sign']}"] if by_chapter else []
    return (*names, *scheme_names(typed))


def _document(document: Document, schemes: Mapping[str, tuple[str, ...]]) -> Document:
    def declared(citation: Citation) -> Citation:
        found = schemes.get(citation.key)
        return replace(citation, schemes=found) if found else citation

    if not any(citation.key in schemes for citation in document.citations):
        return document
    return replace(
        document,
        citations=tuple(map(declared, document.citations)),
        quotations=tuple(
            replace(quotation, citations=tuple(map(declared, quotation.citations)))
            for quotation in document.quotations
        ),
    )
