"""The options of our directives, as docutils wants them declared."""

from docutils.parsers.rst import directives
from sphinx.util.typing import OptionSpec

from edition.model.directive_options import DIRECTIVE_OPTIONS

_CONVERTERS = {
    "class": directives.class_option,
    "name": directives.unchanged_required,
    "key": directives.unchanged_required,
}


def option_spec(*names: str) -> OptionSpec:
    """Return the options that the named directives take together."""
    options = sorted(frozenset().union(*(DIRECTIVE_OPTIONS[name] for name in names)))
    return {option: _CONVERTERS.get(option, directives.unchanged) for option in options}
