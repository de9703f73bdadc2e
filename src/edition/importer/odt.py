"""An ODT document, its elements given the names of hypertext by its own styles."""

import base64
import io
import json
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from edition.importer.citation_fields import item_of_mark, items_of_code
from edition.importer.css import is_set_in
from edition.importer.document import Item, Source
from edition.importer.elements import Rule, drop, element_tree, made, rename, translate, words_of
from edition.importer.html import read_html
from edition.importer.odt_styles import counting, kind_of_style, look_of
from edition.importer.word_count import file_words
from edition.texts.errors import WitnessError

_KINDS = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpg"), (b"GIF8", "gif"), (b"<", "svg"))
_AUTOMATIC = re.compile(r"P\d+")


def read_odt(data: bytes) -> Source:
    """Read a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = element_tree(archive.read("content.xml"))
        members = set(archive.namelist())
        for formula in root.iter("object"):
            part = f"{str(formula.get('href') or '').removeprefix('./')}/content.xml"
            if part not in members or (inner := element_tree(archive.read(part))).tag != "math":
                drop(formula)  # a sheet or a drawing, which is shown as a picture
                continue
            for note in inner.iter("annotation"):
                drop(note)
            formula.text = words_of(inner)
            for picture in formula.itersiblings("image"):
                drop(picture)
        styles = element_tree(archive.read("styles.xml"))
    return _read(root, styles)


def read_flat_odt(data: bytes) -> Source:
    """Read a document that is one file of XML, its styles included."""
    root = element_tree(data)
    pictures: dict[str, bytes] = {}
    for packed in list(root.iter("binary-data")):
        with suppress(ValueError):
            picture = base64.b64decode(packed.text or "")
            kind = next((k for sign, k in _KINDS if picture.startswith(sign)), "img")
            name = f"picture-{len(pictures) + 1}.{kind}"
            pictures[name] = picture
            packed.getparent().set("href", name)
        drop(packed)
    return replace(_read(root, root), pictures=pictures)


def _read(root: Any, styles: Any) -> Source:
    text = root.find("body/text")
    if text is None:
        raise WitnessError("the document holds no text", "Is it the right file?")
    words = file_words(text, ("tracked-changes", "annotation", "title", "desc"))
    reader = _Odt(root, styles)
    reader.prepare(text)
    translate(text, reader.rules())
    text.tag = "body"
    fields = tuple(reader.items)
    return read_html(text, words=words, left_out=reader.left_out, format="ODT", fields=fields)


class _Odt:
    def __init__(self, root: Any, styles: Any) -> None:
        self.items: list[tuple[Item, ...]] = []
        self.left_out: list[str] = []
        self.parents: dict[str, str] = {}
        self.shown: dict[str, str] = {}
        self.looks: dict[str, dict[str, str]] = {}
        self.ordered: dict[tuple[str, str], tuple[str, str]] = {}
        for one in (styles, root):
            for style in one.iter("style"):
                name = str(style.get("name") or "")
                self.parents[name] = str(style.get("parent-style-name") or "")
                self.shown[name] = str(style.get("display-name") or name).replace("_20_", " ")
                self.looks[name] = look_of(style)
            self.ordered |= {
                (str(style.get("name")), str(level.get("level"))): counting(level)
                for style in one.iter("list-style")
                for level in style.iterfind("list-level-style-number")
            }

    def prepare(self, text: Any) -> None:
        """Take out what is no text, and make links of the marks of reference managers."""
        comments = 0
        for element in list(text.iter("annotation", "annotation-end", "tracked-changes")):
            comments += element.tag == "annotation"
            self.left_out += (f"deleted words: {words_of(d)}" for d in element.iter("deletion"))
            drop(element)
        if comments:
            self.left_out.append(f"{comments} comment{'s' * (comments > 1)}")
        for contents in list(text.iter("table-of-content", "alphabetical-index")):
            self.left_out.append(words_of(contents))
            drop(contents)
        lists = {one.get("id"): one for one in text.iter("list") if one.get("id")}
        for one in list(text.iter("list")):
            before, earlier = one.getprevious(), lists.get(one.get("continue-list"))
            goes_on = before is earlier or one.get("continue-numbering") == "true"
            within = len(one) and len(one[0]) and all(c.tag == "list" for c in one[0])
            after_list = before is not None and before.tag == "list" and len(before)
            of_text = one.find(".//p") is not None  # and not of headings
            if after_list and of_text and (within or goes_on):
                _go_on(before, one)
            elif earlier is not None:
                one.set("start", str(len(earlier) + 1))
        for mark in list(text.iter("reference-mark-start")):
            cited = _items_of_mark(str(mark.get("name") or ""))
            if cited:
                self.items.append(cited)
                _link(mark, len(self.items) - 1)
        for mark in text.iter("bibliography-mark"):  # of the program itself
            self.items.append((item_of_mark(mark.attrib),))
            mark.tag = "a"
            mark.attrib.clear()
            mark.attrib.update({"was": "", "href": "", "data-field": str(len(self.items) - 1)})

    def _styles(self, element: Any) -> list[str]:
        """Return the style of an element and those that it comes from."""
        name, found = str(element.get("style-name") or ""), list[str]()
        while name and name not in found:
            found.append(name)
            name = self.parents.get(name, "")
        return found

    # -- rules ------------------------------------------------------------------------------

    def rules(self) -> Mapping[str, Rule]:
        """Return how each element is named."""
        return {
            "text": "body", "p": self._paragraph, "h": self._heading, "span": self._span,
            "a": "a", "list": self._list, "list-item": "li", "list-header": "li",
            "table": "table", "table-header-rows": "thead", "table-row": "tr",
            "table-cell": _cell, "covered-table-cell": drop, "note": "note", "note-body": "div",
            "note-citation": drop, "line-break": "br", "frame": _frame, "image": _picture,
            "s": _blank, "tab": _blank, "text-box": _text_box, "section": "div",
            "index-body": "div", "object": "code", "ruby-text": _gloss,
            **dict.fromkeys(
                "soft-page-break sequence-decls variable-decls user-field-decls forms "
                "title desc".split(),
                drop,
            ),
        }  # fmt: skip

    def _paragraph(self, element: Any) -> None:
        names = self._styles(element)
        look: dict[str, str] = {}
        for name in reversed(names):
            look |= self.looks.get(name, {})
        named = [self.shown.get(n, n) for n in names if not _AUTOMATIC.fullmatch(n)]
        kind = kind_of_style(named)
        apart = element.getparent().get("was") in ("text", "section")
        if kind == "p" and apart and is_set_in(look):
            kind = "p.quote"
        if names and self.looks.get(names[0], {}).get("break-before") == "page" and apart:
            element.addprevious(made("hr"))
            element.getprevious().set("style", "page-break-before:always")
        before = element.getprevious()
        if kind == "pre" and before is not None and before.tag == "pre":  # a line of the same text
            element.text = f"\n{element.text or ''}"
            before.append(element)
            kind = "span"
        rename(element, kind)

    def _heading(self, element: Any) -> None:
        level = str(element.get("outline-level") or "1")
        rename(element, f"h{min(6, int(level)) if level.isdecimal() else 1}")

    def _span(self, element: Any) -> None:
        look: dict[str, str] = {}
        for name in reversed(self._styles(element)):
            look |= self.looks.get(name, {})
        rename(element, "span")
        element.set("style", ";".join(f"{k}:{v}" for k, v in look.items()))
        if code := look.get("language"):
            element.set("lang", code)

    def _list(self, element: Any) -> None:
        outer = [a.get("numbered") for a in element.iterancestors("ol", "ul")]
        style = str(element.get("style-name") or next((s for s in outer if s), ""))
        counted = self.ordered.get((style, str(len(outer) + 1)))
        own = element[0].get("start-value") if len(element) else None
        rename(element, "ul" if counted is None else "ol")
        element.set("numbered", style)
        if counted is not None:
            element.set("type", counted[0])
            element.set("start", str(element.get("start") or own or counted[1]))


def _link(mark: Any, number: int) -> None:
    """Put a link with a citation's number around what stands up to the end of its mark."""
    link = made("a")
    link.set("href", "")
    link.set("data-field", str(number))
    link.text, mark.tail = mark.tail, None
    mark.addnext(link)
    for after in list(link.itersiblings()):
        if after.tag == "reference-mark-end" and after.get("name") == mark.get("name"):
            break
        link.append(after)


def _go_on(before: Any, after: Any) -> None:
    """Make one list of two, the second of which goes on with the first."""
    for item in list(after):
        inner = list(item)
        if inner and all(c.tag == "list" for c in inner) and len(before):
            before[-1].extend(inner)  # a list within the item before
        else:
            before.append(item)
    after.getparent().remove(after)


def _blank(element: Any) -> None:
    count = str(element.get("c") or "1")
    rename(element, "span")
    element.text = " " * (int(count) if count.isdecimal() and len(count) < 4 else 1)


def _cell(element: Any) -> None:
    spans = [element.get(f"number-{name}-spanned") or "1" for name in ("rows", "columns")]
    rename(element, "td")
    for name, span in zip(("rowspan", "colspan"), spans, strict=True):
        element.set(name, span)


def _gloss(element: Any) -> None:
    rename(element, "span")
    element.text = f" ({element.text or ''}"
    element.tail = f"){element.tail or ''}"


def _frame(element: Any) -> None:
    described = element.find("desc")
    words = words_of(described if described is not None else element.find("title"))
    for picture in element.iterfind("image"):
        picture.set("alt", words)
    rename(element, "span")


def _text_box(element: Any) -> None:
    """Part a picture from the caption that LibreOffice puts into one paragraph with it."""
    for paragraph in element.findall("p"):
        frame = paragraph.find("frame")
        if frame is None or frame.find("image") is None or not words_of(paragraph):
            continue
        paragraph.text, frame.tail = f"{paragraph.text or ''}{frame.tail or ''}", None
        paragraph.addprevious(made("p", frame))
        paragraph.set("was", "p")
        rename(paragraph, "p.caption")
    rename(element, "div")


def _picture(element: Any) -> None:
    address = str(element.get("href") or "").removeprefix("./")
    rename(element, "img")
    element.set("src", address)


def _items_of_mark(name: str) -> tuple[Item, ...]:
    """Return the items of a reference mark: `ZOTERO_ITEM CSL_CITATION {…} RNDabc`."""
    if "CSL_CITATION" in name:
        return items_of_code(name, {})
    try:
        data = json.loads(name)
    except ValueError:
        return ()
    return items_of_code(f"CSL_CITATION {json.dumps(data)}", {}) if isinstance(data, dict) else ()
