"""XML and HTML as a tree of elements, built from the events of the one safe reader."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from edition.formats.markup_events import events
from edition.formats.pages import SourceError
from edition.importer.verse import INDENT
from edition.texts.errors import WitnessError

_DEEPEST = 150
"""Elements within one another; a page nested 147 deep is read without an end of the stack."""


def element_tree(data: bytes, *, html: bool = False, encoding: str | None = None) -> Any:
    """Return the root element; names are local. Raises WitnessError for what cannot be read."""
    if not html:  # the reader refuses an id that is given twice
        data = re.sub(rb"(<[^<>]*\s)xml:id(?=\s*=)", rb"\1id", data)
    builder = etree.TreeBuilder()
    depth = 0
    try:
        for event in events(data, html=html, encoding=encoding):
            match event.kind:
                case "start":
                    depth += 1
                    if depth > _DEEPEST:
                        raise WitnessError("the document is nested too deeply", "Save it as text.")
                    attributes: Any = event.attributes
                    builder.start(event.value or "unknown", attributes)
                case "text":
                    builder.data(event.value)
                case "end":
                    depth -= 1
                    builder.end(event.value or "unknown")
        return builder.close()
    except SourceError as error:
        raise WitnessError(f"the document cannot be read: {error.message}", error.hint) from None
    except (etree.LxmlError, ValueError, AssertionError):
        raise WitnessError("the document cannot be read", "Save it anew, or as text.") from None


_KEPT = (
    "was", "id", "lang", "href", "src", "alt", "start", "called", "rowspan", "colspan"
)  # fmt: skip
Rule = str | Callable[[Any], None]


def translate(root: Any, rules: Mapping[str, Rule]) -> None:
    """Give elements the names of hypertext, from outer to inner: `div.verse` has a class.

    A rule that is a function changes its element itself. An element without a rule is a span.
    Each keeps its own name in the attribute `was`.
    """
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if "was" not in element.attrib:
            element.set("was", element.tag)
            rule = rules.get(element.tag, "span")
            if callable(rule):
                rule(element)
            else:
                rename(element, rule)
        if element is root or element.getparent() is not None:
            waiting += reversed(element)


def rename(element: Any, name: str) -> None:
    """Give an element a name of hypertext; it keeps its id and its language, and no style."""
    tag, _, named = name.partition(".")
    kept = {n: v for n in _KEPT if (v := element.get(n))}
    element.attrib.clear()
    element.attrib.update(kept)
    element.tag = tag
    if named:
        element.set("class", named)


def words_of(element: Any) -> str:
    """Return the text of an element on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def made(name: str, *content: Any) -> Any:
    """Return an element of hypertext with a text, or with elements."""
    tag, _, named = name.partition(".")
    element = etree.Element(tag, {"was": "", **({"class": named} if named else {})})
    for one in content:
        if isinstance(one, str):
            element.text = one
        else:
            element.append(one)
    return element


def begin_set_in(line: Any, depth: int) -> None:
    """Put blanks before a line of verse, which are part of it."""
    if depth:
        blanks = made("span.set-in", INDENT * depth)
        blanks.tail, line.text = line.text, None
        line.insert(0, blanks)


def spaced(element: Any, sign: str = " ") -> None:
    """Divide what an element holds, where the file does not: names, the parts of an entry."""
    for child in element[:-1]:
        if not (child.tail or "").strip():
            child.tail = " " if words_of(child).endswith(sign.strip() or " ") else sign


def spanned(cell: Any, name: str) -> int:
    """Return how many rows or columns a cell spans."""
    typed = str(cell.get(name) or "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 5 else 1


def drop(element: Any) -> None:
    """Empty an element, and give it a name that no text has; what stands after it stays."""
    element.clear(keep_tail=True)
    element.tag = "template"
    element.set("was", "")
