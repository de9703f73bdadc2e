"""The blocks of a web page, each a line of text with what the page says it is."""

from __future__ import annotations

import re

from edition.importer.myst import EMPHASIS, SENTINELS, STRONG
from edition.texts.errors import WitnessError

_DEEPEST = 200
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
    from lxml import etree, html

    try:
        parser = html.HTMLParser(
            encoding=encoding,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, LookupError, ValueError):
        raise WitnessError(
            "the HTML cannot be read", "Save the page anew, or as plain text."
        ) from None
    reader = _HtmlBlocks()
    body = root.find("body")
    reader.read(root if body is None else body)
    return reader.result()


class _HtmlBlocks:
    """The blocks of a page in order, each a line of text with a hint."""

    def __init__(self) -> None:
        self.blocks: list[tuple[str, str]] = []
        self.pieces: list[str] = []
        self.hint = "p"

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

    def read(self, element: object, hint: str = "p", depth: int = 0) -> None:
        """Read an element and what it holds."""
        tag = getattr(element, "tag", None)
        if not isinstance(tag, str) or depth > _DEEPEST or tag in _SKIPPED:
            return
        is_block = tag in _BLOCKS
        if is_block:
            self.flush()
            hint = _hint(tag, hint)
            self.hint = hint
        if tag == "br":
            self.pieces.append("\n")
        marks = (
            EMPHASIS if tag in ("em", "i", "cite") else STRONG if tag in ("strong", "b") else None
        )
        if re.fullmatch(r"h[1-6]", hint):
            marks = None
        if marks:
            self.pieces.append(marks[0])
        self.pieces.append(_clean(getattr(element, "text", "")))
        for child in element:  # type: ignore[attr-defined]
            self.read(child, hint, depth + 1)
            if is_block:
                self.hint = hint
            self.pieces.append(_clean(child.tail))
        if marks:
            self.pieces.append(marks[1])
        if is_block:
            self.flush()


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
