"""Quoted words and the source's words side by side: left out, added, changed.

Compared are the letters of words; spaces, hyphens at line ends, quotation marks, capitals and
emphasis are none of the differences. The alignment of words is rapidfuzz's (edit distance).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Levenshtein

from edition.model.text_folding import letters_of

Kind = Literal["omitted", "added", "changed"]

# Scripts without spaces between words are compared by the character.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s\-–—‐‑/…{_UNSPACED}]+")
_SPACED_OUT = re.compile(rf"(?<=[{_UNSPACED}]) (?=[{_UNSPACED}])")
# Where transcriptions lost the space between two sentences: `lamp.They`.
_GLUED = re.compile(r"(?:(?<=[^\W\d_]{2}[.!?;:])|(?<=[^\W\d_]{2}[.!?;:][\"”’»]))(?=[^\W\d_])")
# The number of a note in brackets or raised, which is no word.
_NOTE_NUMBER = re.compile(r"\[\d{1,3}\]|[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]{1,3}")
_SPECK = re.compile(r"\W*[b-hj-np-z\W]\W*")  # one small letter that is no word
# The number of a note, behind a word or its punctuation.
NOTE_MARK = re.compile(
    r"(?<!chap\.)(?<!page)(?<!part)(?<!book)"
    r"(?:(?<=[^\W\d_]{4})|(?<=[^\W\d_]{4}[.,;:])|(?<=[!?”’\"')\]]))\d{1,3}\W*$"
)
_STROKE = re.compile(r"(?<![^\s“‘\"'(])\|(?![^\s.,;:!?’”\"')])")  # how scans often read the word I
_STROKE_IN_PROSE = re.compile(_STROKE.pattern + r"(?=\s+[a-z])")
_LARGEST = 2500  # pairs of words, beyond which a block is one difference: the time is quadratic
_LEAP = 1  # words
LINE_END = re.compile(r"[-‐¬\u00ad](?<=\w[-‐¬\u00ad])\s*\n\s*(?=\w)")


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


_Word = tuple[str, str]
"""A word as letters, to compare, and as written, to show."""


def word_differences(
    quoted: str,
    source: str,
    is_damage: Callable[[str, str], bool],
    before: str = "",
    after: str = "",
) -> list[Difference]:
    """Return the differences of a quotation's words from the source's, in order.

    `is_damage` says whether a word of the source is the quoted one, damaged. `before` and
    `after` are the source's words on either side: where the first or last word of the quotation
    is another, the word that it replaces may be among them.
    """
    ours = words_in(quoted)
    if "|" in source:
        source = (_STROKE if "I" in quoted else _STROKE_IN_PROSE).sub("I", source)
    theirs = _without_leaps(words_in(LINE_END.sub("", source)), ours)
    blocks = unequal_blocks(theirs, ours)
    if blocks and blocks[0][2] == 0:
        theirs = words_in(before) + theirs
    if blocks and blocks[-1][3] == len(ours):
        theirs = theirs + words_in(after)
    found: list[Difference] = []
    for low, high, first, last in unequal_blocks(theirs, ours):
        left, right = theirs[low:high], ours[first:last]
        # Before its first word and after its last a quotation leaves nothing out.
        if first == 0:
            left = left[max(len(left) - len(right), 0) :]
        if last == len(ours):
            left = left[: len(right)]
        if "".join(w for w, _ in left) == "".join(w for w, _ in right):
            continue  # one word in two, or two in one
        found += _paired(left, right, is_damage)
    return found


def _without_leaps(theirs: list[_Word], ours: list[_Word]) -> list[_Word]:
    """Return the source's words without a word at either end that is reached over several others.

    A word put before or behind a quotation may occur somewhere near; it was not meant.
    """
    blocks = unequal_blocks(theirs, ours)
    if blocks:
        low, high, first, last = blocks[-1]
        if first == last and high - low > len(ours) - last and len(ours) - last <= _LEAP:
            theirs = theirs[:low]
        low, high, first, last = blocks[0]
        if first == last and high - low > first and first <= _LEAP:
            theirs = theirs[high:]
    return theirs


def words_in(text: str) -> list[_Word]:
    """Return each word as letters, to compare, and as written, to show."""
    return [(key, text[start:end]) for key, start, end in word_places(text)]


def word_places(text: str) -> list[tuple[str, int, int]]:
    """Return each word of a text as letters, with its start and end; no numbers of notes."""
    text = _NOTE_NUMBER.sub(lambda match: " " * len(match[0]), text)
    found = []
    for match in _WORD.finditer(text):
        glued = [m.start() for m in _GLUED.finditer(match[0]) if match[0][m.start()].isupper()]
        edges = [match.start(), *(match.start() + at for at in glued), match.end()]
        for start, end in pairwise(edges):
            key = letters_of(text[start:end])
            if key:
                found.append((key, start, end))
    return found


def words_of(text: str) -> list[str]:
    """Return the words of a text as letters, those divided at line ends made whole."""
    return [word for word, _ in words_in(LINE_END.sub("", text))]


def unequal_blocks(theirs: list[_Word], ours: list[_Word]) -> list[tuple[int, int, int, int]]:
    """Return where words differ: from and to in the source's, from and to in the quotation's."""
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
    theirs: list[_Word], ours: list[_Word], is_damage: Callable[[str, str], bool]
) -> list[Difference]:
    """Return the words of a block that differs, each with the one that it replaces."""
    found = []
    for left, right in _matched(theirs, ours):
        a, b = "".join(w for w, _ in left), "".join(w for w, _ in right)
        if a == b or (left and right and letters_of(NOTE_MARK.sub("", left[-1][1])) == b):
            continue
        kind: Kind = "changed" if left and right else "omitted" if left else "added"
        source, quoted = _shown(left), _shown(right)
        if kind == "changed":
            damaged = is_damage(source, quoted)
        else:
            damaged = kind == "omitted" and all(_SPECK.fullmatch(w) for _, w in left)
        found.append(Difference(kind, source, quoted, damaged))
    return _joined(found)


def _matched(theirs: list[_Word], ours: list[_Word]) -> list[tuple[list[_Word], list[_Word]]]:
    """Return words paired so that least letters differ; one may pair with two, or with none."""
    if len(theirs) * len(ours) > _LARGEST:
        return [(theirs, ours)]
    steps = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(theirs) + 1):
        for j in range(len(ours) + 1):
            for down, right in steps:
                if i >= down and j >= right and (i, j) != (0, 0):
                    before = best[i - down, j - right][0]
                    cost = before + _cost(theirs[i - down : i], ours[j - right : j])
                    if (i, j) not in best or cost < best[i, j][0]:
                        best[i, j] = (cost, (down, right))
    pairs = []
    i, j = len(theirs), len(ours)
    while i or j:
        down, right = best[i, j][1]
        pairs.append((theirs[i - down : i], ours[j - right : j]))
        i, j = i - down, j - right
    return pairs[::-1]


def _cost(left: list[_Word], right: list[_Word]) -> float:
    a, b = "".join(w for w, _ in left), "".join(w for w, _ in right)
    if not a or not b:
        return 0.7
    apart = Levenshtein.normalized_distance(a, b)
    # Two words for one are so because a space was lost or put in, hardly for anything else.
    return apart if len(left) == len(right) else 0.02 + 4 * apart


def _joined(found: list[Difference]) -> list[Difference]:
    """Return words left out, or added, one after the other, as one difference."""
    joined: list[Difference] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and last.kind == one.kind != "changed" and last.damaged == one.damaged:
            source = _SPACED_OUT.sub("", f"{last.source} {one.source}".strip())
            quoted = _SPACED_OUT.sub("", f"{last.quoted} {one.quoted}".strip())
            joined[-1] = Difference(one.kind, source, quoted, one.damaged)
        else:
            joined.append(one)
    return joined


def _shown(words: list[_Word]) -> str:
    shown = _SPACED_OUT.sub("", " ".join(word for _, word in words))
    return shown.strip("“”‘’\"'«»()[]*_,;:")
