"""Pages that programs save: their lists made lists, their comments taken out."""

import re
from typing import Any

from lxml import etree

from edition.importer.css import declarations, letters
from edition.importer.elements import drop, made, words_of
from edition.importer.lists import begin

_LEVEL = re.compile(r"mso-list:\S+\s+level(\d)")
_IGNORED = re.compile(r"mso-list:ignore", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[.)\]]+", re.IGNORECASE)
_BULLET = re.compile(r"[•·▪◦‣o–§\uf0a7\uf0b7\uf0d8]")
_GAP = re.compile(r"[\u00a0\s]*\u00a0[\u00a0\s]*")
"""The blanks between a number and its item."""
_WORD = re.compile(r"[^\W\d_]{2}")
_STEP = 3  # letters, half an inch: by as much each level of a list is set in
_COMMENT = re.compile(r"#_?cmnt_?ref")
_GOOGLE = re.compile(r"\blst-kix_\w+-(\d)")


def prepare(body: Any) -> None:
    """Change a page in place. Comments are counted where they are called."""
    for element in list(body.iter("div")):
        style, first = _style(element), element.find(".//a")
        comment = first is not None and _COMMENT.match(str(first.get("href")))
        if "mso-element:comment-list" in style or (comment and words_of(element)[:1] == "["):
            drop(element)
        elif "display:inline" in style:  # LibreOffice floats the parts of a line
            element.tag = "span"
            element.attrib.pop("style")
    for number in [s for s in body.iter("span") if "float:left" in _style(s)]:
        if next(number.iterancestors("li"), None) is not None and _is_number(words_of(number)):
            drop(number)
    for paragraph in list(body.iter("p")):
        if (item := _number_of(paragraph)) is not None:
            _make_item(paragraph, *item)
    for one in [e for e in body.iter("ol", "ul") if _GOOGLE.search(str(e.get("class")))]:
        _put_within(one, _google_level(one))


def _is_number(words: str) -> bool:
    return bool(_NUMBER.fullmatch(words) or _BULLET.fullmatch(words))


def _style(element: Any) -> str:
    return re.sub(r"\s*:\s*", ":", str(element.get("style") or ""))


def _number_of(paragraph: Any) -> tuple[str, int] | None:
    """Return the number of an item of Word's, taken out of it, and the item's level."""
    style = _style(paragraph)
    found = _LEVEL.search(style)
    if found is not None:
        marks = (e for e in paragraph.iter("span") if _IGNORED.search(_style(e)))
        mark = next(marks, None)
        number = words_of(mark)
        if mark is not None and (_is_number(number) or not _WORD.search(number)):
            drop(mark)
        return number, int(found[1])
    if not str(paragraph.get("class")).startswith("MsoListParagraph"):
        return None
    number = _typed_number(paragraph)
    depth = letters(declarations(style).get("margin-left", "")) / _STEP
    return (number, max(1, round(min(depth, 9)))) if number else None


def _typed_number(paragraph: Any) -> str:
    """Return the number that begins a paragraph and that a span of blanks follows, taken out."""
    number, holder, kept = "", paragraph, ""
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        where = "text" if event == "start" else "tail"
        text = getattr(element, where) or ""
        if number and where == "text" and element.tag == "span" and _GAP.fullmatch(text):
            element.text = None
            setattr(holder, kept, None)
            return number
        if words := text.strip():
            if number or not _is_number(words):
                return ""
            number, holder, kept = words, element, where
    return ""


def _make_item(paragraph: Any, number: str, level: int) -> None:
    """Make a paragraph of Word's an item of the list before it, or of a new one."""
    name = "ol" if _NUMBER.fullmatch(number) else "ul"
    before = paragraph.getprevious()
    goes_on = before is not None and before.get("word-list") and not (before.tail or "").strip()
    if not goes_on or (level == 1 and before.tag != name):
        before = made(name)
        before.set("word-list", "1")
        begin(before, number)
        paragraph.addprevious(before)
    holder = before
    for _ in range(1, level):
        if not len(holder):
            break
        inner = holder[-1][-1] if len(holder[-1]) else None
        if inner is None or inner.get("word-list") is None:
            inner = made(name)
            inner.set("word-list", "1")
            holder[-1].append(inner)
        holder = inner
    before.tail, paragraph.tail = paragraph.tail, None
    holder.append(paragraph)
    paragraph.tag = "li"
    paragraph.attrib.pop("style", None)


def _google_level(element: Any) -> int:
    found = _GOOGLE.search(str(element.get("class")))
    return int(found[1]) if found else 0


def _put_within(one: Any, level: int) -> None:
    """Put a list of Google's that is deeper than the one before it into its last item."""
    before = one.getprevious()
    if not level or before is None or before.tag not in ("ol", "ul") or not len(before):
        return
    if (before.tail or "").strip():
        return
    holder = before
    while _google_level(holder) < level - 1 and len(holder[-1]):
        inner = holder[-1][-1]
        if inner.tag not in ("ol", "ul") or not len(inner):
            break
        holder = inner
    if _google_level(before) < level:
        holder[-1].append(one)
