extensions = ["edition.sphinx"]
copyright = "1852"
version = release = str(1)
edition_pdf_fonts = ["fonts"]
