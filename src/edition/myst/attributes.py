"""Attribute blocks whose values hold MyST: `{attribution="Ann Dove, {cite:t}`b{p. 3}`"}`.

MyST reads an attribution as MyST, but the parser of attributes refuses the braces of its roles.
Allowing them here serves the build too, which parses in the same process.
"""

from mdit_py_plugins.attrs import parse


def _quoted_value(char: str, pos: int, tokens: parse.TokenState) -> parse.State:
    if char in "{}":
        return parse.State.SCANNING_QUOTED_VALUE
    return parse.handle_scanning_quoted_value(char, pos, tokens)


def allow_braces_in_values() -> None:
    """Let the values of attributes hold braces."""
    parse.HANDLERS[parse.State.SCANNING_QUOTED_VALUE] = _quoted_value
