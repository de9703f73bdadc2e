project = "The Harbour"
author = "Ada Pilot"
extensions = ["edition.sphinx_ext"]
html_theme = "basic"
