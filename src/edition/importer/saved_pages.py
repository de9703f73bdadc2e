"""Pages that Word and Google Docs save: their lists made lists, their comments taken out."""

import re
from typing import Any

from edition.importer.elements import drop, made, words_of
from edition.importer.lists import begin

_LEVEL = re.compile(r"mso-list:\S+\s+level(\d)")
_IGNORED = re.compile(r"mso-list:ignore", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[ivxlc]{1,6}|[a-z])[.)\]]+", re.IGNORECASE)
_GOOGLE = re.compile(r"\blst-kix_\w+-(\d)")


def prepare(body: Any) -> None:
    """Change a page in place. Comments are counted where they are called."""
    for element in list(body.iter("div")):
        if "mso-element:comment-list" in _style(element):
            drop(element)
    for paragraph in [p for p in body.iter("p") if _LEVEL.search(_style(p))]:
        _make_item(paragraph)
    for one in [e for e in body.iter("ol", "ul") if _GOOGLE.search(str(e.get("class")))]:
        _put_within(one, _google_level(one))


def _style(element: Any) -> str:
    return re.sub(r"\s*:\s*", ":", str(element.get("style") or ""))


def _make_item(paragraph: Any) -> None:
    """Make a paragraph of Word's an item of the list before it, or of a new one."""
    marks = [e for e in paragraph.iter("span") if _IGNORED.search(_style(e))]
    number = words_of(marks[0]) if marks else ""
    for mark in marks[:1]:
        drop(mark)
    found = _LEVEL.search(_style(paragraph))
    level = int(found[1]) if found else 1
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
    paragraph.attrib.pop("style")


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
