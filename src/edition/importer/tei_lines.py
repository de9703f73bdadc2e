"""Lines of TEI: of verse, and line breaks of the author, of the print and within words."""

import re
from typing import Any

from edition.importer.elements import begin_set_in, drop, rename
from edition.importer.line_changes import SUSPENDED

_PROSE = frozenset("p hi note quote q foreign item cell div seg".split())


def line_break(element: Any) -> None:
    """Keep a line of the author's; join a word that a line of the print divides."""
    if element.getparent().get("was") == "lg":
        return drop(element)  # each line of verse is an element of its own
    if element.get("break") != "no":
        return rename(element, "br")
    holder, part = _text_before(element)
    setattr(holder, part, re.sub(r"(?<=\w)[-¬‐⸗]?\s*\Z", "", getattr(holder, part) or ""))
    element.tail = (element.tail or "").lstrip()
    return rename(element, "span")


def _text_before(element: Any) -> tuple[Any, str]:
    before = element.getprevious()
    return (element.getparent(), "text") if before is None else (before, "tail")


def _divides_word(element: Any) -> bool:
    """Tell whether a line of print ends in a hyphen, and the next goes on with a small letter."""
    holder, part = _text_before(element)
    after = re.match(r"\s*([^\W\d_]+)", element.tail or "")
    divided = re.search(r"[^\W\d_][-¬‐⸗]\s*\Z", getattr(holder, part) or "")
    return bool(divided and after and after[1][0].islower() and after[1] not in SUSPENDED)


def line_of_print(element: Any) -> None:
    """Make a line break of a text with pages a blank, where it stands in prose."""
    prose = element.getparent().get("was") in _PROSE and element.get("break") != "no"
    if prose and _divides_word(element):
        element.set("break", "no")
        prose = False
    line_break(element)
    if prose:
        element.tag, element.text = "span", " "


def verse_line(element: Any) -> None:
    """Keep how far a line of verse is set in."""
    look = f"{element.get('rend')} {element.get('style')}"
    if set_in := re.search(r"(?<!no)(?<!no-)indent(?!\W{0,3}-)\W{0,3}(\d?)", look):
        begin_set_in(element, int(set_in[1] or 1))
    rename(element, "p.line")
