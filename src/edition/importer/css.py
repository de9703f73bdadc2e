"""The few things that a style sheet says of a text: emphasis, small capitals, indents."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_SELECTOR = re.compile(r"([a-z]\w*)?\.([\w-]+)")
_LENGTH = re.compile(r"(-?\d*\.?\d+)(em|rem|ex|ch|%|pt|px|in|cm|mm|pc)")
# Lengths in the widths of a letter; a line has some forty.
_UNITS = {
    "em": 1, "rem": 1, "ex": 0.5, "ch": 0.5, "%": 0.4, "pt": 1 / 12, "px": 1 / 16, "in": 6,
    "cm": 2.4, "mm": 0.24, "pc": 1,
}  # fmt: skip
LEAST_INDENT = 1.0
"""Letters by which a displayed quotation is set in, and not only its first line."""

_LOOKS = (
    ("font-style", r"italic|oblique", "Emph"),
    ("font-weight", r"bold|bolder|[6-9]00", "Strong"),
    ("font-variant", r".*small-caps", "SmallCaps"),
    ("font-variant-caps", r"small-caps", "SmallCaps"),
    ("text-decoration", r".*line-through", "Strikeout"),
    ("text-decoration", r"underline", "Underline"),
    ("vertical-align", r"super", "Superscript"),
    ("vertical-align", r"sub", "Subscript"),
)


_MARKS = {
    "em": "Emph", "i": "Emph", "cite": "Emph", "dfn": "Emph", "var": "Emph", "strong": "Strong",
    "b": "Strong", "u": "Underline", "ins": "Underline", "s": "Strikeout", "del": "Strikeout",
    "strike": "Strikeout", "sup": "Superscript", "sub": "Subscript", "small-caps": "SmallCaps",
}  # fmt: skip


class Styles:
    """The style sheets of a document, as far as they speak of classes."""

    def __init__(self) -> None:
        self.classes: dict[tuple[str, str], dict[str, str]] = {}

    def add(self, sheet: str) -> None:
        """Add a style sheet."""
        bare = "".join(
            [sheet.partition("/*")[0], *(p.partition("*/")[2] for p in sheet.split("/*")[1:])]
        )
        for rule in bare.split("}"):
            selectors, _, body = rule.rpartition("{")
            for selector in selectors.rpartition("{")[2].split(","):
                if found := _SELECTOR.fullmatch(selector.strip()):
                    named = (found[1] or "", found[2])
                    self.classes.setdefault(named, {}).update(declarations(body))

    def look(self, element: Any) -> dict[str, str]:
        """Return what the classes of an element and its own style say."""
        found: dict[str, str] = {}
        for name in str(element.get("class") or "").split():
            found |= self.classes.get(("", name), {})
            found |= self.classes.get((element.tag, name), {})
        return found | declarations(str(element.get("style") or ""))


def declarations(style: str) -> dict[str, str]:
    """Return the properties of a rule or of an element's style."""
    found: dict[str, str] = {}
    for one in style.split(";"):
        name, _, value = one.partition(":")
        name, value = name.strip().casefold(), value.strip().casefold()
        if name in ("margin", "padding") and (sides := value.split()):
            found[f"{name}-left"] = sides[3] if len(sides) > 3 else sides[min(1, len(sides) - 1)]
        elif value:
            found[name] = value
    return found


def emphasis(tag: str, look: Mapping[str, str]) -> Iterator[str]:
    """Yield the kinds of emphasis that an element and its look mean, by pandoc's names."""
    yield from [_MARKS[tag]] if tag in _MARKS else ()
    for name, pattern, kind in _LOOKS:
        if name in look and re.fullmatch(pattern, look[name]):
            yield kind


def is_set_in(look: Mapping[str, str]) -> bool:
    """Tell whether a paragraph is set in from the left as a whole."""
    hanging = letters(look.get("text-indent", "")) < 0
    set_in = sum(letters(look.get(f"{space}-left", "")) for space in ("margin", "padding"))
    return set_in >= LEAST_INDENT and not hanging


def letters(length: str) -> float:
    """Return a length in widths of a letter; 0 for none."""
    found = _LENGTH.match(length)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0
