"""What the styles of an ODT say of a text: its kinds of paragraphs, their looks, their numbers."""

import re
from collections.abc import Sequence
from typing import Any

_NAMED = (
    ("h1", re.compile(r"^(?:title|titel|titre|título|titolo)$", re.IGNORECASE)),
    ("p.byline", re.compile(r"^(?:author|subtitle|autor|untertitel|auteur|date)$", re.IGNORECASE)),
    ("p.caption", re.compile(r"caption|^illustration$|^abbildung$|beschriftung", re.IGNORECASE)),
    ("p.verse", re.compile(r"verse|poem|poetry|gedicht|\bvers\b", re.IGNORECASE)),
    ("p.quote", re.compile(r"quot|zitat|citation|block.?text|цитат", re.IGNORECASE)),
    ("pre", re.compile(r"^preformatted|^source.?code", re.IGNORECASE)),
)
_PROPERTIES = ("font-style", "font-weight", "font-variant", "margin-left", "text-indent")
_LINES = {"text-underline-style": "underline", "text-line-through-style": "line-through"}


def kind_of_style(names: Sequence[str]) -> str:
    """Return what a paragraph is by the names of its style and of those that it comes from."""
    kind = next((k for n in names for k, p in _NAMED if p.search(n)), "p")
    is_title = kind != "h1" or _NAMED[0][1].search(names[0])
    return kind if is_title else "p"  # another style that looks like the title's


def counting(level: Any) -> tuple[str, str]:
    """Return how a level of a list counts, with the signs around its numbers, and from where."""
    names = ("num-prefix", "num-format", "num-suffix")
    kind = "".join(str(level.get(name) or "") for name in names)
    return kind, str(level.get("start-value") or "1")


def look_of(style: Any) -> dict[str, str]:
    """Return what a style says, in the words of a style sheet."""
    look: dict[str, str] = {}
    for properties in (*style.iterfind("paragraph-properties"), *style.iterfind("text-properties")):
        for name in (*_PROPERTIES, "break-before"):
            if value := properties.get(name):
                look[name] = str(value)
        position = str(properties.get("text-position") or "").split(" ")[0]
        if position in ("super", "sub"):
            look["vertical-align"] = position
        for name, line in _LINES.items():
            if properties.get(name) not in (None, "none"):
                look["text-decoration"] = line
        if (code := properties.get("language")) not in (None, "none") and style.get(
            "family"
        ) == "text":
            look["language"] = str(code)
    return look
