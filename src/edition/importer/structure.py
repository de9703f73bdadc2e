"""What each block of a text is: title, heading, caption, paragraph, list, quotation, reference.

A plain text says none of this; it is told from length, punctuation, quotation marks and what
stands before and after. What a carrier does say (a heading of a web page) is believed.
"""

import re
from collections import Counter
from dataclasses import replace

from edition.bibliography.references import find_at_end, read_line
from edition.importer.block_marks import by_item, one_list, without_bold, without_call
from edition.importer.captions import captions_table, reads_as_caption
from edition.importer.displayed_quotations import OPENING, DisplayedQuotations
from edition.importer.document import Block, Normalised
from edition.importer.list_headings import in_alphabet, list_headed, works_lists
from edition.importer.page_lines import DATELINE, DIVISION
from edition.importer.typed_notes import note_sign
from edition.importer.units import Kind, Unit
from edition.texts.plain_text import MARKER

_TERMINAL = re.compile(r"[.!?:;,…][”\"’'»)\]]*$|[—–-]$")
_CUT_OFF = re.compile(r"[^\W\d_][^\S\n]*$")
_BYLINE = re.compile(r"(?:by|von|par|por|di)\s+[^\W\d_]", re.IGNORECASE)
_DATE = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:[^\W\d_]{3,10}\.?\s+)?(?:\d{1,2},?\s+)?(?:1[4-9]|20)\d\d\.?\Z"
)
_IN_ENTRY = re.compile(r"[\d,.;:(]")  # of a list of works
_NUMBERED = re.compile(r"\w+ (?:\d+|[IVXLC]+)\.?")
_NAME = re.compile(r"[^\W\d_a-z][\w’'.-]*(?:\s+[^\W\d_a-z][\w’'.-]*){1,3}\Z")
_OFTEN = 4
"""Times that a line is repeated which is no heading, but who speaks."""
_HEADING_WORDS = 16
_ITEM_WORDS = 60
_SHORT_ITEM = 15


_SAID = {
    "quote": Kind.QUOTE,
    "quote-list": Kind.QUOTE,
    "quote-first": Kind.QUOTE,
    "caption": Kind.CAPTION,
    "byline": Kind.BYLINE,
    "note": Kind.NOTE,
    "list": Kind.LIST,
    "reference": Kind.REFERENCE,
}


def structure(normal: Normalised) -> tuple[Unit, ...]:
    """Tell the kind of every block."""
    return tuple(_Structure(normal).units())


class _Structure:
    def __init__(self, normal: Normalised) -> None:
        self.normal = normal
        self.blocks = normal.blocks
        self.kinds: list[Kind | None] = [None] * len(self.blocks)
        self.levels = [2] * len(self.blocks)
        self.going_on: set[int] = set()
        self.text = normal.text
        self.repeated = Counter(b.text for b in normal.blocks)
        self.headed = any(b.hint[:1] == "h" for b in normal.blocks)

    def units(self) -> list[Unit]:
        """Tell kinds, from the surest to the rest; then make the blocks of loose lists one."""
        self._hinted()
        self._opening_lines()
        for i, block in enumerate(self.blocks):
            if self.kinds[i] is None and block.items:
                self.kinds[i] = Kind.LIST
            elif self.kinds[i] is None and i and _is_reference(block):
                self.kinds[i] = Kind.REFERENCE
        self._short_lines()
        self._lists()
        displayed = DisplayedQuotations(self.blocks, self.kinds)
        displayed.mark()
        first = {i for i, block in enumerate(self.blocks) if block.hint == "quote-first"}
        self.going_on = displayed.going_on - first
        return self._joined()

    def _hinted(self) -> None:
        """Take over what the document itself says."""
        heads = [(i, int(b.hint[1])) for i, b in enumerate(self.blocks) if b.hint[:1] == "h"]
        title = heads[0][0] if heads and heads[0][0] < 4 and heads[0][1] == 1 else None
        depths: list[int] = []  # of the headings that are open, whatever levels are left out
        verses = sum(b.hint.startswith("verse") for b in self.blocks)
        poems = verses * 2 > sum(b.hint in ("", "p", "verse", "verse-on") for b in self.blocks)
        for i, block in enumerate(self.blocks):
            if block.hint[:1] == "h":
                self.kinds[i] = Kind.TITLE if i == title else Kind.HEADING
                if i != title:
                    while depths and depths[-1] >= int(block.hint[1]):
                        depths.pop()
                    depths.append(int(block.hint[1]))
                    self.levels[i] = min(6, len(depths) + 1)
            elif block.hint.startswith("verse"):
                self.kinds[i] = Kind.PARAGRAPH if poems else Kind.QUOTE
            elif block.markup or not (block.text or block.label):
                self.kinds[i] = Kind.OTHER
            elif block.hint in _SAID:
                self.kinds[i] = _SAID[block.hint]

    def _opening_lines(self) -> None:
        """Find the title, and the lines between it and the first paragraph."""
        blocks = self.blocks
        if Kind.TITLE not in self.kinds and len(blocks) > 1 and self.kinds[0] is None:
            first = without_call(blocks[0])
            if (
                len(first.split()) <= 30
                and not re.search(r"[.;,:][”\"]?$", first)
                and not blocks[0].items
            ):
                self.kinds[0] = Kind.TITLE
        if Kind.TITLE not in self.kinds:
            return
        at = self.kinds.index(Kind.TITLE)
        for i in range(at + 1, min(at + 4, len(blocks))):
            text = blocks[i].text
            if self.kinds[i] is Kind.BYLINE:
                continue
            if self.kinds[i] is not None or len(text.split()) > 12 or blocks[i].items:
                break
            if DIVISION.match(text):
                break
            named = i == at + 1 and _NAME.fullmatch(text) and len(text.split()) < 5
            following = blocks[i + 1].text if i + 1 < len(blocks) else ""
            if named and text.split()[-1].casefold() in following.casefold()[:600]:
                break  # a heading that the text takes up
            if _BYLINE.match(text) or _DATE.fullmatch(text) or named:
                self.kinds[i] = Kind.BYLINE
            else:
                break

    def _short_lines(self) -> None:
        """Find headings and captions."""
        for i, block in enumerate(self.blocks):
            near = self.blocks[max(0, i - 1) : i + 2]
            if self.kinds[i] is None and list_headed(block.text):
                self.kinds[i] = Kind.HEADING
            elif self.kinds[i] is None and captions_table(block.text):
                self.kinds[i] = Kind.CAPTION if any(b.hint == "table" for b in near) else None
            if self.kinds[i] is not None or not self._is_short(block):
                continue
            following = self.blocks[i + 1].text if i + 1 < len(self.blocks) else ""
            if i and self.blocks[i - 1].hint.startswith("verse") and _NAME.fullmatch(block.text):
                continue  # of its author
            said = block.hint == "p" and self.headed  # the document says what is a heading
            if self._is_caption(i, block.text, said=said):
                self.kinds[i] = Kind.CAPTION
            elif said:
                continue
            elif (
                following and self.repeated[block.text] < _OFTEN and not self._is_quotation_line(i)
            ):
                self.kinds[i] = Kind.HEADING

    @staticmethod
    def _is_short(block: Block) -> bool:
        text = without_call(block)
        words = text.split()
        if (
            block.wrapped > 1
            or "\n" in text
            or len(words) > _HEADING_WORDS
            or text[:1] in OPENING + "(["
        ):
            return False
        if re.fullmatch(r"[^\w]+", text) or text[:1].islower() or DATELINE.fullmatch(text):
            return False
        closing = find_at_end(text)
        if closing and _TERMINAL.search(text[: closing.start].rstrip()):
            return False  # a sentence and its source
        question = text.endswith("?") and len(words) <= 8
        marker = MARKER.match(text)
        numeral = re.fullmatch(r"(?:\d+|[IVXLC]+)\.?", text)
        if numeral or (DIVISION.match(text) and _NUMBERED.fullmatch(text)):
            return True
        if marker and not question and _TERMINAL.search(text):
            return False
        return question or not _TERMINAL.search(text)

    def _is_caption(self, i: int, text: str, *, said: bool) -> bool:
        if reads_as_caption(text):
            return True
        before = self._prose_before(i)
        if before and _CUT_OFF.search(before) and re.search(r"[“\",(]", text):
            return True  # it stands where a page broke off
        if said or not _NAME.fullmatch(text):
            return False
        # A name alone: the heading of what follows, or the caption of a portrait.
        after = " ".join(b.text for b in self.blocks[i + 1 : i + 3])
        here = self.text.count(text) - 1
        family = text.split()[-1]
        return here > 0 and text not in after and family not in after

    def _prose_before(self, i: int) -> str:
        return self.blocks[i - 1].text if i and self.kinds[i - 1] is None else ""

    def _is_quotation_line(self, i: int) -> bool:
        """Tell whether a short line is what the reference after it refers to."""
        return i + 1 < len(self.blocks) and self.kinds[i + 1] is Kind.REFERENCE

    def _lists(self) -> None:
        """Mark all below the heading of a list of notes or works, as far as the next heading."""
        listed: Kind | None = None
        heads = [i for i, block in enumerate(self.blocks) if block.hint[:1] == "h"]
        works = works_lists([block.text for block in self.blocks], heads)
        for i, block in enumerate(self.blocks):
            entry = listed is Kind.WORK and block.hint[:1] != "h" and _IN_ENTRY.search(block.text)
            if self.kinds[i] is Kind.HEADING and not entry:
                entries = [line for b in self.blocks[i + 1 : i + 9] for line in b.text.splitlines()]
                numbered = entries and note_sign(entries[0]) and not in_alphabet(entries[:8])
                listed = Kind.NOTE if list_headed(block.text) else None
                if i in works and not numbered:
                    listed = Kind.WORK
            elif listed and self.kinds[i] is not Kind.CAPTION and block.hint != "note":
                self.kinds[i] = listed

    # -- units --------------------------------------------------------------------------------

    def _joined(self) -> list[Unit]:
        units: list[Unit] = []
        above = int(Kind.TITLE not in self.kinds)  # without a title, chapters are the highest
        position = 0
        i = 0
        noted = False  # in a note with a label, or what goes on with one
        while i < len(self.blocks):
            span = self._loose_list(i)
            block = one_list(self.blocks[i : i + span]) if span > 1 else self.blocks[i]
            noted = bool(block.label) or (noted and block.hint == "note")
            text = "\n".join(block.items) if block.items and span == 1 else block.text
            kind = Kind.LIST if span > 1 else self.kinds[i] or Kind.PARAGRAPH
            if kind in (Kind.TITLE, Kind.HEADING):
                block = replace(block, marks=tuple(without_bold(block)))
            units.append(
                Unit(
                    kind=kind,
                    text=text,
                    start=position,
                    line=block.line,
                    items=block.items,
                    level=self.levels[i] - above,
                    opens=i not in self.going_on,
                    marks=by_item(block) if span == 1 else block.marks,
                    fields=block.fields,
                    leads=block.leads,
                    label=block.label,
                    skip=block.skip,
                    continues=noted and not block.label,
                    markup=block.markup,
                )
            )
            position += len(text) + 2
            i += span
        return units

    def _loose_list(self, i: int) -> int:
        """Return how many blocks from here are the items of one list with empty lines between."""
        count = 0
        while i + count < len(self.blocks):
            block = self.blocks[i + count]
            marker = MARKER.match(block.text)
            if (
                self.kinds[i + count] is not None
                or block.items
                or not marker
                or len(block.text.split()) > _ITEM_WORDS
                or not (marker["bullet"] or _ordinal(marker["number"]) == count + 1)
            ):
                break
            count += 1
        introduced = i > 0 and self.blocks[i - 1].text.endswith(":")
        short = all(len(b.text.split()) <= _SHORT_ITEM for b in self.blocks[i : i + count])
        return count if count > 1 and (introduced or short) else 1


def _is_reference(block: Block) -> bool:
    """Tell whether a block is a line of reference, and not a sentence with an exact citation."""
    exact = sum(f.end - f.start for f in block.fields)
    return read_line(block.text) is not None and not 0 < exact < len(block.text) / 2


def _ordinal(number: str) -> int:
    """Return which number in a row a marker is: 1, a and i are the first."""
    if number.isdigit():
        return int(number)
    romans = "i ii iii iv v vi vii viii ix x".split()
    if number in romans:
        return romans.index(number) + 1
    return ord(number) - ord("a") + 1 if len(number) == 1 else 0
