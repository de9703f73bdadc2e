"""The entry to this room: the text of one source → its `Document`."""

from collections.abc import Mapping
from types import MappingProxyType

from edition.model import Document
from edition.model.build import MYSTMD
from edition.myst.bind import build_document
from edition.myst.blocks import BlockReader
from edition.myst.builder import DocumentBuilder, Include
from edition.myst.faults import repeated_definitions
from edition.myst.fences import read_fence
from edition.myst.included import normalised
from edition.myst.links import typed_equations
from edition.myst.mystmd import labels_within
from edition.myst.positions import SourceText

DEFAULT_EXTENSIONS = frozenset({"attrs_inline", "colon_fence", "deflist"})
DEFAULT_INLINE_WORDS = 6


def read_document(
    text: str,
    path: str,
    *,
    extensions: frozenset[str] = DEFAULT_EXTENSIONS,
    inline_words: int = DEFAULT_INLINE_WORDS,
    include: Include | None = None,
    substitutions: Mapping[str, str] = MappingProxyType({}),
) -> Document:
    """Read one MyST source.

    `path` is what findings show, `extensions` the names of MyST's optional syntaxes.
    `inline_words` is the length, in words, from which words in quotation marks are a
    quotation that wants a reference; shorter ones count only where a citation with a
    locator follows at once. `include` finds the text of a file that a directive includes,
    `substitutions` are those of conf.py. Reads any text; what is wrong with it is among the
    problems.
    """
    text = normalised(text)
    source = SourceText(path, tuple(text.split("\n")))
    builder = DocumentBuilder(source, extensions, inline_words, include, substitutions)
    if "dollarmath" not in extensions:
        builder.targets += typed_equations(text)
    if MYSTMD in extensions:
        builder.targets += labels_within(text)
    BlockReader(builder, read_fence).read(text, 0)
    builder.end()
    builder.refused += repeated_definitions(builder)
    return build_document(builder)
