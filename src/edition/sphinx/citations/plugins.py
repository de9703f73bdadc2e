"""The names that sphinxcontrib-bibtex and pybtex look up in our place."""

from __future__ import annotations

import pybtex.plugin
from pybtex.style.formatting.unsrt import Style
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle

REFERENCES = "short_title"
BIBLIOGRAPHY = "edition"


def register() -> None:
    """Register the two styles that stand for ours, and the writers that every citation asks for.

    pybtex finds a writer by reading the metadata of every installed package, each time anew,
    which takes longer than all else that is done for a citation.
    """
    register_plugin(
        "sphinxcontrib.bibtex.style.referencing", REFERENCES, LabelReferenceStyle, force=True
    )
    pybtex.plugin.register_plugin("pybtex.style.formatting", BIBLIOGRAPHY, Style, force=True)
    for name in ("docutils", "plaintext"):
        writer = pybtex.plugin.find_plugin("pybtex.backends", name)
        pybtex.plugin.register_plugin("pybtex.backends", name, writer, force=True)
