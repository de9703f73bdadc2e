"""The options of our directives, for docutils; the checker's table of them is the only one."""

from __future__ import annotations

from docutils.parsers.rst import directives
from sphinx.util.typing import OptionSpec

from edition.myst.directives import OPTIONS

_READERS = {
    "class": directives.class_option,
    "key": directives.unchanged_required,
    "name": directives.unchanged_required,
}


def options_of(*names: str) -> OptionSpec:
    """Return the options of the directives of these names, each with the function that reads it."""
    return {
        option: _READERS.get(option, directives.unchanged)
        for name in names
        for option in sorted(OPTIONS[name])
    }
