"""A JATS article, its elements given the names of hypertext."""

import re
from typing import Any

from edition.importer.document import Source
from edition.importer.elements import (
    Rule,
    begin_set_in,
    drop,
    element_tree,
    made,
    rename,
    spaced,
    translate,
    words_of,
)
from edition.importer.erudit import as_jats
from edition.importer.html import read_html
from edition.importer.listed_works import listed_works
from edition.importer.lists import begin
from edition.importer.tei_links import page_of
from edition.importer.word_count import file_words


def read_jats(data: bytes) -> Source:
    """Read an article, its title and authors first."""
    root = element_tree(data)
    for element in root.iter(*_OF_BOOKS):
        element.tag = _OF_BOOKS[element.tag]
    for title in root.iterfind(".//title-group/title"):
        title.tag = "article-title"
    alone = ("article",) if root.tag != "book-part-wrapper" else ("sub-article",)
    root = next(root.iter(*alone), root)
    if root.find("corps") is not None:
        as_jats(root)
    words = file_words(
        root, ("object-id", "permissions", "alt-text", "inline-formula", "disp-formula")
    )
    body = made("body")
    body.set("lang", root.get("lang") or "")
    front = root.find(".//article-meta")
    left_out: list[str] = []
    if front is not None:
        left_out = _front(front, body)
    journal = " ".join(" ".join(root.xpath(".//journal-meta//text()")).split())
    for element in (*root.iterfind("front/notes"), *root):
        if element.tag not in ("front", "processing-meta", "article-meta", "collection-meta"):
            body.append(element)
    for stub in list(body.iter("front-stub")):  # of a letter or an answer within the article
        place = made("div")
        left_out += _front(stub, place)
        stub.addprevious(place)
        drop(stub)
    called = {str(x.get("rid")) for x in body.iter("xref") if x.get("ref-type") != "bibr"}
    for note in body.iter("fn"):
        if note.get("id") in called:
            note.set("called", note.get("id"))
    for described in list(body.iter("alt-text")):
        for picture in described.getparent().iter("graphic", "inline-graphic"):
            picture.set("alt", words_of(described))
    for group in list(body.iter("verse-group")):
        for apart in group.findall("title") + group.findall("attrib"):
            apart.tail = None
            (group.addprevious if apart.tag == "title" else group.addnext)(apart)
            apart.tag = "attrib"
    works = listed_works(body)
    translate(body, _JATS)
    left_out.insert(0, journal)
    return read_html(body, works=works, words=words, left_out=left_out, format="JATS")


def _front(front: Any, body: Any) -> list[str]:
    """Put title, authors and abstracts into the body; return the rest, which is no text."""
    for path in ("article-title", "subtitle", "trans-title-group/trans-title", "trans-title"):
        for title in front.findall(f"title-group/{path}"):
            title.tag = "x-article-title" if path == "article-title" else "x-subtitle"
            title.tail = None
            body.append(title)
    names = []
    for contributor in front.iterfind("contrib-group/contrib"):
        found = next(contributor.iter("name", "string-name", "collab"), None)
        if found is not None and contributor.get("contrib-type", "author") == "author":
            parts = (words_of(found.find(part)) for part in ("given-names", "surname"))
            names.append(" ".join(filter(None, parts)) or words_of(found))
    if names:
        body.append(made("p.byline", ", ".join(names)))
    called = {str(x.get("rid")) for x in body.iter("xref")}
    for note in [n for n in front.iter("fn") if n.get("id") in called]:
        body.append(note)
    for abstract in list(front.iter("abstract", "trans-abstract")):
        body.append(abstract)
    rest = (" ".join(" ".join(e.itertext()).split()) for e in front)
    return [words for words in rest if words]


# -- rules ----------------------------------------------------------------------------------------


_OF_BOOKS = {
    "book-part": "sub-article", "book-part-meta": "front-stub", "book-meta": "article-meta",
    "book-title-group": "title-group", "book-title": "article-title",
}  # fmt: skip
"""The names that a book in BITS has for what an article has."""
_HEADED = frozenset(
    "sec app ack ref-list fn-group abstract trans-abstract boxed-text notes glossary bio "
    "sub-article response".split()
)


def _title(element: Any) -> None:
    """Make a title a heading of its section's depth, its label before it."""
    depth = sum(a.get("was") in _HEADED for a in element.iterancestors())
    if element.getparent().get("was") in ("caption", "verse-group", "disp-quote"):
        rename(element, "p")
    else:
        rename(element, f"h{min(6, depth + 1)}")


def _article_title(element: Any) -> None:
    parts = sum(a.get("was") in ("sub-article", "response") for a in element.iterancestors())
    rename(element, f"h{min(6, parts + 1)}")


def _label(element: Any) -> None:
    """Keep the number of a section, a figure or a table; drop that of a note."""
    parent, after, words = element.getparent(), element.getnext(), words_of(element)
    if parent.get("was") in ("fn", "corresp", "aff") and not re.search(r"[^\W\d_]{3}", words):
        return drop(element)
    if parent.tag == "li" and parent.getparent().tag == "ol":
        if words and parent is parent.getparent()[0]:
            begin(parent.getparent(), words)
        return drop(element)
    target = after.find("title") if after is not None and after.tag == "caption" else after
    if target is None and after is not None and len(after):
        target = after[0]
    if target is None or target.tag not in ("title", "p", "mixed-citation", "element-citation"):
        return rename(element, "p")
    target.text = f"{words}{'' if words.endswith(('.', ':')) else '.'} {target.text or ''}"
    return drop(element)


def _reference(element: Any) -> None:
    kind, target = element.get("ref-type"), str(element.get("rid") or "").split(" ")[0]
    words = words_of(element)
    rename(element, "a" if target else "span")
    if kind in ("fn", "table-fn", "author-notes"):
        element.set("href", f"#{target}")
        element.set("type", "noteref")
    elif kind == "bibr":
        element.set("href", f"#{target}")
        element.set("data-key", target)
        if re.search(r"[^\W\d_]{2}|\d{4}", words):  # and not only the numbers of entries
            element.set("data-locator", page_of(words))


def _note(element: Any) -> None:
    """Make a note that is called a block of its own; another one in the text stands where it is."""
    apart = element.getparent().get("was") in ("fn-group", "table-wrap-foot", "author-notes")
    rename(element, "aside.note" if apart or element.get("called") else "note")


def _list(element: Any) -> None:
    kind = str(element.get("list-type") or "")
    rename(element, "ol" if re.match("order|alpha|roman", kind) else "ul")
    element.set("type", kind)


def _styled(element: Any) -> None:
    style = element.get("style") or ""
    rename(element, "span")
    element.set("style", style)


def _line(element: Any) -> None:
    """Keep how far a line of verse is set in."""
    level = str(element.get("indent-level") or "")
    begin_set_in(element, int(level[:1]) if level.isdecimal() else 0)
    rename(element, "p.line")


def _alternatives(element: Any) -> None:
    """Keep a table, not its picture; of several pictures one that browsers show."""
    pictures = list(element.iterchildren("graphic", "inline-graphic"))
    shown = [p for p in pictures if not str(p.get("href")).endswith((".tif", ".tiff", ".eps"))]
    kept = [] if element.find("table") is not None else (shown or pictures)[:1]
    for picture in pictures:
        if picture not in kept:
            drop(picture)
    rename(element, "span" if element.find("table") is None else "div")


def _graphic(element: Any) -> None:
    address = str(element.get("href") or "")
    del element[:]
    rename(element, "img")
    element.set("src", address)


def _entry(element: Any) -> None:
    spaced(element, ". ")
    rename(element, "span")


def _name(element: Any) -> None:
    spaced(element)
    rename(element, "span")


def _formula(element: Any) -> None:
    """Keep a formula as TeX where the article has it so."""
    tex = next(element.iter("tex-math"), None)
    words = words_of(tex if tex is not None else element)
    del element[:]
    element.text = words
    rename(element, "code" if element.tag == "inline-formula" else "p")


def _paragraph(element: Any) -> None:
    quoted = re.search(r"quot", f"{element.get('content-type')} {element.get('specific-use')}")
    rename(element, "p.quote" if quoted else "p")


_JATS: dict[str, Rule] = {
    "body": "div", "sec": "div", "app": "div", "ack": "div", "ref-list": "div", "p": _paragraph,
    "title": _title, "x-article-title": _article_title, "x-subtitle": "p.byline", "label": _label,
    "italic": "i", "bold": "b", "sc": "small-caps", "sub": "sub", "sup": "sup", "underline": "u",
    "strike": "s", "monospace": "code", "styled-content": _styled, "xref": _reference,
    "fn": _note, "list": _list, "list-item": "li", "def-list": "dl", "term": "dt", "def": "dd",
    "disp-quote": "blockquote", "attrib": "p", "verse-group": "div.stanza",
    "verse-line": _line, "speech": "div", "speaker": "p", "table": "table",
    "thead": "thead", "tbody": "tbody", "tr": "tr", "td": "td", "th": "th", "caption": "figcaption",
    "fig": "figure", "graphic": _graphic, "inline-graphic": _graphic,
    "alternatives": _alternatives, "alt-text": drop,
    "object-id": drop, "permissions": drop, "ext-link": "a", "uri": "a", "break": "br",
    "ref": "p", "element-citation": _entry, "name": _name, "person-group": _entry,
    "inline-formula": _formula, "disp-formula": _formula, "preformat": "pre",
    "code": "pre",
    **dict.fromkeys(
        "back book-body book-back front-matter floats-group sub-article response abstract "
        "trans-abstract boxed-text statement fn-group app-group fig-group table-wrap "
        "table-wrap-foot caption-group notes glossary "
        "def-item media supplementary-material author-notes bio".split(),
        "div",
    ),
}  # fmt: skip
