"""Critical editions in MyST and BibTeX: citations checked, one set of anchors."""

__version__ = "0.1.0"
