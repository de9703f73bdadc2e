"""The items of lists. Markdown counts with digits alone: letters and roman numbers are typed."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from roman_numerals import InvalidRomanNumeralError, RomanNumeral

from edition.importer.tree_nodes import Node, sign_at_start

_LETTERS = 26
_MOST_ROMAN = 3999
_KINDS = {
    "a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman",
    "lower-alpha": "LowerAlpha", "lower-latin": "LowerAlpha", "alpha-lower": "LowerAlpha",
    "upper-alpha": "UpperAlpha", "upper-latin": "UpperAlpha", "alpha-upper": "UpperAlpha",
    "lower-roman": "LowerRoman", "roman-lower": "LowerRoman", "upper-roman": "UpperRoman",
    "roman-upper": "UpperRoman",
}  # fmt: skip
"""The ways of counting, as hypertext, TEI, JATS and ODT name them, by pandoc's names."""
_SIGNS = {("", ")"): "OneParen", ("(", ")"): "TwoParens"}


def begin(element: Any, number: str) -> None:
    """Say how a list counts whose first item has a typed number: `iv.`, `(a)`, `3)`."""
    typed = re.sub(r"\W", "", number)
    letter = typed.casefold()
    if not letter.isalpha():
        element.set("start", re.sub(r"\D", "", number)[:6] or "1")
    elif letter == "i" or (len(letter) > 1 and re.fullmatch("[ivxlc]+", letter)):
        element.set("type", number.replace(typed, "I" if typed.isupper() else "i"))
        with suppress(InvalidRomanNumeralError):
            element.set("start", str(int(RomanNumeral.from_string(letter.upper()))))
    elif len(letter) == 1 and letter.isascii():
        element.set("type", number.replace(typed, "A" if typed.isupper() else "a"))
        element.set("start", str(ord(letter) - ord("a") + 1))


def ordered(rows: Sequence[Sequence[Node]], first: str, kind: str = "") -> Node:
    """Return a numbered list; `kind` is a way of counting, with the signs around it: `a)`."""
    bare = kind.strip("().")
    around = (kind[: kind.find(bare)], kind[kind.find(bare) + len(bare) :]) if bare else ("", "")
    style = [{"t": _KINDS[bare]}, {"t": _SIGNS.get(around, "Period")}] if bare in _KINDS else []
    return {"t": "OrderedList", "c": [[int(first) if first.isdecimal() else 1, *style], rows]}


def gathered_items(blocks: Sequence[Node]) -> list[Node]:
    """Return blocks, those that a sign says to be items as the lists that they make."""
    found: list[Node] = []
    open_lists: list[tuple[int, str, list[list[Node]]]] = []
    for block in blocks:
        sign = sign_at_start(block)
        if sign is None or not sign["level"]:
            open_lists = []
            found.append(block)
            continue
        level, kind = int(sign["level"]), sign["kind"]
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        if not open_lists or open_lists[-1][:2] != (level, kind):
            if open_lists and open_lists[-1][0] == level:
                open_lists.pop()
            rows: list[list[Node]] = []
            made = ordered(rows, sign["number"], kind) if kind else {"t": "BulletList", "c": rows}
            (open_lists[-1][2][-1] if open_lists else found).append(made)
            open_lists.append((level, kind, rows))
        open_lists[-1][2].append([block])
    return found


def headings_within(node: Node) -> list[Node] | None:
    """Return what a list holds if it is headings alone, which it only numbers."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        at = waiting.pop()
        match at["t"]:
            case "Header":
                found.append(at)
            case "Div":
                waiting += reversed(at["c"][1])
            case "BulletList" | "OrderedList":
                rows = at["c"] if at["t"] == "BulletList" else at["c"][1]
                waiting += reversed([block for row in rows for block in row])
            case _:
                return None
    return found or None


def items_of(node: Node) -> Iterator[tuple[str, Sequence[Node]]]:
    """Yield the items of a list, each with the mark before it."""
    content = node["c"]
    if node["t"] == "DefinitionList":
        for term, meanings in content:
            yield "- ", [{"t": "Plain", "c": term}, *(b for m in meanings for b in m)]
    elif node["t"] == "OrderedList":
        (first, *style), rows = content
        for number, row in enumerate(rows, first):
            typed = _numeral(number, *style)
            yield ("- ", _with_numeral(row, typed)) if typed else (f"{number}. ", row)
    else:
        yield from (("- ", row) for row in content)


def _numeral(number: int, style: Any = None, sign: Any = None) -> str:
    """Return the number of an item as pandoc's style has it; empty where digits are its style."""
    kind, around = (str(one["t"]) if one else "" for one in (style, sign))
    if kind.endswith("Alpha"):
        typed = chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)
    elif kind.endswith("Roman") and 0 < number <= _MOST_ROMAN:
        typed = RomanNumeral(number).to_lowercase()
    else:
        return ""
    typed = typed.upper() if kind.startswith("Upper") else typed
    return {"OneParen": f"{typed})", "TwoParens": f"({typed})"}.get(around, f"{typed}.")


def _with_numeral(blocks: Sequence[Node], typed: str) -> list[Node]:
    """Return an item with its number before its first words."""
    first = blocks[0] if blocks else {"t": "Plain", "c": []}
    if first["t"] == "Div":
        inner = _with_numeral(first["c"][1], typed)
        return [{"t": "Div", "c": [first["c"][0], inner]}, *blocks[1:]]
    if first["t"] in ("Para", "Plain"):
        number = [{"t": "Str", "c": f"{typed}\u00a0"}]  # no line ends after it
        return [{"t": first["t"], "c": [*number, *first["c"]]}, *blocks[1:]]
    return [{"t": "Plain", "c": [{"t": "Str", "c": typed}]}, *blocks]
