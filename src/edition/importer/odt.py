"""ODT: signs put into the text where pandoc does not hand something on."""

import json
import re
from collections.abc import Mapping
from typing import Any

from edition.importer.citation_fields import items_of_code
from edition.importer.document import Item
from edition.importer.tree_nodes import (
    FIELD,
    FIELD_END,
    FIELD_NUMBER,
    HINT,
    LANGUAGE,
    LANGUAGE_END,
    LANGUAGE_NAME,
    PAGE_BREAK,
    SMALL_CAPS,
)

_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_F = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_S = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_D = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_V = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

Items = list[tuple[Item, ...]]


def sign_odt(root: Any, styles: Any, items: Items) -> None:
    """Put signs around citations and other languages, and where pages break or styles speak."""
    languages = _odt_languages(root)
    parents = _odt_parents((root, styles))
    for note in list(root.iter(f"{_O}annotation", f"{_O}annotation-end")):
        _text_before(note, note.tail or "")
        note.getparent().remove(note)
    for frame in root.iter(f"{_D}frame"):
        described = (
            frame.find(f"{_V}desc")
            if frame.find(f"{_V}desc") is not None
            else frame.find(f"{_V}title")
        )
        if described is not None and described.text:
            frame.set(f"{_D}name", described.text)
    breaks = {
        style.get(f"{_S}name")
        for style in root.iter(f"{_S}style")
        for found in style.iterfind(f"{_S}paragraph-properties")
        if found.get(f"{_F}break-before") == "page"
    }
    for mark in list(root.iter(f"{_T}reference-mark-start")):
        cited = _items_of_mark(mark.get(f"{_T}name") or "")
        if cited:
            items.append(cited)
            mark.tail = f"{FIELD}{len(items) - 1}{FIELD_NUMBER}{mark.tail or ''}"
            mark.set("signed", "yes")
    signed = {
        m.get(f"{_T}name")
        for m in root.iter(f"{_T}reference-mark-start")
        if m.attrib.pop("signed", None)
    }
    for mark in list(root.iter(f"{_T}reference-mark-end")):
        if mark.get(f"{_T}name") in signed:
            _text_before(mark, FIELD_END)
    for span in root.iter(f"{_T}span"):
        if code := languages.get(span.get(f"{_T}style-name") or ""):
            span.text = f"{LANGUAGE}{code}{LANGUAGE_NAME}{span.text or ''}"
            last = span[-1] if len(span) else None
            if last is None:
                span.text += LANGUAGE_END
            else:
                last.tail = (last.tail or "") + LANGUAGE_END
    _sign_paragraphs(root, breaks, parents)


def _sign_paragraphs(root: Any, breaks: set[str | None], parents: Mapping[str, str]) -> None:
    for paragraph in root.iter(f"{_T}p", f"{_T}h"):
        if paragraph.get(f"{_T}style-name") in breaks:
            paragraph.text = PAGE_BREAK + (paragraph.text or "")
        name = paragraph.get(f"{_T}style-name") or ""
        if hint := _odt_hint(name, parents):
            if hint == "h1" and paragraph.tag == f"{_T}p":
                paragraph.tag = f"{_T}h"
                paragraph.set(f"{_T}outline-level", "1")
            else:
                paragraph.text = f"{HINT}{hint}{HINT}{paragraph.text or ''}"


_HINTS = {
    "h1": re.compile(r"^title$|^titel$|^titre$", re.IGNORECASE),
    "byline": re.compile(r"^author$|^subtitle$|^autor$|^untertitel$", re.IGNORECASE),
    "caption": re.compile(r"caption$|^illustration$|^abbildung$|beschriftung", re.IGNORECASE),
    "verse": re.compile(r"verse|poem|poetry|gedicht", re.IGNORECASE),
    "quote": re.compile(r"quot|zitat|citation|block_20_text|цитат", re.IGNORECASE),
}


def _odt_parents(roots: tuple[Any, Any]) -> dict[str, str]:
    """Return the style that each style comes from."""
    return {
        str(style.get(f"{_S}name") or ""): str(style.get(f"{_S}parent-style-name") or "")
        for root in roots
        for style in root.iter(f"{_S}style")
    }


def _odt_hint(name: str, parents: Mapping[str, str]) -> str:
    """Return what a paragraph's style says, by its own name or one that it comes from."""
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        for hint, pattern in _HINTS.items():
            if pattern.search(name):
                return hint
        name = parents.get(name, "")
    return ""


def _text_before(node: Any, text: str) -> None:
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent = node.getparent()
        parent.text = (parent.text or "") + text


def _items_of_mark(name: str) -> tuple[Item, ...]:
    """Return the items of a reference mark: `ZOTERO_ITEM CSL_CITATION {…} RNDabc`."""
    if "CSL_CITATION" in name:
        return items_of_code(name, {})
    try:
        data = json.loads(name)
    except ValueError:
        return ()
    return items_of_code(f"CSL_CITATION {json.dumps(data)}", {}) if isinstance(data, dict) else ()


def _odt_languages(root: Any) -> dict[str, str]:
    """Return the languages of the styles that name one."""
    found = {}
    for style in root.iter(f"{_S}style"):
        for properties in style.iterfind(f"{_S}text-properties"):
            code = properties.get(f"{_F}language")
            if properties.get(f"{_F}font-variant") == "small-caps":
                code = SMALL_CAPS
            if code and code != "none" and style.get(f"{_S}family") == "text":
                found[str(style.get(f"{_S}name"))] = str(code)
    return found
