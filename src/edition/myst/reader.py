"""The entry to this room: the text of one source → its `Document`."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from edition.model import Document
from edition.model.build import MYSTMD
from edition.myst.binding import build_document
from edition.myst.blocks import BlockReader
from edition.myst.builder import DocumentBuilder, Include
from edition.myst.dialect import parse_restructured
from edition.myst.faults import repeated_definitions
from edition.myst.fences import read_fence
from edition.myst.included import normalised
from edition.myst.links import EQUATION
from edition.myst.mystmd import labels_within
from edition.myst.positions import SourceText

_ORPHAN = re.compile(r"\s*(?::[\w -]+:.*\n)*:orphan:")
_ANCHOR = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
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
    """Read one source, MyST or, where its name ends so, reStructuredText.

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
        builder.targets += (f"eq:{label}" for label in EQUATION.findall(text))
    if MYSTMD in extensions:
        builder.targets += labels_within(text)
    reader = BlockReader(builder, read_fence)
    if builder.restructured:
        builder.orphan = _ORPHAN.match(text) is not None
        tokens = parse_restructured(builder, text, 0)
        reader.walk(tokens, 0, len(tokens), 0, quoted=False)
    else:
        reader.read(text, 0)
    builder.end()
    if builder.restructured:
        _keep_labels(builder)
    builder.refused += repeated_definitions(builder)
    return build_document(builder)


def _keep_labels(builder: DocumentBuilder) -> None:
    """Keep the labels that no anchor can have, such as `my_label`, as places for links alone."""
    labels = {anchor.id for anchor in builder.anchors if not _ANCHOR.fullmatch(anchor.id)}
    builder.targets += sorted(labels)
    builder.anchors = [anchor for anchor in builder.anchors if anchor.id not in labels]
    builder.passages = [passage for passage in builder.passages if passage.id not in labels]
