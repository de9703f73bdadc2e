"""A FictionBook, its elements given the names of hypertext."""

import base64
from typing import Any

from edition.importer.document import Source
from edition.importer.elements import Rule, drop, element_tree, made, rename, translate, words_of
from edition.importer.html import read_html
from edition.importer.word_count import file_words


def read_fictionbook(data: bytes) -> Source:
    """Read a FictionBook."""
    root = element_tree(data)
    words = file_words(root, ("binary", "description", "stylesheet"))
    pictures = {}
    for binary in root.iterfind("binary"):
        try:
            pictures[str(binary.get("id"))] = base64.b64decode(binary.text or "")
        except ValueError:
            continue
    body = made("body")
    info = root.find(".//title-info")
    title = "" if info is None else words_of(info.find("book-title"))
    bodies = root.findall("body")
    if title and (not bodies or bodies[0].find("title") is None):
        body.append(made("h1", title))
    for found in () if info is None else info.findall("annotation"):
        own = bodies[0].find("title") if bodies else None
        body.append(found) if own is None else own.addnext(found)
    for part in bodies:
        body.append(part)
    translate(body, _FICTIONBOOK)
    return read_html(body, words=words, format="FictionBook", pictures=pictures)


def _section(element: Any) -> None:
    called = element.getparent().get("named") in _OF_NOTES
    if called and (title := element.find("title")) is not None:
        element.remove(title)
    rename(element, "aside" if called else "div")


def _book_title(element: Any) -> None:
    if element.getparent().get("named") in _OF_NOTES:
        return drop(element)
    depth = sum(a.get("was") == "section" for a in element.iterancestors())
    parent = element.getparent().get("was")
    for number, line in enumerate(element.findall("p")):
        line.tag = "span"
        if number:
            line.addprevious(made("br"))
    rename(element, f"h{min(6, depth + 1)}" if parent in ("section", "body") else "p")
    return None


def _image(element: Any) -> None:
    address = str(element.get("href") or "").removeprefix("#")
    rename(element, "img")
    element.set("src", address)


def _body(element: Any) -> None:
    name = element.get("name") or ""
    rename(element, "div")
    element.set("named", name)


def _anchor(element: Any) -> None:
    is_note = element.get("type") in ("note", "comment")
    rename(element, "a")
    if is_note:
        element.set("type", "noteref")


_OF_NOTES = ("notes", "comments", "footnotes")
_FICTIONBOOK: dict[str, Rule] = {
    "body": _body, "section": _section, "title": _book_title, "subtitle": "h6", "p": "p",
    "emphasis": "i", "strong": "b", "strikethrough": "s", "sup": "sup", "sub": "sub",
    "code": "code", "poem": "div.poem", "stanza": "div.stanza", "v": "p.line",
    "cite": "blockquote", "epigraph": "blockquote", "annotation": "div", "text-author": "p",
    "date": "p", "empty-line": drop, "image": _image, "a": _anchor, "table": "table", "tr": "tr",
    "td": "td", "th": "th",
}  # fmt: skip
