"""A TEI document, its elements given the names of hypertext."""

import re
from typing import Any

from lxml import etree

from edition.importer.document import Source
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
from edition.importer.listed_works import listed_works
from edition.importer.tei_lines import line_break, line_of_print, verse_line
from edition.importer.tei_links import (
    bibliography_entry,
    bring_stand_off_notes,
    note,
    place_notes,
    reference,
)
from edition.importer.tei_lists import item, item_list, open_groups
from edition.importer.word_count import file_words

_STYLES = {
    "italic": "i", "italics": "i", "it": "i", "i": "i", "bold": "b", "b": "b",
    "smallcaps": "small-caps", "small-caps": "small-caps", "sc": "small-caps", "k": "small-caps",
    "sup": "sup", "superscript": "sup", "sub": "sub", "subscript": "sub", "underline": "u",
    "u": "u", "g": "i", "spaced": "i", "strikethrough": "s", "strike": "s", "line-through": "s",
}  # fmt: skip
_INLINE_QUOTED = ("“", "„", "«", '"', "‘", "»", "‚", "›")
_IN_TEXT = frozenset(
    "p ab head l item cell note hi bibl emph q foreign seg said stage title ref".split()
)


def read_tei(data: bytes) -> Source:
    """Read a TEI text."""
    root = element_tree(data)
    words = file_words(root, ("teiHeader",))
    text = _text_of(root)
    left_out = bring_stand_off_notes(root, text)
    for head in text.iterfind(".//p/figure/head"):  # in a line a picture has no caption
        head.tag = "figDesc"
    transcribed = (s for s in root.iter("sourceDoc") if s is not text)
    aside = (*transcribed, *text.iter("fw", "figDesc", "teiHeader"))
    left_out += [" ".join(" ".join(e.itertext()).split()) for e in aside if words_of(e)]
    for entry in text.iter("app"):
        others = (e for e in entry.iter("rdg", "note") if not e.xpath("ancestor::lem"))
        left_out += [f"reading: {words_of(e)}" for e in others if words_of(e)]
    left_out += [f"{c.tag}: {words_of(c)}" for e in text.iter("choice") for c in _not_kept(e)]
    place_notes(text)
    open_groups(text)
    printed = text.find(".//pb") is not None
    works = listed_works(root)
    translate(text, _RULES | ({"lb": line_of_print} if printed else {}))
    text.tag = "body"
    return read_html(text, works=works, words=words, left_out=left_out, format="TEI")


def _text_of(root: Any) -> Any:
    """Return the text with its title, or the texts of a corpus as one; else a transcription."""
    texts = [t for t in root.iter("text") if next(t.iterancestors("text"), None) is None]
    texts = texts or list(root.iter("sourceDoc")) or [root]
    for one in texts:
        file = next(one.iterancestors("TEI", "TEI.2"), root)
        title = file.find("teiHeader//titleStmt/title")
        if title is not None and one.find(".//titlePart") is None and not _is_headed(one):
            one.insert(0, made("h1", words_of(title)))
    if len(texts) == 1:
        return texts[0]
    whole = etree.Element("text")
    whole.extend(texts)
    return whole


def _is_headed(text: Any) -> bool:
    """Tell whether a text begins with a heading of its own, which no division follows."""
    body = text.find("body")
    return body is not None and len(body) > 0 and body[0].tag == "head"


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
    cited = element.getparent().get("was") in ("cit", "epigraph")  # the quotation is all of it
    holder = element.getparent() if cited else element
    within = not inner and not block and _within_text(holder)
    marked = words_of(element).startswith(_INLINE_QUOTED)
    apart = "div" if cited else "blockquote"
    rename(element, ("span" if marked else "q") if within else apart)


def _cited(element: Any) -> None:
    rename(element, "span" if _within_text(element) else "blockquote")


def _division(element: Any) -> None:
    """Make stanzas of the lines of a division that are in none."""
    stanza: Any = None
    for child in list(element):
        if child.tag == "l" and stanza is None:
            stanza = etree.Element("lg")
            child.addprevious(stanza)
        elif child.tag not in ("l", "lb", "pb", "milestone"):
            stanza = None
        if stanza is not None:
            stanza.append(child)
    rename(element, "div")


def _title_part(element: Any) -> None:
    rename(element, "p.byline" if element.get("type") in ("sub", "alt", "desc") else "h1")


def _date_of_print(element: Any) -> None:
    rename(element, "span" if element.getparent().get("was") in ("docImprint", "byline") else "p")


def _stage(element: Any) -> None:
    rename(element, "i" if _within_text(element) else "p")


def _paragraph(element: Any) -> None:
    quoted = re.search(r"quot", f"{element.get('rend')} {element.get('type')}")
    rename(element, "p.quote" if quoted else "p")


def _page(element: Any) -> None:
    number = element.get("n")
    rename(element, "span.pagebreak")
    element.set("type", "pagebreak")
    if number:
        element.set("title", number)
    line = element.getnext()
    if element.getparent().get("was") == "lg" and line is not None and line.tag == "l":
        element.tail, line.text = line.text, None  # a page is no line of verse
        line.insert(0, element)


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
    rename(element, "span" if _within_text(element) else "figure")


def _graphic(element: Any) -> None:
    element.set("src", str(element.get("url") or ""))
    rename(element, "img")


def _choice(element: Any) -> None:
    """Keep what the text has: `sic` before `corr`, `orig` before `reg`."""
    for child in _not_kept(element):
        drop(child)
    rename(element, "span")


def _not_kept(choice: Any) -> list[Any]:
    kept = next((c for c in choice if c.tag in ("sic", "orig", "abbr", "seg")), None)
    return [c for c in choice if c is not (kept if kept is not None else choice[0])]


def _apparatus(element: Any) -> None:
    """Keep the lemma of an apparatus entry, else its first reading."""
    kept = element.find("lem")
    kept = next(element.iter("rdg"), None) if kept is None else kept
    for child in list(element):
        if child is not kept and (kept is None or child not in kept.iterancestors()):
            drop(child)
    rename(element, "span")


def _word(element: Any) -> None:
    """Divide words that a file marks one by one, and does not divide itself."""
    after = element.getnext()
    whole = not {"part", "join"} & set(element.attrib) and not element.tail
    rename(element, "span")
    if whole and after is not None and after.tag == "w":
        element.tail = " "


def _line_of_source(element: Any) -> None:
    rename(element, "span")
    element.tail = f" {element.tail or ''}"


def _blank(element: Any) -> None:
    rename(element, "span")
    element.text = " "


def _parts(element: Any) -> None:
    spaced(element)
    held = {"castItem": "li", "biblStruct": "p"}
    rename(element, held.get(element.tag, "span"))


_RULES: dict[str, Rule] = {
    **dict.fromkeys(
        "front body back group text sp opener closer titlePage docTitle argument listBibl "
        "postscript floatingText listWit sourceDoc surfaceGrp surface zone".split(),
        "div",
    ),
    **dict.fromkeys(
        "salute signed dateline trailer docImprint speaker imprimatur witness".split(),
        "p",
    ),
    **dict.fromkeys(
        "biblStruct castItem analytic monogr imprint author editor persName respStmt".split(),
        _parts,
    ),
    **dict.fromkeys(("div", *(f"div{n}" for n in range(1, 8))), _division),
    **dict.fromkeys(("fw", "figDesc", "teiHeader"), drop),
    "titlePart": _title_part, "docDate": _date_of_print, "byline": "p.byline",
    "docAuthor": "span", "p": _paragraph, "ab": "p",
    "head": _head, "lg": "div.stanza", "l": verse_line,
    "castList": item_list, "quote": _quoted, "q": _quoted, "said": _quoted,
    "cit": _cited, "epigraph": "blockquote", "stage": _stage, "note": note, "lb": line_break,
    "pb": _page, "list": item_list, "item": item, "label": "dt", "table": "table", "row": _row,
    "cell": _cell, "figure": _figure, "graphic": _graphic, "choice": _choice, "app": _apparatus,
    "ref": reference, "ptr": reference, "bibl": bibliography_entry,
    **dict.fromkeys(("hi", "emph", "foreign"), lambda e: _rendered(e, "i")),
    "title": lambda e: _rendered(e, "span" if e.get("level") == "a" else "i"),
    "w": _word, "line": _line_of_source, "code": "code", "eg": "pre",
    "del": "s", "soCalled": "q", "mentioned": "i", "term": "i", "space": _blank,
}  # fmt: skip
