"""Code that a text shows: its language, the lines that are chosen, those that are marked."""

import ast
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from edition.model.diagnostic import Finding, Location
from edition.model.errors import EditionError
from edition.myst.directives import Directive
from edition.myst.markup_faults import python_tree
from edition.myst.option_values import converted

LANGUAGE = "misc.highlighting_failure"  # Sphinx’s name; an extension may add languages
# Sphinx's own names, and those for which it looks no lexer up or takes any text.
_PLAIN = frozenset(
    "none default guess text md markdown rst rest restructuredtext console pycon python3 ipython"
    " ipython3".split()
)
_CHOOSING = ("pyobject", "start-after", "start-at", "end-before", "end-at", "lines")
# Options of which each excludes the others, as Sphinx says.
_EXCLUSIVE = (
    *(("lineno-match", other) for other in ("lineno-start", "append", "prepend")),
    ("start-after", "start-at"),
    ("end-before", "end-at"),
    *(("diff", other) for other in (*_CHOOSING, "lineno-start", "lineno-match")),
)


class ChoiceError(EditionError):
    """An option that chooses nothing: the exception's text says what it chooses."""


def language_fault(
    language: str, content: str, place: Location, *, forced: bool = False
) -> Finding | None:
    """Return the finding for code in a language that the build has no colours for.

    Where it is `forced`, code need not be of its language.
    """
    match _is_lexed(language, content):
        case None:
            message = f"there is no language “{language}” to colour code by"
            hint = "Write one that Pygments knows, such as python, or text."
        case False if not forced:
            message = f"the code is no {language}, so it cannot be coloured as such"
            hint = "Name its language, or write text."
        case _:
            return None
    # An extension may know further languages.
    return Finding(location=place, message=message, hint=hint, rule=LANGUAGE)


@lru_cache(maxsize=4096)
def _is_lexed(language: str, content: str) -> bool | None:
    """Tell whether code is of its language; None where that is not known."""
    if language in _PLAIN or (language in ("py", "python") and _is_python(content)):
        return True
    # Imported here, because most texts hold no code.
    from pygments import lex, lexers, token, util

    try:
        lexer = lexers.get_lexer_by_name(language)
    except util.ClassNotFound:
        return None
    return all(kind is not token.Error for kind, _ in lex(content, lexer))


def _is_python(code: str) -> bool:
    """Tell whether Python reads code as Pygments would, some f-strings apart, but much sooner."""
    tree = python_tree(code)
    return tree is not None and not any(isinstance(n, ast.JoinedStr) for n in ast.walk(tree))


def listing_faults(directive: Directive, lines: Sequence[str]) -> Iterator[Finding]:
    """Yield what is wrong with the lines of a listing that are marked or moved to the left."""
    if marked := directive.options.get("emphasize-lines"):
        try:
            _numbers(marked.value, len(lines))
        except ChoiceError as error:
            yield _wrong(directive, "emphasize-lines", str(error))
    width = converted(directive, "dedent")
    if isinstance(width, int) and any(line[:width].strip() for line in lines):
        yield _wrong(directive, "dedent", f"{width}, and would take more than blanks away")


def excluded_option(directive: Directive) -> Finding | None:
    """Return the finding for an option that another one excludes."""
    for first, second in _EXCLUSIVE:
        if {first, second} <= directive.options.keys():
            return _wrong(directive, second, f"set beside :{first}:, which the build refuses")
    return None


def chosen_lines(directive: Directive, text: str) -> tuple[list[str], list[Finding]]:
    """Return the lines of a file that a `{literalinclude}` chooses, and what is wrong with that."""
    lines = text.expandtabs(8).splitlines()
    for option in _CHOOSING:
        typed = directive.options.get(option)
        if typed is None or not typed.value:
            continue
        try:
            lines = _choose(option, typed.value, lines, text)
        except ChoiceError as error:
            return [], [_wrong(directive, option, str(error))]
    if "lineno-match" in directive.options and (spec := directive.options.get("lines")):
        numbers = _numbers(spec.value, len(text.splitlines()))
        if any(b - a != 1 for a, b in pairwise(numbers)):
            return [], [_wrong(directive, "lines", "with gaps, which :lineno-match: cannot number")]
    return lines, []


def _choose(option: str, value: str, lines: list[str], text: str) -> list[str]:
    if option == "lines":
        return [lines[number] for number in _numbers(value, len(lines))]
    if option == "pyobject":
        start, end = _python_object(value, text)
        return lines[start:end]
    skipped = option == "end-before"  # which never ends at the first line
    at = next((n for n, line in enumerate(lines) if value in line and n >= skipped), None)
    if at is None:
        raise ChoiceError(f"“{value[:60]}”, and the file has no such line")
    match option:
        case "start-after":
            return lines[at + 1 :]
        case "start-at":
            return lines[at:]
        case "end-at":
            return lines[: at + 1]
        case _:
            return lines[:at]


def _numbers(spec: str, total: int) -> list[int]:
    """Return the lines, from 0, of `1,3-5,8-`."""
    numbers: list[int] = []
    for part in spec.split(","):
        found = re.fullmatch(r"\s*(\d+)?\s*(?:(-)\s*(\d+)?)?\s*", part)
        if not found or not (found[1] or found[3]):
            raise ChoiceError(f"“{spec[:60]}”, which are no numbers of lines")
        first = int(found[1] or 1)
        last = int(found[3] or max(first, total)) if found[2] else first
        if first > last or last > total:
            raise ChoiceError(f"“{spec[:60]}”, where there are {total} lines")
        numbers += range(first - 1, last)
    return numbers


def _python_object(name: str, text: str) -> tuple[int, int]:
    tree = python_tree(text)
    if tree is None:
        raise ChoiceError(f"“{name}” from a file that is no Python")
    scope = tree.body
    start, end = 0, 0
    for part in name.split("."):
        kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        found = next((n for n in scope if isinstance(n, kinds) and n.name == part), None)
        if found is None:
            raise ChoiceError(f"“{name}”, and the file defines no such thing")
        scope = found.body
        start = min([found.lineno, *(d.lineno for d in found.decorator_list)]) - 1
        end = found.end_lineno or start
    return start, end


def _wrong(directive: Directive, option: str, what: str) -> Finding:
    place = directive.options[option].location
    return Finding(
        location=place._replace(column=1),
        message=f"{{{directive.name}}} has :{option}: {what}",
        hint="Correct the option, or take it out.",
    )
