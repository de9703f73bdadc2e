"""Lists of TEI, among them that of the persons of a play."""

import re
from typing import Any

from lxml import etree

from edition.importer.elements import made, rename, words_of

_KINDS = {"ordered": "ol", "numbered": "ol", "gloss": "dl"}


def open_groups(text: Any) -> None:
    """Make the persons of a group items of the whole list, as are its loose words."""
    for group in list(text.iter("castGroup")):
        waiting = [group.text]
        for one in list(group):
            _loose(group, waiting.pop())
            waiting.append(one.tail)
            one.tail = None
            one.tag = {"head": "castItem", "roleDesc": "castItem"}.get(one.tag, one.tag)
            group.addprevious(one)
        _loose(group, waiting.pop())
        _loose(group, group.tail)
        group.getparent().remove(group)


def _loose(group: Any, words: str | None) -> None:
    if words and words.strip():
        item = etree.Element("castItem")
        item.text = words
        group.addprevious(item)


def item_list(element: Any) -> None:
    """Make a list, its heading before it."""
    head = element.find("head")
    if head is not None:
        head.tag, head.tail = "label", None
        element.addprevious(made("p", words_of(head)))
        element.remove(head)
    kind = re.split(r"[\s:]", f"{element.get('type') or ''} {element.get('rend') or ''}")
    counted = next((k for k in kind if re.search("alpha|latin|roman", k)), "")
    rename(element, "ol" if counted else next((_KINDS[k] for k in kind if k in _KINDS), "ul"))
    element.set("type", counted)
    if element.find("label") is not None and element.tag == "ul":
        element.tag = "dl"


def item(element: Any) -> None:
    """Make an item, or what a word of a list means."""
    rename(element, "dd" if element.getparent().tag == "dl" else "li")
