"""The entry to this room: the text of one source → its `Document`."""

from __future__ import annotations

from edition.model import Document
from edition.myst.bind import build_document
from edition.myst.blocks import BlockReader
from edition.myst.builder import DocumentBuilder
from edition.myst.fences import read_fence
from edition.myst.links import equation_labels
from edition.myst.positions import SourceText

DEFAULT_EXTENSIONS = frozenset({"attrs_inline", "colon_fence", "deflist"})
DEFAULT_INLINE_WORDS = 6


def read_document(
    text: str,
    path: str,
    *,
    extensions: frozenset[str] = DEFAULT_EXTENSIONS,
    inline_words: int = DEFAULT_INLINE_WORDS,
) -> Document:
    """Read one MyST source.

    `path` is what findings show, `extensions` the names of MyST's optional syntaxes.
    `inline_words` is the length, in words, from which words in quotation marks are a
    quotation that wants a reference; shorter ones count only where a citation with a
    locator follows at once. Reads any text; what is wrong with it is among the problems.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\0", "\ufffd")  # as the parser does
    builder = DocumentBuilder(SourceText(path, tuple(text.split("\n"))), extensions, inline_words)
    builder.targets += equation_labels(text)
    BlockReader(builder, read_fence).read(text, 0)
    builder.end()
    return build_document(builder)
