"""One of each construct that scholars type, in three outputs."""

project = html_title = "The Tide Tables"
author = "Ana Brod"
copyright = "2026, Ana Brod"
version = release = "1.0"
language = "en"

extensions = ["edition.sphinx"]
html_theme = "furo"
epub_basename = "edition"
smartquotes = False
numfig = True
suppress_warnings = ["myst.strikethrough"]
edition_pdf_book = {"date": "2026-03-31"}
