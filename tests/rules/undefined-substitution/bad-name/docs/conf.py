extensions = ["edition.sphinx"]
myst_enable_extensions = ["substitution"]
