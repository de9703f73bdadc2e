"""The grammar of a locator, read from left to right in one pass.

    locator = ["at"] element { [separator] element } [remark]
    element = [lead] (label item | item | named-part | "n.p.") | "passim"
    lead    = "at" | "esp." | "here"
    item    = number [dash number] ["f." | "ff."] [note] | free-text
    note    = ("n." | "nn.") [number [dash number]]

A separator is a comma, a semicolon, `&` or `and`; before a label none is needed.
"""

import re
from dataclasses import replace

from edition.locator.draft import LINE, Draft
from edition.locator.item import (
    ENDS_HERE,
    PASSIM,
    STOP,
    YEAR,
    after_spaces,
    item_at,
    text_item,
    word_at,
)
from edition.locator.labels import (
    HOLDS_PAGES,
    NAMED_PARTS,
    NUMBERED,
    ORDINAL,
    SPACE,
    UNPAGED,
    Label,
    label_at,
    unpaged_at,
)
from edition.locator.model import Item, LocatorError, Part
from edition.locator.number import excerpt, number_at
from edition.locator.remarks import LEAD, POSITION, REMARK, editor_at, lead_of, one_line
from edition.locator.unlabelled import unlabelled_at

# `and` in other languages, where a number or a label with one follows.
_AND = (
    r"(?:und|u\.|sowie|mit|m\.|with|et|avec|y|con|e|ed|и|i|og|och|en)"
    rf"(?=[{SPACE}]+(?:[^\W\d_]{{1,6}}\.?[{SPACE}]*)?[0-9])"
)
_SEPARATOR = re.compile(rf"(?:{STOP}|[,;]?[{SPACE}]*(?:&|and(?![^\W_])|{_AND})|[,;])[{SPACE}]*")
_AT = re.compile(rf"at(?![^\W_])[{SPACE}]*", re.IGNORECASE)
# The title of a part of a book.
_TITLE = re.compile(
    rf"(?:“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|‘[^‘’]+’|\"[^\"]+\"|「[^「」]+」|《[^《》]+》){ENDS_HERE}"
)
_ENDS_HERE = re.compile(ENDS_HERE)
_NAMED = re.compile(rf"(?:{'|'.join(sorted(NAMED_PARTS))}){ENDS_HERE}", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class LocatorReader:
    """Reads one text, from `position` on; `remark` holds the closing words.

    `bare` is the label of numbers without one.
    """

    def __init__(self, text: str, *, entry: bool = False, bare: str = "page") -> None:
        self.text = text.rstrip()
        self.entry = entry
        self.bare = bare
        self.position = 0
        self.drafts: list[Draft] = []
        self.remark = ""

    def read(self) -> tuple[Part, ...]:
        """Read the whole text."""
        if found := CONTROL.search(self.text):
            raise self.error(f"a control character, {excerpt(found[0])}", found.start())
        self.position = after_spaces(self.text, 0)
        if self.position == len(self.text):
            raise self.error("an empty locator", 0)
        self.opening_remark()
        self.element(separator="")
        while not self.at_end():
            start = self.position
            found = self.skip(_SEPARATOR)
            separator = found[0].strip() if found else ""
            if separator and self.position == len(self.text):
                raise self.error(f"nothing after {excerpt(separator)}", start)
            patterns = (REMARK, POSITION) if separator else (REMARK,)
            if any(pattern.match(self.text, self.position) for pattern in patterns):
                closing = one_line(self.text[self.position :])
                self.remark = "; ".join(filter(None, (self.remark, closing)))
                break
            if not separator and not self.element_begins():
                raise self.error(f"{word_at(self.text, start)} is not understood")
            self.element(separator=separator)
        return tuple(draft.part() for draft in self.drafts)

    def opening_remark(self) -> None:
        """Read a remark before the first place: `my translation, p. 19`."""
        end = re.compile(r"[,;]").search(self.text, self.position)
        if end and not self.entry and REMARK.match(self.text, self.position):
            self.remark = one_line(self.text[self.position : end.start()])
            self.position = after_spaces(self.text, end.end())

    def error(self, message: str, offset: int | None = None) -> LocatorError:
        """Return a LocatorError at that offset, or here."""
        return LocatorError(message, (self.position if offset is None else offset) + 1)

    def skip(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Move past the pattern if it matches here."""
        found = pattern.match(self.text, self.position)
        if found:
            self.position = found.end()
        return found

    def at_end(self) -> bool:
        """Return True if nothing is left but a full stop or a remark in parentheses."""
        self.position = here = after_spaces(self.text, self.position)
        last = len(self.text) - 1
        brackets = self.text[here : here + 1] + self.text[last]
        # A remark, or the page of another edition: 12 [13].
        bracketed = (brackets == "[]" and self.drafts) and (
            REMARK.match(self.text, here + 1) or self.text[here + 1].isdigit()
        )
        if brackets == "()" or bracketed:
            self.remark = one_line(self.text[here + 1 : last])
            if not self.remark:
                raise self.error("empty parentheses")
        elif self.drafts and POSITION.match(self.text, here):
            self.remark = self.text[here:].rstrip(".")
        elif self.drafts and self.drafts[-1].holds_editor() and editor_at(self.text, here):
            self.remark = self.text[here:]
        else:
            return here > last or (here == last and self.text[here] == ".")
        return True

    def element_begins(self) -> bool:
        """Return True if an element that needs no separator begins here."""
        text, here = self.text, self.position
        begins = PASSIM.match(text, here) or _AT.match(text, here) or label_at(text, here)
        return bool(begins or text.startswith("ad loc", here))

    def element(self, *, separator: str) -> None:
        """Read one element, into the part that is open or a new one."""
        start = self.position
        if self.skip(PASSIM):
            if not self.drafts:
                self.open_part("page", start)
            self.drafts[-1].passim = True
            return
        at = self.skip(_AT) is not None
        lead = lead_of(self.skip(LEAD))
        if self.ordinal():
            return
        named_volume = separator in ("", ";") and self.volume_before_page()
        title = self.skip(_TITLE)
        if named := title or self.skip(_NAMED):
            self.open_part("chapter", start)
            words = one_line(named[0]) if title else named[0].lower()
            self.drafts[-1].items.append(text_item(words, start))
            return
        if not self.entry and (end := unpaged_at(self.text, self.position)) is not None:
            self.open_part("chapter", start)
            self.drafts[-1].items.append(text_item(UNPAGED, start))
            self.position = end
            return
        if label := label_at(self.text, self.position):
            self.open_label(label)
            if self.skip(PASSIM):
                self.drafts[-1].passim = True
                return
        elif (
            separator == ","
            and not self.entry
            and self.drafts[-1].has_line_at(self.text, self.position)
        ):
            self.open_part("line", self.position)
        elif named_volume or not self.goes_on(separator, at=at):
            self.open_part(self.bare, self.position)
        item = self.item()
        if self.drafts[-1].label in ("volume", "issue"):
            self.skip(YEAR)
        if lead:
            self.drafts[-1].items[-1] = replace(item, lead=lead)
        self.colon(item)

    def ordinal(self) -> bool:
        """Read a number and its label behind it: `III. Akt`."""
        found = ORDINAL.match(self.text, self.position)
        label = label_at(self.text, found.end()) if found and not self.entry else None
        if found is None or label is None or not _ENDS_HERE.match(self.text, label.end):
            return False
        read = number_at(found["number"], 0, label.name)
        if read is None:
            return False
        start = self.position
        self.open_part(label.name, start)
        self.drafts[-1].typed = self.text[found.end() : label.end]
        number = replace(read[0], column=start + 1)
        self.drafts[-1].items.append(Item(first=number, column=start + 1))
        self.position = label.end
        return True

    def volume_before_page(self) -> bool:
        """Read the volume of `II, p. 44`, `VIII, 89` and `ii. 44`, which has no label.

        Before a verse or a chapter it is a book.
        """
        at_pages = self.bare == "page" and not self.entry
        found = unlabelled_at(self.text, self.position) if at_pages else None
        if found is None:
            return False
        parts, end = found
        for label, number in parts:
            self.open_part(label, number.column - 1)
            self.drafts[-1].items.append(Item(first=number, column=number.column))
        self.position = end
        return True

    def open_part(self, label: str, start: int) -> None:
        """Begin a part that has no typed label."""
        self.drafts.append(Draft(label=label, column=start + 1))

    def open_label(self, label: Label) -> None:
        """Begin a part with a typed label."""
        start = self.position
        typed = self.text[start : label.end]
        if self.drafts:
            self.drafts[-1].before(label.name)
        self.drafts.append(
            Draft(label=label.name, typed=typed, number=label.number, column=start + 1)
        )
        self.position = after_spaces(self.text, label.end)
        if self.position == len(self.text):
            raise self.error(f"nothing after {excerpt(typed)}", start)

    def item(self) -> Item:
        """Read an item into the last part."""
        draft = self.drafts[-1]
        item, self.position = item_at(self.text, self.position, draft.label, entry=self.entry)
        draft.items.append(item)
        return item

    def goes_on(self, separator: str, *, at: bool) -> bool:
        """Return True if an item without a label belongs to the open part."""
        if not separator:
            return False
        draft = self.drafts[-1]
        if draft.label == "page":
            return True
        named = draft.label == "chapter" and not draft.typed
        if at or named or not draft.items:
            return False
        container = draft.label in HOLDS_PAGES and draft.number != "plural"
        after_text = draft.items[-1].first.system == "text" and draft.label not in NUMBERED
        if not container or (separator not in (",", ";") and not after_text):
            return True
        return number_at(self.text, self.position, draft.label) is None

    def colon(self, item: Item) -> None:
        """Read `3:44` and `vol. 3: p. 44` as a volume and a page in it."""
        draft = self.drafts[-1]
        if draft.label == "page" and draft.typed and self.skip(LINE):  # p. 12.3
            self.open_part("line", self.position)
            self.item()
            return
        bare_page = draft.label == "page" and not draft.typed
        if not self.text.startswith(":", self.position) or item != Item(first=item.first):
            return
        if self.entry or not (bare_page or draft.label == "volume"):
            return
        if bare_page:
            draft.items.pop()
            if not draft.items:
                self.drafts.pop()
            self.open_part("volume", item.column - 1)
            self.drafts[-1].items.append(item)
        self.position = after_spaces(self.text, self.position + 1)
        if label := label_at(self.text, self.position):
            self.open_label(label)
        else:
            self.open_part("page", self.position)
        self.item()
