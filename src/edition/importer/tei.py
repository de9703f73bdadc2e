"""A TEI document, its elements given the names of hypertext."""

import re
from collections.abc import Sequence
from typing import Any

from edition.importer.css import Styles
from edition.importer.elements import (
    Rule,
    drop,
    element_tree,
    made,
    rename,
    spaced,
    translate,
    words_of,
)
from edition.importer.html import read_html
from edition.importer.tree_nodes import Node

_STYLES = {
    "italic": "i", "italics": "i", "it": "i", "i": "i", "bold": "b", "b": "b",
    "smallcaps": "small-caps", "small-caps": "small-caps", "sc": "small-caps", "k": "small-caps",
    "sup": "sup", "superscript": "sup", "sub": "sub", "subscript": "sub", "underline": "u",
    "u": "u", "g": "i", "spaced": "i",
}  # fmt: skip
_INLINE_QUOTED = ("“", "„", "«", '"', "‘", "»", "‚", "›")
_LISTS = {"ordered": "ol", "numbered": "ol", "gloss": "dl"}
_PROSE = frozenset("p hi note quote q foreign item cell div seg".split())
_IN_TEXT = frozenset(
    "p ab head l item cell note hi bibl emph q foreign seg said stage title ref".split()
)


def read_tei(data: bytes) -> tuple[list[Node], tuple[str, ...]]:
    """Return the tree of a TEI text, and a list of what was left out."""
    root = element_tree(data)
    found = root.find(".//text")
    text = root if found is None else found
    left_out = [words_of(e) for e in text.iter("fw", "figDesc", "teiHeader") if words_of(e)]
    left_out += [f"reading: {words_of(r)}" for r in text.iter("rdg") if words_of(r)]
    title = root.find(".//titleStmt/title")
    if title is not None and text.find(".//titlePart") is None and not _is_headed(text):
        text.insert(0, made("h1", words_of(title)))
    _place_notes(text)
    printed = text.find(".//pb") is not None
    translate(text, _RULES | ({"lb": _line_of_print} if printed else {}))
    text.tag = "body"
    tree, others = read_html(text, Styles(), page=False)
    return tree, (*left_out, *others)


def _is_headed(text: Any) -> bool:
    """Tell whether a text begins with a heading of its own, which no division follows."""
    body = text.find("body")
    return body is not None and len(body) > 0 and body[0].tag == "head"


def _place_notes(text: Any) -> None:
    """Join notes that go on on another page, and make links of pointers to notes."""
    notes = {n.get("id"): n for n in text.iter("note") if n.get("id")}
    for note in list(notes.values()):
        first = notes.get(str(note.get("prev") or "").removeprefix("#"))
        if first is not None and first is not note:
            first.append(made("seg", " " + (note.text or "")))
            for child in list(note):
                first.append(child)
            drop(note)
    called = {}
    for pointer in text.iter("ref", "ptr"):
        target = str(pointer.get("target") or "").removeprefix("#")
        if target in notes and pointer.getparent() is not None:
            called[target] = pointer
            pointer.set("called", target)
    for ident in called:
        notes[ident].set("called", ident)


# -- rules ----------------------------------------------------------------------------------------


def _within_text(element: Any) -> bool:
    """Tell whether an element stands in a line of text."""
    parent = element.getparent()
    if parent is None or parent.get("was") not in _IN_TEXT:
        return False
    loose = [parent.text, *(c.tail for c in parent)]
    return any((t or "").strip() for t in loose)


def _head(element: Any) -> None:
    parent = element.getparent()
    if parent.get("was", "").startswith(("div", "front", "back", "body", "listBibl", "group")):
        depth = sum(a.get("was", "").startswith("div") for a in element.iterancestors())
        rename(element, f"h{min(6, max(1, depth))}")
    elif parent.get("was") in ("figure", "table"):
        rename(element, "figcaption" if parent.get("was") == "figure" else "caption")
    else:
        rename(element, "p")


def _rendered(element: Any, usual: str) -> None:
    """Name an element by its look; what has two looks holds itself within itself."""
    look = f"{element.get('rend') or ''} {element.get('rendition') or ''}".replace("#", " ")
    names = [_STYLES[w] for w in re.split(r"[\s:;]+", look.casefold()) if w in _STYLES]
    style = element.get("style") or (look if ":" in look else "")
    first, *others = list(dict.fromkeys(names)) or ["span" if style else usual]
    rename(element, first)
    if style and not names:
        element.set("style", style)
    for other in others:
        inner = made(other)
        inner.text, element.text = element.text, None
        inner.extend(list(element))
        element.append(inner)


def _quoted(element: Any) -> None:
    block = re.search(r"block|display", f"{element.get('rend')} {element.get('type')}")
    inner = {"p", "lg", "l", "list", "ab"} & {c.get("was") or c.tag for c in element}
    within = not inner and not block and _within_text(element)
    marked = words_of(element).startswith(_INLINE_QUOTED)
    rename(element, ("span" if marked else "q") if within else "blockquote")


def _paragraph(element: Any) -> None:
    quoted = re.search(r"quot", f"{element.get('rend')} {element.get('type')}")
    rename(element, "p.quote" if quoted else "p")


def _note(element: Any) -> None:
    called = element.get("called")
    rename(element, "aside" if called or element.getparent().get("was") == "div" else "note")
    if called:
        element.set("id", called)


def _break(element: Any) -> None:
    """Keep a line of the author's; join a word that a line of the print divides."""
    if element.get("break") != "no":
        rename(element, "br")
        return
    before = element.getprevious()
    holder, part = (element.getparent(), "text") if before is None else (before, "tail")
    setattr(holder, part, re.sub(r"(?<=\w)[-¬‐]?\s*\Z", "", getattr(holder, part) or ""))
    element.tail = (element.tail or "").lstrip()
    rename(element, "span")


def _line_of_print(element: Any) -> None:
    """Make a line break of a text with pages a blank, where it stands in prose."""
    prose = element.getparent().get("was") in _PROSE and element.get("break") != "no"
    _break(element)
    if prose:
        element.tag, element.text = "span", " "


def _page(element: Any) -> None:
    number = element.get("n")
    rename(element, "span.pagebreak")
    element.set("type", "pagebreak")
    if number:
        element.set("title", number)


def _list(element: Any) -> None:
    head = element.find("head")
    if head is not None:
        head.tag, head.tail = "label", None
        element.addprevious(made("p", words_of(head)))
        element.remove(head)
    kind = re.split(r"[\s:]", f"{element.get('type') or ''} {element.get('rend') or ''}")
    rename(element, next((_LISTS[k] for k in kind if k in _LISTS), "ul"))
    if element.find("label") is not None and element.tag == "ul":
        element.tag = "dl"


def _item(element: Any) -> None:
    rename(element, "dd" if element.getparent().tag == "dl" else "li")


def _row(element: Any) -> None:
    role = str(element.get("role") or "")
    rename(element, "tr")
    element.set("role", role)


def _cell(element: Any) -> None:
    head = "label" in (element.get("role"), element.getparent().get("role"))
    for theirs, ours in (("rows", "rowspan"), ("cols", "colspan")):
        element.set(ours, element.get(theirs) or "1")
    rename(element, "th" if head else "td")


def _figure(element: Any) -> None:
    described = words_of(element.find("figDesc"))
    for graphic in element.iterfind("graphic"):
        graphic.set("alt", described)
    rename(element, "figure")


def _graphic(element: Any) -> None:
    element.set("src", str(element.get("url") or ""))
    rename(element, "img")


def _choice(element: Any) -> None:
    """Keep what the text has: `sic` before `corr`, `orig` before `reg`."""
    kept = next((c for c in element if c.tag in ("sic", "orig", "abbr", "seg")), None)
    for child in list(element):
        if child is not kept and (kept is not None or child is not element[0]):
            drop(child)
    rename(element, "span")


def _apparatus(element: Any) -> None:
    """Keep the lemma of an apparatus entry, else its first reading."""
    kept = element.find("lem")
    kept = next(element.iter("rdg"), None) if kept is None else kept
    for child in list(element):
        if child is not kept and (kept is None or child not in kept.iterancestors()):
            drop(child)
    rename(element, "span")


def _reference(element: Any) -> None:
    """Make a call of a note, an exact citation, or a link."""
    target = str(element.get("target") or element.get("corresp") or element.get("sameAs") or "")
    called, was = element.get("called"), element.tag
    scope = next(element.iter("biblScope", "citedRange"), None)
    words = words_of(element)
    inner = next((r for r in element.iter("ref") if r is not element), None)
    if was == "bibl" and not target and inner is not None:
        target = str(inner.get("target") or "")
        inner.attrib.clear()
    rename(element, "a" if called or target else "span")
    if called:
        element.set("href", f"#{called}")
        element.set("type", "noteref")
        element.text = element.text or "*"
    elif target.startswith("#") and words and " " not in target:
        element.set("href", target)
        element.set("data-key", target[1:])
        element.set("data-locator", words_of(scope) if scope is not None else _page_of(words))
    elif target:
        element.set("href", target)


def _page_of(text: str) -> str:
    """Return the page that ends the words of a reference."""
    found = re.search(
        r"(?:\bpp?\.\s*|\bS\.\s*|,\s*|:\s*)([\divxlc]+(?:[-–][\divxlc]+)?)\W*\Z", text
    )
    return found[1] if found and not re.fullmatch(r"1[4-9]\d\d|20\d\d", found[1]) else ""


def _blank(element: Any) -> None:
    rename(element, "span")
    element.text = " "


def _parts(element: Any) -> None:
    spaced(element)
    rename(element, "p" if element.tag in ("biblStruct", "castItem") else "span")


def _bibliography_entry(element: Any) -> None:
    if element.getparent().get("was") in ("listBibl", "div", "cit"):
        rename(element, "p")
    else:
        _reference(element)


_DROPPED: Sequence[str] = ("fw", "figDesc", "teiHeader")
_RULES: dict[str, Rule] = {
    **dict.fromkeys(
        "div div1 div2 div3 div4 div5 div6 div7 front body back group text sp opener closer "
        "titlePage docTitle argument epigraph listBibl postscript floatingText".split(),
        "div",
    ),
    **dict.fromkeys(
        "salute signed dateline trailer docImprint speaker stage docDate imprimatur".split(),
        "p",
    ),
    **dict.fromkeys(
        "biblStruct castItem analytic monogr imprint author editor persName respStmt".split(),
        _parts,
    ),
    **dict.fromkeys(_DROPPED, drop),
    "titlePart": "h1", "byline": "p.byline", "docAuthor": "span", "p": _paragraph, "ab": "p",
    "head": _head, "lg": "div.stanza", "l": "p.line", "quote": _quoted, "q": _quoted,
    "said": _quoted, "cit": "div", "note": _note, "lb": _break, "pb": _page, "list": _list,
    "item": _item, "label": "dt", "table": "table", "row": _row, "cell": _cell,
    "figure": _figure, "graphic": _graphic, "choice": _choice, "app": _apparatus, "ref": _reference,
    "ptr": _reference, "bibl": _bibliography_entry, "milestone": "span", "gap": "span",
    "hi": lambda e: _rendered(e, "i"), "emph": lambda e: _rendered(e, "i"),
    "foreign": lambda e: _rendered(e, "i"),
    "title": lambda e: _rendered(e, "span" if e.get("level") == "a" else "i"),
    "del": "s", "soCalled": "q", "mentioned": "i", "term": "i", "space": _blank,
}  # fmt: skip
