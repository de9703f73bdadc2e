"""What the package document says: of the book as a whole, and of each of its files.

Source: EPUB 3.3, "Package document".
"""

import datetime
import html
import time
import uuid
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from sphinx.config import Config

from edition.model.language_tags import is_right_to_left, parse_language_tag
from edition.sphinx.epub import accessibility
from edition.sphinx.epub.pages import Book, Page
from edition.sphinx.translation import _, write_day
from edition.sphinx.typst.colophon import released

# Languages that are written from right to left.
_SCRIPTS = {"latin": "Latn", "cyrillic": "Cyrl"}

# What the manifest has to say of a page that holds such an element.
_PROPERTIES = {"math": "mathml", "script": "scripted", "svg": "svg"}


def language_tag(language: str) -> str:
    """Return the BCP 47 tag for one of Sphinx's languages: en_GB → en-GB, sr@latin → sr-Latn."""
    name, _, variant = language.partition("@")
    first, *rest = name.replace("_", "-").split("-")
    if variant in _SCRIPTS:
        return "-".join([first, _SCRIPTS[variant], *rest])
    return "-".join([first, *rest, *filter(None, [variant])])


def is_language_tag(tag: str) -> bool:
    """Return whether a tag is well-formed, with the usual capitals."""
    return str(parse_language_tag(tag)) == tag and "-x-" not in tag


def known(value: str) -> str:
    """Return a setting's value, "" where it has only what Sphinx gives to one that nobody set."""
    return "" if value == "unknown" else str(value)


def identifier(config: Config) -> str:
    """Return the book's identifier: the one configured, or one made from its title and author.

    The latter stays the same from release to release as long as these two do.
    """
    name = f"{config.epub_title}\n{config.epub_author}"
    return known(config.epub_identifier) or uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def metadata(config: Config, language: str, published: int) -> dict[str, str]:
    """Return the metadata of the whole book, ready for XML; "" where there is none.

    `published` is in seconds since 1970 (UTC).
    """
    moment = time.gmtime(published)
    found = {
        "uid": known(config.epub_uid) or "identifier",
        "identifier": identifier(config),
        "language": language,
        "title": config.epub_title,
        "subtitle": config.edition_epub_subtitle,
        "author": config.epub_author,
        "contributor": known(config.epub_contributor),
        "publisher": known(config.epub_publisher),
        "description": known(config.epub_description),
        "rights": known(config.epub_copyright),
        "release": config.release,
        "date": str(released(config) or time.strftime("%Y-%m-%d", moment)),
        "modified": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment),
        "direction": (
            "rtl" if config.epub_writing_mode == "vertical" or is_right_to_left(language) else "ltr"
        ),
    }
    return {name: html.escape(str(value)) for name, value in found.items()}


def title_page(config: Config, published: int) -> dict[str, Any]:
    """Return the words of the title page; its day is that of the release, if it is known."""
    day = released(config)
    built = datetime.datetime.fromtimestamp(published, tz=datetime.UTC).date()
    written = write_day(day or built, config.language, config.today_fmt or "")
    return {
        "title": html.escape(config.epub_title),
        "subtitle": config.edition_epub_subtitle,
        "author": config.epub_author,
        "release_label": _("Release"),
        "date": written if day else config.today or written,
        "rights": known(config.epub_copyright),
        "publisher": known(config.epub_publisher),
    }


def manifest(
    config: Config, book: Book, media_types: Mapping[str, str], cover: str, *, paged: bool = False
) -> dict[str, Any]:
    """Return the files of the book, the order of its pages, and what was seen in them.

    `cover` is the path of the cover's picture, or "". Each of `items` is an id, a path, a
    media type and properties; each of `spine` an id, and whether it is in reading order. `paged`
    says whether the book knows the pages of a printed one.
    """
    items = [
        (f"page-{n}", page.path, media_types[".xhtml"], _properties(page))
        for n, page in enumerate(book.every_page, 1)
    ]
    spine = [(item[0], n < len(book.pages)) for n, item in enumerate(items)]
    for n, name in enumerate(sorted({*book.resources, *filter(None, [cover])}), 1):
        media_type = media_types[PurePosixPath(name).suffix.lower()]
        items.append((f"file-{n}", name, media_type, "cover-image" if name == cover else ""))
    return {
        "items": items,
        "spine": spine,
        "cover": next((item[0] for item in items if item[3] == "cover-image"), ""),
        "certifier": html.escape(config.edition_epub_certifier),
        "accessibility": [
            (name, html.escape(value, quote=False))
            for name, value in accessibility.statements(
                book.every_page,
                book.resources,
                paged=paged,
                certifier=config.edition_epub_certifier,
            )
        ],
    }


def _properties(page: Page) -> str:
    return " ".join(sorted(word for name, word in _PROPERTIES.items() if name in page.elements))
