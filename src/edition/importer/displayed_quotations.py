"""Which blocks of a text are displayed quotations: by indent, by their marks, by references."""

import re
from collections.abc import Sequence

from edition.bibliography.references import find_in_brackets
from edition.importer.document import Block
from edition.importer.units import Kind
from edition.myst.quotation_marks import pair_marks
from edition.texts.plain_text import MARKER

OPENING = '“"„«‘'
_QUOTED_WORDS = 400
# A page behind the full stop, as it stands below a displayed quotation alone: `It is late. (63)`.
_CLOSED = re.compile(r"[.!?…]\s\((?:[^\W\d_][^()\d]{0,150}\s)?\d[\d.,–-]*\)\Z")


class DisplayedQuotations:
    """Marks blocks whose kind is not known yet; `going_on` are those that go on one before."""

    def __init__(self, blocks: Sequence[Block], kinds: list[Kind | None]) -> None:
        self.blocks = blocks
        self.kinds = kinds
        self.going_on: set[int] = set()

    def mark(self) -> None:
        """Mark the quotations, those with a line of reference first."""
        usual = sorted(b.indent for b in self.blocks)[len(self.blocks) // 2]
        for i, block in enumerate(self.blocks):
            if self.kinds[i] is None and block.indent >= usual + 4 and not MARKER.match(block.text):
                self.kinds[i] = Kind.QUOTE
            if self.kinds[i] is Kind.REFERENCE and i:
                self._back_from(i - 1)
        for i in range(len(self.blocks)):
            if self.kinds[i] is None and self._is_displayed(i):
                self.kinds[i] = Kind.QUOTE
        for i in range(1, len(self.blocks)):
            both = self.kinds[i] is Kind.QUOTE and self.kinds[i - 1] is Kind.QUOTE
            hints = (self.blocks[i].hint, self.blocks[i - 1].hint)
            if both and hints[0] == "verse-on":
                self.going_on.add(i)
            both = both and not any(h.startswith("verse") for h in hints)
            if both and not self._has_reference(i - 1):
                indented = min(b.indent for b in self.blocks[i - 1 : i + 1]) >= usual + 4
                if i in self.going_on or indented or self.blocks[i].hint.startswith("quote"):
                    self.going_on.add(i)

    def _has_reference(self, i: int) -> bool:
        """Tell whether a block of a quotation ends in a reference or the call of a note."""
        block = self.blocks[i]
        if any(len(block.text) - m.end < 3 and m.before.startswith("[^") for m in block.marks):
            return True
        return bool(block.fields) or any(not t.weak for t in find_in_brackets(block.text[-300:]))

    def _back_from(self, j: int) -> None:
        """Mark the quotation that a line of reference belongs to, one block or several."""
        if self.kinds[j] is not None:
            return
        text = self.blocks[j].text
        marks = pair_marks(text)
        if text[:1] in OPENING:
            self.kinds[j] = Kind.QUOTE
            self._extend(j)
        elif marks.unopened and not text[marks.unopened[-1] + 1 :].strip(" .)"):
            for k in range(j - 1, max(j - 10, -1), -1):
                if self.kinds[k] is not None:
                    return
                if (
                    self.blocks[k].text[:1] in OPENING
                    and 0 in pair_marks(self.blocks[k].text).unclosed
                ):
                    for between in range(k, j + 1):
                        self.kinds[between] = Kind.QUOTE
                    self.going_on |= set(range(k + 1, j + 1))
                    return
        elif marks.quoted and len(text) - marks.quoted[-1].end < 3:
            return  # the reference of the quotation that closes the paragraph
        elif (
            not any(not t.weak for t in find_in_brackets(text))
            and len(text.split()) <= _QUOTED_WORDS
            and not MARKER.match(text)
            and sum(m.before.startswith("[^") for m in self.blocks[j].marks) < 2
        ):
            self.kinds[j] = Kind.QUOTE

    def _extend(self, j: int) -> None:
        """Take in the paragraphs before that begin with a mark which the last one closes."""
        while j and self.kinds[j - 1] is None:
            text = self.blocks[j - 1].text
            if text[:1] not in OPENING or 0 not in pair_marks(text).unclosed:
                return
            self.kinds[j - 1] = Kind.QUOTE
            self.going_on.add(j)
            j -= 1

    def _is_displayed(self, i: int) -> bool:
        """Tell whether a block without a line of reference is a displayed quotation."""
        text = self.blocks[i].text
        introduced = bool(i) and re.search(r"[:,][”\"’]?$", self.blocks[i - 1].text) is not None
        if text[:1] not in OPENING:
            return introduced and _CLOSED.search(text) is not None and not MARKER.match(text)
        marks = pair_marks(text)
        references = [t for t in find_in_brackets(text) if not t.weak]
        end = (
            references[-1].start if references and len(text) - references[-1].end < 3 else len(text)
        )
        whole = (
            bool(marks.quoted)
            and marks.quoted[0].start == 0
            and not text[marks.quoted[0].end : end].strip(" .")
        )
        if not whole:
            return False
        return end < len(text) or introduced
