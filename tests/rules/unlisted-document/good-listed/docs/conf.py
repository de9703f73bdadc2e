extensions = ["edition.sphinx"]
exclude_patterns = ["drafts"]
