"""Typst's syntax, as far as a generated file needs it.

Text, addresses, labels and settings all pass through `value`, and strings through
`literal`: there is no other way from a source file into Typst. Text is written as a string
expression (`#"…";`), so that no character of it can ever be read as markup.
"""

import re
from collections.abc import Mapping, Sequence

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"\\]')


class Markup(str):
    """Typst markup that is finished and must not be escaped again."""

    __slots__ = ()


class Code(str):
    """A Typst expression that is finished, such as `table.cell[…]` or `50%`."""

    __slots__ = ()


def literal(text: str) -> str:
    r"""Return a string literal: quotes and backslashes escaped, controls as `\u{…}`."""

    def escaped(match: re.Match[str]) -> str:
        character = match[0]
        return f"\\{character}" if character in '"\\' else f"\\u{{{ord(character):x}}}"

    return f'"{_UNSAFE.sub(escaped, text)}"'


def text(words: str) -> Markup:
    """Return markup that sets the words unchanged."""
    return Markup(f"#{literal(words)};") if words else Markup("")


def value(thing: object) -> str:
    """Return the Typst expression for a Python value; `TypeError` for a type that has none."""
    match thing:
        case Markup():
            return f"[{thing}]"
        case Code():
            return str(thing)
        case str():
            return literal(thing)
        case None:
            return "none"
        case bool():
            return str(thing).lower()
        case int() | float():
            return repr(thing)
        case Mapping():
            pairs = "".join(f"{literal(str(k))}: {value(v)}, " for k, v in thing.items())
            return f"({pairs})" if pairs else "(:)"
        case Sequence():
            return f"({''.join(f'{value(item)}, ' for item in thing)})"
    raise TypeError(f"{type(thing).__name__} cannot be written in Typst")


def expression(function: str, *arguments: object, **named: object) -> Code:
    """Return a call; a last argument that is `Markup` becomes its content.

    Underscores in the names of arguments become Typst's hyphens.
    """
    content = ""
    if arguments and isinstance(arguments[-1], Markup):
        content = f"[{arguments[-1]}]"
        arguments = arguments[:-1]
    inside = [value(argument) for argument in arguments]
    inside += [f"{name.replace('_', '-')}: {value(v)}" for name, v in named.items()]
    brackets = f"({', '.join(inside)})" if inside or not content else ""
    return Code(f"{function}{brackets}{content}")


def call(function: str, *arguments: object, **named: object) -> Markup:
    """Return a call as markup; the semicolon ends it, so that text can follow."""
    return Markup(f"#{expression(function, *arguments, **named)};")
