"""The edition's Sphinx configuration; its sources and checks are set up in pyproject.toml."""

import datetime
import os
from pathlib import Path

import edition
from edition.rules import RULES

project = "The Bolsheviks, Victor Serge, and the Myth of the Commune-State"
author = "The editors"
release = version = edition.__version__
language = "en_GB"
epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))
date = datetime.datetime.fromtimestamp(epoch, tz=datetime.UTC).date()
copyright = f"{date.year}, the editors (CC BY 4.0); the article: Ronald Tabor"
today = f"{date.day} {date:%B %Y}"

extensions = ["edition.sphinx"]
exclude_patterns = ["_build"]
smartquotes = False
nitpicky = True
suppress_warnings = ["misc.highlighting_failure"]  # the rules show BibTeX that is wrong

bibtex_tooltips = False

# HTML
html_theme = "furo"
html_title = project
html_copy_source = False
html_show_sourcelink = False
html_permalinks_icon = "¶"
html_show_search_summary = False  # ours need no fetching

# Citing: where a page of the site finds the other formats, from the site's first page
edition_formats = {"PDF": "edition.pdf", "EPUB": "edition.epub"}

# Downloads: what `make pdf epub` has built goes with the website
edition_downloads = {
    "The book as PDF": "../build/edition.pdf",
    "The e-book as EPUB": "../build/edition.epub",
}

# PDF: the book holds the edition, not the manual of the software
edition_pdf_exclude = ["manual/**", "download"]
COMPANION = "A companion edition of Ronald Tabor’s article"
edition_pdf_book = {
    "short-title": "The Myth of the Commune-State",
    "subtitle": COMPANION,
    "authors": [author],
    "rights": "The editors’ own words: CC BY 4.0. The article is its author’s.",
}

# EPUB
epub_basename = "edition"
epub_title = project
edition_epub_subtitle = COMPANION
edition_epub_exclude = ["manual/**", "download"]
epub_author = author
edition_epub_pages = "../build/edition.pdf"
epub_publisher = author
epub_description = (
    "A companion edition of Ronald Tabor’s article: every passage restated, "
    "every quotation’s work and page named, with an introduction and notes."
)
epub_copyright = "The editors’ own words: CC BY 4.0. The article: Ronald Tabor."
epub_identifier = "urn:uuid:6f0b3e0e-5d7c-4c57-9f5b-1c1b0f9a4a51"
epub_scheme = "uuid"
epub_uid = "edition-id"
edition_epub_certifier = author  # tests/test_built.py holds what it rests on
epub_show_urls = "no"
epub_tocdepth = 2

# What the title pages and the metadata say where the build holds the article's own text.
FULL = "Ronald Tabor’s article, with restatement and commentary"
OWNER = "The article: Ronald Tabor, set from its owner’s copy for the owner’s use."
FULL_BOOK = {"subtitle": FULL, "authors": ["Ronald Tabor"], "editors": [author]}
FULL_EPUB = {
    "edition_epub_subtitle": FULL,
    "epub_author": "Ronald Tabor",
    "epub_contributor": author,
    "epub_description": f"{FULL}, from its owner’s copy.",
    "epub_copyright": f"The editors’ own words: CC BY 4.0. {OWNER}",
    "epub_identifier": "urn:uuid:0c8f7c0b-6a55-4b0e-8b62-3f5a7d3a9d10",
}


# The rules by the letter of their code: what a page is called, its title.
FAMILIES = {
    "L": ("locators", "Locators"),
    "C": ("citations", "Citations"),
    "Q": ("quotations", "Quotations"),
    "B": ("bibliography", "The bibliography"),
    "A": ("anchors", "Anchors"),
    "I": ("indexes", "Indexes"),
    "S": ("sources", "Sources"),
    "W": ("witness", "The witness"),
}


def write_rule_pages(app):
    """Write manual/rules/ from the rules' own pages; a page that is unchanged keeps its time."""
    folder = Path(app.srcdir, "manual", "rules")
    folder.mkdir(exist_ok=True)
    rows = "".join(
        f"| {rule.code} | [{rule.name}](#rule-{rule.name}) | {rule.severity} | {rule.summary} |\n"
        for rule in RULES
    )
    names = "\n".join(name for name, _title in FAMILIES.values())
    pages = {
        "index.md": "(rules)=\n# The rules\n\n"
        "Every rule of `edition check`, from the text that `edition rules NAME` shows.\n"
        "A code is never given to another rule.\n\n"
        f"| Code | Rule | Severity | Finds |\n|---|---|---|---|\n{rows}\n"
        f"```{{toctree}}\n:hidden:\n:maxdepth: 1\n\n{names}\n```\n"
    }
    for letter, (name, title) in FAMILIES.items():
        sections = "".join(
            f"\n(rule-{rule.name})=\n## {rule.code} {rule.name}\n\n"
            f"{rule.summary}\n\nSeverity: {rule.severity}.\n\n{rule.body}\n"
            for rule in RULES
            if rule.code.startswith(letter)
        )
        pages[f"{name}.md"] = f"(rules-{name})=\n# {title}\n{sections}"
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        page = folder / name
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


def name_build(app, config):
    """Say in the titles whether the build holds the article's text, as `text` says in the pages."""
    if config.edition_text != "none" and any(Path(app.confdir).parent.glob("witness/*.md")):
        rights = f"The editors’ own words: CC BY 4.0. {OWNER}"
        config.edition_pdf_book = {**config.edition_pdf_book, **FULL_BOOK, "rights": rights}
        for name, value in FULL_EPUB.items():
            setattr(config, name, value)


def setup(app):
    """Write the generated pages, and name the build, before anything is read."""
    app.connect("config-inited", lambda app, config: write_rule_pages(app), priority=50)
    app.connect("config-inited", name_build)
