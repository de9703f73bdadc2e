"""An e-book: the parts of its spine as one hypertext, its style sheets, its pictures."""

import posixpath
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from edition.formats.epub import open_epub
from edition.formats.markup_events import events
from edition.formats.pages import SourceError
from edition.importer.css import Styles
from edition.importer.document import Source
from edition.importer.elements import element_tree, made, words_of
from edition.importer.html import read_html
from edition.importer.page_furniture import NO_TEXT
from edition.importer.tree_nodes import walk
from edition.importer.word_count import file_words
from edition.texts.errors import WitnessError


def read_epub(data: bytes, name: str) -> Source:
    """Read an e-book."""
    body, styles = made("body"), Styles()
    left_out: list[str] = []
    try:
        with open_epub(data) as (archive, parts, _):
            for member in archive.namelist():
                if member.endswith(".css"):
                    styles.add(archive.read(member).decode("utf-8", "replace"))
            for number, part in enumerate(parts):
                root = element_tree(archive.read(part.path))
                found = root.find("body")
                if part.is_navigation:
                    left_out.append(words_of(found))
                elif found is not None:
                    for style in root.iter("style"):
                        styles.add(style.text or "")
                    _place(found, part.path, {p.path: n for n, p in enumerate(parts)}, number)
                    body.append(found)
            title = _title(archive)
            words = file_words(body, NO_TEXT)
            _head(body, title)
            source = read_html(body, styles, words=words, left_out=left_out, format="EPUB")
            wanted = {n["c"][2][0] for n in walk(source.tree) if n["t"] == "Image"}
            members = set(archive.namelist())
            pictures = {w: archive.read(w) for w in wanted if w in members}
    except SourceError as error:
        raise WitnessError(f"{name} cannot be read: {error.message}", error.hint) from None
    return replace(source, pictures=pictures)


def _place(body: Any, path: str, parts: dict[str, int], number: int) -> None:
    """Make the ids of a part its own, and links within the book links to them."""
    folder = posixpath.dirname(path)
    body.tag = "div"
    for element in body.iter():
        for name in ("id", "name"):
            if ident := element.get(name):
                element.set(name, f"{number}-{ident}")
        target = str(element.get("href") or "")
        if target and not re.match(r"\w+:", target):
            file, _, ident = unquote(target).partition("#")
            to = posixpath.normpath(posixpath.join(folder, file)) if file else path
            element.set("href", f"#{parts.get(to, number)}-{ident}")
        if element.tag in ("img", "image") and (element.get("src") or element.get("href")):
            address = unquote(str(element.get("src") or target))
            element.tag = "img"
            if not re.match(r"\w+:", address):
                element.set("src", posixpath.normpath(posixpath.join(folder, address)))


def _title(archive: Any) -> str:
    """Return the title that an e-book gives itself."""
    inside, words = False, ""
    package = next(n for n in archive.namelist() if n.endswith(".opf"))
    for event in events(archive.read(package)):
        if event.kind == "text" and inside:
            words += event.value
        elif event.value == "title":
            inside = event.kind == "start"
            if event.kind == "end":
                break
    return " ".join(words.split())


def _head(body: Any, title: str) -> None:
    """Put an e-book's title before its text, where its chapters are of the highest level."""
    heads = [words_of(h).casefold() for h in body.iter("h1")]
    if title and len(heads) > 1 and title.casefold() not in heads:
        body.insert(0, made("h1", title))
