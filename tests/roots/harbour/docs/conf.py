project = "The Harbour"
author = "Ada Pilot"
extensions = ["edition.sphinx_ext"]
html_theme = "basic"
bibtex_default_style = "edition"
bibtex_reference_style = "short_title"
bibtex_cite_id = "cite-{key}"
