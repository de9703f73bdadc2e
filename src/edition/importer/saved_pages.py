"""Pages that programs save: their lists made lists, their comments taken out."""

import re
from typing import Any

from edition.importer.elements import drop, made, words_of
from edition.importer.lists import begin

_LEVEL = re.compile(r"mso-list:\S+\s+level(\d)")
_IGNORED = re.compile(r"mso-list:ignore", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[.)\]]+", re.IGNORECASE)
_BULLET = re.compile(r"[•·▪◦‣o–§\uf0a7\uf0b7\uf0d8]")
_GAP = re.compile(r"[\u00a0\s]*\u00a0[\u00a0\s]*")
"""The blanks between a number and its item."""
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
    marks = [e for e in paragraph.iter("span") if _IGNORED.search(_style(e))]
    if found is None and str(paragraph.get("class")).startswith("MsoListParagraph"):
        gap = next((e for e in paragraph.iter("span") if _GAP.fullmatch(e.text or "")), None)
        first = paragraph if gap is None else gap.getparent()
        if gap is None or not _is_number((first.text or "").strip()):
            return None
        marks = [made("span", first.text)] if first is paragraph else [first]
        paragraph.text = None
        drop(gap)
    elif found is None:
        return None
    number = words_of(marks[0]) if marks else ""
    for mark in marks[:1]:
        drop(mark)
    inches = re.search(r"margin-left:([\d.]+)in", style)
    points = re.search(r"margin-left:([\d.]+)pt", style)
    depth = float(inches[1]) * 2 if inches else float(points[1]) / 36 if points else 1
    return number, int(found[1]) if found else max(1, round(depth))


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
    holder = before
    while _google_level(holder) < level - 1 and len(holder[-1]):
        inner = holder[-1][-1]
        if inner.tag not in ("ol", "ul") or not len(inner):
            break
        holder = inner
    if _google_level(before) < level:
        holder[-1].append(one)
