extensions = ["edition.sphinx"]
