"""One item of a locator: a place, a range, or a free text that names a place."""

import re
from dataclasses import replace
from typing import Literal

from edition.locator.labels import NUMBERED, SPACE, Label, digit_follows, label_at
from edition.locator.model import GrammaticalNumber, Item, LocatorError, Number, Part
from edition.locator.number import bad_roman_at, excerpt, number_at, second_number_at
from edition.locator.remarks import LEAD, REMARK, one_line

# A full stop parts two elements before a label: Т. 3. С. 12.
STOP = rf"\.(?=[{SPACE}]+[^\W\d_]{{1,8}}\.?[{SPACE}]*[0-9IVXLC])"
# Where an element may end: the end of the text, a separator, a remark in parentheses.
ENDS_HERE = rf"(?=[{SPACE}]*(?:\Z|[,;&(]|\.[{SPACE}]*\Z|{STOP}|and(?![^\W_])))"
PASSIM = re.compile(rf"(?:et[{SPACE}]+)?passim{ENDS_HERE}", re.IGNORECASE)
# The year of a volume, in parentheses before the page.
YEAR = re.compile(rf"[{SPACE}]*\([0-9]{{1,4}}(?:[–/-][0-9]{{1,4}})?\)(?=[{SPACE}]*[,;:.][{SPACE}])")
_A_NUMBER = re.compile(rf"[{SPACE}]*(?:\[?[0-9]|[IVXLCDM]+(?![^\W_])|[ivxlcdm]+(?![^\W_]))")
_ENDS_HERE = re.compile(ENDS_HERE)
_SPACES = re.compile(rf"[{SPACE}]*")
_DASH = re.compile(
    rf"[{SPACE}]*(?P<dash>[-‐-―−﹘﹣－]{{1,3}})[{SPACE}]*|[{SPACE}]+to[{SPACE}]+(?=[^\W_])"
    rf"|[{SPACE}]*[~〜～][{SPACE}]*(?=[0-9])|[{SPACE}]+(?:through|bis|à|al?|до|по)[{SPACE}]+(?=[0-9]|[ivxlc]+(?![^\W_]))"
)
# Two pages that face each other: S. 12/13.
_SPREAD = re.compile(r"/(?=[0-9]|[ivxlcIVXLC]+(?![^\W_]))")
_FOLLOWING = re.compile(
    rf"[{SPACE}]*(?:(?P<one>f|sq|seg|e\.[{SPACE}]?v|s(?=\.[{SPACE}]*(?:\Z|[,;)])))"
    rf"|κ\.[{SPACE}]?[ἑε]ξ?(?=\.)|i[{SPACE}]+n(?=\.)|وما[ ]بعدها|ואילך"
    rf"|ff|sqq|se?gg|suiv|сл|ss(?=\.)|vv(?=\.)|(?:et|y|e|en|und|и|i|a)[{SPACE}]+(?:seqq?|suiv(?:ante?s?)?"
    rf"|ss?|se?gg?|sigs?|siguientes?|seguent[ei]|folgende|segs|seguintes|volgende|сл(?:ед)?|далее|nast|násl))(?![^\W_])(?!\.?[{SPACE}]*[0-9])\.?"
)
_NOTE = re.compile(rf"[{SPACE}]*(?:(?P<many>nn|notes|fns)|n|note|fn)(?![^\W\d_])\.?")
_COMMA = re.compile(rf"[{SPACE}]*(?:,|&|(?:and|et|und|u\.|y|e|i|и|og|och|en)(?![^\W_]))[{SPACE}]*")
_TEXT_STOP = re.compile(rf"[,;][{SPACE}]*|[{SPACE}]+")
_NO_TEXT = re.compile(r"[-‐-―−,.:;/)\]*&]|and(?![^\W_])|(?:.* )?(?i:et|passim)\Z")
_WORD = re.compile(rf"[^{SPACE},;]+|.", re.DOTALL)

_OF_LAWS = frozenset({"paragraph", "section", "article-locator"})
_SENTENCE = re.compile(rf"S\.[{SPACE}]*[0-9]")
_HAVE_NOTES = frozenset({"page", "folio", "column"})


def word_at(text: str, start: int) -> str:
    """Return the word at that offset, as a message quotes it."""
    found = _WORD.match(text, start)
    return excerpt(found[0]) if found else "nothing"


def after_spaces(text: str, start: int) -> int:
    """Return the offset of the next character that is no space."""
    found = _SPACES.match(text, start)
    return found.end() if found else start


def item_at(text: str, start: int, label: str, *, entry: bool) -> tuple[Item, int]:
    """Return the item of a part with that label, and where it ends.

    `entry` reads the `pages` field of a bibliography. Raises LocatorError where no item is.
    """
    numbered = label in NUMBERED
    if label != "sub-verbo":
        read = _numbers(text, start, label, entry=entry)
        if read and (numbered or _is_whole(text, read[1], label)):
            return read
    if numbered:
        raise LocatorError(f"{word_at(text, start)} is no {label} number", start + 1)
    if label != "sub-verbo":
        _refuse_bad_roman(text, start)
    return _free_text(text, start, label)


def _refuse_bad_roman(text: str, start: int) -> None:
    """Raise where a bad numeral (`chap. IIII`) is a whole number, not a title's first word."""
    bad = bad_roman_at(text, start)
    if bad and (_is_whole(text, bad[1], "") or _DASH.match(text, bad[1])):
        raise bad[0]


def text_item(value: str, start: int) -> Item:
    """Return an item that is a text."""
    column = start + 1
    number = Number(value=value, system="text", text=value, column=column)
    return Item(first=number, column=column)


def _label_beside(text: str, here: int, within: str) -> Label | None:
    """Return the label at that offset; “S.” is a sentence within a law: § 3 Abs. 2 S. 1."""
    return None if within in _OF_LAWS and _SENTENCE.match(text, here) else label_at(text, here)


def _is_whole(text: str, end: int, label: str) -> bool:
    """Return True if an item of numbers ends there and does not begin a title."""
    if _ENDS_HERE.match(text, end):
        return True
    here = after_spaces(text, end)
    after = _label_beside(text, here, label)
    return (after is not None and _A_NUMBER.match(text, after.end) is not None) or PASSIM.match(
        text, here
    ) is not None


def _numbers(text: str, start: int, label: str, *, entry: bool) -> tuple[Item, int] | None:
    read = _range(text, start, label)
    if read is None:
        return None
    item, end = read
    if entry and text.startswith("+", end):
        return replace(item, following="ff"), end + 1
    following, end = _following(text, end)
    item = replace(item, following=following)
    if label in _HAVE_NOTES and (found := _NOTE.match(text, end)):
        note, end = _note(text, found, item)
        item = replace(item, note=note)
    return item, end


def _range(text: str, start: int, label: str) -> tuple[Item, int] | None:
    """Read one number, or two with a dash between them."""
    read = number_at(text, start, label)
    if read is None:
        return None
    first, end = read
    if label == "page" and (spread := _spread(text, end, first)):
        return spread
    found = _DASH.match(text, end)
    if found is None:
        return Item(first=first, column=start + 1), end
    dash, dash_column = found["dash"] or "", found.start("dash") + 1
    if found.end() == len(text):
        raise LocatorError(f"nothing after {excerpt(dash)}", dash_column)
    second = second_number_at(text, found.end(), label, first)
    if second and second[0].sequence == first.sequence:
        item = Item(
            first=first, last=second[0], column=start + 1, dash=dash, dash_column=dash_column
        )
        return item, second[1]
    if label not in NUMBERED:
        _refuse_bad_roman(text, found.end())
        return None  # a name may hold a dash: § 3-A
    if second is None:
        message = f"{word_at(text, found.end())} is not the end of a range"
        raise LocatorError(message, found.end() + 1)
    typed = excerpt(text[start : second[1]])
    raise LocatorError(f"{typed} runs from one sequence of numbers into another", start + 1)


def _spread(text: str, end: int, first: Number) -> tuple[Item, int] | None:
    """Read the second of two pages with a stroke between them, if it is the next."""
    found = _SPREAD.match(text, end)
    second = second_number_at(text, found.end(), "page", first) if found else None
    values = (first.value, second[0].value if second else None)
    if second is None or not isinstance(values[0], int) or values[1] != values[0] + 1:
        return None
    return Item(first=first, last=second[0], column=first.column), second[1]


def _following(text: str, start: int) -> tuple[Literal["f", "ff"] | None, int]:
    found = _FOLLOWING.match(text, start)
    if not found:
        return None, start
    return ("f" if found["one"] else "ff"), found.end()


def _note(text: str, found: re.Match[str], item: Item) -> tuple[Part, int]:
    """Read the note on a page, with the numbers that follow `n.` or `nn.`."""
    number: GrammaticalNumber = "plural" if found["many"] else "singular"
    end = found.end()
    items: list[Item] = []
    start = after_spaces(text, end)
    while not label_at(text, start) and (read := _range(text, start, "note")):
        if items and not _is_note(read[0], items, item, many=number == "plural"):
            break
        following, end = _following(text, read[1])
        items.append(replace(read[0], following=following))
        comma = _COMMA.match(text, end)
        if not comma:
            break
        start = comma.end()
    typed = text[found.start() : found.end()].strip()
    column = found.end() - len(typed) + 1
    return Part(label="note", typed=typed, number=number, items=tuple(items), column=column), end


def _is_note(one: Item, notes: list[Item], page: Item, *, many: bool) -> bool:
    """Return True if a number after a comma is a further note, not the next page.

    `44 nn. 3, 5` are two notes and `44 nn. 3–4, 46` two pages: a list of pages ascends.
    """
    if many and len(notes) == 1 and notes[0].last is None:
        return True
    value, limit = one.first.value, (page.last or page.first).value
    return isinstance(value, int) and isinstance(limit, int) and value <= limit


def _free_text(text: str, start: int, label: str) -> tuple[Item, int]:
    end = len(text)
    for found in _TEXT_STOP.finditer(text, start):
        if _stops_text(text, found, "" if found[0].startswith(",") else label):
            end = found.start()
            break
    value = one_line(text[start:end])
    if not value or _NO_TEXT.match(value):
        raise LocatorError(f"{word_at(text, start)} names no {label}", start + 1)
    return text_item(value, start), end


def _stops_text(text: str, found: re.Match[str], within: str) -> bool:
    """Return True if a title ends before that comma, semicolon or space.

    A comma may belong to the title (`s.v. Hart, M. A.`), and so may a word that can be a
    label: it ends there only where a label is written out beyond doubt.
    """
    here = found.end()
    if found[0].startswith(";") or PASSIM.match(text, here):
        return True
    comma = found[0].startswith(",")
    if comma and (here == len(text) or text[here] in ",;" or REMARK.match(text, here)):
        return True
    if comma and (lead := LEAD.match(text, here)):
        here = lead.end()
    label = _label_beside(text, here, within)
    if label is None:
        return False
    if digit_follows(text, label.end):
        return comma or label.marked
    return comma and label.marked and not text[here].isupper()
