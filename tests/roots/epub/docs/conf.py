project = "Letters of a Ferryman"
author = "Two editors & a friend"
release = version = "2.1"
language = "en_GB"
copyright = "1999, nobody"

extensions = ["edition.sphinx"]
smartquotes = False
nitpicky = True
bibtex_default_style = "edition"
bibtex_reference_style = "short_title"
bibtex_cite_id = "cite-{key}"

# A website's style, which has no place in the book.
html_css_files = ["website.css"]

epub_basename = "letters"
epub_description = "A small edition for the tests."
epub_contributor = "A friend"
epub_show_urls = "no"
edition_epub_subtitle = "With notes <and> queries"
