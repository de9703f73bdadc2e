extensions = ["edition.sphinx"]
numfig = True
