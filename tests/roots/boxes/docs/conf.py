"""Boxes, lists, tables, pictures and notes in their odder places, in three outputs."""

project = html_title = "The Harbour Handbook"
author = "Ana Brod"
copyright = "2026, Ana Brod"
version = release = "1.0"
language = "en"

extensions = ["edition.sphinx"]
html_theme = "furo"
epub_basename = "edition"
smartquotes = False
numfig = True
exclude_patterns = ["parts"]
edition_pdf_book = {"date": "2026-03-31"}
