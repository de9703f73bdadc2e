"""Fenced directives: name, argument, options and body, each with its place."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from markdown_it.token import Token
from myst_parser.parsers.options import TokenizeError, options_to_items

from edition.model.diagnostic import Location
from edition.myst.positions import SourceText

_INFO = re.compile(r"\{([\w:+.-]+)\}[ \t]*(.*)")
# A colon before an option, but not the fence of a directive within.
_OPTION = re.compile(r"\s*:(?!::)")
_KEY = re.compile(r"[>\s]*:?\s*([^\s:>][^\s:]*)\s*:(?:\s+|$)")

# Directives whose bodies are not MyST text: code, data, another markup, a list of files.
LITERAL_BODY = frozenset(
    "code code-block sourcecode code-cell highlight literalinclude parsed-literal math raw "
    "eval-rst csv-table toctree graphviz digraph graph mermaid plantuml uml inheritance-diagram "
    "doctest testcode testoutput testsetup testcleanup prompt productionlist bibliography "
    "include image automodule autoclass autofunction contents sectionauthor plot tikz kroki d2 "
    "jupyter-execute ipython aafig".split()
)

# Directives without an argument: what follows their name is the first line of the body.
NO_ARGUMENT = frozenset(
    "note warning tip hint important caution danger error attention seealso epigraph pull-quote "
    "highlights passage commentary margin compound".split()
)


class Option(NamedTuple):
    """An option's value as typed, and the place of the value."""

    value: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """A directive as written; `name` is in small letters.

    `argument_column` counts from 0, as do `line` and `body_line` in the file: the opening
    fence, and the first line of the body. `fault` says what the options cannot be read for,
    `commented` that something in them is taken for a comment.
    """

    name: str
    argument: str
    argument_column: int
    location: Location
    line: int
    body: str
    body_line: int
    options: dict[str, Option] = field(default_factory=dict)
    fault: str | None = None
    commented: bool = False


def read_directive(token: Token, source: SourceText, base: int) -> Directive | None:
    """Return the directive that a fence is; None for a fence of plain code.

    `base` is the file's line, from 0, on which the parsed text begins.
    """
    if made := token.meta.get("directive"):
        return made if isinstance(made, Directive) else None
    if token.map is None or not token.info.lstrip().startswith("{"):
        return None
    line = base + token.map[0]
    # The parser's own copy of the line has lost its backslashes, and with them the places.
    whole = source.lines[line]
    fence = max(whole.find(token.markup), 0)
    match = _INFO.match(whole, max(whole.find("{", fence), 0))
    if match is None or match[1].startswith("."):
        return None
    lines = token.content.split("\n")
    # Of reStructuredText the first line may be a role, :cite:p:`key`.
    block, taken = ("", 0) if match[1].lower() == "eval-rst" else _option_block(lines)
    items, fault, commented = _read_options(block)
    return Directive(
        name=match[1].lower(),
        argument=match[2].strip(),
        argument_column=match.start(2),
        location=source.location(line, fence),
        line=line,
        body="\n".join(lines[taken:]),
        body_line=line + 1 + taken,
        options=_placed(items, source, line + 1, taken),
        fault=fault,
        commented=commented,
    )


def _option_block(lines: list[str]) -> tuple[str, int]:
    """Return the option block, in either of MyST's spellings, as YAML, and its lines."""
    if lines and lines[0].startswith("---"):
        for number, line in enumerate(lines[1:], 1):
            if line.startswith("---"):
                return "\n".join(lines[1:number]), number + 1
        return "\n".join(lines[1:]), len(lines)
    taken = 0
    while taken < len(lines) and _OPTION.match(lines[taken]):
        taken += 1
    return "\n".join(line.lstrip().removeprefix(":") for line in lines[:taken]), taken


def _read_options(block: str) -> tuple[list[tuple[str, str]], str | None, bool]:
    try:
        items, state = options_to_items(block)
    except TokenizeError as error:
        return [], str(error).splitlines()[0], False
    return [(key, value) for key, value in items], None, bool(state.has_comments)


def _placed(
    items: list[tuple[str, str]], source: SourceText, first: int, count: int
) -> dict[str, Option]:
    places: dict[str, Location] = {}
    for line in range(first, min(first + count, len(source.lines))):
        if match := _KEY.match(source.lines[line]):
            places.setdefault(match.group(1), source.location(line, match.end()))
    return {key: Option(value, places.get(key, source.location(first))) for key, value in items}
