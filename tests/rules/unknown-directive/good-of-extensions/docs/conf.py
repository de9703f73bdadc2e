extensions = ["edition.sphinx", "sphinx_design"]
