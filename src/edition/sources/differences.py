"""Quoted words and the source's words side by side: left out, added, changed.

Compared are the letters of words; spaces, hyphens at line ends, quotation marks, capitals and
emphasis are none of the differences. The alignment of words is rapidfuzz's (edit distance).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from edition.sources.letters import letters


def _letters(text: str) -> str:
    return letters(text).stream.tobytes().decode("latin-1")


# Letters that scans take for each other; those of a group count as one.
_GROUPS = ("ceo0a", "hb", "il1tfjr", "nu", "s5", "gq9", "yvp", "38b")
_CONFUSED = str.maketrans(
    {_letters(other): _letters(group[0]) for group in _GROUPS for other in group[1:]}
)
_LOOK_ALIKE = [
    (_letters(many), _letters(one)) for many, one in (("rn", "m"), ("cl", "d"), ("vv", "w"))
]

Kind = Literal["omitted", "added", "changed"]

_WORD = re.compile(r"[^\s\-–—‐‑/…]+")
_LINE_END = re.compile(r"(?<=\w)[-‐¬\u00ad]\s*\n\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the source and what the quotation has for them; one of the two may be empty.

    `damaged` tells that the source's reading is no word but a damaged one: a slip of the
    recognition of characters, no fault of the quotation.
    """

    kind: Kind
    source: str
    quoted: str
    damaged: bool = False


def word_differences(
    quoted: str, source: str, is_word: Callable[[str], bool], before: str = "", after: str = ""
) -> list[Difference]:
    """The differences of a quotation's words from the source's, in order.

    `is_word` says whether a word of the source is a known one. `before` and `after` are the
    source's words on either side: where the first or last word of the quotation is another, the
    word that it stands for may be among them.
    """
    ours = _words(quoted)
    theirs = _words(_LINE_END.sub("", source))
    blocks = _unequal_blocks(theirs, ours)
    if blocks and blocks[0][2] == 0:
        theirs = _words(before) + theirs
    if blocks and blocks[-1][3] == len(ours):
        theirs = theirs + _words(after)
    found: list[Difference] = []
    for low, high, first, last in _unequal_blocks(theirs, ours):
        left, right = theirs[low:high], ours[first:last]
        # Before its first word and after its last a quotation leaves nothing out.
        if first == 0:
            left = left[max(len(left) - len(right), 0) :]
        if last == len(ours):
            left = left[: len(right)]
        if "".join(w for w, _ in left) == "".join(w for w, _ in right):
            continue  # one word in two, or two in one
        found += _paired(left, right, is_word)
    return found


def _words(text: str) -> list[tuple[str, str]]:
    """Each word as letters, to compare, and as written, to show."""
    found = []
    for match in _WORD.finditer(text):
        key = _letters(match[0])
        if key:
            found.append((key, match[0]))
    return found


def words_of(text: str) -> list[str]:
    """The words of a text as letters, those divided at line ends made whole."""
    return [word for word, _ in _words(_LINE_END.sub("", text))]


def _unequal_blocks(
    theirs: list[tuple[str, str]], ours: list[tuple[str, str]]
) -> list[tuple[int, int, int, int]]:
    """Where the words differ: from and to in the source's, from and to in the quotation's."""
    found: list[tuple[int, int, int, int]] = []
    for step in Levenshtein.opcodes([w for w, _ in theirs], [w for w, _ in ours]):
        if step.tag == "equal":
            continue
        low, high = step.src_start, step.src_end
        first, last = step.dest_start, step.dest_end
        if found and found[-1][1] == low and found[-1][3] == first:
            found[-1] = (found[-1][0], high, found[-1][2], last)
        else:
            found.append((low, high, first, last))
    return found


def _paired(
    theirs: list[tuple[str, str]], ours: list[tuple[str, str]], is_word: Callable[[str], bool]
) -> list[Difference]:
    if len(theirs) == len(ours):
        pairs = [([a], [b]) for a, b in zip(theirs, ours, strict=True) if a[0] != b[0]]
    else:
        pairs = [(theirs, ours)]
    found = []
    for left, right in pairs:
        kind: Kind = "changed" if left and right else "omitted" if left else "added"
        damaged = kind == "changed" and _is_damage(left, right, is_word)
        found.append(Difference(kind, _shown(left), _shown(right), damaged))
    return found


def _is_damage(
    theirs: list[tuple[str, str]], ours: list[tuple[str, str]], is_word: Callable[[str], bool]
) -> bool:
    """Whether the source's letters are a known word's with a few wrong, and no word themselves."""
    left, right = "".join(w for w, _ in theirs), "".join(w for w, _ in ours)
    if all(is_word(w) for _, w in theirs) or not all(is_word(w) for _, w in ours):
        return False
    return _folded(left) == _folded(right) or Levenshtein.distance(left, right) == 1


def _folded(word: str) -> str:
    """A word without the differences that recognition of characters does not see."""
    for many, one in _LOOK_ALIKE:
        word = word.replace(many, one)
    return word.translate(_CONFUSED)


def _shown(words: list[tuple[str, str]]) -> str:
    return " ".join(word for _, word in words).strip("“”‘’\"'«»()[]*_,;:")
