project = "The Harbour"
author = "Ada Pilot"
extensions = ["edition.sphinx"]
html_theme = "basic"
