"""Words in and words out: every word of a document is in its MyST, in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from edition.importer.document import Normalised, Source
from edition.importer.myst import Written
from edition.texts.plain_text import plain

_WORD = re.compile(r"[^\W_]+")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class WordCount:
    """The words of a document and of its MyST, and the first place where they differ."""

    read: int
    written: int
    differs: str = ""


def count_words(source: Source, normal: Normalised, written: Written) -> WordCount:
    """Count the words of the document's text and of the MyST, and compare them in order."""
    before = _WORD.findall(" ".join(_in_order(normal)))
    after = _WORD.findall(plain(written.text, written.typed))
    if before == after:
        return WordCount(len(before), len(after))
    # Long documents are compared from their first difference on.
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    matcher = SequenceMatcher(
        None, before[same : same + 200], after[same : same + 200], autojunk=False
    )
    ops = [o for o in matcher.get_opcodes() if o[0] != "equal"]
    a, b = (ops[0][1], ops[0][2]) if ops else (0, 0)
    lost = " ".join(before[same + a : same + max(b, a + 3)])
    return WordCount(len(before), len(after), f"word {same + a + 1}: {lost[:_SHOWN]}")


def _in_order(normal: Normalised) -> Iterator[str]:
    for block in normal.blocks:
        yield "\n".join(block.items) if block.items else block.text
