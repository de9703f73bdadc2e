"""Small languages within the markup, as Sphinx reads them: of indexes, conditions, glossaries."""

import ast
import re
import warnings
from collections.abc import Iterator
from typing import Any

_TYPES = {"single": 1, "pair": 2, "double": 2, "triple": 3, "see": 2, "seealso": 2}
_FORMER = re.compile(r"(module|keyword|operator|object|exception|statement|builtin):")
# Of these the condition of an `{only}` is made: names with `and`, `or`, `not`.
LOGIC = (ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.Name, ast.Load)


def index_fault(entry: str) -> str:
    """Return what is wrong with an entry of an index, such as `pair: tides; pilots`."""
    entry = entry.strip().removeprefix("!").lstrip()
    if found := _FORMER.match(entry):
        return f"has “{found[1]}:”, on which the build ends; write pair: {found[1]}; …"
    kind, colon, parts = entry.partition(":")
    wanted = _TYPES.get(kind, 0) if colon else 0
    if len([part for part in parts.split(";", wanted - 1) if part.strip()]) < wanted:
        return f"wants {wanted} parts with a semicolon between them in “{entry[:60]}”"
    return ""


def python_tree(code: str, mode: str = "exec") -> Any:
    """Return the tree of Python code; None where Python cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code, mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def is_expression(text: str, parts: tuple[type[ast.AST], ...] = (ast.AST,)) -> bool:
    """Tell whether a text is an expression of Python, made of such parts alone."""
    tree = python_tree(text, "eval")
    return tree is not None and all(isinstance(node, parts) for node in ast.walk(tree))


def is_number_format(words: str) -> bool:
    """Tell whether the words of a `{numref}` have a place for the number that can be filled."""
    if "{" not in words and "%" not in words:
        return True
    try:
        _ = words.format(name="", number="") if "{" in words else words % "1"
    except (LookupError, ValueError, TypeError, AttributeError):
        return False
    return True


def glossary_faults(body: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a `{glossary}`, from 0, that stand where the build expects others."""
    defining = was_empty = True
    comment = begun = False
    for number, line in enumerate(body.split("\n")):
        if not line:
            was_empty = True
            continue
        if line.startswith(".. "):
            comment = True
            continue
        if not line[0].isspace():
            comment = False
            if defining and not was_empty:
                yield number, "a term must follow an empty line"
            elif not defining and was_empty:
                yield number, "the term above has no explanation, indented below it"
            defining, begun = False, True
        elif not comment:
            if not begun:
                yield number, "an explanation must follow its term"
            defining = True
        was_empty = False
