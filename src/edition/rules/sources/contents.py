"""Headings and tables of contents."""

from edition.model.diagnostic import Location
from edition.rules.queries import KNOWN_EXTENSIONS
from edition.rules.rule import Edition, Finding, Findings, Severity, rule

LONGEST = 40  # words; the long titles of old books have fewer


@rule("S111", Severity.WARNING)
def overlong_heading(edition: Edition) -> Findings:
    for document in edition.documents:
        for title in document.titles:
            if title.words > LONGEST:
                yield Finding(
                    title.location,
                    f"a heading of {title.words} words: no contents, bookmark or running head can "
                    "hold it",
                    "Leave a blank line above a --- that is no heading’s, or shorten the heading.",
                )


@rule("S117", Severity.WARNING)
def skipped_heading_level(edition: Edition) -> Findings:
    if edition.build is None or "myst.header" in edition.build.silenced:
        return
    for document in edition.documents:
        above = 0
        for title in document.titles:
            if title.level > above + 1:
                after = f"after one of level {above}" if above else "at the beginning"
                yield Finding(
                    title.location,
                    f"a heading of level {title.level} {after} skips a level",
                    f"Begin it with {'#' * (above + 1)}.",
                )
            above = title.level or above


@rule("S118", Severity.WARNING)
def unlisted_document(edition: Edition) -> Findings:
    build = edition.build
    if build is None or "toctree::" in edition.elsewhere or not edition.documents:
        return
    if not KNOWN_EXTENSIONS.issuperset(build.extensions) or "toc.not_included" in build.silenced:
        return
    included = {path for document in edition.documents for path in document.included}
    for document in edition.documents:
        if document.path in edition.unlisted and not document.orphan | (document.path in included):
            yield Finding(
                Location(document.path, 1, 1),
                "no table of contents names this document, so the PDF and the e-book lack it",
                "Name it in a {toctree}, or say `orphan: true` in its front matter.",
            )


@rule("S120", Severity.NOTE)
def incomplete_book_data(edition: Edition) -> Findings:
    build = edition.build
    if build is not None and build.unset:
        yield Finding(
            Location(build.path, 1, 1),
            f"conf.py sets no {' and no '.join(build.unset)}, which an e-book has to name",
            'Write copyright = "1852, Anne Mallory" and version = release = "1.0".',
        )
