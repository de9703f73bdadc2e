"""The blocks of a web page, each a line of text with what the page says it is."""

from __future__ import annotations

import re

from edition.formats.pages import SourceError
from edition.importer.myst import EMPHASIS, SENTINELS, STRONG
from edition.texts.errors import WitnessError

_SKIPPED = frozenset(
    "script style nav head template noscript iframe object svg form button aside".split()
)
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li blockquote figcaption caption pre div section article td th dt dd "
    "header footer main body figure address ul ol dl table tr hr center".split()
)


def without_entities(data: bytes) -> bytes:
    """Return without a declaration of entities, which a browser would not read either."""
    return re.sub(rb"<!DOCTYPE[^>\[]*\[.*?\]\s*>", b"", data, count=1, flags=re.S | re.I)


def read_html(data: bytes, encoding: str) -> tuple[str, dict[int, str]]:
    """Return the text of a page, and by line what the page says of its blocks."""
    from edition.formats.markup import events

    reader = _HtmlBlocks()
    try:
        for event in events(data, html=True, encoding=encoding):
            reader.read(event.kind, event.value)
    except SourceError as error:
        raise WitnessError(
            f"the HTML cannot be read: {error.message}", "Save the page anew, or as plain text."
        ) from None
    return reader.result()


class _HtmlBlocks:
    """The blocks of a page in order, each a line of text with a hint."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, str]] = []
        self.pieces: list[str] = []
        self.hint = "p"
        self.skipped = 0
        self.open: list[tuple[str, bool, tuple[str, str] | None]] = [("p", False, None)]

    def result(self) -> tuple[str, dict[int, str]]:
        """Return the text, an empty line between two blocks, and the hints by line."""
        headed = any(re.fullmatch(r"h[1-6]", hint) for _, hint in self.blocks)
        lines = [text for text, _ in self.blocks]
        hints = {
            2 * n + 1: hint for n, (_, hint) in enumerate(self.blocks) if hint != "p" or headed
        }
        return "\n\n".join(lines), hints

    def flush(self) -> None:
        """End the block that was being read."""
        text = " ".join("".join(self.pieces).split())
        self.pieces = []
        if text.strip(SENTINELS + " "):
            self.blocks.append((text, self.hint))

    def read(self, kind: str, value: str) -> None:
        """Read the start or end of an element, or text."""
        if self.skipped or (kind == "start" and value in _SKIPPED):
            self.skipped += {"start": 1, "end": -1, "text": 0}[kind]
        elif kind == "start":
            self._start(value)
        elif kind == "end":
            self._end()
        else:
            self.pieces.append(_clean(value))

    def _start(self, tag: str) -> None:
        hint = self.open[-1][0]
        if tag in _BLOCKS:
            self.flush()
            self.hint = hint = _hint(tag, hint)
        if tag == "br":
            self.pieces.append("\n")
        marks = None
        if not re.fullmatch(r"h[1-6]", hint):
            marks = EMPHASIS if tag in ("em", "i", "cite") else None
            marks = STRONG if tag in ("strong", "b") else marks
        if marks:
            self.pieces.append(marks[0])
        self.open.append((hint, tag in _BLOCKS, marks))

    def _end(self) -> None:
        _, is_block, marks = self.open.pop()
        if marks:
            self.pieces.append(marks[1])
        if is_block:
            self.flush()
        around, is_block, _ = self.open[-1]
        if is_block:
            self.hint = around


def _hint(tag: str, around: str) -> str:
    if re.fullmatch(r"h[1-6]", tag):
        return tag
    if tag == "blockquote":
        return "quote"
    if tag in ("figcaption", "caption"):
        return "caption"
    if tag == "li":
        return "li"
    return around


def _clean(text: str | None) -> str:
    return re.sub(f"[{SENTINELS}\x00]", "", text or "")
