"""Formulas: MathML → Typst's own maths.

Every word, sign and letter is written as a string or escaped, as in `syntax`.
"""

from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from edition.sphinx.mathml import FormulaError, name_of
from edition.sphinx.typst.syntax import literal

_EMPTY = '""'
# Signs that no output shows: applied functions, products that are not written.
_UNSEEN = frozenset("\u2061\u2062\u2063\u2064")
_OVER = {"―": "overline", "¯": "overline", "‾": "overline", "⏞": "overbrace", "⎴": "overbracket"}
_UNDER = {"―": "underline", "_": "underline", "⏟": "underbrace", "⎵": "underbracket"}
_ACCENTS = frozenset("^ˆ~˜˙¨ˇ˘´`°→⃗⃛")
_LIMITS = frozenset({"lim", "max", "min", "sup", "inf", "limsup", "liminf", "det", "gcd", "Pr"})


def formula(element: Element) -> str:
    """Return the markup of an element within Typst's maths; raise FormulaError for one unknown."""
    name = name_of(element)
    if name in _TOKENS:
        return _TOKENS[name](element)
    if name in _ELEMENTS:
        return _ELEMENTS[name](element)
    raise FormulaError(f"<{name}> has no form in the book")


def _row(element: Element) -> str:
    inner = _flat(_fenced(element))
    ends = [name_of(child) == "mo" for child in (*element[:1], *element[-1:])]
    fences = [child.get("fence") or child.get("minsize") for child in element]
    if len(element) > 2 and all(ends) and (fences[0] or name_of(element[1]) == "mtable"):
        return f"lr({inner})"
    if len(element) == 1 and ends[0]:  # a sign within braces has no spacing of its own
        return f'class("normal", {inner})' if inner else ""
    if len(element) == 2 and fences[0] and name_of(element[1]) == "mtable":
        return f"lr({inner})"
    return inner


def _group(element: Element) -> str:
    """Return an argument of a function; one that is empty is an empty string."""
    return formula(element) or _EMPTY


def _identifier(element: Element) -> str:
    words = element.text or ""
    if len(words) == 1 and words.isalpha():
        return f"upright({words})" if element.get("mathvariant") == "normal" else words
    if len(words) == 1:
        return _sign(words)
    return _function(words) if words else ""


def _function(words: str) -> str:
    limits = ", limits: #true" if words in _LIMITS else ""
    return f"op({literal(words)}{limits})"


def _operator(element: Element) -> str:
    words = (element.text or "").strip()
    if words.isalpha() and len(words) > 1:
        return _function(words)
    return " ".join(_sign(character) for character in words if character not in _UNSEEN)


def _sign(character: str) -> str:
    """Return a sign as Typst knows it, with its spacing; those of ASCII mean something there."""
    if character == "-":
        return "−"
    return f"\\{character}" if character.isascii() and not character.isalnum() else character


def _words(element: Element) -> str:
    return literal((element.text or "").replace("\N{NO-BREAK SPACE}", " "))


def _space(element: Element) -> str:
    width = element.get("width", "")
    if element.get("linebreak"):
        return "\\ "
    return f"#h({width})" if width.endswith("em") and width[:1].isdigit() else ""


def _attached(base: str, **scripts: Element) -> str:
    inner = ", ".join(f"{place}: {_group(script)}" for place, script in scripts.items())
    return f"attach({base or _EMPTY}, {inner})"


def _over(element: Element) -> str:
    base, mark = element
    sign = (mark.text or "").strip()
    if sign in _OVER:
        return f"{_OVER[sign]}({_group(base)})"
    if sign in _ACCENTS and name_of(mark) == "mo":
        return f"accent({_group(base)}, {literal(sign)})"
    return _attached(f"limits({_group(base)})", t=mark)


def _under(element: Element) -> str:
    base, mark = element
    sign = (mark.text or "").strip()
    if sign in _UNDER:
        return f"{_UNDER[sign]}({_group(base)})"
    return _attached(f"limits({_group(base)})", b=mark)


def _table(element: Element) -> str:
    rows = [[_row(cell) for cell in row] for row in element]
    if element.get("columnspacing") == "0em":  # lines that are aligned with each other
        return " \\ ".join(" & ".join(row) for row in rows)
    cells = "; ".join(", ".join(cell or _EMPTY for cell in row) for row in rows)
    aligned = next((cell.get("columnalign") for row in element for cell in row), None)
    side = f", align: #{aligned}" if aligned in ("left", "right") else ""
    return f"mat(delim: #none{side}, {cells})"


def _fraction(element: Element) -> str:
    above, below = map(_group, element)
    if element.get("linethickness") == "0":
        return f"mat(delim: #none, {above}; {below})"
    return f"frac({above}, {below})"


def _fenced(row: Element) -> Iterator[Element]:
    """Yield the children of a row, a table between two signs as a row of its own."""
    children = list(row)
    while children:
        if len(children) > 3 and [name_of(child) for child in children[:3]] == [
            "mo",
            "mtable",
            "mo",
        ]:
            fenced = Element("mrow")
            fenced.extend(children[:3])
            yield fenced
            del children[:3]
        else:
            yield children.pop(0)


def _flat(element: Iterable[Element]) -> str:
    return " ".join(filter(None, map(formula, element)))


_TOKENS: dict[str, Callable[[Element], str]] = {
    "mi": _identifier,
    "mn": lambda e: literal(e.text or ""),
    "mo": _operator,
    "mtext": _words,
    "ms": _words,
    "mspace": _space,
}
_ELEMENTS: dict[str, Callable[[Element], str]] = {
    "math": _flat,
    "mrow": _row,
    "mstyle": _flat,
    "mpadded": _flat,
    "menclose": _flat,
    "mphantom": lambda e: f"#hide($ {_flat(e)} $)",
    "mfrac": _fraction,
    "msqrt": lambda e: f"sqrt({_flat(e) or _EMPTY})",
    "mroot": lambda e: f"root({_group(e[1])}, {_group(e[0])})",
    "msub": lambda e: _attached(formula(e[0]), b=e[1]),
    "msup": lambda e: _attached(formula(e[0]), t=e[1]),
    "msubsup": lambda e: _attached(formula(e[0]), b=e[1], t=e[2]),
    "munder": _under,
    "mover": _over,
    "munderover": lambda e: _attached(f"limits({_group(e[0])})", b=e[1], t=e[2]),
    "mtable": _table,
}
