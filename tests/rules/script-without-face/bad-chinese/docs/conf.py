extensions = ["edition.sphinx"]
copyright = "1852"
version = release = str(1)
