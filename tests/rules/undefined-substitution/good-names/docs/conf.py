extensions = ["edition.sphinx"]
myst_enable_extensions = ["substitution"]
myst_substitutions = {"town": "Whitby"}
